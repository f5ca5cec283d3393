// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string inspected_json(std::string_view hygiene = "CLEAN",
                           std::string_view works = "true",
                           std::string_view defects = "") {
  return json({text("inspection_id", "V-1"),
               unit_field(),
               text("kind", "VACANT_UNIT"),
               text("inspector", "S-CSA"),
               text("hygiene", hygiene),
               "\"works\":" + std::string(works),
               defects.empty() ? "" : "\"defects\":[\"" + std::string(defects) + "\"]",
               text("at", "2025-03-05T09:00:00+08:00")});
}

class VacantUnitsTest : public HouseTest {
 protected:
  void SetUp() override {
    hand_over(t);
    t.at("2025-03-05T12:00:00+08:00").as("S-CSA");
  }
  unsigned stage() { return find_case(t.world(), "vacant_inspection", "V-1")->stage; }
};

TEST_F(VacantUnitsTest, AVacantUnitIsInOrderOrNamesItsDefects) {
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json("NOT_CLEAN")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json("CLEAN", "false")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json("CLEAN", "true", "窗锁坏")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json("NOT_CLEAN", "true", "积灰")),
              IsEmpty());
  t.given("VacantUnitInspected", inspected_json());
  EXPECT_EQ(stage(), 1U);
  EXPECT_EQ(find_case(t.world(), "vacant_inspection", "V-1")->unit, house_unit);
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(VacantUnitsTest, WhatIsBrokenMakesItDefective) {
  t.given("VacantUnitInspected", inspected_json("CLEAN", "false", "窗锁坏"));
  EXPECT_EQ(stage(), 2U);
}

TEST_F(VacantUnitsTest, WhereSomebodyLivesIsNoVacantUnit) {
  move_owner_in(t, "2025-03-04");
  EXPECT_THAT(rules_when("VacantUnitInspected", inspected_json()), ElementsAre("H-VAC-1"));
}

TEST_F(VacantUnitsTest, AUnitThatWasNotHandedOverIsVacantAndAnUnknownOneIsNone) {
  register_unit(t, "3-1-1203");
  t.as("S-CSA");
  EXPECT_THAT(rules_when("VacantUnitInspected", replaced(inspected_json(), "1202", "1203")),
              IsEmpty());
  EXPECT_THAT(rules_when("VacantUnitInspected", replaced(inspected_json(), "1202", "1299")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
