// SPDX-License-Identifier: Apache-2.0
#include "crypto/base64.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

TEST(Base64, MatchesTheExamplesOfRfc4648) {
  const std::pair<const char*, const char*> examples[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [plain, encoded] : examples) {
    EXPECT_EQ(base64_encode(bytes_of(plain)), encoded);
    const auto decoded = base64_decode(encoded);
    ASSERT_TRUE(decoded) << encoded;
    EXPECT_EQ(text_of(*decoded), plain);
  }
}

TEST(Base64, UsesTheStandardAlphabet) {
  EXPECT_EQ(base64_encode(Bytes{0xFB, 0xFF, 0xBF}), "+/+/");
  EXPECT_EQ(base64_decode("-_-_"), std::nullopt);
}

TEST(Base64, RefusesMissingWrongOrSurplusPadding) {
  for (const char* text :
       {"Zg", "Zg=", "Zm8", "Zm9v=", "Zm9v====", "====", "=", "==", "Z===", "Zg==Zg==", "Z=g="}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
}

TEST(Base64, RefusesSpacesAndLineBreaks) {
  for (const char* text : {"Zm9v\n", "Zm9v\n\n\n\n", "Zm 9v===", "\nZm9", "Zm9\n"}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
}

TEST(Base64, GivesEveryValueOneSpelling) {
  // Of the 64 spellings that differ in the last digit, exactly those with zero trailing bits pass.
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int one_byte = 0;
  int two_bytes = 0;
  for (const char digit : alphabet) {
    const std::string text{'Z', digit, '=', '='};
    const auto decoded = base64_decode(text);
    one_byte += decoded ? 1 : 0;
    EXPECT_TRUE(!decoded || base64_encode(*decoded) == text) << text;
    two_bytes += base64_decode(std::string{'Z', 'm', digit, '='}) ? 1 : 0;
  }
  EXPECT_EQ(one_byte, 4);
  EXPECT_EQ(two_bytes, 16);
}

}  // namespace
}  // namespace juanzong::crypto
