// SPDX-License-Identifier: Apache-2.0
// 部门日、周汇报表 (R16): a week with a request, a complaint, a repair, visits and patrols. The
// staff of the tests are of department D; the complaint is about ENG. 2025-10-20 is a Monday.
#include "tests/support/complaint_steps.h"
#include "tests/support/repair_steps.h"
#include "tests/support/view_ledger.h"
#include "tests/support/visit_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DepartmentReport : public ::testing::Test {
 protected:
  DepartmentReport() {
    t.on("2025-10-17").register_unit(house_unit);
    t.ledger.actor("PS");
    on("2025-10-20", "09:00");
  }
  void on(std::string_view day, std::string_view time) {
    at_ = std::string(day) + "T" + std::string(time) + ":00+08:00";
    t.at(at_);
  }
  RecordIndex receive_request(std::string_view id) {
    return t.given("CSA",
                   "CustomerRequestReceived",
                   json({text("request_id", id),
                         text("kind", "REQUEST"),
                         R"("solved_on_spot":true)",
                         house_sealed("content")}));
  }
  void reply(std::string_view id) {
    t.given("CSA",
            "RequestReplied",
            json({text("request_id", id), text("at", at_), house_sealed("answer")}));
  }
  void complain() {
    t.given("CSA", "ComplaintReceived", complaint_json());
    t.given("PS", "ComplaintClassified", classified_json("MINOR"));
  }
  void repair() {
    t.given("CSA", "RepairReported", repair_json());
    t.given("CSA", "RepairDispatched", at_json(at_));
    t.given("ENG", "RepairOrderClaimed", claimed_json(at_));
    t.given("ENG", "RepairCompleted", done_json(at_));
  }
  boost::json::object ask(std::string_view date = "2025-10-22") {
    return t.query("department_report", {{"date", std::string(date)}});
  }
  // The week's row of a department.
  static boost::json::object of(const boost::json::object& report, std::string_view department) {
    for (const auto& each : report.at("departments").as_array()) {
      if (each.at("department").is_string() && each.at("department").as_string() == department) {
        return each.as_object();
      }
    }
    ADD_FAILURE() << "no " << department;
    return {};
  }
  std::string at_;
  ViewLedger t;
};

TEST_F(DepartmentReport, NamesTheWeekByTheIsoCalendar) {
  EXPECT_EQ(ask().at("week"), "2025-W43");
  EXPECT_EQ(ask().at("from"), "2025-10-20");
  EXPECT_EQ(ask().at("to"), "2025-10-26");
  EXPECT_EQ(ask("2025-10-26").at("week"), "2025-W43");
  EXPECT_EQ(ask("2025-10-19").at("week"), "2025-W42");
  EXPECT_EQ(ask("2025-12-29").at("week"), "2026-W01") << "the year of its Thursday";
  EXPECT_EQ(ask("2027-01-03").at("week"), "2026-W53");
}

TEST_F(DepartmentReport, CountsRequestsAndThoseAnsweredInTime) {
  const RecordIndex first = receive_request("Q-1");
  receive_request("Q-2");
  receive_request("Q-3");
  reply("Q-1");
  on("2025-10-22", "09:00");
  reply("Q-2");  // a day was allowed
  const auto row_of_d = of(ask(), "D");
  EXPECT_EQ(row_of_d.at("requests"), 3);
  EXPECT_EQ(row_of_d.at("requests_replied"), 2);
  EXPECT_EQ(row_of_d.at("requests_in_time"), 1);
  EXPECT_EQ(row_of_d.at("open"), 1);
  EXPECT_EQ(row_of_d.at("records").at("requests").as_array().at(0), number(first));
  EXPECT_THAT(column(ask(), "open", "case"), ElementsAre("Q-3"));
  EXPECT_THAT(column(ask(), "days", "date"), ElementsAre("2025-10-20"));
  EXPECT_THAT(column(ask("2025-10-27"), "days", "date"), IsEmpty()) << "another week";
  EXPECT_EQ(of(ask("2025-10-27"), "D").at("open"), 1) << "what is open stays";
}

