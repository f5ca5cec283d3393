// SPDX-License-Identifier: Apache-2.0
// Private Ed25519 keys as PEM texts: PKCS#8 (RFC 8410 §7) in the clear, or encrypted with PBES2
// (RFC 8018): AES-256-CBC under scrypt (RFC 7914, N 2^14, r 8, p 5; 16 MiB). OpenSSL's tools read
// both. Neither is authenticated: a damaged file may hold another key, which its public key shows.
#pragma once

#include "crypto/passphrase.h"
#include "crypto/signature.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

inline constexpr std::size_t private_key_pem_size_bytes_max = std::size_t{16} * 1024;

// Text that may hold a secret: wiped whatever way it goes out of scope.
struct SecretText {
  SecretText() = default;
  ~SecretText();
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  SecretText(SecretText&&) = delete;
  SecretText& operator=(SecretText&&) = delete;

  std::string text;
};

// `passphrase` null: in the clear.
void write_pem(const PrivateKey& key, const Passphrase* passphrase, SecretText& pem);

[[nodiscard]] bool is_encrypted_pem(std::string_view pem);
// nullopt: not the PEM of an Ed25519 key; of an encrypted one also: not its passphrase. The two
// cannot be told apart: a wrong key decrypts to something.
[[nodiscard]] std::optional<PrivateKey> parse_pem(std::string_view pem,
                                                  const Passphrase* passphrase);

}  // namespace juanzong::crypto
