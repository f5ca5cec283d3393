// SPDX-License-Identifier: Apache-2.0
#include "events/model/ids.h"

#include "tests/support/fixed_random.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

TEST(RequestId, IsAUuidOfVersion7) {
  std::array<std::uint8_t, 10> random{};
  random.fill(0xff);
  const RequestId id = make_request_id(0x0194'b2c3'd4e5, random);
  EXPECT_EQ(to_text(id), "0194b2c3-d4e5-7fff-bfff-ffffffffffff");
  EXPECT_EQ(unix_ms_of(id), 0x0194'b2c3'd4e5);
  // The example of RFC 9562, appendix A.6.
  const auto example = request_id_from_text("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  ASSERT_TRUE(example);
  EXPECT_EQ(unix_ms_of(*example), 1'645'557'742'000);
}

TEST(RequestId, OtherVersionsAndVariantsHaveNoTime) {
  for (const char* text : {"017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-d8c4-dc0c0c07398f",
                           "00000000-0000-0000-0000-000000000000"}) {
    const auto id = request_id_from_text(text);
    ASSERT_TRUE(id) << text;
    EXPECT_FALSE(unix_ms_of(*id)) << text;
  }
}

TEST(RequestId, HasOneSpellingOnly) {
  for (const char* text : {"",
                           "017F22E2-79b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e279b07cc398c4dc0c0c07398f",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                           "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c0739-f",
                           "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                           "----------------"}) {
    EXPECT_FALSE(request_id_from_text(text)) << text;
  }
}

TEST(RequestId, SortsByItsTimeAndComesBackFromText) {
  testing::FixedRandom random(20'260'304);
  for (int round = 0; round < 1'000; ++round) {
    std::array<std::uint8_t, 10> low{};
    std::array<std::uint8_t, 10> high{};
    for (std::size_t i = 0; i < low.size(); ++i) {
      low[i] = random.byte();
      high[i] = random.byte();
    }
    const auto unix_ms = static_cast<std::int64_t>(random.below(1ULL << 47U));
    const RequestId earlier = make_request_id(unix_ms, high);
    const RequestId later = make_request_id(unix_ms + 1, low);
    ASSERT_LT(earlier, later);
    ASSERT_EQ(unix_ms_of(earlier), unix_ms);
    ASSERT_EQ(request_id_from_text(to_text(earlier)), earlier);
  }
}

TEST(Hex16, AcceptsExactly32LowerCaseDigits) {
  const std::string text = "000102030405060708090a0b0c0d0eff";
  const auto bytes = hex16(text);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(hex_of(*bytes), text);
  EXPECT_FALSE(hex16(text.substr(2)));
  EXPECT_FALSE(hex16(text + "00"));
  EXPECT_FALSE(hex16("000102030405060708090A0b0c0d0eff"));
}

}  // namespace
}  // namespace juanzong
