// SPDX-License-Identifier: Apache-2.0
// Unpredictable bytes from the operating system's generator, for keys and nonces.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
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

// Where ids and salts come from: fill_random, except in a simulation, which draws them from its
// seed so that a run can be repeated. Fills the whole span.
using RandomSource = std::function<void(std::span<std::uint8_t>)>;

template <std::size_t size>
[[nodiscard]] std::array<std::uint8_t, size> random_array(const RandomSource& source) {
  std::array<std::uint8_t, size> output{};
  source(output);
  return output;
}

}  // namespace juanzong::crypto
