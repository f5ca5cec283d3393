// SPDX-License-Identifier: Apache-2.0
#include "events/model/money.h"

#include <gtest/gtest.h>

#include <limits>

namespace juanzong {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST(Money, AddsAndSubtractsExactly) {
  EXPECT_EQ(Fen{161'360} + Fen{40}, Fen{161'400});
  EXPECT_EQ(Fen{100} - Fen{805}, Fen{-705});
  EXPECT_EQ(-Fen{805}, Fen{-805});
  Fen sum;
  sum += Fen{7};
  sum -= Fen{9};
  EXPECT_EQ(sum, Fen{-2});
}

TEST(Money, OverflowIsNoNumber) {
  EXPECT_FALSE(checked_add(Fen{most}, Fen{1}));
  EXPECT_FALSE(checked_add(Fen{least}, Fen{-1}));
  EXPECT_FALSE(checked_subtract(Fen{least}, Fen{1}));
  EXPECT_EQ(checked_add(Fen{most}, Fen{0}), Fen{most});
  EXPECT_EQ(checked_subtract(Fen{-1}, Fen{most}), Fen{least});
}

TEST(MoneyDeathTest, UncheckedOverflowStopsTheProcess) {
  EXPECT_DEATH(static_cast<void>(Fen{most} + Fen{1}), "money sums");
  EXPECT_DEATH(static_cast<void>(Fen{least} - Fen{1}), "money differences");
  EXPECT_DEATH(static_cast<void>(-Fen{least}), "money differences");
}

TEST(Money, IsWrittenForPeople) {
  EXPECT_EQ(to_text(Fen{161'360}), "1,613.60 元");
  EXPECT_EQ(to_text(Fen{-805}), "-8.05 元");
  EXPECT_EQ(to_text(Fen{0}), "0.00 元");
  EXPECT_EQ(to_text(Fen{-1}), "-0.01 元");
  EXPECT_EQ(to_text(Fen{99'999}), "999.99 元");
  EXPECT_EQ(to_text(Fen{100'000}), "1,000.00 元");
  EXPECT_EQ(to_text(Fen{123'456'789'012}), "1,234,567,890.12 元");
  EXPECT_EQ(to_text(Fen{most}), "92,233,720,368,547,758.07 元");
  EXPECT_EQ(to_text(Fen{least}), "-92,233,720,368,547,758.08 元");
}

}  // namespace
}  // namespace juanzong
