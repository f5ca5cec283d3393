// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/periods.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::testing {
namespace {

std::string span(Period period, std::string_view day) {
  const PeriodSpan span = period_of(period, *parse_date(day));
  return to_text(span.first) + ".." + to_text(span.last);
}

TEST(Periods, HoldTheDay) {
  EXPECT_EQ(span(Period::day, "2024-02-29"), "2024-02-29..2024-02-29");
  EXPECT_EQ(span(Period::week, "2025-01-01"), "2024-12-30..2025-01-05") << "a Wednesday";
  EXPECT_EQ(span(Period::week, "2025-01-05"), "2024-12-30..2025-01-05") << "a Sunday";
  EXPECT_EQ(span(Period::week, "2025-01-06"), "2025-01-06..2025-01-12") << "a Monday";
  EXPECT_EQ(span(Period::month, "2024-02-01"), "2024-02-01..2024-02-29");
  EXPECT_EQ(span(Period::two_months, "2025-02-28"), "2025-01-01..2025-02-28");
  EXPECT_EQ(span(Period::two_months, "2025-03-01"), "2025-03-01..2025-04-30");
  EXPECT_EQ(span(Period::quarter, "2025-12-31"), "2025-10-01..2025-12-31");
  EXPECT_EQ(span(Period::half_year, "2025-07-01"), "2025-07-01..2025-12-31");
  EXPECT_EQ(span(Period::year, "2025-07-01"), "2025-01-01..2025-12-31");
}

TEST(Periods, EachDayLiesInItsOwnAndTheNextBeginsWhereOneEnds) {
  for (const Period period : {Period::day,
                              Period::week,
                              Period::month,
                              Period::two_months,
                              Period::quarter,
                              Period::half_year,
                              Period::year}) {
    CivilDate day = *parse_date("2023-11-20");
    for (int i = 0; i < 1'000; ++i, day = add_days(day, 1)) {
      const PeriodSpan span = period_of(period, day);
      ASSERT_LE(span.first, day);
      ASSERT_GE(span.last, day);
      ASSERT_EQ(period_of(period, span.first).last, span.last);
      ASSERT_EQ(period_of(period, add_days(span.last, 1)).first, add_days(span.last, 1));
    }
  }
}

}  // namespace
}  // namespace juanzong::testing
