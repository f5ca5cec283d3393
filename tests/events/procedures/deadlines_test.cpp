// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "events/procedures/calendar.h"

#include "tests/support/decoration_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ObligationState of(DecorationSteps& s, std::string_view rule) {
  return s.t.world().get<ObligationState>(obligation_key(rule, "deco:" + s.deco));
}

UnixMicros at(std::string_view instant) {
  return *parse_instant(instant);
}

std::string notified() {
  return R"("result":"APPROVED","channel":"PHONE","notified_at":"2025-01-07T10:00:00+08:00")";
}

// Mon 2025-01-06 09:40, one working day: due Tue 2025-01-07 24:00 (DOMAIN 0.6).
TEST(Deadlines, AWorkingDayEndsAtMidnightAfterTheNextWorkingDay) {
  DecorationSteps s;
  s.on("2025-01-06", "09:40:00").apply().approve();
  const ObligationState state = of(s, "D-DEC-1");
  EXPECT_EQ(state.begun_at, at("2025-01-06T09:40:00+08:00"));
  EXPECT_EQ(state.due_at, at("2025-01-08T00:00:00+08:00"));
  EXPECT_EQ(state.end, ObligationEnd::running);
  EXPECT_EQ(state.rounds, 1U);
}

TEST(Deadlines, HolidaysAndMakeUpDaysCount) {
  DecorationSteps s;
  s.given("PM",
          "HolidayCalendarAdopted",
          R"({"year":2025,"holidays":["2025-01-07","2025-01-08"],"workdays":["2025-01-11"]})");
  DeadlineRule rule{.id = "D-T-1", .clock = DeadlineClock::working_days, .limit = 1};
  const UnixMicros monday = at("2025-01-06T09:40:00+08:00");
  EXPECT_EQ(due_instant(rule, monday, std::nullopt, s.t.world()), at("2025-01-10T00:00:00+08:00"));
  rule.limit = 3;  // Thursday, Friday, the make-up Saturday
  EXPECT_EQ(due_instant(rule, monday, std::nullopt, s.t.world()), at("2025-01-12T00:00:00+08:00"));
}

TEST(Deadlines, MinutesAreWallTimeAndCivilDaysEndAtMidnight) {
  DecorationSteps s;
  const UnixMicros begun = at("2025-01-31T23:55:00+08:00");
  const DeadlineRule ten{.id = "D-T-2", .clock = DeadlineClock::minutes, .limit = 10};
  EXPECT_EQ(due_instant(ten, begun, std::nullopt, s.t.world()), at("2025-02-01T00:05:00+08:00"));
  const DeadlineRule day{.id = "D-T-4", .clock = DeadlineClock::hours, .limit = 24};
  EXPECT_EQ(due_instant(day, begun, std::nullopt, s.t.world()), at("2025-02-01T23:55:00+08:00"));
  const DeadlineRule today{.id = "D-T-3", .clock = DeadlineClock::civil_days};
  EXPECT_EQ(due_instant(today, begun, std::nullopt, s.t.world()), at("2025-02-01T00:00:00+08:00"));
}

TEST(Deadlines, AreMetInTimeAtTheLastInstantAndLateAfterIt) {
  for (const auto& [when, expected] :
       {std::pair("2025-01-08T00:00:00+08:00", ObligationEnd::met),
        std::pair("2025-01-08T00:00:01+08:00", ObligationEnd::met_late)}) {
    DecorationSteps s;
    s.apply().approve();
    s.t.at(when);
    const RecordIndex index = s.given("CSA", "DecorationApprovalNotified", s.of_case(notified()));
    EXPECT_EQ(of(s, "D-DEC-1").end, expected) << when;
    EXPECT_EQ(of(s, "D-DEC-1").ended, index);
  }
}

// From the first day of the refund, 2025-06-15, a Sunday; five working days later is Friday 20th.
TEST(Deadlines, TheNoticeOfARefundCountsFromItsFirstDay) {
  DecorationSteps s;
  s.until_accepted();
  EXPECT_EQ(of(s, "D-DEC-4").due_at, at("2025-06-21T00:00:00+08:00"));
}

