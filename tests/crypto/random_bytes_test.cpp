// SPDX-License-Identifier: Apache-2.0
#include "crypto/random_bytes.h"

#include "crypto/byte_view.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace juanzong::crypto {
namespace {

TEST(RandomBytes, DoNotRepeat) {
  EXPECT_NE(random_array<32>(), random_array<32>());
}

TEST(RandomBytes, FillLargeSpansToTheEnd) {
  // Each byte stays zero in one round of 256, so twenty rounds leave one by chance in 2^-140.
  Bytes seen(5000);
  for (int round = 0; round < 20; ++round) {
    Bytes output(seen.size());
    fill_random(output);
    std::transform(seen.begin(), seen.end(), output.begin(), seen.begin(), [](auto a, auto b) {
      return static_cast<std::uint8_t>(a | b);
    });
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 0), 0);
}

TEST(RandomBytes, AcceptAnEmptySpan) {
  fill_random({});
}

}  // namespace
}  // namespace juanzong::crypto
