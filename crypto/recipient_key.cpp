// SPDX-License-Identifier: Apache-2.0
#include "crypto/recipient_key.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "crypto/sodium_library.h"

#include <algorithm>

namespace juanzong::crypto {
namespace {

constexpr std::string_view prefix = "juanzong-recipient+";
constexpr std::size_t check_bytes = 4;

Bytes checked(const std::array<std::uint8_t, 32>& key) {
  const Digest digest = sha256(key);
  Bytes bytes(key.begin(), key.end());
  bytes.insert(bytes.end(), digest.bytes.begin(), digest.bytes.begin() + check_bytes);
  return bytes;
}

}  // namespace

std::string RecipientKey::text() const {
  return std::string(prefix) + base64_encode(checked(bytes));
}

std::optional<RecipientKey> RecipientKey::parse(std::string_view text) {
  text.remove_suffix(text.ends_with('\n') ? 1 : 0);
  if (!text.starts_with(prefix)) {
    return std::nullopt;
  }
  const auto decoded = base64_decode(text.substr(prefix.size()));
  RecipientKey key;
  if (!decoded || decoded->size() != key.bytes.size() + check_bytes) {
    return std::nullopt;
  }
  std::copy_n(decoded->begin(), key.bytes.size(), key.bytes.begin());
  return checked(key.bytes) == *decoded ? std::optional(key) : std::nullopt;
}

RecipientKey RecipientKey::of(const SecretKey& private_key) {
  ensure_initialised();
  RecipientKey key;
  crypto_scalarmult_curve25519_base(key.bytes.data(), private_key.view().data());
  return key;
}

}  // namespace juanzong::crypto
