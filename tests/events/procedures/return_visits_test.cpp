// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/return_visits/return_visits.h"

#include "events/procedures/complaint_cases.h"

#include "tests/support/complaint_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view noon = "2025-10-20T12:00:00+08:00";
constexpr std::string_view satisfied = R"("satisfied":true)";

// Complaint TS-1, answered.
class ReturnVisitsTest : public HouseTest {
 protected:
  ReturnVisitsTest() {
    t.at("2025-10-20T09:00:00+08:00");
    t.as("S-CSA").given("ComplaintReceived", complaint_json());
    t.as("S-PS").given("ComplaintClassified", classified_json(""));
    t.as("S-CSA").given("ComplaintReplied", replied_json("2025-10-20T09:00:00+08:00"));
    t.at(noon);
  }
  std::string visit(std::string_view level = "CSA", std::string_view more = satisfied) {
    return return_visit_json("complaint:TS-1", "COMPLAINT", noon, more, level);
  }
  std::vector<std::string> refused(std::string_view who,
                                   std::string_view event,
                                   const std::string& body) {
    t.as(who);
    return rules_when(event, body);
  }
};

TEST_F(ReturnVisitsTest, EveryLevelIsItsRoles) {
  const auto visits = [this](std::string_view who, std::string_view level) {
    return refused(who, "ReturnVisitCompleted", visit(level));
  };
  EXPECT_THAT(visits("S-CSA", "CSA"), IsEmpty());
  EXPECT_THAT(visits("S-ENG", "CSA"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visits("S-CSA", "QD_MONTHLY"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visits("S-QD", "QD_MONTHLY"), IsEmpty());
  EXPECT_THAT(visits("S-ENG", "PROVIDER"), Contains("SCHEMA")) << "complaints have no provider";
  EXPECT_THAT(visits("S-CAS", "CSA"), ElementsAre("ROLE"));
}

TEST_F(ReturnVisitsTest, WhomTheFrontDeskAskedMayVisitOnce) {
  const auto delegated = [](std::string_view to) {
    return json({text("source", "complaint:TS-1"),
                 text("from", "S-CSA"),
                 text("to", to),
                 house_sealed("reason")});
  };
  EXPECT_THAT(refused("S-CSA", "ReturnVisitDelegated", delegated("S-CSA")), ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-CSA", "ReturnVisitDelegated", delegated("S-X")), ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-CSA",
                      "ReturnVisitDelegated",
                      replaced(delegated("S-SEC"), "complaint:TS-1", "complaint:TS-9")),
              ElementsAre("SCHEMA"));
  t.as("S-CSA").given("ReturnVisitDelegated", delegated("S-SEC"));
  t.as("S-SEC").given("ReturnVisitCompleted", visit());
  EXPECT_EQ(complaint_stage(t.world(), "TS-1"), ComplaintStage::visited);
  EXPECT_THAT(t.world().get<ReturnVisitState>("complaint:TS-1").delegates, IsEmpty());
  expect_states_round_trip(t);
}

TEST_F(ReturnVisitsTest, TheQualityDepartmentVisitsWhatIsClosedAndMayFindItUnsolved) {
  t.as("S-CSA").given("ReturnVisitCompleted", visit());
  EXPECT_THAT(refused("S-CSA", "ReturnVisitCompleted", visit()), ElementsAre("STATE_REFUSED"));
  t.as("S-CSM").given("ComplaintClosed", closed_json("EXPLAINED_INVALID"));
  EXPECT_THAT(refused("S-CSA", "ReturnVisitCompleted", visit()), ElementsAre("STATE_REFUSED"));
  t.as("S-QD").given("ReturnVisitCompleted", visit("QD_MONTHLY"));
  EXPECT_EQ(complaint_stage(t.world(), "TS-1"), ComplaintStage::closed);
  t.as("S-QD").given("ReturnVisitCompleted", visit("QD_MONTHLY", R"("satisfied":false)"));
  EXPECT_EQ(complaint_stage(t.world(), "TS-1"), ComplaintStage::explain);
  EXPECT_EQ(t.world().get<ReturnVisitState>("complaint:TS-1").visits.size(), 3U);
}

TEST_F(ReturnVisitsTest, WhatIsVisitedIsThereAndOfItsKind) {
  const auto visits = [this](std::string_view source, std::string_view kind) {
    return refused("S-CSA", "ReturnVisitCompleted", return_visit_json(source, kind, noon));
  };
  EXPECT_THAT(visits("complaint:TS-9", "COMPLAINT"), Contains("SCHEMA"));
  EXPECT_THAT(visits("complaint:TS-1", "REPAIR"), Contains("SCHEMA"));
  EXPECT_THAT(visits("activity:A-1", "ACTIVITY"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visits("incident:I-1", "RESCUE"), IsEmpty());
  t.at("2025-10-19T09:00:00+08:00");
  EXPECT_THAT(visits("complaint:TS-1", "COMPLAINT"), Contains("SCHEMA")) << "to come";
}

TEST_F(ReturnVisitsTest, AComplaintThatWasNotAnsweredIsNotVisited) {
  t.as("S-CSA").given("ComplaintReceived", replaced(complaint_json(), "TS-1", "TS-2"));
  EXPECT_THAT(
      refused(
          "S-CSA", "ReturnVisitCompleted", return_visit_json("complaint:TS-2", "COMPLAINT", noon)),
      ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
