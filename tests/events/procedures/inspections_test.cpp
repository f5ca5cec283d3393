// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/inspections/inspections.h"

#include "tests/support/inspection_sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InspectionsTest : public HouseTest {
 protected:
  InspectionsTest() { t.at("2025-03-07T17:00:00+08:00").as("S-AREA"); }
  InspectionTally tally(const std::string& period, InspectionKind kind, std::string_view subject) {
    const auto state = t.world().get<InspectionPeriodState>(period);
    const auto found = state.tallies.find(tally_key(kind, subject));
    return found == state.tallies.end() ? InspectionTally{} : found->second;
  }
};

TEST_F(InspectionsTest, DailySheetsAreCountedByLevelAreaAndDay) {
  t.given("DailyInspectionRecorded", daily_json("I-1", "2025-03-06"));
  t.given("DailyInspectionRecorded", daily_json("I-2", "2025-03-06"));
  const RecordIndex last = t.given("DailyInspectionRecorded", daily_json("I-3", "2025-03-07"));
  const InspectionTally area = tally("2025-03", InspectionKind::daily_patrol, "garage");
  EXPECT_EQ(area.count, 3U);
  EXPECT_EQ(area.days, 0b1100000U);
  EXPECT_EQ(area.findings, 3U);
  EXPECT_EQ(area.last, last);
  EXPECT_EQ(tally("2025-03", InspectionKind::daily_full, "garage").count, 0U);
  expect_states_round_trip(t);
}

