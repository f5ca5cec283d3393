// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret_bytes.h"

#include <openssl/crypto.h>

namespace juanzong::crypto {

void wipe(std::span<std::uint8_t> bytes) noexcept {
  OPENSSL_cleanse(bytes.data(), bytes.size());
}

bool constant_time_equal(ByteView left, ByteView right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace juanzong::crypto
