// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/facilities/facilities.h"

#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string registered_json(std::string_view installed_on = "2024-06-01") {
  return json({text("equip_id", "LIFT-1"),
               text("system", "ELEVATOR"),
               text("model", "GEN2"),
               R"("parameters":[{"name":"载重","value":"1000 kg"}])",
               text("installed_on", installed_on),
               text("maintenance", "半月一次"),
               text("location", "3 栋 1 单元")});
}

std::string plan_json(int days, std::string_view role = "ENGM") {
  return json({text("system", "ELEVATOR"),
               "\"interval_days\":" + std::to_string(days),
               R"("tasks":["检查钢丝绳"])",
               signatures({staff_signature(role)})});
}

std::string performed_json(std::string_view at = "2025-03-05T10:00:00+08:00") {
  return json({text("equip_id", "LIFT-1"),
               text("task", "检查钢丝绳"),
               text("result", "DONE"),
               text("at", at),
               text("by", "S-ENG")});
}

std::string failed_json() {
  return json({text("equip_id", "LIFT-1"),
               text("cause", "门机故障"),
               text("failed_at", "2025-03-05T09:00:00+08:00")});
}

std::string restored_json(int minutes, std::string_view at = "2025-03-05T10:30:40+08:00") {
  return json({text("equip_id", "LIFT-1"),
               text("cause", "更换门机"),
               text("restored_at", at),
               "\"downtime_min\":" + std::to_string(minutes)});
}

std::string inspected_json(std::string_view what) {
  return json(
      {std::string(what), text("state", "NORMAL"), text("at", "2025-03-05T10:00:00+08:00")});
}

class FacilitiesTest : public HouseTest {
 protected:
  FacilitiesTest() { t.at("2025-03-05T11:00:00+08:00").as("S-ENG"); }
  void plan(int days) {
    t.as("S-ENGM").given("MaintenancePlanSet", plan_json(days));
    t.as("S-ENG");
  }
  EquipmentState lift() { return t.world().get<EquipmentState>(equipment_key("LIFT-1")); }
  ObligationState due(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "equipment:LIFT-1"));
  }
};

TEST_F(FacilitiesTest, EquipmentStandsInTheLedgerOnce) {
  EXPECT_THAT(rules_when("EquipmentRegistered", registered_json("2025-03-06")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MaintenancePerformed", performed_json()), ElementsAre("STATE_REFUSED"));
  t.given("EquipmentRegistered", registered_json());
  EXPECT_THAT(rules_when("EquipmentRegistered", registered_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("EquipmentDataChanged", json({text("equip_id", "LIFT-1")})),
              ElementsAre("SCHEMA"));
  t.given("EquipmentDataChanged", json({text("equip_id", "LIFT-1"), text("model", "GEN3")}));
  EXPECT_EQ(lift().model, "GEN3");
  EXPECT_EQ(lift().location, "3 栋 1 单元");
  EXPECT_EQ(lift().installed_on, *parse_date("2024-06-01"));
  t.given("EquipmentDataChanged",
          json({text("equip_id", "LIFT-1"), text("location", "3 栋 2 单元")}));
  EXPECT_EQ(lift().location, "3 栋 2 单元");
  expect_states_round_trip(t);
}

TEST_F(FacilitiesTest, ServiceIsDueAsTheSystemsPlanSays) {
  t.given("EquipmentRegistered", registered_json());
  EXPECT_EQ(due("D-FAC-1-FIRST").rounds, 0U) << "there was no plan yet";
  t.given("MaintenancePerformed", performed_json());
  EXPECT_EQ(due("D-FAC-1").rounds, 0U);
  plan(15);
  t.given("MaintenancePerformed", performed_json("2025-03-05T10:00:00+08:00"));
  EXPECT_EQ(due("D-FAC-1").due_at, *parse_instant("2025-03-21T00:00:00+08:00"));
  t.given("EquipmentRegistered", replaced(registered_json(), "LIFT-1", "LIFT-2"));
  const auto first =
      t.world().get<ObligationState>(obligation_key("D-FAC-1-FIRST", "equipment:LIFT-2"));
  EXPECT_EQ(first.due_at, *parse_instant("2025-03-21T00:00:00+08:00"));
  t.at("2025-03-25T11:00:00+08:00");
  t.given("MaintenancePerformed", performed_json("2025-03-25T10:00:00+08:00"));
  EXPECT_EQ(due("D-FAC-1").rounds, 2U);
  EXPECT_EQ(due("D-FAC-1").due_at, *parse_instant("2025-04-10T00:00:00+08:00"));
}

TEST_F(FacilitiesTest, ThePlanIsSignedByTheHeadOfEngineering) {
  t.as("S-ENGM");
  EXPECT_THAT(rules_when("MaintenancePlanSet", plan_json(15, "ENG")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MaintenancePlanSet", plan_json(3661)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MaintenancePlanSet", plan_json(3660)), IsEmpty());
}

TEST_F(FacilitiesTest, ItsDowntimeIsTheTimeBetweenFailureAndRestoration) {
  EXPECT_THAT(rules_when("EquipmentFailed", failed_json()), ElementsAre("STATE_REFUSED"));
  t.given("EquipmentRegistered", registered_json());
  EXPECT_THAT(rules_when("EquipmentRestored", restored_json(90)), ElementsAre("STATE_REFUSED"));
  t.given("EquipmentFailed", failed_json());
  EXPECT_THAT(rules_when("EquipmentFailed", failed_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("EquipmentRestored", restored_json(91)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EquipmentRestored", restored_json(0, "2025-03-05T08:59:30+08:00")),
              ElementsAre("SCHEMA"))
      << "before it failed";
  t.given("EquipmentRestored", restored_json(90));
  EXPECT_FALSE(lift().failed_at.has_value());
  EXPECT_EQ(lift().downtime_min, 90U);
  EXPECT_EQ(lift().failures, 1U);
}

TEST_F(FacilitiesTest, AnInspectionIsOfEquipmentOrOfAPlace) {
  t.given("EquipmentRegistered", registered_json());
  const std::string lift_field = text("equip_id", "LIFT-1");
  const std::string place = text("place", "中庭");
  EXPECT_THAT(rules_when("FacilityInspected", inspected_json(lift_field + "," + place)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("FacilityInspected", inspected_json("")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("FacilityInspected", inspected_json(lift_field)), IsEmpty());
  EXPECT_THAT(rules_when("FacilityInspected", inspected_json(place)), IsEmpty());
  EXPECT_THAT(rules_when("FacilityInspected", inspected_json(text("equip_id", "LIFT-9"))),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(FacilitiesTest, TheFabricIsLookedAtPartByPart) {
  const std::string inspected = json({text("building", "3"),
                                      text("part", "ROOF"),
                                      R"("defects":["天面渗水"])",
                                      text("at", "2025-03-05T10:00:00+08:00")});
  EXPECT_THAT(rules_when("FabricInspected", inspected), IsEmpty());
  EXPECT_THAT(rules_when("FabricInspected", replaced(inspected, "T10", "T12")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