TEST_F(InspectionsTest, ASheetIsEnteredOnceAndNotAhead) {
  t.given("DailyInspectionRecorded", daily_json("I-1", "2025-03-07"));
  EXPECT_THAT(rules_when("DailyInspectionRecorded", daily_json("I-1", "2025-03-07")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("DailyInspectionRecorded", daily_json("I-2", "2025-03-08")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, EachLevelHasItsInspector) {
  const std::string full = replaced(daily_json("I-1", "2025-03-07"), "OPERATOR_PATROL", "PM_FULL");
  const std::string special =
      replaced(daily_json("I-1", "2025-03-07"), "OPERATOR_PATROL", "SUPERVISOR_SPECIALIST");
  EXPECT_THAT(rules_when("DailyInspectionRecorded", full), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("DailyInspectionRecorded", special), IsEmpty());
  t.as("S-PM");
  EXPECT_THAT(rules_when("DailyInspectionRecorded", full), IsEmpty());
  EXPECT_THAT(rules_when("DailyInspectionRecorded", special), ElementsAre("SCHEMA"));
  t.as("S-ENG");
  EXPECT_THAT(rules_when("DailyInspectionRecorded", special), ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, SomebodyAnswersForAFaultOfStaff) {
  const std::string body = daily_json("I-1", "2025-03-07");
  const std::string fault =
      replaced(body, R"("item":"地面")", R"("item":"离岗","staff_fault":true)");
  EXPECT_THAT(rules_when("DailyInspectionRecorded", fault), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("DailyInspectionRecorded",
                         replaced(fault, "true", R"(true,"responsible":"S-SEC")")),
              IsEmpty());
  EXPECT_THAT(rules_when("DailyInspectionRecorded",
                         replaced(fault, "true", R"(true,"responsible":"S-NO")")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, WeeklySheetsAreCountedInTheirWeek) {
  t.given("WeeklyInspectionRecorded", weekly_json("I-1", "2025-03-03"));
  t.given("WeeklyInspectionRecorded", weekly_json("I-2", "2025-03-07"));
  const InspectionTally week = tally("W2025-03-03", InspectionKind::weekly, "garage");
  EXPECT_EQ(week.count, 2U);
  EXPECT_EQ(week.days, 0b10001U);
}

TEST_F(InspectionsTest, AMonthlyInspectionHasScoresWithinTheirMaximum) {
  t.as("S-QD");
  EXPECT_THAT(rules_when("MonthlyInspectionRecorded", monthly_json("I-1", "2025-03-07")),
              IsEmpty());
  const std::string body = monthly_json("I-1", "2025-03-07");
  EXPECT_THAT(rules_when("MonthlyInspectionRecorded", replaced(body, ":18", ":21")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MonthlyInspectionRecorded",
                         replaced(body, R"({"item":"安全","points":18,"of":20})", "")),
              ElementsAre("SCHEMA"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("MonthlyInspectionRecorded", body), ElementsAre("ROLE"));
}

TEST_F(InspectionsTest, APropertyIsSeenWithItsOwnersOrDeveloper) {
  t.as("S-QD");
  t.given("QuarterlyPropertyInspected", quarterly_json("I-1", "2025-03-07", "COMMITTEE"));
  EXPECT_EQ(tally("2025-03", InspectionKind::quarterly, "").failed, 1U);
  EXPECT_THAT(
      rules_when("QuarterlyPropertyInspected", quarterly_json("I-2", "2025-03-07", "DEVELOPER")),
      IsEmpty());
  EXPECT_THAT(
      rules_when("QuarterlyPropertyInspected", quarterly_json("I-2", "2025-03-07", "HEAD_OFFICE")),
      ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, ASpotCheckNamesItsQuarter) {
  t.as("S-CL");
  EXPECT_THAT(rules_when("SpotCheckRecorded", spot_json("I-1", "2025-03-07", 1)), IsEmpty());
  EXPECT_THAT(rules_when("SpotCheckRecorded", spot_json("I-1", "2025-03-07", 2)),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, ANightCheckIsSignedByBoth) {
  t.as("S-PM");
  EXPECT_THAT(rules_when("NightPostChecked", night_json({staff_signature("PM")})),
              ElementsAre("H-INS-1"));
  EXPECT_THAT(rules_when("NightPostChecked", night_json({staff_signature("SEC")})),
              ElementsAre("H-INS-1"));
  EXPECT_THAT(rules_when("NightPostChecked", night_json({})), ElementsAre("H-INS-1", "H-INS-1"));
  EXPECT_THAT(rules_when("NightPostChecked",
                         night_json({staff_signature("PM"), signature("CUSTOMER", "S-SEC")})),
              ElementsAre("H-INS-1"));
  t.given("NightPostChecked", night_json({staff_signature("PM"), staff_signature("SEC")}));
  const InspectionTally gate = tally("2025-03", InspectionKind::night_post, "");
  EXPECT_EQ(gate.count, 1U);
  EXPECT_EQ(gate.weather_alerts, 1U);
}

TEST_F(InspectionsTest, WhereThePostIsEmptyAWitnessSigns) {
  t.as("S-PM");
  const auto absent = [](std::initializer_list<std::string> blocks) {
    return replaced(
        night_json(blocks), R"("absent_or_refused":false)", R"("absent_or_refused":true)");
  };
  EXPECT_THAT(rules_when("NightPostChecked", absent({staff_signature("PM")})),
              ElementsAre("H-INS-1"));
  EXPECT_THAT(
      rules_when("NightPostChecked", absent({staff_signature("PM"), staff_signature("SEC")})),
      ElementsAre("H-INS-1"))
      << "who was to be inspected is no witness";
  const std::string witnessed = absent({staff_signature("PM"), staff_signature("SECM")});
  EXPECT_THAT(rules_when("NightPostChecked", witnessed), IsEmpty());
  EXPECT_THAT(
      rules_when("NightPostChecked", replaced(witnessed, R"("checked_person":"S-SEC",)", "")),
      IsEmpty());
  const std::string nobody = night_json({staff_signature("PM"), staff_signature("SEC")});
  EXPECT_THAT(rules_when("NightPostChecked", replaced(nobody, R"("checked_person":"S-SEC",)", "")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NightPostChecked", replaced(nobody, "S-SEC", "S-PM")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, AnAssessmentIsOfAnotherInItsWeek) {
  t.given("StaffAssessed", assessed_json("I-1", "2025-03-03"));
  EXPECT_EQ(tally("W2025-03-03", InspectionKind::assessment, "S-SEC").count, 1U);
  EXPECT_EQ(tally("W2025-03-03", InspectionKind::assessment, "S-SEC").failed, 1U);
  EXPECT_THAT(rules_when("StaffAssessed", assessed_json("I-2", "2025-03-04")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("StaffAssessed", replaced(assessed_json("I-2", "2025-03-03"), "SEC", "AREA")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("StaffAssessed", replaced(assessed_json("I-2", "2025-03-03"), "FAIL", "PASS")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("StaffAssessed",
                         replaced(assessed_json("I-2", "2025-03-03"), "S-SEC", "S-NOBODY")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionsTest, APatrolNamesWhoAnswersForEachFinding) {
  t.as("S-ENG");
  EXPECT_THAT(rules_when("EquipmentRoomPatrolled", room_json("I-1")), IsEmpty());
  EXPECT_THAT(rules_when("EquipmentRoomPatrolled",
                         replaced(room_json("I-1"), R"(,"responsible":"S-ENG")", "")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
