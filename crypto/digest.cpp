// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include "crypto/hex.h"

#include <algorithm>

namespace juanzong::crypto {

std::string to_hex(const Digest& digest) {
  return hex_encode(digest.view());
}

std::optional<Digest> digest_from_hex(std::string_view hex) {
  const std::optional<Bytes> bytes = hex_decode(hex);
  return bytes ? digest_from_bytes(*bytes) : std::nullopt;
}

std::optional<Digest> digest_from_bytes(ByteView bytes) {
  if (bytes.size() != Digest::size_bytes) {
    return std::nullopt;
  }
  Digest digest;
  std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

}  // namespace juanzong::crypto
