// SPDX-License-Identifier: Apache-2.0
// The self-signed certificate of a new data directory. ECDSA P-256, because browsers refuse
// Ed25519 in certificates.
#include "crypto/openssl_handles.h"
#include "crypto/random_bytes.h"

#include "server/net/tls.h"

#include <boost/asio/ip/address.hpp>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <memory>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace juanzong {
namespace {

using crypto::FreeWith;
using crypto::require;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;

constexpr long valid_days = 3'650;
constexpr long seconds_per_day = 86'400;

std::string alternative_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    boost::system::error_code error;
    boost::asio::ip::make_address(name, error);
    out += (out.empty() ? "" : ",") + std::string(error ? "DNS:" : "IP:") + name;
  }
  return out;
}

bool add_extension(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

void set_random_serial(X509* certificate) {
  auto serial = crypto::random_array<16>();
  serial[0] &= 0x7F;  // positive, as RFC 5280 wants it
  const BigNumber value(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  require(BN_to_ASN1_INTEGER(value.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void set_subject(X509* certificate) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto* name = reinterpret_cast<const unsigned char*>("juanzong");
  require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1);
  require(X509_set_issuer_name(certificate, subject) == 1);
}

Certificate make_certificate(EVP_PKEY* key, const std::vector<std::string>& names) {
  Certificate certificate(X509_new());
  require(certificate != nullptr);
  require(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_random_serial(certificate.get());
  // From yesterday on: the clocks of counters are not the server's.
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -seconds_per_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_days * seconds_per_day);
  set_subject(certificate.get());
  require(X509_set_pubkey(certificate.get(), key) == 1);
  const bool extended =
      add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
      add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature") &&
      add_extension(certificate.get(), NID_ext_key_usage, "serverAuth") &&
      add_extension(certificate.get(), NID_subject_alt_name, alternative_names(names));
  const bool is_signed = extended && X509_sign(certificate.get(), key, EVP_sha256()) > 0;
  return is_signed ? std::move(certificate) : nullptr;
}

std::string content_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

Outcome write_new_file(const std::filesystem::path& path, std::string_view text, mode_t mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) {
    return fail(ErrorCode::environment, path.string() + ": cannot be created");
  }
  const auto written = ::write(file, text.data(), text.size());
  const bool stored = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  return stored ? Outcome(Done{}) : Outcome(fail(ErrorCode::io_failure, path.string()));
}

}  // namespace

Outcome write_self_signed_tls(const TlsFiles& files, const std::vector<std::string>& names) {
  const crypto::KeyHandle key(EVP_EC_gen("P-256"));
  require(key != nullptr);
  const Certificate certificate = make_certificate(key.get(), names);
  if (certificate == nullptr) {
    return fail(ErrorCode::environment, "names of the certificate");
  }
  const crypto::BioHandle certificate_text(BIO_new(BIO_s_mem()));
  const crypto::BioHandle key_text(BIO_new(BIO_s_secmem()));
  require(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1);
  require(PEM_write_bio_PKCS8PrivateKey(
              key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  const Outcome stored = write_new_file(files.key, content_of(key_text.get()), 0600);
  return stored ? write_new_file(files.certificate, content_of(certificate_text.get()), 0644)
                : stored;
}

}  // namespace juanzong
