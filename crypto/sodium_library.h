// SPDX-License-Identifier: Apache-2.0
// libsodium, ready for use. Included by .cpp files of this folder only.
#pragma once

#include <cstdlib>
#include <sodium.h>

namespace juanzong::crypto {

// libsodium picks the code for this processor in sodium_init, which is safe to call again.
inline void ensure_initialised() {
  static const bool initialised = sodium_init() >= 0;
  if (!initialised) {
    std::abort();
  }
}

}  // namespace juanzong::crypto
