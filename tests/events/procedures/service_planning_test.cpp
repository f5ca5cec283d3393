// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string instruction_json(std::string_view version) {
  return json({text("doc_id", "WI-5.15"),
               text("title", "保洁服务作业指导书"),
               text("dept", "ENV"),
               text("version", version),
               house_attachment("document"),
               text("effective", "2025-04-01"),
               signatures({staff_signature("ENV")})});
}

std::string confirmed_json(bool staff) {
  return json({text("process", "security"),
               R"("is_special":true,"facility_ok":true)",
               std::string("\"staff_qualified\":") + (staff ? "true" : "false"),
               text("criteria", "安全巡视作业指导书"),
               text("records", "巡逻记录"),
               signatures({staff_signature("QD")})});
}

std::string reconfirmed_json() {
  return json({text("process", "security"),
               text("trigger", "STAFF"),
               R"("facility_ok":true,"staff_qualified":true)",
               signatures({staff_signature("PM")})});
}

class ServicePlanningTest : public HouseTest {
 protected:
  ServicePlanningTest() { t.at("2025-03-05T09:00:00+08:00").as("S-QD"); }
  unsigned stage() { return find_case(t.world(), "service_process", "security")->stage; }
};

TEST_F(ServicePlanningTest, AVersionOfADocumentIsPublishedOnce) {
  t.given("WorkInstructionPublished", instruction_json("1.0"));
  EXPECT_THAT(rules_when("WorkInstructionPublished", instruction_json("1.0")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("WorkInstructionPublished", instruction_json("1.1")), IsEmpty());
  EXPECT_THAT(rules_when("WorkInstructionPublished",
                         replaced(instruction_json("1.0"), "WI-5.15", "WI-5.16")),
              IsEmpty());
  EXPECT_THAT(
      rules_when("WorkInstructionPublished",
                 replaced(instruction_json("1.1"), staff_signature("ENV"), staff_signature("CSA"))),
      ElementsAre("SCHEMA"));
}

TEST_F(ServicePlanningTest, AProcessIsConfirmedOnceAndThenAgain) {
  EXPECT_THAT(rules_when("ServiceProcessReconfirmed", reconfirmed_json()),
              ElementsAre("STATE_REFUSED"));
  t.given("ServiceProcessConfirmed", confirmed_json(true));
  EXPECT_EQ(stage(), 1U);
  EXPECT_THAT(rules_when("ServiceProcessConfirmed", confirmed_json(true)),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("ServiceProcessReconfirmed",
                         replaced(reconfirmed_json(), "STAFF\"", "UNSPECIFIED\"")),
              ElementsAre("SCHEMA"));
  t.given("ServiceProcessReconfirmed", reconfirmed_json());
  EXPECT_EQ(stage(), 1U);
}

TEST_F(ServicePlanningTest, WithoutQualifiedStaffItIsUnfitUntilItIsConfirmedAgain) {
  t.given("ServiceProcessConfirmed", confirmed_json(false));
  EXPECT_EQ(stage(), 2U);
  t.given("ServiceProcessReconfirmed", reconfirmed_json());
  EXPECT_EQ(stage(), 1U);
  EXPECT_THAT(
      rules_when("ServiceProcessReconfirmed",
                 replaced(reconfirmed_json(), staff_signature("PM"), staff_signature("CSA"))),
      ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
