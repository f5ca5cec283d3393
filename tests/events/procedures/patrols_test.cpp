// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string patrolled_json(std::string_view floors = "3,7,11,14,18") {
  return json({text("patrol_id", "P-1"),
               text("building", "3"),
               R"("areas":{"site":true,"greening":true,"hall":true,"garage":true})",
               R"("floors":[)" + std::string(floors) + "]",
               text("started", "2025-03-05T09:00:00+08:00"),
               text("ended", "2025-03-05T10:00:00+08:00"),
               R"("topics":{"hygiene":"GOOD","facilities":"DEFECTIVE","tidiness":"GOOD",)"
               R"("image":"GOOD","posts":"GOOD"})"});
}

std::string found_json() {
  return json({text("defect_id", "PD-1"),
               text("patrol_id", "P-1"),
               text("place", "11 层走廊"),
               text("kind", "FACILITY"),
               R"("photos":[)" + attachment(house_owner) + "]"});
}

std::string forwarded_json(std::string_view at = "2025-03-05T11:20:00+08:00") {
  return json({text("defect_id", "PD-1"), text("dept", "ENG"), text("at", at)});
}

std::string verified_json(std::string_view ok, std::string_view at) {
  return json({text("defect_id", "PD-1"), R"("ok":)" + std::string(ok), text("at", at)});
}

const std::string fixed_json = json({text("defect_id", "PD-1")});

class PatrolsTest : public HouseTest {
 protected:
  PatrolsTest() { t.at("2025-03-05T11:00:00+08:00").as("S-CSA"); }
  ObligationState due(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "patrol_defect:PD-1"));
  }
};

TEST_F(PatrolsTest, ADefectIsForwardedAndLookedAtAgain) {
  EXPECT_THAT(rules_when("PatrolDefectForwarded", forwarded_json()),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
  t.given("PatrolDefectFound", found_json());
  EXPECT_EQ(due("D-PAT-2").due_at, *parse_instant("2025-03-05T11:30:00+08:00"));
  EXPECT_EQ(due("D-PAT-3").due_at, *parse_instant("2025-03-07T00:00:00+08:00")) << "the 2nd day";
  EXPECT_THAT(
      rules_when("PatrolDefectVerified", verified_json("true", "2025-03-05T11:00:00+08:00")),
      ElementsAre("STATE_REFUSED"))
      << "nobody was told of it";
  t.at("2025-03-05T11:20:00+08:00");
  t.given("PatrolDefectForwarded", forwarded_json());
  EXPECT_EQ(due("D-PAT-2").end, ObligationEnd::met);
  t.at("2025-03-06T15:00:00+08:00");
  t.given("PatrolDefectVerified", verified_json("false", "2025-03-06T15:00:00+08:00"));
  EXPECT_EQ(due("D-PAT-3").end, ObligationEnd::met) << "it was looked at";
  EXPECT_EQ(due("D-PAT-2-AGAIN").due_at, *parse_instant("2025-03-06T15:30:00+08:00"));
  t.given("PatrolDefectForwarded", forwarded_json());
  t.given("PatrolDefectVerified", verified_json("true", "2025-03-06T15:00:00+08:00"));
  EXPECT_EQ(due("D-PAT-2-AGAIN").end, ObligationEnd::met);
  EXPECT_EQ(due("D-PAT-2-AGAIN").rounds, 1U);
  EXPECT_THAT(
      rules_when("PatrolDefectVerified", verified_json("true", "2025-03-06T15:00:00+08:00")),
      ElementsAre("STATE_REFUSED"));
}

TEST_F(PatrolsTest, WhatIsFixedOnTheSpotIsOwedNoMore) {
  t.given("PatrolDefectFound", found_json());
  EXPECT_THAT(rules_when("PatrolDefectFound", found_json()), ElementsAre("STATE_REFUSED"));
  t.given("PatrolDefectFixedOnSpot", fixed_json);
  EXPECT_EQ(due("D-PAT-2").end, ObligationEnd::met);
  EXPECT_EQ(due("D-PAT-3").end, ObligationEnd::lapsed);
  EXPECT_THAT(rules_when("PatrolDefectFixedOnSpot", fixed_json), ElementsAre("STATE_REFUSED"));
}

TEST_F(PatrolsTest, ThePolicySaysHowLong) {
  adopt(t, "patrol.forward_min", "10", "2025-03-01");
  t.as("S-CSA").given("PatrolDefectFound", found_json());
  EXPECT_EQ(due("D-PAT-2").due_at, *parse_instant("2025-03-05T11:10:00+08:00"));
}

TEST_F(PatrolsTest, APatrolIsEnteredOnceAndEndsAfterItBegan) {
  EXPECT_THAT(rules_when("BuildingPatrolled", replaced(patrolled_json(), "T10:00", "T08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BuildingPatrolled", replaced(patrolled_json(), "T10:00", "T12:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BuildingPatrolled", patrolled_json("3,7,3")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("BuildingPatrolled", patrolled_json("3")), IsEmpty())
      << "fewer floors are reported, not refused";
  t.given("BuildingPatrolled", patrolled_json());
  EXPECT_THAT(rules_when("BuildingPatrolled", patrolled_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-SEC");
  EXPECT_THAT(rules_when("BuildingPatrolled", replaced(patrolled_json(), "P-1", "P-2")),
              ElementsAre("ROLE"));
}

TEST_F(PatrolsTest, ADefectHasItsPhotoAndKnownPeople) {
  EXPECT_THAT(rules_when("PatrolDefectFound",
                         replaced(found_json(), "[" + attachment(house_owner) + "]", "[]")),
              ElementsAre("SCHEMA"));
  t.given("PatrolDefectFound", found_json());
  EXPECT_THAT(rules_when("PatrolDefectForwarded",
                         replaced(forwarded_json("2025-03-05T11:00:00+08:00"),
                                  R"("dept")",
                                  R"("to":"S-999","dept")")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PatrolDefectForwarded", forwarded_json("2025-03-04T11:00:00+08:00")),
              ElementsAre("SCHEMA"))
      << "before it was found";
}

}  // namespace
}  // namespace juanzong::testing
