// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

TEST(Digest, ReadsBackItsOwnHex) {
  Digest digest;
  digest.bytes[0] = 0xE3;
  digest.bytes[31] = 0x01;
  const std::string hex = to_hex(digest);
  EXPECT_EQ(hex.size(), 64U);
  EXPECT_EQ(digest_from_hex(hex), digest);
}

TEST(Digest, RefusesHexOfAnotherLengthOrCase) {
  EXPECT_EQ(digest_from_hex(""), std::nullopt);
  EXPECT_EQ(digest_from_hex(std::string(62, '0')), std::nullopt);
  EXPECT_EQ(digest_from_hex(std::string(66, '0')), std::nullopt);
  EXPECT_EQ(digest_from_hex(std::string(64, 'A')), std::nullopt);
}

TEST(Digest, TakesExactlyThirtyTwoBytes) {
  EXPECT_EQ(digest_from_bytes(Bytes(31)), std::nullopt);
  EXPECT_EQ(digest_from_bytes(Bytes(33)), std::nullopt);
  EXPECT_EQ(digest_from_bytes(Bytes(32)), Digest{});
}

TEST(Digest, OrdersLikeItsBytes) {
  Digest low;
  Digest high;
  high.bytes[0] = 1;
  low.bytes[31] = 0xFF;
  EXPECT_LT(low, high);
}

}  // namespace
}  // namespace juanzong::crypto
