// SPDX-License-Identifier: Apache-2.0
// TLS: version 1.3 only, ECDSA P-256 certificates, no session tickets, no early data, so that
// every connection proves the key anew and nothing can be replayed. OpenSSL is named in tls*.cpp.
#pragma once

#include "events/model/result.h"

#include <boost/asio/ssl/context.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct ssl_st;

namespace juanzong {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

struct TlsFiles {
  std::filesystem::path certificate;  // PEM; the server's own first, then its issuers
  std::filesystem::path key;          // PEM, PKCS#8, readable by its owner only
};

// environment if a file is missing or unfit; key_file_permissions if others can read the key.
[[nodiscard]] Result<TlsContext> make_server_tls(const TlsFiles& files);

// Trusts this certificate alone: the pinned one of the server itself, or its private issuer.
[[nodiscard]] Result<TlsContext> make_client_tls(const std::filesystem::path& pinned_certificate);

// Trusts the machine's certificate authorities: for servers of others, by their names.
[[nodiscard]] Result<TlsContext> make_public_client_tls();

// What both ends derive from this handshake and nobody else can (RFC 9266): signed at login, so
// that a login relayed over another connection does not verify.
using ChannelBinding = std::array<std::uint8_t, 32>;
[[nodiscard]] ChannelBinding channel_binding_of(ssl_st* connection);

// The names a client checks besides the pin; empty: the pin is enough.
void require_host_name(ssl_st* connection, const std::string& name);

// A key and a certificate signed by itself, for ten years, for these DNS names and addresses.
// Never replaces a file.
[[nodiscard]] Outcome write_self_signed_tls(const TlsFiles& files,
                                            const std::vector<std::string>& names);

}  // namespace juanzong
