// SPDX-License-Identifier: Apache-2.0
// Secret keys of tests: 32 times the same byte.
#pragma once

#include "crypto/secret_bytes.h"

#include <algorithm>
#include <cstdint>

namespace juanzong::testing {

inline crypto::SecretKey secret(std::uint8_t byte) {
  crypto::SecretKey key;
  std::ranges::fill(key.writable(), byte);
  return key;
}

}  // namespace juanzong::testing
