// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string point(std::string_view at, std::string_view id = "G-1") {
  return json({text("point", id), text("at", at)});
}

std::string patrol_json(std::string_view points, std::string_view more = "") {
  return json({text("patrol_no", "SP-1"),
               text("route", "NIGHT-A"),
               R"("points":[)" + std::string(points) + "]" + std::string(more)});
}

const std::string first = point("2025-03-05T09:00:00+08:00");
const std::string second = point("2025-03-05T09:20:00+08:00", "G-2");

std::string hazard_json() {
  return json({text("hazard_id", "HZ-1"),
               text("place", "地下车库 B2"),
               text("risk", "HIGH"),
               text("description", "消防通道被占")});
}

std::string rectified_json(std::string_view at = "2025-03-05T11:00:00+08:00") {
  return json({text("hazard_id", "HZ-1"), text("measure", "已清理"), text("at", at)});
}

std::string duty_json(std::string_view event_at = "2025-03-05T05:00:00+08:00") {
  return json({text("duty_no", "MD-1"),
               text("shift", "NIGHT"),
               text("from", "2025-03-05T00:00:00+08:00"),
               text("to", "2025-03-05T08:00:00+08:00"),
               R"("events":[)" +
                   json({text("system", "FIRE"), text("at", event_at), house_sealed("note")}) +
                   "]"});
}

std::string alarm_json(std::string_view outcome = "FALSE_ALARM", std::string_view more = "") {
  return json({text("alarm_no", "AL-1"),
               text("system", "FIRE"),
               text("place", "3 栋 11 层"),
               text("raised_at", "2025-03-05T10:00:00+08:00"),
               house_sealed("response"),
               text("at", "2025-03-05T10:03:00+08:00"),
               text("outcome", outcome) + std::string(more)});
}

class SecurityTest : public HouseTest {
 protected:
  SecurityTest() { t.at("2025-03-05T11:00:00+08:00").as("S-SEC"); }
};

TEST_F(SecurityTest, APatrolGoesFromPointToPoint) {
  EXPECT_THAT(rules_when("SecurityPatrolRecorded", patrol_json(second + "," + first)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SecurityPatrolRecorded",
                         patrol_json(first + "," + point("2025-03-05T12:00:00+08:00"))),
              ElementsAre("SCHEMA"))
      << "a moment to come";
  EXPECT_THAT(rules_when("SecurityPatrolRecorded", patrol_json("")), ElementsAre("SCHEMA"));
  t.given("SecurityPatrolRecorded", patrol_json(first + "," + second));
  EXPECT_THAT(rules_when("SecurityPatrolRecorded", patrol_json(first)),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(SecurityTest, APatrolNamesHazardsThatWereFound) {
  const std::string names = R"(,"hazards":["HZ-1"])";
  EXPECT_THAT(rules_when("SecurityPatrolRecorded", patrol_json(first, names)),
              ElementsAre("SCHEMA"));
  t.given("HazardFound", hazard_json());
  EXPECT_THAT(rules_when("SecurityPatrolRecorded", patrol_json(first, names)), IsEmpty());
}

TEST_F(SecurityTest, AHazardIsPutRightOnce) {
  EXPECT_THAT(rules_when("HazardRectified", rectified_json()), ElementsAre("STATE_REFUSED"));
  t.given("HazardFound", hazard_json());
  EXPECT_THAT(rules_when("HazardFound", hazard_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("HazardRectified", rectified_json("2025-03-04T11:00:00+08:00")),
              ElementsAre("SCHEMA"))
      << "before it was found";
  t.given("HazardRectified", rectified_json());
  EXPECT_THAT(rules_when("HazardRectified", rectified_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("HazardRectified", rectified_json()), ElementsAre("ROLE"));
}

TEST_F(SecurityTest, AShiftHoldsItsEvents) {
  EXPECT_THAT(rules_when("MonitoringDutyLogged", duty_json("2025-03-05T08:00:01+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("MonitoringDutyLogged",
                 replaced(duty_json(), R"("from":"2025-03-05T00)", R"("from":"2025-03-05T09)")),
      ElementsAre("SCHEMA", "SCHEMA"))
      << "it ends before it begins, and the event lies outside";
  t.given("MonitoringDutyLogged", duty_json());
  EXPECT_THAT(rules_when("MonitoringDutyLogged", duty_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(SecurityTest, AnAlarmIsHandledAfterItWasRaised) {
  EXPECT_THAT(rules_when("AlarmHandled", replaced(alarm_json(), "T10:03", "T09:59")),
              ElementsAre("SCHEMA"));
  t.given("AlarmHandled", alarm_json());
  EXPECT_THAT(rules_when("AlarmHandled", alarm_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(SecurityTest, AnAlarmThatBecameAnIncidentNamesIt) {
  const std::string incident = R"(,"incident_id":"IN-1")";
  EXPECT_THAT(rules_when("AlarmHandled", alarm_json("INCIDENT")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("AlarmHandled", alarm_json("INCIDENT", incident)), ElementsAre("SCHEMA"))
      << "it was not reported";
  t.given("IncidentReported",
          json({text("incident_id", "IN-1"),
                text("kind", "FIRE"),
                text("place", "3 栋 11 层"),
                text("noticed_at", "2025-03-05T10:03:00+08:00"),
                text("first_reported_at", "2025-03-05T10:03:00+08:00"),
                text("to", "S-PM")}));
  EXPECT_THAT(rules_when("AlarmHandled", alarm_json("INCIDENT", incident)), IsEmpty());
  EXPECT_THAT(rules_when("AlarmHandled", alarm_json("HANDLED", incident)), ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
