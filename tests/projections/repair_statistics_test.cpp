// SPDX-License-Identifier: Apache-2.0
// Repair statistics (R8): a paid repair that was visited, one that is out, the week's sample.
#include "tests/support/complaint_steps.h"
#include "tests/support/repair_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RepairStatistics : public ::testing::Test {
 protected:
  RepairStatistics() {
    t.on("2025-10-19").register_unit(house_unit);
    t.ledger.actor("QD");
    on("09:00");
    t.given("CSA", "RepairReported", repair_json("GENERAL", R"(,"unit":"3-1-1202")"));
    t.given("CSA", "RepairDispatched", at_json(at_));
    on("09:20");
    t.given("ENG", "RepairOrderClaimed", claimed_json(at_));
    on("11:00");
    completed = t.given("ENG", "RepairCompleted", paid_json(at_));
    visited =
        t.given("CSA", "ReturnVisitCompleted", return_visit_json("repair:R-1", "REPAIR", at_));
  }
  void on(std::string_view time) {
    at_ = "2025-10-20T" + std::string(time) + ":00+08:00";
    t.at(at_);
  }
  void report_second() {
    t.given("CSA",
            "RepairReported",
            with(with(repair_json("EMERGENCY"), "R-1", "R-2"), "WX-1", "WX-2"));
  }
  boost::json::object ask(QueryArguments more = {}) {
    more.emplace("month", "2025-10");
    more.emplace("date", "2025-10-20");
    return t.query("repair_statistics", more);
  }
  std::string at_;
  ViewLedger t;
  RecordIndex completed{};
  RecordIndex visited{};
};

