// SPDX-License-Identifier: Apache-2.0
#include "events/model/civil_time.h"

#include "tests/support/fixed_random.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace juanzong {
namespace {

CivilDate day(std::string_view text) {
  const auto date = parse_date(text);
  EXPECT_TRUE(date) << text;
  return date.value_or(CivilDate{});
}

UnixMicros instant(std::string_view text) {
  const auto at = parse_instant(text);
  EXPECT_TRUE(at) << text;
  return at.value_or(UnixMicros{});
}

// 自竣工验收之日起3个月以后: the corresponding day of the third month is the period's last.
TEST(CivilTime, EarliestRefundIsTheDayAfterThreeMonths) {
  const std::pair<const char*, const char*> vectors[] = {{"2025-03-14", "2025-06-15"},
                                                         {"2025-11-30", "2026-03-01"},
                                                         {"2025-12-31", "2026-04-01"},
                                                         {"2024-11-29", "2025-03-01"},
                                                         {"2023-11-29", "2024-03-01"}};
  for (const auto& [accepted, earliest] : vectors) {
    EXPECT_EQ(to_text(add_days(add_months(day(accepted), 3), 1)), earliest) << accepted;
  }
}

TEST(CivilTime, HalfYearsAreCountedFromTheFirstStart) {
  EXPECT_EQ(to_text(add_months(day("2025-08-31"), 6)), "2026-02-28");
  EXPECT_EQ(to_text(add_days(add_months(day("2025-08-31"), 6), -1)), "2026-02-27");
  EXPECT_EQ(to_text(add_days(add_months(day("2025-04-16"), 6), -1)), "2025-10-15");
  // Not from the end of the period before, which would drift to the 28th.
  EXPECT_EQ(to_text(add_months(day("2025-08-31"), 12)), "2026-08-31");
}

TEST(CivilTime, MonthsAreClampedInBothDirections) {
  EXPECT_EQ(to_text(add_months(day("2024-01-31"), 1)), "2024-02-29");
  EXPECT_EQ(to_text(add_months(day("2025-01-31"), 1)), "2025-02-28");
  EXPECT_EQ(to_text(add_months(day("2024-03-31"), -1)), "2024-02-29");
  EXPECT_EQ(to_text(add_months(day("2025-03-14"), -15)), "2023-12-14");
  EXPECT_EQ(to_text(add_months(day("2025-03-14"), 0)), "2025-03-14");
}

TEST(CivilTime, ParsesExactlyTheDatesThatExist) {
  for (const char* text : {"1900-01-01", "2000-02-29", "2024-02-29", "2999-12-31"}) {
    EXPECT_EQ(to_text(day(text)), text);
  }
  for (const char* text : {"",
                           "2025-2-28",
                           "2025-02-29",
                           "2025-13-01",
                           "2025-00-10",
                           "2025-01-00",
                           "2025-04-31",
                           "1899-12-31",
                           "3000-01-01",
                           "2025/03/14",
                           "2025-03-14 ",
                           " 2025-03-14",
                           "20250314",
                           "2025-03-1x",
                           "+025-03-14"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(CivilTime, ParsesMonths) {
  EXPECT_EQ(to_text(*parse_month("2025-03")), "2025-03");
  EXPECT_EQ(*parse_month("2025-03"), month_of(day("2025-03-14")));
  EXPECT_EQ(to_text(first_day(*parse_month("2024-02"))), "2024-02-01");
  EXPECT_EQ(to_text(last_day(*parse_month("2024-02"))), "2024-02-29");
  EXPECT_EQ(to_text(last_day(*parse_month("2025-12"))), "2025-12-31");
  for (const char* text :
       {"", "2025-3", "2025-00", "2025-13", "1899-12", "2025-03-01", "2025.03"}) {
    EXPECT_FALSE(parse_month(text)) << text;
  }
}

TEST(CivilTime, EveryDayFollowsTheOneBefore) {
  const CivilDate end = day("2101-01-01");
  int weekday = weekday_of(day("1900-01-01"));
  EXPECT_EQ(weekday, 0);  // a Monday
  for (CivilDate date = day("1900-01-01"); date < end; date = add_days(date, 1)) {
    ASSERT_EQ(day(to_text(date)), date);
    ASSERT_EQ(weekday_of(date), weekday);
    ASSERT_LE(first_day(month_of(date)), date);
    ASSERT_GE(last_day(month_of(date)), date);
    weekday = (weekday + 1) % 7;
  }
}

TEST(CivilTime, MonthArithmeticKeepsTheDayWhereItExists) {
  testing::FixedRandom random(20'260'303);
  for (int round = 0; round < 5'000; ++round) {
    const CivilDate date =
        add_days(day("1950-01-01"), static_cast<std::int32_t>(random.below(60'000)));
    const auto months = static_cast<std::int32_t>(random.below(600)) - 300;
    const CivilDate moved = add_months(date, months);
    ASSERT_EQ(month_of(moved).months, month_of(date).months + months);
    const std::string before = to_text(date).substr(8);
    const std::string after = to_text(moved).substr(8);
    ASSERT_TRUE(after == before || (after < before && moved == last_day(month_of(moved))));
  }
}

TEST(Instant, ReadsAnOffsetAndFractions) {
  EXPECT_EQ(instant("1970-01-01T00:00:00Z").value, 0);
  EXPECT_EQ(instant("2025-02-11T10:20:00+08:00"), instant("2025-02-11T02:20:00Z"));
  EXPECT_EQ(instant("2025-02-11T10:20:00-03:30"), instant("2025-02-11T13:50:00Z"));
  EXPECT_EQ(instant("1970-01-01T00:00:00.5Z").value, 500'000);
  EXPECT_EQ(instant("1970-01-01T00:00:00.000001Z").value, 1);
  EXPECT_EQ(instant("1969-12-31T23:59:59.999999Z").value, -1);
  EXPECT_EQ(to_rfc3339(instant("2025-02-11T10:20:00.12+08:00")), "2025-02-11T02:20:00.120000Z");
  EXPECT_EQ(to_rfc3339(UnixMicros{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(Instant, RefusesOtherSpellings) {
  for (const char* text : {"",
                           "2025-02-11",
                           "2025-02-11T10:20:00",
                           "2025-02-11T10:20Z",
                           "2025-02-11 10:20:00Z",
                           "2025-02-11T24:00:00Z",
                           "2025-02-11T10:60:00Z",
                           "2025-02-11T10:20:60Z",
                           "2025-02-11T10:20:00z",
                           "2025-02-11T10:20:00.Z",
                           "2025-02-11T10:20:00.1234567Z",
                           "2025-02-11T10:20:00+8:00",
                           "2025-02-11T10:20:00+0800",
                           "2025-02-11T10:20:00+08:60",
                           "2025-02-11T10:20:00+19:00",
                           "2025-02-11T10:20:00ZZ",
                           "2025-02-11T10:20:00+08:00 ",
                           "2025-02-30T10:20:00Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(Zone, DaysBeginAtLocalMidnight) {
  const CivilZone zone;
  EXPECT_EQ(to_text(zone.date_of(instant("2025-06-15T15:59:59.999999Z"))), "2025-06-15");
  EXPECT_EQ(to_text(zone.date_of(instant("2025-06-15T16:00:00Z"))), "2025-06-16");
  EXPECT_EQ(zone.start_of(day("2025-06-16")), instant("2025-06-16T00:00:00+08:00"));
  EXPECT_EQ(zone.to_text(instant("2025-06-16T01:30:00Z")), "2025-06-16 09:30:00 +08:00");
}

// Shanghai had summer time from 1986 to 1991.
TEST(Zone, FollowsItsTableOfOffsets) {
  const CivilZone zone({{instant("1986-01-01T00:00:00Z"), 8 * 3600},
                        {instant("1990-04-14T18:00:00Z"), 9 * 3600},
                        {instant("1990-09-15T17:00:00Z"), 8 * 3600}});
  EXPECT_EQ(zone.offset_seconds_at(instant("1980-01-01T00:00:00Z")), 8 * 3600);
  EXPECT_EQ(zone.offset_seconds_at(instant("1990-04-14T17:59:59.999999Z")), 8 * 3600);
  EXPECT_EQ(zone.offset_seconds_at(instant("1990-04-14T18:00:00Z")), 9 * 3600);
  EXPECT_EQ(zone.offset_seconds_at(instant("2040-01-01T00:00:00Z")), 8 * 3600);
  EXPECT_EQ(zone.start_of(day("1990-07-01")), instant("1990-06-30T15:00:00Z"));
  EXPECT_EQ(to_text(zone.date_of(instant("1990-06-30T15:00:00Z"))), "1990-07-01");
  EXPECT_EQ(zone.to_text(instant("1990-07-01T00:00:00Z")), "1990-07-01 09:00:00 +09:00");
}

TEST(Zone, EveryDayStartsWhereTheDayBeforeEnds) {
  const CivilZone zone({{instant("1986-01-01T00:00:00Z"), 8 * 3600},
                        {instant("1990-04-14T18:00:00Z"), 9 * 3600},
                        {instant("1990-09-15T17:00:00Z"), 8 * 3600}});
  for (CivilDate date = day("1990-01-01"); date < day("1991-01-01"); date = add_days(date, 1)) {
    const UnixMicros start = zone.start_of(date);
    ASSERT_EQ(zone.date_of(start), date) << to_text(date);
    ASSERT_EQ(zone.date_of(UnixMicros{start.value - 1}), add_days(date, -1)) << to_text(date);
  }
}

TEST(Zone, NegativeOffsetsAreWrittenWithTheirSign) {
  const CivilZone zone({{UnixMicros{0}, -(3 * 3600 + 30 * 60)}});
  EXPECT_EQ(zone.to_text(instant("2025-02-11T13:50:00Z")), "2025-02-11 10:20:00 -03:30");
  EXPECT_EQ(to_text(zone.date_of(instant("1970-01-01T00:00:00Z"))), "1969-12-31");
}

}  // namespace
}  // namespace juanzong
