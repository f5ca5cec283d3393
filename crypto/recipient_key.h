// SPDX-License-Identifier: Apache-2.0
// Recipient keys: X25519 (RFC 7748) key pairs to which streams are sealed (sealed_stream.h). The
// private key is any 32 random bytes and stays offline; the public one is copied to where streams
// are made, as one line:
//
//   "juanzong-recipient+" ‖ base64(public key 32 ‖ first 4 bytes of SHA-256(public key))
//
// The four bytes keep a mistyped key from making copies that nobody can ever open.
#pragma once

#include "crypto/secret_bytes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

struct RecipientKey {
  std::array<std::uint8_t, 32> bytes{};

  [[nodiscard]] std::string text() const;
  // Accepts exactly what text() writes, with or without a newline after it.
  [[nodiscard]] static std::optional<RecipientKey> parse(std::string_view text);
  [[nodiscard]] static RecipientKey of(const SecretKey& private_key);

  bool operator==(const RecipientKey&) const = default;
};

}  // namespace juanzong::crypto
