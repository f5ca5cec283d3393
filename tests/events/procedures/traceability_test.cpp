// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"
#include "events/procedures/parties.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string badge_json(std::string_view staff, std::string_view number) {
  return json({text("staff", staff), text("badge_no", number), text("from", "2025-03-05")});
}

std::string marked_json(std::string_view equipment, std::string_view reason) {
  return json({text("equipment_no", "LIFT-1"),
               text("equipment", equipment),
               text("reason", reason),
               text("at", "2025-03-05T08:00:00+08:00")});
}

class TraceabilityTest : public HouseTest {
 protected:
  TraceabilityTest() { t.at("2025-03-05T09:00:00+08:00"); }
  unsigned stage() { return find_case(t.world(), "service_mark", "LIFT-1")->stage; }
};

TEST_F(TraceabilityTest, ABadgeNumberIsOnePersonsForEver) {
  t.as("S-HR").given("WorkBadgeIssued", badge_json("S-SEC", "017"));
  EXPECT_EQ(t.world().get<StaffState>("S-SEC").badge_no, "017");
  EXPECT_THAT(rules_when("WorkBadgeIssued", badge_json("S-ENV", "017")), ElementsAre("H-IDT-1"));
  t.given("WorkBadgeIssued", badge_json("S-SEC", "018"));
  EXPECT_THAT(rules_when("WorkBadgeIssued", badge_json("S-ENV", "017")), ElementsAre("H-IDT-1"))
      << "old records lead to the person who had it";
  EXPECT_THAT(rules_when("WorkBadgeIssued", badge_json("S-SEC", "017")), IsEmpty());
}

TEST_F(TraceabilityTest, ABadgeIsForStaffAndEndsAfterItBegins) {
  t.as("S-HR");
  EXPECT_THAT(rules_when("WorkBadgeIssued", badge_json("S-NOBODY", "017")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("WorkBadgeIssued",
                         replaced(badge_json("S-SEC", "017"),
                                  R"("from":"2025-03-05")",
                                  R"("from":"2025-03-05","to":"2025-03-04")")),
              ElementsAre("SCHEMA"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("WorkBadgeIssued", badge_json("S-SEC", "017")), ElementsAre("ROLE"));
}

TEST_F(TraceabilityTest, EquipmentIsMarkedUntilItWorksAgain) {
  const std::string back =
      json({text("equipment_no", "LIFT-1"), text("at", "2025-03-05T08:30:00+08:00")});
  t.as("S-ENG");
  EXPECT_THAT(rules_when("EquipmentReturnedToService", back), ElementsAre("STATE_REFUSED"));
  t.given("EquipmentOutOfServiceMarked", marked_json("ELEVATOR", "FAULT"));
  EXPECT_EQ(stage(), 1U);
  EXPECT_THAT(rules_when("EquipmentOutOfServiceMarked", marked_json("ELEVATOR", "FAULT")),
              ElementsAre("STATE_REFUSED"));
  t.given("EquipmentReturnedToService", back);
  EXPECT_EQ(stage(), 2U);
  EXPECT_THAT(rules_when("EquipmentOutOfServiceMarked", marked_json("ELEVATOR", "MAINTENANCE")),
              IsEmpty());
}

TEST_F(TraceabilityTest, OnlyRestroomsAreMarkedAsBeingCleaned) {
  t.as("S-ENV");
  EXPECT_THAT(rules_when("EquipmentOutOfServiceMarked", marked_json("PUMP", "CLEANING")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EquipmentOutOfServiceMarked", marked_json("RESTROOM", "CLEANING")),
              IsEmpty());
}

TEST_F(TraceabilityTest, ASignIsEnteredOnce) {
  const std::string sign = json({text("signage_id", "SG-1"),
                                 text("place", "停车场入口"),
                                 text("wording", "限高 2.2 米"),
                                 text("installed_on", "2025-03-05")});
  t.as("S-ENG").given("SignageInstalled", sign);
  EXPECT_THAT(rules_when("SignageInstalled", sign), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