TEST_F(DepartmentReport, CountsComplaintsByClassForTheDepartmentTheyAreAbout) {
  complain();
  const auto open = of(ask(), "ENG");
  EXPECT_EQ(open.at("complaints_minor"), 1);
  EXPECT_EQ(open.at("complaints_major"), 0);
  EXPECT_EQ(open.at("open"), 1);
  EXPECT_EQ(open.at("visits_owed"), 0);
  EXPECT_TRUE(open.at("visited_bp").is_null());
}

TEST_F(DepartmentReport, CountsReturnVisitsOwedAndMade) {
  repair();
  const auto owed = of(ask(), "D");
  EXPECT_EQ(owed.at("repairs"), 1);
  EXPECT_EQ(owed.at("repairs_completed"), 1);
  EXPECT_EQ(owed.at("visits_owed"), 1);
  EXPECT_EQ(owed.at("visited_bp"), 0);
  t.given("CSA", "ReturnVisitCompleted", return_visit_json("repair:R-1", "REPAIR", at_));
  const auto made = of(ask(), "D");
  EXPECT_EQ(made.at("visited_bp"), 10'000);
  EXPECT_EQ(made.at("return_visits"), 1);
  EXPECT_EQ(made.at("records").at("return_visits").as_array().at(0), number(t.newest()));
}

TEST_F(DepartmentReport, CountsCustomerVisitsAndPatrolsOnTheirDays) {
  t.given("CSA", "CustomerVisited", visited_json());
  t.given("CSA", "CustomerVisited", visited_json({.id = "V-2", .on = "2025-10-19"}));
  t.given("SEC",
          "SecurityPatrolRecorded",
          json({text("patrol_no", "SP-1"),
                text("route", "NIGHT-A"),
                "\"points\":[" + json({text("point", "G-1"), text("at", at_)}) + "]"}));
  const auto report = ask();
  EXPECT_EQ(of(report, "D").at("customer_visits"), 1) << "the other was last week";
  EXPECT_EQ(of(report, "D").at("patrols"), 1);
  EXPECT_EQ(of(ask("2025-10-19"), "D").at("customer_visits"), 1);
}

TEST_F(DepartmentReport, ListsHowTheUnitsChangedEachDay) {
  ViewLedger early;
  early.on("2025-01-02").hand_over("2-1-0703");
  const auto report = early.query("department_report", {{"date", "2025-01-03"}});
  EXPECT_THAT(column(report, "occupancy", "unit"), Contains("2-1-0703"));
  EXPECT_THAT(column(report, "occupancy", "to"), Contains("VACANT"));
  EXPECT_THAT(column(ask(), "occupancy", "unit"), IsEmpty());
}

TEST_F(DepartmentReport, ShowsTheWeeklyMeetingAndTheWeeksSummary) {
  t.given("CSM",
          "MeetingHeld",
          json({text("meeting_id", "M-1"),
                text("kind", "DEPT_WEEKLY"),
                text("convenor", "S-CSM"),
                R"("attendees":["S-CSA"])",
                text("begun", "2025-10-20T08:00:00+08:00"),
                text("ended", "2025-10-20T08:30:00+08:00"),
                text("agenda", "下周计划"),
                R"("topics":["电梯年检","换灯"])"}));
  EXPECT_THAT(column(ask(), "meetings", "topics"), ElementsAre("电梯年检; 换灯"));
  EXPECT_THAT(column(ask("2025-10-27"), "meetings", "topics"), IsEmpty());
  EXPECT_EQ(ask().at("request_summary"), false);
  t.given("CSA", "RequestWeeklySummaryFiled", json({text("week", "2025-W43")}));
  EXPECT_EQ(ask().at("request_summary"), true);
}

TEST_F(DepartmentReport, IsAsOfThenWhatItWasThen) {
  receive_request("Q-1");
  const std::string then = std::to_string(number(t.newest()));
  reply("Q-1");
  complain();
  const auto report = t.query("department_report", {{"date", "2025-10-22"}, {"as_of", then}});
  EXPECT_EQ(of(report, "D").at("requests"), 1);
  EXPECT_EQ(of(report, "D").at("requests_replied"), 0);
  EXPECT_THAT(column(report, "departments", "department"), ElementsAre("D"));
  EXPECT_EQ(t.refusal("department_report", {}, "SEC"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