TEST(Deadlines, TheLimitIsThePolicysWhereItHasOne) {
  DecorationSteps s;
  s.adopt("deposit.deco.notify_working_days", "1", "2025-05-01");  // before the refund's first day
  s.until_accepted();
  EXPECT_EQ(of(s, "D-DEC-4").due_at, at("2025-06-17T00:00:00+08:00"));
}

TEST(Deadlines, AnotherBeginningWhileOneRunsChangesNothing) {
  DecorationSteps s;
  s.until_accepted();
  EXPECT_EQ(of(s, "D-DEC-3").rounds, 1U);
  EXPECT_EQ(of(s, "D-DEC-3").due_at, at("2025-01-09T00:00:00+08:00"));
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string breach_json(DecorationSteps& s,
                        std::string_view rule = "D-DEC-1",
                        std::string_view due = "2025-01-08T00:00:00+08:00") {
  return R"({"rule":")" + std::string(rule) + R"(","case_stream":"deco:)" + s.deco +
         R"(","due":")" + std::string(due) + "\"}";
}

std::vector<std::string> breach(DecorationSteps& s, const std::string& body) {
  return RuleTester::rules_of(s.t.as("S-SYS").append("SlaBreached", body));
}

TEST(Deadlines, ABreachIsStatedAfterTheMomentAndOnce) {
  DecorationSteps s;
  s.apply().approve();
  s.t.at("2025-01-08T00:05:00+08:00");
  EXPECT_THAT(breach(s, breach_json(s)), ElementsAre("H-OPS-4")) << "clocks may differ so much";
  s.t.at("2025-01-08T00:05:01+08:00");
  EXPECT_THAT(breach(s, breach_json(s, "D-DEC-1", "2025-01-09T00:00:00+08:00")),
              ElementsAre("H-OPS-4"));
  EXPECT_THAT(breach(s, breach_json(s, "D-DEC-3")), ElementsAre("H-OPS-4"));
  EXPECT_THAT(breach(s, breach_json(s)), IsEmpty());
  EXPECT_TRUE(of(s, "D-DEC-1").breached.has_value());
  EXPECT_EQ(of(s, "D-DEC-1").end, ObligationEnd::running);
  EXPECT_THAT(breach(s, breach_json(s)), ElementsAre("H-OPS-4"));
}

TEST(Deadlines, WhatIsMetIsNoBreach) {
  DecorationSteps s;
  s.apply().approve();
  s.t.at("2025-01-07T10:00:00+08:00");
  s.given("CSA", "DecorationApprovalNotified", s.of_case(notified()));
  s.t.at("2025-01-09T10:00:00+08:00");
  EXPECT_THAT(breach(s, breach_json(s)), ElementsAre("H-OPS-4"));
  EXPECT_FALSE(of(s, "D-DEC-1").breached.has_value());
}

TEST(Deadlines, StandInTheirReadmeAndNameEventsThatThereAre) {
  const std::filesystem::path root = JUANZONG_SOURCE_DIR;
  for (const Procedure* procedure : catalogue().procedures()) {
    const std::string readme = read(root / "events/procedures" / procedure->name / "README.md");
    for (const DeadlineRule& rule : procedure->deadlines) {
      EXPECT_NE(readme.find(std::string(rule.id)), std::string::npos) << rule.id;
      EXPECT_NE(catalogue().find(rule.begins), nullptr) << rule.id;
      EXPECT_FALSE(rule.clause.empty() || rule.zh.empty() || rule.en.empty()) << rule.id;
      for (const auto& names : {std::vector(rule.ends.begin(), rule.ends.end()),
                                std::vector(rule.lapses.begin(), rule.lapses.end())}) {
        for (const std::string_view name : names) {
          EXPECT_TRUE(name.empty() || catalogue().find(name) != nullptr) << rule.id << " " << name;
        }
      }
    }
  }
}

}  // namespace
}  // namespace juanzong::testing
