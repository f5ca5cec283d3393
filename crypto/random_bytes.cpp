// SPDX-License-Identifier: Apache-2.0
#include "crypto/random_bytes.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>

namespace juanzong::crypto {

void fill_random(std::span<std::uint8_t> output) {
  // getrandom(2) keeps no state in this process, so a fork cannot repeat its output. A signal may
  // interrupt it, and above 256 bytes it may return fewer than asked.
  while (!output.empty()) {
    const ssize_t count = getrandom(output.data(), output.size(), 0);
    if (count > 0) {
      output = output.subspan(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      std::abort();
    }
  }
}

}  // namespace juanzong::crypto
