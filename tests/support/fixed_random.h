// SPDX-License-Identifier: Apache-2.0
// Random inputs that are the same in every run; the seed stands in the test's output.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace juanzong::testing {

class FixedRandom {
 public:
  explicit FixedRandom(std::uint64_t seed) : engine_(seed) {
    ::testing::Test::RecordProperty("seed", std::to_string(seed));
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  }
  // 0 ≤ result < bound
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  std::uint8_t byte() { return static_cast<std::uint8_t>(engine_()); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace juanzong::testing
