// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string entry(std::string_view staff, std::string_view date, std::string_view shift) {
  return json({text("staff", staff), text("date", date), text("shift", shift)});
}

std::string prepared_json() {
  return json({text("roster_id", "CS-2025-03"),
               text("dept", "CS"),
               text("month", "2025-03"),
               "\"entries\":[" + entry("S-CSA", "2025-03-03", "EARLY") + "," +
                   entry("S-CSA", "2025-03-04", "DAY") + "," + entry("S-CAS", "2025-03-03", "DAY") +
                   "]"});
}

std::string submitted_json(std::string_view role = "CSM") {
  return json({text("roster_id", "CS-2025-03"),
               text("submitted_on", "2025-03-31"),
               signatures({staff_signature(role)})});
}

std::string line(std::string_view staff, int worked, int leave = 0, int absent = 0) {
  return json({text("staff", staff),
               "\"worked_half_days\":" + std::to_string(worked),
               "\"leave_half_days\":" + std::to_string(leave),
               "\"absent_half_days\":" + std::to_string(absent)});
}

std::string attendance_json(std::string_view lines, std::string_view role = "CSM") {
  return json({text("roster_id", "CS-2025-03"),
               text("submitted_on", "2025-03-31"),
               "\"lines\":[" + std::string(lines) + "]",
               signatures({staff_signature(role)})});
}

class RostersTest : public HouseTest {
 protected:
  RostersTest() { t.at("2025-03-01T09:00:00+08:00").as("S-CSM"); }
  ObligationState due(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "roster:CS-2025-03"));
  }
  void submit() {
    t.given("RosterPrepared", prepared_json());
    t.at("2025-03-31T17:00:00+08:00");
    t.given("RosterSubmitted", submitted_json());
  }
};

TEST_F(RostersTest, ARosterIsPreparedSubmittedAndFollowedByItsAttendance) {
  t.given("RosterPrepared", prepared_json());
  EXPECT_EQ(due("D-ROS-2").due_at, *parse_instant("2025-04-01T00:00:00+08:00"));
  EXPECT_EQ(due("D-ROS-3").due_at, *parse_instant("2025-04-01T00:00:00+08:00"));
  t.at("2025-03-31T17:00:00+08:00");
  EXPECT_THAT(rules_when("AttendanceSubmitted", attendance_json(line("S-CSA", 42))),
              ElementsAre("STATE_REFUSED"))
      << "the roster first";
  t.given("RosterSubmitted", submitted_json());
  EXPECT_EQ(due("D-ROS-2").end, ObligationEnd::met);
  EXPECT_EQ(due("D-ROS-3").end, ObligationEnd::running);
  EXPECT_THAT(rules_when("RosterSubmitted", submitted_json()), ElementsAre("STATE_REFUSED"));
  t.given("AttendanceSubmitted", attendance_json(line("S-CSA", 42) + "," + line("S-CAS", 40, 2)));
  EXPECT_EQ(due("D-ROS-3").end, ObligationEnd::met);
  EXPECT_THAT(rules_when("AttendanceSubmitted", attendance_json(line("S-CSA", 42))),
              ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(RostersTest, WhatIsSubmittedInAprilIsLate) {
  t.given("RosterPrepared", prepared_json());
  t.at("2025-04-01T08:00:00+08:00");
  t.given("RosterSubmitted", submitted_json());
  EXPECT_EQ(due("D-ROS-2").end, ObligationEnd::met_late);
}

TEST_F(RostersTest, ItIsPreparedAgainUntilItIsSubmitted) {
  t.given("RosterPrepared", prepared_json());
  const std::string without_cashier =
      replaced(prepared_json(), "," + entry("S-CAS", "2025-03-03", "DAY"), "");
  t.given("RosterPrepared", without_cashier);
  t.at("2025-03-31T17:00:00+08:00");
  t.given("RosterSubmitted", submitted_json());
  EXPECT_THAT(rules_when("AttendanceSubmitted", attendance_json(line("S-CAS", 40))),
              ElementsAre("SCHEMA"))
      << "the newest roster counts";
  EXPECT_THAT(rules_when("RosterPrepared", prepared_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(RostersTest, TheHeadOfADepartmentSignsWhatLeavesIt) {
  t.given("RosterPrepared", prepared_json());
  t.at("2025-03-31T17:00:00+08:00");
  EXPECT_THAT(rules_when("RosterSubmitted", submitted_json("CSA")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("RosterSubmitted", submitted_json("ENGM")), IsEmpty());
  t.given("RosterSubmitted", submitted_json());
  EXPECT_THAT(rules_when("AttendanceSubmitted", attendance_json(line("S-CSA", 42), "CSA")),
              ElementsAre("SCHEMA"));
}

TEST_F(RostersTest, ARosterIsOfOneDepartmentAndMonth) {
  const auto prepared = [this](std::string_view from, std::string_view to) {
    return rules_when("RosterPrepared", replaced(prepared_json(), from, to));
  };
  EXPECT_THAT(prepared("CS-2025-03", "CS-2025-04"), ElementsAre("SCHEMA"));
  EXPECT_THAT(prepared("2025-03-04", "2025-04-04"), ElementsAre("SCHEMA"));
  EXPECT_THAT(prepared("S-CAS", "S-999"), ElementsAre("SCHEMA"));
  EXPECT_THAT(prepared(entry("S-CSA", "2025-03-04", "DAY"), entry("S-CSA", "2025-03-03", "EARLY")),
              ElementsAre("SCHEMA"))
      << "twice";
  EXPECT_THAT(prepared(entry("S-CSA", "2025-03-04", "DAY"), entry("S-CSA", "2025-03-03", "MIDDLE")),
              IsEmpty())
      << "two shifts on one day";
}

TEST_F(RostersTest, AttendanceIsOfThoseOnTheRosterAndOfTheDaysOfTheMonth) {
  submit();
  const auto of = [this](const std::string& lines) {
    return rules_when("AttendanceSubmitted", attendance_json(lines));
  };
  EXPECT_THAT(of(line("S-SEC", 42)), ElementsAre("SCHEMA"));
  EXPECT_THAT(of(line("S-CSA", 42) + "," + line("S-CSA", 2)), ElementsAre("SCHEMA"));
  EXPECT_THAT(of(line("S-CSA", 60, 2, 0)), IsEmpty()) << "31 days";
  EXPECT_THAT(of(line("S-CSA", 60, 2, 1)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("AttendanceSubmitted",
                         replaced(attendance_json(line("S-CSA", 42)), "2025-03-31", "2025-04-01")),
              ElementsAre("SCHEMA"))
      << "a day to come";
}

}  // namespace
}  // namespace juanzong::testing
