// SPDX-License-Identifier: Apache-2.0
#include "tests/support/complaint_steps.h"
#include "tests/support/house.h"
#include "tests/support/repair_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string plan_json(std::string_view kind = "BUDGET", std::string_view role = "PM") {
  return json({text("plan_id", "WP-1"),
               text("kind", kind),
               text("dept", "CS"),
               text("period", "2025"),
               house_attachment("plan"),
               kind == "BUDGET" ? "\"budget_fen\":1200000" : "",
               signatures({staff_signature(role)})});
}

std::string month_json(std::string_view more = "") {
  return json({text("report_id", "CS-2025-10"),
               text("dept", "CS"),
               text("month", "2025-10"),
               house_attachment("report") + std::string(more)});
}

std::string result(std::string_view staff, std::string_view rest) {
  return "{" + text("staff", staff) + "," + std::string(rest) + "}";
}

std::string trained_json(std::string_view results) {
  return json({text("training_id", "TR-1"),
               text("topic", "电梯困人处置"),
               text("trained_on", "2025-10-20"),
               "\"minutes\":90",
               "\"results\":[" + std::string(results) + "]"});
}

std::string qualified_json() {
  return json({text("qualification_id", "Q-1"),
               text("staff", "S-ENG"),
               text("post", "电梯安全管理员"),
               text("from", "2025-10-20"),
               text("to", "2029-10-19")});
}

std::string appraised_json() {
  return json({text("appraisal_id", "AP-1"),
               text("staff", "S-CSA"),
               text("period", "2025Q3"),
               text("result", "GOOD"),
               text("measure", "REWARD"),
               house_sealed("reason")});
}

constexpr std::string_view complaint_figures =
    R"("complaints":{"received":5,"minor":2,"important":1,"major":1,"invalid":1,)"
    R"("handled":7,"open":2})";
constexpr std::string_view visit_figures = R"("return_visits":{"due":8,"done":8,"satisfied":7})";

std::string week_json(std::string_view complaints = complaint_figures,
                      std::string_view visits = visit_figures) {
  return json({text("report_id", "CS-W2025-10-20"),
               text("dept", "CS"),
               text("period", "WEEK"),
               text("first_day", "2025-10-20"),
               std::string(complaints),
               std::string(visits),
               R"("requests":{"received":9,"answered":9,"in_time":8})",
               R"("repairs":{"reported":12,"done":11,"open":1})",
               R"("customers_visited":4,"patrols":7)"});
}

std::string change(std::string_view from, std::string_view to, std::string_view tenancy = "") {
  return json({unit_field(),
               text("from", from),
               text("to", to),
               tenancy.empty() ? "" : text("tenancy_id", tenancy)});
}

std::string day_json(std::string_view changes) {
  return json({text("report_id", "CS-2025-10-24"),
               text("dept", "CS"),
               text("period", "DAY"),
               text("first_day", "2025-10-24"),
               "\"occupancy_changes\":[" + std::string(changes) + "]"});
}

class ManagementTest : public HouseTest {
 protected:
  ManagementTest() { friday(); }
  void friday() { t.at("2025-10-24T17:00:00+08:00").as("S-CSM"); }
  std::vector<std::string> filed(const std::string& body) {
    return rules_when("DailyWeeklyReportFiled", body);
  }
};

