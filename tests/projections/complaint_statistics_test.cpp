// SPDX-License-Identifier: Apache-2.0
// Complaint statistics (R7): a month with a solved, an invalid and an open complaint, and five
// about one lift.
#include "tests/support/complaint_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ComplaintStatistics : public ::testing::Test {
 protected:
  ComplaintStatistics() {
    t.on("2025-10-19").register_unit(house_unit);
    for (const std::string_view role : {"PS", "QD"}) {
      t.ledger.actor(role);
    }
    on("2025-10-20", "09:00");
    t.given("CSA", "ComplaintReceived", complaint_json(R"(,"unit":"3-1-1202")"));
    judged = t.given("PS", "ComplaintClassified", classified_json("MINOR"));
    t.given("CSM", "ComplaintOpinionSigned", opinion_json());
    t.given("CSA", "ComplaintFormCollected", collected_json(at_));
    on("2025-10-20", "11:00");
    handled = t.given("ENGM", "ComplaintHandled", handled_json(at_));
    t.given("CSM", "ComplaintResultApproved", agreed_json());
    t.given("CSA", "ComplaintReplied", replied_json(at_));
    t.given("QD",
            "ComplaintCauseAnalysed",
            of_complaint({text("cause", "电梯"), text("prevention", "月检")}));
    visited = t.given(
        "CSA", "ReturnVisitCompleted", return_visit_json("complaint:TS-1", "COMPLAINT", at_));
  }
  void on(std::string_view day, std::string_view time) {
    at_ = std::string(day) + "T" + std::string(time) + ":00+08:00";
    t.at(at_);
  }
  static std::string of(std::string_view id, const std::string& body) {
    return replaced(body, "TS-1", id);
  }
  void receive(std::string_view id, int customer, std::string_view department = "ENG") {
    t.given("CSA",
            "ComplaintReceived",
            with(with(of(id, complaint_json()), house_owner, person_id(customer)),
                 R"("accused_department":"ENG")",
                 text("accused_department", department)));
  }
  boost::json::object ask(QueryArguments more = {}) {
    more.emplace("month", "2025-10");
    return t.query("complaint_statistics", more);
  }
  std::string at_;
  ViewLedger t;
  RecordIndex judged{};
  RecordIndex handled{};
  RecordIndex visited{};
};

TEST_F(ComplaintStatistics, AMonthIsSummedByClassDepartmentAndWeek) {
  on("2025-10-27", "09:00");
  receive("TS-2", 7, "SEC");
  t.given("PS", "ComplaintClassified", of("TS-2", classified_json("")));
  receive("TS-3", 8, "SEC");
  const auto report = ask();
  EXPECT_EQ(report.at("received"), 3);
  EXPECT_EQ(report.at("per_100_units_hundredths"), 30'000) << "three a unit";
  EXPECT_THAT(column(report, "classes", "class"), ElementsAre("MINOR", "INVALID", "UNJUDGED"));
  EXPECT_THAT(column(report, "classes", "in_time_bp"), ElementsAre("10000", "null", "null"));
  EXPECT_THAT(column(report, "classes", "handling_minutes"), ElementsAre("120", "null", "null"));
  EXPECT_THAT(column(report, "departments", "department"), ElementsAre("ENG", "SEC"));
  EXPECT_THAT(column(report, "departments", "received"), ElementsAre("1", "2"));
  EXPECT_THAT(column(report, "weeks", "week"), ElementsAre("2025-10-20", "2025-10-27"));
  EXPECT_THAT(column(report, "weeks", "received"), ElementsAre("1", "2"));
  const auto& total = row(report, "total", 0);
  EXPECT_EQ(total.at("valid"), 1);
  EXPECT_EQ(total.at("invalid"), 1);
  EXPECT_EQ(total.at("open"), 3);
  EXPECT_EQ(total.at("visited_bp"), 10'000);
  EXPECT_EQ(total.at("satisfied_bp"), 10'000);
  EXPECT_THAT(column(report, "causes", "cause"), ElementsAre("电梯"));
  EXPECT_THAT(column(report, "visits", "level"), ElementsAre("CSA"));
  EXPECT_EQ(row(report, "visits", 0).at("records").at("visits").as_array().at(0), number(visited));
}

TEST_F(ComplaintStatistics, IsAsOfThenWhatItWasThen) {
  const auto then = [this](RecordIndex index) {
    return ask({{"as_of", std::to_string(number(index))}});
  };
  EXPECT_EQ(then(judged).at("total").as_array()[0].at("handled"), 0);
  EXPECT_EQ(then(handled).at("total").as_array()[0].at("handled"), 1);
  EXPECT_EQ(then(handled).at("total").as_array()[0].at("visited"), 0);
  EXPECT_THAT(then(handled).at("visits").as_array(), IsEmpty());
  EXPECT_EQ(then(visited).at("total"), ask().at("total"));
  EXPECT_EQ(ask({{"month", "2025-11"}}).at("received"), 0);
}

TEST_F(ComplaintStatistics, ManyComplainantsOfOneEventStandTogether) {
  for (int customer = 2; customer < 5; ++customer) {
    receive("TS-" + std::to_string(customer), customer);
  }
  EXPECT_THAT(ask().at("incidents").as_array(), IsEmpty()) << "four of them";
  receive("TS-5", 4);
  EXPECT_THAT(ask().at("incidents").as_array(), IsEmpty()) << "one of them twice";
  receive("TS-6", 6);
  EXPECT_THAT(column(ask(), "incidents", "incident"), ElementsAre("LIFT-1"));
  EXPECT_THAT(column(ask(), "incidents", "customers"), ElementsAre("5"));
  EXPECT_THAT(column(ask(), "incidents", "complaints"), ElementsAre("6"));
  t.given("PS",
          "ComplaintClassified",
          of("TS-6", classified_json("MAJOR", R"("MANY_CUSTOMERS","OUTAGE")")));
  EXPECT_THAT(column(ask(), "incidents", "major"), ElementsAre("1"));
  EXPECT_THAT(column(ask(), "major", "grounds"),
              ElementsAre("多名客户同一事件投诉、突然大面积停电停水或设备停运"));
}

TEST_F(ComplaintStatistics, WhatIsNotSolvedInAWeekIsNamed) {
  receive("TS-2", 7);
  t.given("PS", "ComplaintClassified", of("TS-2", classified_json("MINOR")));
  EXPECT_THAT(ask({{"date", "2025-10-26"}}).at("unsolved").as_array(), IsEmpty());
  const auto late = ask({{"date", "2025-10-27"}});
  EXPECT_THAT(column(late, "unsolved", "complaint_id"), ElementsAre("TS-2"));
  EXPECT_THAT(column(late, "unsolved", "days"), ElementsAre("7"));
}

TEST_F(ComplaintStatistics, AreNotForEverybody) {
  EXPECT_EQ(t.refusal("complaint_statistics", {}, "SEC"), "not_permitted");
  EXPECT_EQ(t.refusal("complaint_statistics", {}, "QD"), "");
  EXPECT_EQ(t.refusal("complaint_statistics", {{"month", "October"}}), "query_invalid");
  EXPECT_EQ(t.refusal("complaint_statistics", {{"unit", "3-1-1202"}}), "query_invalid");
}

}  // namespace
}  // namespace juanzong::testing
