// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string plan_json(int version = 1, std::string_view role = "SECM") {
  return json({text("plan", "FIRE"),
               "\"version\":" + std::to_string(version),
               text("responsible", "S-SECM"),
               house_sealed("contacts"),
               house_attachment("dig"),
               signatures({staff_signature(role)})});
}

std::string drill_json(std::string_view on = "2025-03-05") {
  return json({text("plan", "FIRE"),
               R"("participants":["S-SEC","S-CSA"])",
               text("result", "PASSED"),
               text("held_on", on)});
}

std::string reported_json(std::string_view more = "") {
  return json({text("incident_id", "IN-1"),
               text("kind", "FLOOD"),
               text("place", "2 栋 5 层"),
               text("noticed_at", "2025-03-05T10:58:00+08:00"),
               text("first_reported_at", "2025-03-05T10:59:00+08:00"),
               text("to", "S-PM") + std::string(more)});
}

std::string step_json() {
  return json({text("incident_id", "IN-1"),
               house_sealed("action"),
               text("by", "S-ENG"),
               text("at", "2025-03-05T11:00:00+08:00")});
}

std::string closed_json(std::string_view role = "PM") {
  return json({text("incident_id", "IN-1"),
               house_sealed("cause"),
               house_attachment("report"),
               signatures({staff_signature(role)})});
}

class EmergenciesTest : public HouseTest {
 protected:
  EmergenciesTest() { t.at("2025-03-05T11:00:00+08:00").as("S-SECM"); }
};

TEST_F(EmergenciesTest, APlansVersionsAreCountedOn) {
  EXPECT_THAT(rules_when("EmergencyPlanIssued", plan_json(2)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EmergencyPlanIssued", plan_json(1, "SEC")), ElementsAre("SCHEMA"))
      << "not signed by a head";
  t.given("EmergencyPlanIssued", plan_json());
  EXPECT_THAT(rules_when("EmergencyPlanIssued", plan_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EmergencyPlanIssued", plan_json(2)), IsEmpty());
  EXPECT_THAT(
      rules_when("EmergencyPlanIssued",
                 replaced(plan_json(2), R"("responsible":"S-SECM")", R"("responsible":"S-99")")),
      ElementsAre("SCHEMA"));
}

TEST_F(EmergenciesTest, APlanIsPractised) {
  EXPECT_THAT(rules_when("EmergencyDrillHeld", drill_json()), ElementsAre("STATE_REFUSED"));
  t.given("EmergencyPlanIssued", plan_json());
  EXPECT_THAT(rules_when("EmergencyDrillHeld", drill_json("2025-03-06")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EmergencyDrillHeld", replaced(drill_json(), "S-CSA", "S-99")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("EmergencyDrillHeld", drill_json()), IsEmpty());
}

TEST_F(EmergenciesTest, AnIncidentIsReportedHandledAndExplained) {
  t.as("S-ENV");
  EXPECT_THAT(rules_when("IncidentStepTaken", step_json()), ElementsAre("STATE_REFUSED"));
  t.given("IncidentReported", reported_json());
  EXPECT_THAT(rules_when("IncidentReported", reported_json()), ElementsAre("STATE_REFUSED"));
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-EMG-2", "incident:IN-1"));
  };
  EXPECT_EQ(due().due_at, *parse_instant("2025-03-05T11:10:00+08:00"));
  t.given("IncidentStepTaken", step_json());
  EXPECT_EQ(due().end, ObligationEnd::met);
  EXPECT_THAT(rules_when("IncidentClosed", closed_json()), ElementsAre("ROLE"));
  t.as("S-PM");
  EXPECT_THAT(rules_when("IncidentClosed", closed_json("SECM")), ElementsAre("SCHEMA"));
  t.given("IncidentClosed", closed_json());
  EXPECT_THAT(rules_when("IncidentClosed", closed_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("IncidentStepTaken", step_json()), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(EmergenciesTest, AFalseAlarmIsClosedWithoutAStep) {
  t.given("IncidentReported", reported_json());
  t.as("S-PM");
  EXPECT_THAT(rules_when("IncidentClosed", closed_json()), IsEmpty());
}

TEST_F(EmergenciesTest, NobodyReportsWhatWasNotNoticedYet) {
  EXPECT_THAT(rules_when("IncidentReported", replaced(reported_json(), "T10:59", "T10:57")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("IncidentReported", replaced(reported_json(), "S-PM", "S-99")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("IncidentReported", reported_json(R"(,"plan":"FLOOD")")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("IncidentReported", reported_json("," + unit_field())),
              ElementsAre("SCHEMA"));
}

TEST_F(EmergenciesTest, SafetyIsTaught) {
  const std::string held = json({text("topic", "消防器材使用"),
                                 text("audience", "CUSTOMERS"),
                                 text("held_on", "2025-03-05")});
  t.as("S-CSA");
  EXPECT_THAT(rules_when("SafetyEducationHeld", held), IsEmpty());
  EXPECT_THAT(rules_when("SafetyEducationHeld", replaced(held, "03-05", "03-06")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
