// SPDX-License-Identifier: Apache-2.0
#include "crypto/signature.h"

#include "crypto/random_bytes.h"
#include "crypto/sodium_library.h"

#include <algorithm>

namespace juanzong::crypto {
namespace {

using Point = std::array<std::uint8_t, crypto_core_ed25519_BYTES>;

// [8]point: three doublings. False if the encoding is not of a point.
bool clear_cofactor(Point& point) {
  for (int doubling = 0; doubling < 3; ++doubling) {
    const Point from = point;
    if (crypto_core_ed25519_add(point.data(), from.data(), from.data()) != 0) {
      return false;
    }
  }
  return true;
}

// 1/8 modulo the order of the prime-order group.
std::array<std::uint8_t, crypto_core_ed25519_SCALARBYTES> inverse_of_cofactor() {
  const std::array<std::uint8_t, crypto_core_ed25519_SCALARBYTES> eight{8};
  std::array<std::uint8_t, crypto_core_ed25519_SCALARBYTES> inverse{};
  crypto_core_ed25519_scalar_invert(inverse.data(), eight.data());
  return inverse;
}

}  // namespace

PrivateKey PrivateKey::generate() {
  SecretBytes<seed_size_bytes> seed;
  fill_random(seed.writable());
  return from_seed(seed.view());
}

PrivateKey PrivateKey::from_seed(std::span<const std::uint8_t, seed_size_bytes> seed) {
  ensure_initialised();
  PrivateKey key;
  crypto_sign_ed25519_seed_keypair(
      key.public_key_.bytes.data(), key.seed_and_public_.writable().data(), seed.data());
  return key;
}

Signature PrivateKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_ed25519_detached(signature.bytes.data(),
                               nullptr,
                               message.data(),
                               message.size(),
                               seed_and_public_.view().data());
  return signature;
}

std::span<const std::uint8_t, PrivateKey::seed_size_bytes> PrivateKey::seed() const {
  return seed_and_public_.view().first<seed_size_bytes>();
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
  ensure_initialised();
  return crypto_sign_ed25519_verify_detached(
             signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

bool is_acceptable(const PublicKey& key) {
  ensure_initialised();
  // [1/8]([8]P) is P for points of prime order and differs by the small-order part for all others;
  // comparing encodings refuses the non-canonical ones too. crypto_core_ed25519_is_valid_point
  // alone is not enough: in libsodium before 2026 it admits points whose small-order part has
  // order two (CVE-2025-69277).
  Point cleared = key.bytes;
  if (!clear_cofactor(cleared)) {
    return false;
  }
  static const auto inverse = inverse_of_cofactor();
  Point restored{};
  return crypto_scalarmult_ed25519_noclamp(restored.data(), inverse.data(), cleared.data()) == 0 &&
         restored == key.bytes;
}

}  // namespace juanzong::crypto
