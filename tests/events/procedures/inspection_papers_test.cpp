// SPDX-License-Identifier: Apache-2.0
// Defects, faults passed on, and the papers of months, halves and years.
#include "events/procedures/case_machine.h"

#include "tests/support/inspection_sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string closed_json(std::string_view on) {
  return json({text("defect_id", "D-1"), text("closed_on", on)});
}

std::string verified_json(bool ok) {
  return json({text("defect_id", "D-1"),
               text("verified_on", "2025-03-10"),
               std::string("\"ok\":") + (ok ? "true" : "false")});
}

class InspectionPapersTest : public HouseTest {
 protected:
  InspectionPapersTest() {
    t.at("2025-03-07T17:00:00+08:00").as("S-AREA");
    t.given("DailyInspectionRecorded", daily_json("I-1", "2025-03-07"));
    t.as("S-PM");
  }
  unsigned stage(std::string_view prefix, std::string_view id) {
    const auto* file = find_case(t.world(), prefix, id);
    return file == nullptr ? 0 : file->stage;
  }
};

TEST_F(InspectionPapersTest, ADefectIsClosedAndVerified) {
  t.given("DefectRegistered", defect_json("D-1", "2025-03-07"));
  EXPECT_EQ(find_case(t.world(), "inspection", "I-1")->marks.size(), 2U);
  t.as("S-QD");
  EXPECT_THAT(rules_when("DefectClosureVerified", replaced(verified_json(true), "03-10", "03-07")),
              ElementsAre("STATE_REFUSED"));
  t.at("2025-03-10T09:00:00+08:00").as("S-PM").given("DefectClosed", closed_json("2025-03-09"));
  EXPECT_THAT(rules_when("DefectClosed", closed_json("2025-03-09")), ElementsAre("STATE_REFUSED"));
  t.as("S-QD").given("DefectClosureVerified", verified_json(false));
  EXPECT_EQ(stage("defect", "D-1"), 1U) << "what does not hold is open again";
  t.as("S-PM").given("DefectClosed", closed_json("2025-03-10"));
  EXPECT_THAT(rules_when("DefectClosureVerified", verified_json(true)), ElementsAre("ROLE"));
  t.as("S-QD").given("DefectClosureVerified", verified_json(true));
  EXPECT_EQ(stage("defect", "D-1"), 3U);
}

