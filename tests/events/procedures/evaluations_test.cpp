// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string self_check_json(std::string_view result) {
  return json({text("award_id", "A-1"),
               text("standard", "全国物业管理示范住宅小区标准"),
               text("dept", "ENV"),
               text("result", result),
               text("checked_on", "2025-03-05")});
}

std::string applied_json() {
  return json({text("award_id", "A-1"), text("level", "CITY"), text("applied_on", "2025-03-05")});
}

std::string decided_json(std::string_view result) {
  return json({text("award_id", "A-1"),
               text("level", "CITY"),
               text("result", result),
               text("decided_on", "2025-03-05")});
}

std::string review_json() {
  return json({text("evaluation_id", "E-1"),
               "\"year\":2025",
               text("held_on", "2025-03-05"),
               R"("inputs":["内审结果"],"outputs":["改进保洁"],"actions":[])",
               signatures({staff_signature("MR")})});
}

class EvaluationsTest : public HouseTest {
 protected:
  EvaluationsTest() { t.at("2025-03-05T09:00:00+08:00").as("S-MDM"); }
  unsigned stage() { return find_case(t.world(), "award", "A-1")->stage; }
};

TEST_F(EvaluationsTest, AnAwardIsAppliedForAfterASelfCheckThatPassed) {
  EXPECT_THAT(rules_when("AwardApplied", applied_json()), ElementsAre("STATE_REFUSED"));
  t.given("AwardSelfChecked", self_check_json("FAIL"));
  EXPECT_EQ(stage(), 1U);
  EXPECT_THAT(rules_when("AwardApplied", applied_json()), ElementsAre("STATE_REFUSED"));
  t.given("AwardSelfChecked", self_check_json("PASS"));
  t.given("AwardApplied", applied_json());
  EXPECT_THAT(rules_when("AwardSelfChecked", self_check_json("PASS")),
              ElementsAre("STATE_REFUSED"));
  t.given("AwardResultRecorded", decided_json("PASS"));
  EXPECT_EQ(stage(), 4U);
  EXPECT_THAT(rules_when("AwardResultRecorded", decided_json("PASS")),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(EvaluationsTest, AnAwardMayNotBeWon) {
  t.given("AwardSelfChecked", self_check_json("PASS"));
  EXPECT_THAT(rules_when("AwardResultRecorded", decided_json("FAIL")),
              ElementsAre("STATE_REFUSED"));
  t.given("AwardApplied", applied_json());
  t.given("AwardResultRecorded", decided_json("FAIL"));
  EXPECT_EQ(stage(), 5U);
}

TEST_F(EvaluationsTest, AReviewIsSignedByTopManagementOrItsRepresentative) {
  t.as("S-MR");
  EXPECT_THAT(rules_when("ManagementReviewHeld", review_json()), IsEmpty());
  EXPECT_THAT(rules_when("ManagementReviewHeld",
                         replaced(review_json(), staff_signature("MR"), staff_signature("TOP"))),
              IsEmpty());
  EXPECT_THAT(rules_when("ManagementReviewHeld",
                         replaced(review_json(), staff_signature("MR"), staff_signature("QD"))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ManagementReviewHeld", replaced(review_json(), ":2025", ":2024")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ManagementReviewHeld", replaced(review_json(), R"(["改进保洁"])", "[]")),
              ElementsAre("SCHEMA"));
}

TEST_F(EvaluationsTest, AuditsAndChecksAreEnteredOnce) {
  t.as("S-QD");
  const std::string external = json({text("evaluation_id", "E-2"),
                                     "\"year\":2025",
                                     text("certifier", "深圳质量认证中心"),
                                     text("held_on", "2025-03-05"),
                                     R"("observations":3,"minor":1)"});
  EXPECT_THAT(rules_when("ExternalAuditRecorded", replaced(external, ":2025,", ":2026,")),
              ElementsAre("SCHEMA"));
  t.given("ExternalAuditRecorded", external);
  const std::string internal = json(
      {text("evaluation_id", "E-2"), text("scope", "保洁、绿化"), text("held_on", "2025-03-05")});
  EXPECT_THAT(rules_when("InternalAuditRecorded", internal), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("InternalAuditRecorded", replaced(internal, "E-2", "E-3")), IsEmpty());
  const std::string check = json({text("evaluation_id", "E-4"),
                                  text("authority", "环保局"),
                                  text("result", "PASS"),
                                  text("held_on", "2025-03-05")});
  EXPECT_THAT(rules_when("GovernmentCheckRecorded", check), IsEmpty());
  EXPECT_THAT(rules_when("GovernmentCheckRecorded", replaced(check, "03-05", "03-06")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
