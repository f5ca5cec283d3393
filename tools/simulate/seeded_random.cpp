// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/seeded_random.h"

#include <bit>

namespace juanzong::simulate {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

}  // namespace

SeededRandom::SeededRandom(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t start = seed;
  start = splitmix(start) ^ stream;
  for (std::uint64_t& word : state_) {
    word = splitmix(start);
  }
}

std::uint64_t SeededRandom::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5U, 7) * 9U;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

int SeededRandom::between(int lowest, int highest) {
  return lowest + static_cast<int>(below(static_cast<std::uint64_t>(highest - lowest) + 1U));
}

void SeededRandom::fill(std::span<std::uint8_t> output) {
  for (std::uint8_t& byte : output) {
    byte = static_cast<std::uint8_t>(next() >> 56U);
  }
}

}  // namespace juanzong::simulate