TEST_F(InspectionPapersTest, ADefectNamesWhoAnswersForItAndAnInspectionThatThereIs) {
  const std::string body = defect_json("D-1", "2025-03-07");
  EXPECT_THAT(rules_when("DefectRegistered", replaced(body, "S-ENG", "S-NOBODY")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("DefectRegistered", replaced(body, "I-1", "I-9")),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
  EXPECT_THAT(rules_when("DefectRegistered", replaced(body, R"("inspection_id":"I-1",)", "")),
              IsEmpty());
  EXPECT_THAT(rules_when("DefectRegistered", replaced(body, "03-07", "03-08")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionPapersTest, AFaultIsAnsweredOnceAfterItWasRaised) {
  const std::string raised =
      json({text("fault_id", "F-1"), text("issue", "电梯年检费用"), text("dept", "FIN")});
  const std::string answered =
      json({text("fault_id", "F-1"), house_sealed("answer"), text("answered_on", "2025-03-07")});
  t.as("S-FIN");
  EXPECT_THAT(rules_when("FaultTransferAnswered", answered), ElementsAre("STATE_REFUSED"));
  t.as("S-PM").given("FaultTransferRaised", raised);
  t.as("S-FIN").given("FaultTransferAnswered", answered);
  EXPECT_EQ(stage("fault", "F-1"), 2U);
  EXPECT_THAT(rules_when("FaultTransferAnswered", answered), ElementsAre("STATE_REFUSED"));
}

TEST_F(InspectionPapersTest, AMonthIsAnalysedWhenItIsOverAndOnce) {
  t.as("S-QD");
  const auto analysis = [](std::string_view ym) {
    return json({text("ym", ym), house_attachment("analysis")});
  };
  EXPECT_THAT(rules_when("MonthlyAnalysisPublished", analysis("2025-03")), ElementsAre("SCHEMA"));
  t.at("2025-03-31T23:00:00+08:00");
  EXPECT_THAT(rules_when("MonthlyAnalysisPublished", analysis("2025-03")), ElementsAre("SCHEMA"));
  t.at("2025-04-01T00:00:00+08:00");
  EXPECT_THAT(rules_when("MonthlyAnalysisPublished", analysis("2025-03")), IsEmpty());
  t.given("MonthlyAnalysisPublished", analysis("2025-02"));
  EXPECT_THAT(rules_when("MonthlyAnalysisPublished", analysis("2025-02")),
              ElementsAre("STATE_REFUSED"));
  const std::string bulletin = json({text("ym", "2025-03"), house_attachment("bulletin")});
  t.given("MonthlyBulletinIssued", bulletin);
  EXPECT_THAT(rules_when("MonthlyBulletinIssued", bulletin), ElementsAre("STATE_REFUSED"));
}

TEST_F(InspectionPapersTest, AHalfYearIsReportedWhenItIsOver) {
  t.as("S-FIN");
  const auto report = [](std::string_view half) {
    return json({text("half", half), R"("water_milli":120000,"water_plan_milli":110000)"});
  };
  EXPECT_THAT(rules_when("UtilityIndicatorsReported", report("2024-H2")), IsEmpty());
  EXPECT_THAT(rules_when("UtilityIndicatorsReported", report("2025-H1")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("UtilityIndicatorsReported", report("2024-H3")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("UtilityIndicatorsReported", report("2024H2")), ElementsAre("SCHEMA"));
}

TEST_F(InspectionPapersTest, RatesAreAtMostAHundredPercent) {
  t.as("S-QD");
  const std::string annual = json({text("inspection_id", "Y-1"),
                                   "\"year\":2024",
                                   text("on", "2025-03-07"),
                                   R"("rates":[{"kind":"HOUSING_INTACT","basis_points":9800}])"});
  EXPECT_THAT(rules_when("AnnualEvaluationRecorded", annual), IsEmpty());
  EXPECT_THAT(rules_when("AnnualEvaluationRecorded", replaced(annual, "9800", "10001")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("AnnualEvaluationRecorded",
                         replaced(annual, R"({"kind":"HOUSING_INTACT","basis_points":9800})", "")),
              ElementsAre("SCHEMA"));
}

TEST_F(InspectionPapersTest, PerformanceRestsOnInspectionsThatThereAre) {
  t.as("S-HR");
  const std::string filed = json({text("performance_id", "P-1"),
                                  text("staff", "S-SEC"),
                                  text("ym", "2025-03"),
                                  R"("basis":["I-1"])"});
  EXPECT_THAT(rules_when("PerformanceFiled", replaced(filed, "I-1", "I-7")),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
  EXPECT_THAT(rules_when("PerformanceFiled", replaced(filed, R"(["I-1"])", "[]")),
              ElementsAre("SCHEMA"));
  t.given("PerformanceFiled", filed);
  EXPECT_EQ(stage("performance", "P-1"), 1U);
}

TEST_F(InspectionPapersTest, ResourcesAndOfficesAreChecked) {
  t.as("S-QD").given("ResourceMonitored",
                     json({text("inspection_id", "R-1"),
                           text("kind", "NOISE"),
                           text("place", "plant-1"),
                           text("at", "2025-03-07T10:00:00+08:00"),
                           "\"value_milli\":54000",
                           text("unit_name", "dB")}));
  const std::string office = json({text("inspection_id", "O-1"),
                                   text("dept", "FIN"),
                                   text("item", "DRESS"),
                                   text("result", "PASS"),
                                   text("on", "2025-03-07")});
  t.as("S-HR");
  EXPECT_THAT(rules_when("HeadOfficeChecked", replaced(office, "PASS", "UNSPECIFIED")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("HeadOfficeChecked", office), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
