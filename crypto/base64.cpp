// SPDX-License-Identifier: Apache-2.0
#include "crypto/base64.h"

#include <algorithm>
#include <array>

namespace juanzong::crypto {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t not_a_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_a_digit);
  for (std::size_t value = 0; value < alphabet.size(); ++value) {
    values[static_cast<std::uint8_t>(alphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> values = make_values();

// '=' signs at the end; at most two can be right, so a third is left to fail as a digit.
std::size_t padding_count(std::string_view text) {
  if (text.ends_with("==")) {
    return 2;
  }
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string base64_encode(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = (group << 8U) | (i < count ? bytes[at + i] : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text.push_back(i <= count ? alphabet[(group >> (18U - 6U * i)) & 0x3FU] : '=');
    }
  }
  return text;
}

std::optional<Bytes> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) {
    return std::nullopt;
  }
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const char digit : text.substr(0, text.size() - padding_count(text))) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(digit)];
    if (value == not_a_digit) {
      return std::nullopt;
    }
    pending = (pending << 6U) | value;
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(pending >> pending_bits));
      pending &= (1U << pending_bits) - 1U;
    }
  }
  if (pending != 0) {
    return std::nullopt;
  }
  return bytes;
}

}  // namespace juanzong::crypto