TEST_F(RepairStatistics, AMonthIsSummedByKindEngineerAndWeek) {
  report_second();
  const auto report = ask();
  EXPECT_EQ(report.at("orders"), 2);
  const auto& total = row(report, "total", 0);
  EXPECT_EQ(total.at("emergencies_bp"), 5'000);
  EXPECT_EQ(total.at("completed"), 1);
  EXPECT_EQ(total.at("claim_minutes"), 20);
  EXPECT_EQ(total.at("completion_minutes"), 120);
  EXPECT_EQ(total.at("same_day_bp"), 10'000);
  EXPECT_EQ(total.at("satisfied_bp"), 10'000);
  EXPECT_EQ(total.at("materials_fen"), 2'500);
  EXPECT_EQ(total.at("labour_fen"), 3'000);
  EXPECT_THAT(column(report, "kinds", "kind"), ElementsAre("EMERGENCY", "GENERAL"));
  EXPECT_THAT(column(report, "engineers", "engineer"), ElementsAre("null", "S-ENG"));
  EXPECT_THAT(column(report, "weeks", "week"), ElementsAre("2025-10-20"));
  EXPECT_EQ(ask({{"month", "2025-09"}}).at("orders"), 0);
}

TEST_F(RepairStatistics, WhatIsOutIsOnTheDailyList) {
  report_second();
  EXPECT_THAT(column(ask(), "out", "repair_id"), ElementsAre("R-1", "R-2"));
  EXPECT_THAT(column(ask(), "out", "stage"), ElementsAre("VISITED", "REPORTED"));
  t.given("ENG", "RepairOrderReturned", at_json(at_));
  EXPECT_THAT(column(ask(), "out", "repair_id"), ElementsAre("R-2"));
  t.given("CSA", "RepairCancelled", replaced(rework_json(), "R-1", "R-2"));
  EXPECT_THAT(ask().at("out").as_array(), IsEmpty());
}

TEST_F(RepairStatistics, WhatWasChargedAndCollectedFollowsTheLedger) {
  EXPECT_THAT(column(ask(), "uncharged", "cost_fen"), ElementsAre("5500"));
  const RecordIndex before = t.newest();
  t.given("CAS",
          "ChargeAssessed",
          charge_json({"C-1", 5'500, "REPAIR", "2025-10-31", R"(,"case_ref":"repair:R-1")"}));
  t.given(
      "CAS", "PaymentReceived", payment_json("P-1", "C-1", 2'000, R"(,"case_ref":"repair:R-1")"));
  EXPECT_THAT(ask().at("uncharged").as_array(), IsEmpty());
  EXPECT_EQ(row(ask(), "total", 0).at("assessed_fen"), 5'500);
  EXPECT_EQ(row(ask(), "total", 0).at("collected_fen"), 2'000);
  const auto newest = ask({{"as_of", std::to_string(number(t.newest()))}});
  EXPECT_EQ(newest.at("total"), ask().at("total"));
  const auto then = ask({{"as_of", std::to_string(number(before))}});
  EXPECT_EQ(row(then, "total", 0).at("assessed_fen"), 0);
}

TEST_F(RepairStatistics, TheFeeSheetListsWhatCustomersOweForTheMonth) {
  report_second();  // costs nothing
  EXPECT_THAT(column(ask(), "fees", "order_no"), ElementsAre("WX-1"));
  EXPECT_THAT(column(ask(), "fees", "materials_fen"), ElementsAre("2500"));
  EXPECT_THAT(column(ask(), "fees", "labour_fen"), ElementsAre("3000"));
  EXPECT_THAT(column(ask(), "fees", "assessed_fen"), ElementsAre("0"));
  EXPECT_THAT(column(ask(), "fees", "entered"), ElementsAre("false"));
  t.given("CAS",
          "ChargeAssessed",
          charge_json({"C-1", 5'500, "REPAIR", "2025-10-31", R"(,"case_ref":"repair:R-1")"}));
  const RecordIndex before = t.newest();
  t.given("CSA",
          "RepairMonthlyFeeRecorded",
          R"({"ym":"2025-10","items":[{"repair_id":"R-1","charge_id":"C-1","amount_fen":5500}]})");
  EXPECT_THAT(column(ask(), "fees", "assessed_fen"), ElementsAre("5500"));
  EXPECT_THAT(column(ask(), "fees", "entered"), ElementsAre("true"));
  const auto then = ask({{"as_of", std::to_string(number(before))}});
  EXPECT_THAT(column(then, "fees", "entered"), ElementsAre("false"));
  EXPECT_THAT(ask({{"month", "2025-11"}}).at("fees").as_array(), IsEmpty());
}

TEST_F(RepairStatistics, IsAsOfThenWhatItWasThen) {
  const auto then = ask({{"as_of", std::to_string(number(completed))}});
  EXPECT_EQ(row(then, "total", 0).at("completed"), 1);
  EXPECT_EQ(row(then, "total", 0).at("visited_bp"), 0);
  const auto later = ask({{"as_of", std::to_string(number(visited))}});
  EXPECT_EQ(row(later, "total", 0).at("visited_bp"), 10'000);
}

TEST_F(RepairStatistics, TheCompanysSampleIsHeldAgainstItsShare) {
  t.given("QD", "ReturnVisitSampleDrawn", R"({"week":"2025-W43","population":6,"sample":["R-1"]})");
  auto sample = row(ask(), "samples", 0);
  EXPECT_EQ(sample.at("drawn_bp"), 1'666);
  EXPECT_EQ(sample.at("enough"), false);
  EXPECT_EQ(sample.at("contacted"), 0);
  const RecordIndex before = t.newest();
  t.given("QD",
          "ReturnVisitCompleted",
          return_visit_json("repair:R-1", "REPAIR", at_, R"("satisfied":false)", "QD_SAMPLE"));
  t.given("QD", "ReturnVisitSampleDrawn", R"({"week":"2025-W44","population":5,"sample":["R-1"]})");
  EXPECT_THAT(column(ask(), "samples", "enough"), ElementsAre("false", "true"));
  EXPECT_THAT(column(ask(), "samples", "contacted"), ElementsAre("1", "1"));
  EXPECT_THAT(column(ask(), "samples", "satisfied_bp"), ElementsAre("0", "0"));
  const auto then = ask({{"as_of", std::to_string(number(before))}});
  EXPECT_THAT(column(then, "samples", "contacted"), ElementsAre("0"));
}

TEST_F(RepairStatistics, AreNotForEverybody) {
  EXPECT_EQ(t.refusal("repair_statistics", {}, "SEC"), "not_permitted");
  EXPECT_EQ(t.refusal("repair_statistics", {}, "ENG"), "");
  EXPECT_EQ(t.refusal("repair_statistics", {{"month", "October"}}), "query_invalid");
}

}  // namespace
}  // namespace juanzong::testing
