// SPDX-License-Identifier: Apache-2.0
#include "crypto/hex.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

TEST(Hex, WritesTwoLowerCaseDigitsPerByte) {
  EXPECT_EQ(hex_encode(Bytes{0x00, 0x7F, 0xAB, 0xFF}), "007fabff");
  EXPECT_EQ(hex_encode({}), "");
}

TEST(Hex, ReadsBackEveryByte) {
  Bytes all;
  for (unsigned value = 0; value < 256; ++value) {
    all.push_back(static_cast<std::uint8_t>(value));
  }
  EXPECT_EQ(hex_decode(hex_encode(all)), all);
  EXPECT_EQ(hex_decode(""), Bytes{});
}

TEST(Hex, RefusesEverySecondSpelling) {
  for (const char* text : {"AB", "aB", "a", "abc", " ab", "0x", "ag", "a\n", "/0", ":0"}) {
    EXPECT_EQ(hex_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace juanzong::crypto
