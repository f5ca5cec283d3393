// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string logged_json(std::string_view source = "DEPARTMENT",
                        std::string_view external = "false") {
  return json({text("info_id", "I-1"),
               text("source", source),
               "\"external\":" + std::string(external),
               house_sealed("content"),
               text("at", "2025-03-05T09:00:00+08:00")});
}

std::string passed_json() {
  return json({text("info_id", "I-1"),
               house_sealed("content"),
               text("at", "2025-03-05T09:00:00+08:00"),
               text("passed_to", "S-QD"),
               text("told_mr", "S-MR")});
}

std::string surveyed_json() {
  return json({text("survey_id", "N-2025"),
               text("channel", "SURVEY"),
               text("year", "2025"),
               R"("asked":40,"answered":36,"needs":[{"topic":"夜班补贴","persons":12}])"});
}

std::string accepted_json(std::string_view promised = "2025-03-07") {
  return json({text("task_id", "T-1"),
               text("task", "更换大堂灯具"),
               text("from_dept", "CS"),
               text("dept", "ENG"),
               text("accepted_by", "S-ENGM"),
               text("promised", promised)});
}

std::string reported_json(std::string_view on = "2025-03-07") {
  return json(
      {text("task_id", "T-1"), R"("done":true)", house_sealed("result"), text("reported_on", on)});
}

class InternalCommunicationTest : public HouseTest {
 protected:
  InternalCommunicationTest() { t.at("2025-03-05T10:00:00+08:00").as("S-CSM"); }
  ObligationState due() {
    return t.world().get<ObligationState>(obligation_key("D-COM-1", "task:T-1"));
  }
};

TEST_F(InternalCommunicationTest, InformationIsLoggedOnceWithItsSource) {
  EXPECT_THAT(rules_when("InformationLogged", logged_json("DEPARTMENT", "true")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("InformationLogged", logged_json("SUPPLIER", "false")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("InformationLogged", logged_json("SUPPLIER", "true")), IsEmpty());
  EXPECT_THAT(rules_when("InformationLogged", logged_json("OTHER", "true")), IsEmpty());
  EXPECT_THAT(rules_when("InformationLogged", logged_json("OTHER", "false")), IsEmpty());
  t.given("InformationLogged", logged_json());
  EXPECT_THAT(rules_when("InformationLogged", logged_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(InternalCommunicationTest, ExternalInformationIsHandedOnByTheQualityDepartment) {
  const std::string handed_on = replaced(
      logged_json("REGULATION", "true"), R"("source")", R"("distributed_to":["CS"],"source")");
  EXPECT_THAT(rules_when("InformationLogged", handed_on), ElementsAre("SCHEMA"));
  t.as("S-QD");
  EXPECT_THAT(rules_when("InformationLogged", handed_on), IsEmpty());
}

TEST_F(InternalCommunicationTest, WhatIsUrgentIsPassedOnAndLoggedByTheQualityDepartment) {
  const auto passed = [this](std::string_view from, std::string_view to) {
    return rules_when("EmergencyInformationPassed", replaced(passed_json(), from, to));
  };
  EXPECT_THAT(passed("S-QD", "S-CSA"), ElementsAre("SCHEMA"));
  EXPECT_THAT(passed("S-MR", "S-PM"), ElementsAre("SCHEMA"));
  EXPECT_THAT(passed("T09", "T11"), ElementsAre("SCHEMA")) << "a moment to come";
  t.given("EmergencyInformationPassed", passed_json());
  EXPECT_THAT(rules_when("EmergencyInformationPassed", passed_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("InformationLogged", logged_json()), ElementsAre("SCHEMA"));
  t.as("S-QD").given("InformationLogged", logged_json());
  EXPECT_THAT(rules_when("EmergencyInformationPassed", passed_json()), IsEmpty())
      << "what was logged may become urgent";
}

TEST_F(InternalCommunicationTest, ATaskIsDoneUntilTheDayThatWasPromised) {
  EXPECT_THAT(rules_when("TaskResultReported", reported_json("2025-03-05")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("TaskAccepted", accepted_json("2025-03-04")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("TaskAccepted", accepted_json("2025-03-05")), IsEmpty());
  t.given("TaskAccepted", accepted_json());
  EXPECT_EQ(due().due_at, *parse_instant("2025-03-08T00:00:00+08:00"));
  EXPECT_THAT(rules_when("TaskAccepted", accepted_json()), ElementsAre("STATE_REFUSED"));
  t.at("2025-03-07T16:00:00+08:00").given("TaskResultReported", reported_json());
  EXPECT_EQ(due().end, ObligationEnd::met);
  EXPECT_THAT(rules_when("TaskResultReported", reported_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(InternalCommunicationTest, APromiseThatWasNotKeptIsLate) {
  t.given("TaskAccepted", accepted_json());
  t.at("2025-03-08T00:00:01+08:00").given("TaskResultReported", reported_json());
  EXPECT_EQ(due().end, ObligationEnd::met_late);
}

TEST_F(InternalCommunicationTest, ASurveyCountsNoMoreThanItAsked) {
  t.as("S-HR");
  const auto surveyed = [this](std::string_view from, std::string_view to) {
    return rules_when("StaffNeedsSurveyed", replaced(surveyed_json(), from, to));
  };
  EXPECT_THAT(surveyed("\"2025\"", "\"25\""), ElementsAre("SCHEMA"));
  EXPECT_THAT(surveyed("\"answered\":36", "\"answered\":41"), ElementsAre("SCHEMA"));
  EXPECT_THAT(surveyed("\"persons\":12", "\"persons\":37"), ElementsAre("SCHEMA"));
  EXPECT_THAT(surveyed("\"persons\":12", "\"persons\":36"), IsEmpty());
  t.given("StaffNeedsSurveyed", surveyed_json());
  EXPECT_THAT(rules_when("StaffNeedsSurveyed", surveyed_json()), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