TEST_F(ManagementTest, APlanIsApprovedByManagerOrLeaderAndMayBeApprovedAgain) {
  EXPECT_THAT(rules_when("AnnualPlanApproved", plan_json("BUDGET", "CSM")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("AnnualPlanApproved", plan_json("BUDGET", "CL")), IsEmpty());
  EXPECT_THAT(rules_when("AnnualPlanApproved", plan_json("PLAN")), IsEmpty());
  EXPECT_THAT(rules_when("AnnualPlanApproved", replaced(plan_json(), "BUDGET", "PLAN")),
              ElementsAre("SCHEMA"))
      << "an amount in a plan";
  t.given("AnnualPlanApproved", plan_json());
  EXPECT_THAT(rules_when("AnnualPlanApproved", plan_json()), IsEmpty());
}

TEST_F(ManagementTest, APeriodIsAYearAQuarterOrAMonth) {
  const auto of = [this](std::string_view period) {
    return rules_when("AnnualPlanApproved",
                      replaced(plan_json(), "\"2025\"", text("x", period).substr(4)));
  };
  EXPECT_THAT(of("2025Q4"), IsEmpty());
  EXPECT_THAT(of("2025-12"), IsEmpty());
  EXPECT_THAT(of("2025Q5"), ElementsAre("SCHEMA"));
  EXPECT_THAT(of("2025-13"), ElementsAre("SCHEMA"));
  EXPECT_THAT(of("20x5Q1"), ElementsAre("SCHEMA"));
  EXPECT_THAT(of("25"), ElementsAre("SCHEMA"));
}

TEST_F(ManagementTest, TheReportOfAMonthNamesWhatIsThere) {
  const std::string repairs = R"(,"major_repairs":["R-1"])";
  const std::string complaints = R"(,"major_complaints":["TS-1"])";
  const std::string arrears = R"(,"major_arrears":[{"unit":"3-1-1202","open_fen":84000}])";
  for (const std::string& unknown : {repairs, complaints, arrears}) {
    EXPECT_THAT(rules_when("DepartmentReportFiled", month_json(unknown)), ElementsAre("SCHEMA"))
        << unknown;
  }
  register_unit(t);
  t.as("S-CSA").given("RepairReported", repair_json());
  t.given("ComplaintReceived", complaint_json());
  t.as("S-CSM").given("DepartmentReportFiled", month_json(repairs + complaints + arrears));
  EXPECT_THAT(rules_when("DepartmentReportFiled", month_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ManagementTest, TheReportOfAMonthIsOfOneDepartmentAndNotToCome) {
  EXPECT_THAT(rules_when("DepartmentReportFiled", replaced(month_json(), "CS-2025", "CT-2025")),
              ElementsAre("SCHEMA"));
  const std::string november =
      replaced(replaced(month_json(), "2025-10", "2025-11"), "\"2025-10", "\"2025-11");
  EXPECT_THAT(rules_when("DepartmentReportFiled", november), ElementsAre("SCHEMA"));
}

TEST_F(ManagementTest, OnlyAnExaminationHasAScore) {
  t.as("S-HR");
  const auto trained = [this](std::string_view results) {
    return rules_when("StaffTrained", trained_json(results));
  };
  const std::string passed = result("S-SEC", R"("examined":true,"score":100,"passed":true)");
  EXPECT_THAT(trained(result("S-SEC", R"("examined":true,"score":101)")), ElementsAre("SCHEMA"));
  EXPECT_THAT(trained(result("S-SEC", R"("score":60)")), ElementsAre("SCHEMA"));
  EXPECT_THAT(trained(result("S-SEC", R"("passed":true)")), ElementsAre("SCHEMA"));
  EXPECT_THAT(trained(result("S-SEC", R"("examined":false)")), IsEmpty());
  EXPECT_THAT(trained(result("S-999", R"("examined":false)")), ElementsAre("SCHEMA"));
  EXPECT_THAT(trained(passed + "," + passed), ElementsAre("SCHEMA"));
  t.given("StaffTrained", trained_json(passed));
  EXPECT_THAT(rules_when("StaffTrained", replaced(trained_json(passed), "10-20", "10-24")),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(ManagementTest, AQualificationHasAnEndAfterItsBeginning) {
  t.as("S-HR");
  EXPECT_THAT(rules_when("StaffQualified", replaced(qualified_json(), "2029-10-19", "2025-10-19")),
              ElementsAre("SCHEMA"));
  t.given("StaffQualified", qualified_json());
  EXPECT_THAT(rules_when("StaffQualified", qualified_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ManagementTest, NobodyAppraisesHimself) {
  EXPECT_THAT(rules_when("StaffAppraised", replaced(appraised_json(), "S-CSA", "S-CSM")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("StaffAppraised", replaced(appraised_json(), "2025Q3", "Q3")),
              ElementsAre("SCHEMA"));
  t.given("StaffAppraised", appraised_json());
  EXPECT_THAT(rules_when("StaffAppraised", appraised_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ManagementTest, AWeekHasTheFiguresOfComplaintsAndReturnVisits) {
  EXPECT_THAT(filed(week_json("", visit_figures)), ElementsAre("H-MGT-1"));
  EXPECT_THAT(filed(week_json(complaint_figures, "")), ElementsAre("H-MGT-1"));
  t.given("DailyWeeklyReportFiled", week_json());
  EXPECT_THAT(filed(week_json()), Contains("STATE_REFUSED"));
}

TEST_F(ManagementTest, AWeekBeginsOnMondayAndItsNumberSaysSo) {
  const std::string sunday =
      replaced(replaced(week_json(), "W2025-10-20", "W2025-10-19"), "\"2025-10-20", "\"2025-10-19");
  EXPECT_THAT(filed(sunday), ElementsAre("SCHEMA"));
  EXPECT_THAT(filed(replaced(week_json(), "CS-W", "CS-")), ElementsAre("SCHEMA"));
  EXPECT_THAT(filed(replaced(week_json(), "\"dept\":\"CS\"", "\"dept\":\"ENG\"")),
              ElementsAre("SCHEMA"));
  t.at("2025-10-19T17:00:00+08:00");
  EXPECT_THAT(filed(week_json()), ElementsAre("SCHEMA")) << "it has not begun";
}

TEST_F(ManagementTest, FiguresDoNotContradictEachOther) {
  const auto with = [this](std::string_view from, std::string_view to) {
    return filed(replaced(week_json(), from, to));
  };
  EXPECT_THAT(with("\"received\":5", "\"received\":4"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"received\":5", "\"received\":6"), IsEmpty()) << "one is not classified yet";
  EXPECT_THAT(with("\"minor\":2", "\"minor\":4294967295"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"done\":8", "\"done\":9"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"satisfied\":7", "\"satisfied\":9"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"in_time\":8", "\"in_time\":10"), ElementsAre("SCHEMA"));
}

TEST_F(ManagementTest, ADayNamesItsOccupancyChangesAndTheirTenancies) {
  hand_over(t);
  friday();
  rent_out(t, "2025-10-20");
  friday();
  const std::string ended = change("TENANT", "VACANT", "T-1");
  EXPECT_THAT(filed(day_json(change("VACANT", "VACANT"))), ElementsAre("SCHEMA"));
  EXPECT_THAT(filed(day_json(change("TENANT", "VACANT", "T-9"))), ElementsAre("SCHEMA"));
  EXPECT_THAT(filed(day_json(replaced(change("TENANT", "VACANT"), "1202", "1299"))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      filed(replaced(
          week_json(), "\"patrols\":7", "\"patrols\":7,\"occupancy_changes\":[" + ended + "]")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      filed(replaced(week_json(),
                     "\"patrols\":7",
                     "\"patrols\":7,\"occupancy_changes\":[" + change("TENANT", "VACANT") + "]")),
      IsEmpty());
  t.given("DailyWeeklyReportFiled", day_json(ended));
  EXPECT_THAT(filed(day_json(ended)), ElementsAre("STATE_REFUSED"));
}

TEST_F(ManagementTest, ATenancyOfAnotherUnitIsNotNamed) {
  hand_over(t);
  friday();
  rent_out(t, "2025-10-20");
  register_unit(t, "3-1-1203");
  friday();
  EXPECT_THAT(filed(day_json(replaced(change("TENANT", "VACANT", "T-1"), "1202", "1203"))),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
