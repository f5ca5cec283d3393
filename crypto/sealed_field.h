// SPDX-License-Identifier: Apache-2.0
// A field encrypted at rest with AES-256-GCM (NIST SP 800-38D), so that destroying its key erases
// it from an append-only log.
//
//   offset  size  content
//   0       12    nonce, random
//   12      n     ciphertext, as long as the plaintext
//   12 + n  16    tag over the additional data and the ciphertext
//
// Random nonces bound one key to 2^32 seals; a key per record or person stays far below that.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/secret_bytes.h"

#include <cstddef>
#include <optional>

namespace juanzong::crypto {

inline constexpr std::size_t sealed_nonce_size_bytes = 12;
inline constexpr std::size_t sealed_tag_size_bytes = 16;
inline constexpr std::size_t sealed_overhead_size_bytes =
    sealed_nonce_size_bytes + sealed_tag_size_bytes;

// `additional_data` is authenticated, not stored: name there the record and field that the value
// belongs to, so that a sealed value cannot be moved to another place.
[[nodiscard]] Bytes seal(const SecretKey& key, ByteView additional_data, ByteView plaintext);

// nullopt if the key, the additional data or any byte differs; never a partial plaintext.
[[nodiscard]] std::optional<Bytes> open(const SecretKey& key,
                                        ByteView additional_data,
                                        ByteView sealed);

}  // namespace juanzong::crypto
