// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_key_pem.h"

#include "crypto/openssl_handles.h"
#include "crypto/random_bytes.h"
#include "crypto/secret_bytes.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <array>
#include <cstring>

namespace juanzong::crypto {
namespace {

// OWASP's figures for 16 MiB; OpenSSL's tools refuse what needs more than 32 MiB.
constexpr std::uint64_t scrypt_n = 1U << 14U;
constexpr std::uint64_t scrypt_r = 8;
constexpr std::uint64_t scrypt_p = 5;
constexpr std::size_t salt_size_bytes = 16;

using Pkcs8Handle = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>>;
using AlgorithmHandle = std::unique_ptr<X509_ALGOR, FreeWith<X509_ALGOR_free>>;
using EncryptedHandle = std::unique_ptr<X509_SIG, FreeWith<X509_SIG_free>>;

// The passphrase, or -1: OpenSSL would ask on the terminal by itself.
int give_passphrase(char* buffer, int size, int, void* context) {
  const auto* passphrase = static_cast<const Passphrase*>(context);
  if (passphrase == nullptr || passphrase->text().size() > static_cast<std::size_t>(size)) {
    return -1;
  }
  std::memcpy(buffer, passphrase->text().data(), passphrase->text().size());
  return static_cast<int>(passphrase->text().size());
}

void write_encrypted(EVP_PKEY* key, const Passphrase& passphrase, BIO* memory) {
  auto salt = random_array<salt_size_bytes>();
  AlgorithmHandle algorithm{PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(),
                                                  salt.data(),
                                                  static_cast<int>(salt.size()),
                                                  nullptr,
                                                  scrypt_n,
                                                  scrypt_r,
                                                  scrypt_p)};
  const Pkcs8Handle plain{EVP_PKEY2PKCS8(key)};
  require(algorithm != nullptr && plain != nullptr);
  const EncryptedHandle encrypted{PKCS8_set0_pbe(passphrase.text().data(),
                                                 static_cast<int>(passphrase.text().size()),
                                                 plain.get(),
                                                 algorithm.get())};
  require(encrypted != nullptr);
  static_cast<void>(algorithm.release());  // is the encrypted key's now
  require(PEM_write_bio_PKCS8(memory, encrypted.get()) == 1);
}

}  // namespace

SecretText::~SecretText() {
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

void write_pem(const PrivateKey& key, const Passphrase* passphrase, SecretText& pem) {
  const auto seed = key.seed();
  const KeyHandle handle{
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())};
  const BioHandle memory{BIO_new(BIO_s_secmem())};
  require(handle != nullptr && memory != nullptr);
  if (passphrase != nullptr) {
    write_encrypted(handle.get(), *passphrase, memory.get());
  } else {
    require(PEM_write_bio_PKCS8PrivateKey(
                memory.get(), handle.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  }
  pem.text.resize(private_key_pem_size_bytes_max);
  const int size_bytes = BIO_read(memory.get(), pem.text.data(), static_cast<int>(pem.text.size()));
  require(size_bytes > 0);
  pem.text.resize(static_cast<std::size_t>(size_bytes));
}

bool is_encrypted_pem(std::string_view pem) {
  return pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos;
}

std::optional<PrivateKey> parse_pem(std::string_view pem, const Passphrase* passphrase) {
  const BioHandle memory{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  require(memory != nullptr);
  const KeyHandle handle{PEM_read_bio_PrivateKey(
      memory.get(), nullptr, give_passphrase, const_cast<Passphrase*>(passphrase))};  // NOLINT
  if (handle == nullptr || EVP_PKEY_get_id(handle.get()) != EVP_PKEY_ED25519) {
    // Left on the thread's queue, the reason could be taken for a failure of a later TLS call.
    ERR_clear_error();
    return std::nullopt;
  }
  SecretBytes<PrivateKey::seed_size_bytes> seed;
  std::size_t size_bytes = PrivateKey::seed_size_bytes;
  if (EVP_PKEY_get_raw_private_key(handle.get(), seed.writable().data(), &size_bytes) != 1 ||
      size_bytes != PrivateKey::seed_size_bytes) {
    return std::nullopt;
  }
  return PrivateKey::from_seed(seed.view());
}

}  // namespace juanzong::crypto
