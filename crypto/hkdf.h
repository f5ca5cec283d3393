// SPDX-License-Identifier: Apache-2.0
// HKDF-SHA-256 (RFC 5869): independent keys from one secret. Give every purpose its own `info`.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/secret_bytes.h"

#include <cstddef>
#include <optional>

namespace juanzong::crypto {

// RFC 5869 §2.3: the block counter is one byte.
inline constexpr std::size_t hkdf_output_size_bytes_max = std::size_t{255} * 32;

// nullopt only above hkdf_output_size_bytes_max. An empty salt means 32 zero bytes (§2.2).
[[nodiscard]] std::optional<Bytes> hkdf_sha256(ByteView secret,
                                               ByteView salt,
                                               ByteView info,
                                               std::size_t output_size_bytes);

// The first 32 bytes of the same output, wiped on destruction.
[[nodiscard]] SecretKey derive_key(ByteView secret, ByteView salt, ByteView info);

}  // namespace juanzong::crypto
