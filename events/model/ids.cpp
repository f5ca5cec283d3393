// SPDX-License-Identifier: Apache-2.0
#include "events/model/ids.h"

#include "crypto/hex.h"

#include <algorithm>

namespace juanzong {

std::string hex_of(const std::array<std::uint8_t, 16>& bytes) {
  return crypto::hex_encode(bytes);
}

std::optional<std::array<std::uint8_t, 16>> hex16(std::string_view text) {
  const auto decoded = crypto::hex_decode(text);
  std::array<std::uint8_t, 16> bytes{};
  if (!decoded || decoded->size() != bytes.size()) {
    return std::nullopt;
  }
  std::ranges::copy(*decoded, bytes.begin());
  return bytes;
}

std::string to_text(const RequestId& id) {
  std::string text = hex_of(id.bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    text.insert(at, 1, '-');
  }
  return text;
}

std::optional<RequestId> request_id_from_text(std::string_view text) {
  std::string plain(text);
  for (const std::size_t at : {8U, 12U, 16U, 20U}) {
    if (plain.size() <= at || plain[at] != '-') {
      return std::nullopt;
    }
    plain.erase(at, 1);
  }
  const auto bytes = hex16(plain);
  return bytes ? std::optional<RequestId>(RequestId{*bytes}) : std::nullopt;
}

std::optional<std::int64_t> unix_ms_of(const RequestId& id) {
  const bool version_7 = (id.bytes[6] >> 4) == 7;
  const bool variant_10 = (id.bytes[8] >> 6) == 2;
  if (!version_7 || !variant_10) {
    return std::nullopt;
  }
  std::int64_t unix_ms = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    unix_ms = (unix_ms << 8) | id.bytes[i];
  }
  return unix_ms;
}

RequestId make_request_id(std::int64_t unix_ms, std::array<std::uint8_t, 10> random) {
  RequestId id;
  for (std::size_t i = 0; i < 6; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(unix_ms >> (8 * (5 - i)));
  }
  std::ranges::copy(random, id.bytes.begin() + 6);
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

}  // namespace juanzong
