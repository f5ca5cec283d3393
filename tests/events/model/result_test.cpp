// SPDX-License-Identifier: Apache-2.0
#include "events/model/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace juanzong {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) {
    return fail(ErrorCode::query_invalid, "odd");
  }
  return number / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  EXPECT_EQ(*half_of(8), 4);
  const Result<int> failed = half_of(7);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error(), (Error{ErrorCode::query_invalid, "odd"}));
}

TEST(Result, MovesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

TEST(ResultDeathTest, TheWrongHalfStopsTheProcess) {
  EXPECT_DEATH(static_cast<void>(half_of(7).value()), "value\\(\\) of a failure");
  EXPECT_DEATH(static_cast<void>(half_of(8).error()), "error\\(\\) of a value");
}

TEST(Error, EveryCodeHasANameAndBothLanguages) {
  std::set<std::string_view> names;
  for (std::uint16_t number = 1; number <= 35; ++number) {
    const auto code = static_cast<ErrorCode>(number);
    const bool retired = number == 16 || number == 29;
    if (retired) {
      continue;
    }
    EXPECT_TRUE(names.insert(name_of(code)).second) << number;
    EXPECT_FALSE(zh_of(code).empty());
    EXPECT_FALSE(en_of(code).empty());
  }
  EXPECT_EQ(name_of(ErrorCode::ledger_behind_anchor), "ledger_behind_anchor");
}

TEST(Error, IsWrittenWithItsPlace) {
  const std::string text = to_text(Error{ErrorCode::not_found, "chunk"});
  EXPECT_EQ(text, "not_found: 未找到 / not found (chunk)");
}

}  // namespace
}  // namespace juanzong
