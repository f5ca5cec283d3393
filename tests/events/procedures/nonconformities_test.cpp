// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/nonconformities/nonconformities.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"

#include "tests/support/inspection_sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string verified_json(bool ok, std::string_view id = "NC-1") {
  return json({text("nc_id", id),
               std::string("\"ok\":") + (ok ? "true" : "false"),
               text("verified_on", "2025-03-20")});
}

class NonconformitiesTest : public HouseTest {
 protected:
  NonconformitiesTest() { t.at("2025-03-20T09:00:00+08:00").as("S-QD"); }
  void find(int first, int last, std::string_view source = "INSPECTION") {
    for (int at = first; at <= last; ++at) {
      t.given("NonconformityFound", found_json("NC-" + std::to_string(at), "2025-03-20", source));
    }
  }
  ObligationState owed(std::string_view rule = "D-NC-1", std::string_view of = "process:cleaning") {
    return t.world().get<ObligationState>(obligation_key(rule, of));
  }
};

TEST_F(NonconformitiesTest, AMeasureIsFollowedUntilItWorks) {
  find(1, 1);
  t.given("CorrectiveMeasurePlanned", planned_json("NC-1", "2025-03-31"));
  EXPECT_EQ(owed("D-NC-2", "nc:NC-1").due_at, *parse_instant("2025-04-01T00:00:00+08:00"));
  t.given("CorrectiveMeasureVerified", verified_json(false));
  EXPECT_EQ(find_case(t.world(), "nc", "NC-1")->stage, 1U);
  t.given("CorrectiveMeasurePlanned", planned_json("NC-1", "2025-04-15"));
  t.given("CorrectiveMeasureVerified", verified_json(true));
  EXPECT_EQ(find_case(t.world(), "nc", "NC-1")->stage, 3U);
  EXPECT_EQ(owed("D-NC-2", "nc:NC-1").end, ObligationEnd::met);
  expect_states_round_trip(t);
}

TEST_F(NonconformitiesTest, StepsComeInTheirOrder) {
  EXPECT_THAT(rules_when("CorrectiveMeasurePlanned", planned_json("NC-1", "2025-03-31")),
              ElementsAre("STATE_REFUSED"));
  find(1, 1);
  EXPECT_THAT(rules_when("NonconformityFound", found_json("NC-1", "2025-03-20")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("CorrectiveMeasureVerified", verified_json(true)),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(NonconformitiesTest, APlanIsOfItsProcessAndForDaysToCome) {
  find(1, 1);
  const std::string plan = planned_json("NC-1", "2025-03-31");
  EXPECT_THAT(rules_when("CorrectiveMeasurePlanned", replaced(plan, "cleaning", "security")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CorrectiveMeasurePlanned", planned_json("NC-1", "2025-03-19")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CorrectiveMeasurePlanned", plan), IsEmpty());
  EXPECT_THAT(rules_when("NonconformityFound", found_json("NC-2", "2025-03-21")),
              ElementsAre("SCHEMA"));
}

TEST_F(NonconformitiesTest, MoreThanFiveInAMonthOweAPlan) {
  find(1, 5);
  EXPECT_EQ(owed().rounds, 0U);
  find(6, 6);
  EXPECT_EQ(owed().rounds, 1U);
  EXPECT_EQ(owed().due_at, *parse_instant("2025-05-06T00:00:00+08:00"));
  t.given("CorrectiveMeasurePlanned", planned_json("NC-3", "2025-04-30"));
  EXPECT_EQ(owed().end, ObligationEnd::met);
  find(7, 7);
  EXPECT_EQ(owed().rounds, 1U) << "the month has its plan";
}

TEST_F(NonconformitiesTest, ThreeComplaintsOweAPlan) {
  find(1, 2, "COMPLAINT");
  EXPECT_EQ(owed().rounds, 0U);
  find(3, 3, "COMPLAINT");
  EXPECT_EQ(owed().rounds, 1U);
}

TEST_F(NonconformitiesTest, TheThresholdIsThePoliciesAndOfOneMonth) {
  find(1, 5);
  t.at("2025-04-02T09:00:00+08:00");
  t.given("NonconformityFound", found_json("NC-6", "2025-04-01"));
  EXPECT_EQ(owed().rounds, 0U) << "another month";
  adopt(t, "nonconform.limit", "1", "2025-04-01");
  t.as("S-QD").given("NonconformityFound", found_json("NC-7", "2025-04-02"));
  EXPECT_EQ(owed().rounds, 1U);
  EXPECT_EQ(owed().due_at, *parse_instant("2025-06-06T00:00:00+08:00"));
}

}  // namespace
}  // namespace juanzong::testing
