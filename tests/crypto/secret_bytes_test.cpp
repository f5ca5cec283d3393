// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace juanzong::crypto {
namespace {

constexpr std::array<std::uint8_t, 32> sample = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

bool holds_sample(const SecretKey& key) {
  return std::equal(sample.begin(), sample.end(), key.view().begin());
}

TEST(SecretBytes, CannotBeCopied) {
  EXPECT_FALSE(std::is_copy_constructible_v<SecretKey>);
  EXPECT_FALSE(std::is_copy_assignable_v<SecretKey>);
}

TEST(SecretBytes, LeaveZerosBehindWhenMoved) {
  SecretKey first{sample};
  SecretKey second{std::move(first)};
  EXPECT_TRUE(holds_sample(second));
  EXPECT_TRUE(constant_time_equal(first.view(), Bytes(32)));  // NOLINT(bugprone-use-after-move)
  first = std::move(second);
  EXPECT_TRUE(holds_sample(first));
  EXPECT_TRUE(constant_time_equal(second.view(), Bytes(32)));  // NOLINT(bugprone-use-after-move)
}

TEST(SecretBytes, WipeOverwritesEveryByte) {
  Bytes bytes(100, 0xAA);
  wipe(bytes);
  EXPECT_EQ(bytes, Bytes(100));
  wipe({});
}

TEST(ConstantTimeEqual, ComparesLengthAndEveryByte) {
  const Bytes left(33, 7);
  EXPECT_TRUE(constant_time_equal(left, Bytes(33, 7)));
  EXPECT_TRUE(constant_time_equal({}, {}));
  EXPECT_FALSE(constant_time_equal(left, Bytes(32, 7)));
  EXPECT_FALSE(constant_time_equal({}, left));
  for (std::size_t at = 0; at < left.size(); ++at) {
    Bytes right = left;
    right[at] ^= 1U;
    EXPECT_FALSE(constant_time_equal(left, right)) << at;
  }
}

}  // namespace
}  // namespace juanzong::crypto
