// SPDX-License-Identifier: Apache-2.0
// SeededRandom: every choice of a simulation. xoshiro256** started by splitmix64 (Blackman, Vigna),
// with distributions of our own: those of the standard library differ between implementations, and
// a seed must mean the same history everywhere. Never for keys of anything but a simulation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace juanzong::simulate {

class SeededRandom {
 public:
  // Streams of one seed are independent of one another.
  SeededRandom(std::uint64_t seed, std::uint64_t stream);

  [[nodiscard]] std::uint64_t next();
  // 0 ≤ result < bound; bound > 0. The bias of the remainder is below 2^-32 for bounds below 2^32.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  // lowest ≤ result ≤ highest
  [[nodiscard]] int between(int lowest, int highest);
  [[nodiscard]] bool percent(unsigned chance) { return below(100) < chance; }
  void fill(std::span<std::uint8_t> output);

  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace juanzong::simulate
