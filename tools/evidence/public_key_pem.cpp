// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/public_key_pem.h"

#include "crypto/base64.h"

#include <algorithm>
#include <array>

namespace juanzong::evidence {
namespace {

constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----\n";
constexpr std::string_view end = "\n-----END PUBLIC KEY-----\n";
// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }, without those bytes.
constexpr std::array<std::uint8_t, 12> der_prefix{
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

}  // namespace

std::string public_key_pem(const crypto::PublicKey& key) {
  Bytes der(der_prefix.begin(), der_prefix.end());
  der.insert(der.end(), key.bytes.begin(), key.bytes.end());
  return std::string(begin) + crypto::base64_encode(der) + std::string(end);
}

std::optional<crypto::PublicKey> parse_public_key_pem(std::string_view text) {
  if (!text.starts_with(begin) || !text.ends_with(end) || text.size() < begin.size() + end.size()) {
    return std::nullopt;
  }
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  const auto der = crypto::base64_decode(text);
  crypto::PublicKey key;
  if (!der || der->size() != der_prefix.size() + key.bytes.size() ||
      !std::equal(der_prefix.begin(), der_prefix.end(), der->begin())) {
    return std::nullopt;
  }
  std::copy(der->begin() + der_prefix.size(), der->end(), key.bytes.begin());
  return crypto::is_acceptable(key) ? std::optional(key) : std::nullopt;
}

}  // namespace juanzong::evidence
