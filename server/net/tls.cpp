// SPDX-License-Identifier: Apache-2.0
#include "server/net/tls.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace juanzong {
namespace {

namespace ssl = boost::asio::ssl;

constexpr std::string_view exporter_label = "EXPORTER-juanzong-login-v1";
constexpr const char* cipher_suites =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

TlsContext make_context(ssl::context::method method) {
  auto context = std::make_shared<ssl::context>(method);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_max_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(native, cipher_suites);
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_max_early_data(native, 0);
  // Idle connections keep no record buffers: 2,000 of them would hold some 70 MiB.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  return context;
}

Outcome check_key_file(const std::filesystem::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    return fail(ErrorCode::environment, path.string() + ": missing");
  }
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::key_file_permissions, path.string());
  }
  return Done{};
}

Failure unfit(const std::filesystem::path& path, const boost::system::error_code& error) {
  return fail(ErrorCode::environment, path.string() + ": " + error.message());
}

}  // namespace

Result<TlsContext> make_server_tls(const TlsFiles& files) {
  if (const Outcome key = check_key_file(files.key); !key) {
    return fail(key.error());
  }
  TlsContext context = make_context(ssl::context::tls_server);
  boost::system::error_code error;
  context->use_certificate_chain_file(files.certificate.string(), error);
  if (error) {
    return unfit(files.certificate, error);
  }
  context->use_private_key_file(files.key.string(), ssl::context::pem, error);
  if (error) {
    return unfit(files.key, error);
  }
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return fail(ErrorCode::environment, files.key.string() + ": not the key of the certificate");
  }
  return context;
}

Result<TlsContext> make_client_tls(const std::filesystem::path& pinned_certificate) {
  TlsContext context = make_context(ssl::context::tls_client);
  boost::system::error_code error;
  context->load_verify_file(pinned_certificate.string(), error);
  if (error) {
    return unfit(pinned_certificate, error);
  }
  context->set_verify_mode(ssl::verify_peer, error);
  // The pinned certificate is trusted itself, though it is no authority.
  X509_STORE_set_flags(SSL_CTX_get_cert_store(context->native_handle()), X509_V_FLAG_PARTIAL_CHAIN);
  return context;
}

Result<TlsContext> make_public_client_tls() {
  TlsContext context = make_context(ssl::context::tls_client);
  boost::system::error_code error;
  context->set_default_verify_paths(error);
  if (error) {
    return fail(ErrorCode::environment, "certificate authorities: " + error.message());
  }
  context->set_verify_mode(ssl::verify_peer, error);
  return context;
}

ChannelBinding channel_binding_of(ssl_st* connection) {
  ChannelBinding binding{};
  const int done = SSL_export_keying_material(connection,
                                              binding.data(),
                                              binding.size(),
                                              exporter_label.data(),
                                              exporter_label.size(),
                                              nullptr,
                                              0,
                                              0);
  check(done == 1, "a finished handshake exports keying material");
  return binding;
}

void require_host_name(ssl_st* connection, const std::string& name) {
  if (!name.empty()) {
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(connection, name.c_str());
    // SSL_set_tlsext_host_name, whose macro casts in the old style.
    SSL_ctrl(connection,
             SSL_CTRL_SET_TLSEXT_HOSTNAME,
             TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(name.c_str()));
  }
}

}  // namespace juanzong
