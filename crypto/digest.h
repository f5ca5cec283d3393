// SPDX-License-Identifier: Apache-2.0
// Digest: 32 bytes of SHA-256 output, compared and copied as a value.
#pragma once

#include "crypto/byte_view.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

struct Digest {
  static constexpr std::size_t size_bytes = 32;
  std::array<std::uint8_t, size_bytes> bytes{};

  auto operator<=>(const Digest&) const = default;
  [[nodiscard]] ByteView view() const { return bytes; }
};

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Digest& digest);

// Accepts exactly what to_hex writes; anything else is nullopt.
[[nodiscard]] std::optional<Digest> digest_from_hex(std::string_view hex);

// Copies the bytes; nullopt unless the view has exactly 32.
[[nodiscard]] std::optional<Digest> digest_from_bytes(ByteView bytes);

}  // namespace juanzong::crypto
