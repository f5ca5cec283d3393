// SPDX-License-Identifier: Apache-2.0
// Unpredictable bytes from the operating system's generator, for keys and nonces.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace juanzong::crypto {

// Fills the whole span. Stops the process if the system has no generator: a guessable key is
// worse than none.
void fill_random(std::span<std::uint8_t> output);

template <std::size_t size>
[[nodiscard]] std::array<std::uint8_t, size> random_array() {
  std::array<std::uint8_t, size> output{};
  fill_random(output);
  return output;
}

}  // namespace juanzong::crypto
