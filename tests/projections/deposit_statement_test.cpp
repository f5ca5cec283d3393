// SPDX-License-Identifier: Apache-2.0
// SC1 and SC2: the statement of a deposit at every stage of its life.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view all_lines =
    R"("utilities":[{"charge_id":"W-1","kind":"WATER","amount_fen":8640,"applied_fen":8640}],
       "penalties":[{"violation_id":"V-1","amount_fen":30000,"applied_fen":30000}],)";

class DepositStatement : public ::testing::Test {
 protected:
  DepositStatement() {
    t.on("2025-01-02").hand_over(house_unit);
    t.decorate();
  }
  boost::json::object statement(const QueryArguments& more = {}) {
    QueryArguments arguments{{"deposit", t.forms.deposit}};
    arguments.insert(more.begin(), more.end());
    return t.query("deposit", arguments);
  }
  std::int64_t fen(std::string_view key) { return statement().at(key).as_int64(); }
  static std::string code(const boost::json::object& report, std::string_view key) {
    return std::string(report.at(key).as_object().at("code").as_string());
  }
  std::string state() { return code(statement(), "state"); }
  std::vector<std::string> blockers() { return column(statement(), "blockers", "rule"); }

  void record_violation() {
    const auto& f = t.forms;
    t.on("2025-02-11", "10:12:00");
    violation =
        t.given("SEC",
                "DecorationViolationRecorded",
                f.of_case(R"("violation_id":"V-1","severity":"SERIOUS","facts":)" + f.text() +
                          R"(,"rule_ref":"9.1","copies":3,"proposed_penalty_fen":30000,)" +
                          R"("rectify_by":"2025-02-18")"));
  }
  void confirm_penalty() {
    const auto& f = t.forms;
    const auto notify = [&](std::string_view party) {
      t.given("SEC",
              "DecorationViolationNotified",
              f.of_case(R"("violation_id":"V-1","party":")" + std::string(party) +
                        R"(","at":"2025-02-11T10:20:00+08:00","reached":true)"));
    };
    t.on("2025-02-11", "10:20:00");
    notify("OWNER");
    notify("CONTRACTOR");
    t.on("2025-02-12");
    t.given("CSA",
            "DecorationViolationReceiptSigned",
            f.of_case(R"("violation_id":"V-1")", {t.forms.by_owner(), t.forms.by_contractor()}));
    t.on("2025-02-13");
    penalty =
        t.given("PM",
                "DecorationPenaltyConfirmed",
                f.of_case(R"("violation_id":"V-1","amount_fen":30000,"agreement_clause":"7.2")",
                          {t.forms.by_staff("PM")}));
  }
  void assess_water() {
    t.on("2025-05-31");
    water = t.given("CAS",
                    "ChargeAssessed",
                    charge_json({"W-1",
                                 8'640,
                                 "WATER",
                                 "2025-06-15",
                                 R"(,"period_from":"2025-02-01","period_to":"2025-04-01",)"
                                 R"("case_ref":"deco:2025-0031")"}));
  }

  void record_fee_and_refund() {
    t.given("CAS",
            "ChargeAssessed",
            charge_json({"X-1", 500, "OTHER", "2025-06-30", R"(,"case_ref":"deco:2025-0031")"}));
    t.inspect();
    const RecordIndex calculation = t.calculate(
        R"("other":[{"charge_id":"X-1","purpose":"OTHER","amount_fen":500,"applied_fen":500}],)",
        199'500);
    t.refund(t.approve(calculation, 199'500), 199'500);
  }

  ViewLedger t;
  RecordIndex violation{};
  RecordIndex penalty{};
  RecordIndex water{};
};

TEST_F(DepositStatement, ShowsAProposedPenaltyAsPendingAndNeverDeductsIt) {
  record_violation();
  const auto report = statement();
  EXPECT_EQ(report.at("penalties_pending_fen"), 30'000);
  EXPECT_EQ(report.at("penalties_confirmed_fen"), 0);
  EXPECT_EQ(report.at("entitlement_fen"), 200'000);
  EXPECT_EQ(column(report, "pending_penalties", "violation_id"), std::vector<std::string>{"V-1"});
  EXPECT_EQ(report.at("records").at("penalties_pending_fen").as_array().at(0), number(violation));
  confirm_penalty();
  const auto confirmed = statement();
  EXPECT_EQ(confirmed.at("penalties_pending_fen"), 0);
  EXPECT_EQ(confirmed.at("penalties_confirmed_fen"), 30'000);
  EXPECT_EQ(confirmed.at("entitlement_fen"), 170'000);
  EXPECT_EQ(row(confirmed, "penalties", 0).at("records").at("owed_fen").as_array().at(0),
            number(penalty));
}

TEST_F(DepositStatement, WaitsUntilTheDayAfterThreeMonths) {
  EXPECT_EQ(state(), "HELD");
  EXPECT_TRUE(statement().at("earliest_refund_on").is_null());
  t.accept("2025-03-14");
  const auto report = statement();
  EXPECT_EQ(code(report, "state"), "WAITING");
  EXPECT_EQ(report.at("accepted_on"), "2025-03-14");
  EXPECT_EQ(report.at("earliest_refund_on"), "2025-06-15");
  EXPECT_EQ(report.at("days_left"), 93);
  EXPECT_EQ(report.at("records").at("accepted_on").as_array().at(0), number(t.newest()));
  EXPECT_THAT(column(report, "blockers", "rule"), ElementsAre("H-DEC-13", "H-DEC-14"));
  EXPECT_THAT(column(report, "blockers", "first_date"), ElementsAre("2025-06-15", "2025-06-15"));
  EXPECT_EQ(code(statement({{"date", "2025-06-14"}}), "state"), "WAITING");
  EXPECT_EQ(code(statement({{"date", "2025-06-15"}}), "state"), "REFUNDABLE");
}

TEST_F(DepositStatement, FollowsTheWholeLifeToTheRefund) {
  record_violation();
  confirm_penalty();
  t.accept("2025-03-14");
  assess_water();
  EXPECT_EQ(fen("entitlement_fen"), 161'360);
  t.on("2025-06-16");
  EXPECT_EQ(state(), "REFUNDABLE");
  t.inspect();
  EXPECT_EQ(state(), "INSPECTED");
  EXPECT_THAT(
      t.refused("CSA", "DepositRefundCalculated", t.calculation(R"("penalties":[],)", 191'360)),
      Contains("H-DEC-17"));
  const RecordIndex calculation = t.calculate(all_lines, 161'360);
  EXPECT_EQ(state(), "CALCULATED");
  EXPECT_EQ(statement().at("calculation_fresh"), true);
  const RecordIndex approval = t.approve(calculation, 161'360);
  EXPECT_EQ(state(), "APPROVED");
  EXPECT_THAT(blockers(), IsEmpty());
  const RecordIndex refund = t.refund(approval, 161'360);
  const auto report = statement();
  EXPECT_EQ(code(report, "state"), "REFUNDED");
  EXPECT_EQ(report.at("entitlement_fen"), 0);
  EXPECT_EQ(report.at("held_fen"), 0);
  EXPECT_EQ(report.at("applied_fen"), 38'640);
  EXPECT_EQ(report.at("shortfall_fen"), 0);
  EXPECT_EQ(report.at("refunded_fen"), 161'360);
  EXPECT_EQ(report.at("refunded_by"), "S-CAS");
  EXPECT_EQ(report.at("case_stage").at("code"), "CLOSED");
  EXPECT_EQ(report.at("records").at("refunded_fen").as_array().at(0), number(refund));
  EXPECT_EQ(report.at("records").at("utilities_fen").as_array().at(0), number(water));
}

TEST_F(DepositStatement, ALaterChargeMakesTheCalculationStale) {
  t.accept("2025-03-14");
  t.on("2025-06-16");
  t.inspect();
  t.calculate("", 200'000);
  EXPECT_EQ(state(), "CALCULATED");
  t.given("CAS",
          "ChargeAssessed",
          charge_json({"X-1", 500, "OTHER", "2025-06-30", R"(,"case_ref":"deco:2025-0031")"}));
  const auto report = statement();
  EXPECT_EQ(code(report, "state"), "INSPECTED");
  EXPECT_EQ(report.at("calculation_fresh"), false);
  EXPECT_EQ(report.at("other_fen"), 500);
  EXPECT_EQ(report.at("entitlement_fen"), 199'500);
}

TEST_F(DepositStatement, NamesWhatBlocksAContractorWhoAsksWithoutTheOwner) {
  const auto& f = t.forms;
  t.accept("2025-02-10");
  t.on("2025-07-15");
  const RecordIndex request =
      t.given("CSA",
              "DepositRefundRequested",
              f.of_deposit(R"("requester":"CONTRACTOR")", {f.by_contractor()}));
  EXPECT_THAT(blockers(), ElementsAre("H-DEC-14", "H-DEC-16"));
  EXPECT_THAT(column(statement(), "signatures", "capacity"),
              ElementsAre("OWNER", "OWNER", "CONTRACTOR", "PM", "PM"));
  EXPECT_THAT(column(statement(), "signatures", "present"),
              ElementsAre("false", "false", "false", "false", "false"));
  t.on("2025-07-18");
  t.given(
      "CSA", "DepositRefundOwnerObjected", f.of_deposit(R"("reason":)" + f.text(), {f.by_owner()}));
  EXPECT_EQ(state(), "OBJECTED");
  EXPECT_THAT(blockers(), Contains("H-DEC-16"));
  t.on("2025-08-20");
  t.given("CSA",
          "DepositRefundOwnerConsented",
          f.of_deposit(R"("request_event":{"index":)" + std::to_string(number(request)) + "}",
                       {f.by_owner()}));
  EXPECT_THAT(blockers(), ElementsAre("H-DEC-14"));
  t.inspect(R"("neighbour_harm":true,"leak":true,"resolved":false)");
  t.calculate("", 200'000);
  EXPECT_THAT(blockers(), ElementsAre("H-DEC-15", "H-DEC-18"));
  const auto report = statement();
  EXPECT_EQ(report.at("harm"), true);
  EXPECT_EQ(report.at("harm_resolved"), false);
  EXPECT_THAT(column(report, "signatures", "present"),
              ElementsAre("true", "true", "true", "true", "false"));
  EXPECT_EQ(column(report, "signatures", "signer").at(2), "C-07");
}

TEST_F(DepositStatement, ProjectTotalsEqualTheLiabilityOfTheAccounts) {
  t.accept("2025-03-14");
  t.on("2025-06-16");
  auto list = t.query("deposits", {});
  EXPECT_EQ(list.at("held_fen"), 200'000);
  EXPECT_EQ(list.at("refundable_fen"), 200'000);
  EXPECT_EQ(list.at("waiting_fen"), 0);
  EXPECT_EQ(list.at("liability_fen"), 200'000);
  EXPECT_EQ(list.at("balanced"), true);
  record_fee_and_refund();
  list = t.query("deposits", {{"month", "2025-06"}});
  EXPECT_EQ(list.at("held_fen"), 0);
  EXPECT_EQ(list.at("liability_fen"), 0);
  EXPECT_EQ(list.at("refunded_in_month_fen"), 199'500);
  EXPECT_EQ(list.at("deducted_in_month_fen"), 500);
  EXPECT_EQ(t.query("deposits", {{"month", "2025-07"}}).at("refunded_in_month_fen"), 0);
  const auto before = t.query("deposits", {{"as_of", "2025-06-15"}});
  EXPECT_EQ(before.at("held_fen"), 200'000);
  EXPECT_EQ(before.at("balanced"), true);
}

TEST_F(DepositStatement, AnswersAsOfAnEarlierRecordAndDay) {
  record_violation();
  const RecordIndex before = t.newest();
  confirm_penalty();
  t.accept("2025-03-14");
  const auto then = statement({{"as_of", std::to_string(number(before))}});
  EXPECT_EQ(then.at("entitlement_fen"), 200'000);
  EXPECT_EQ(then.at("penalties_pending_fen"), 30'000);
  EXPECT_TRUE(then.at("accepted_on").is_null());
  EXPECT_EQ(then.at("as_of").at("tree_size"), number(before) + 1);
  EXPECT_EQ(statement({{"as_of", "2025-02-12"}}).at("penalties_pending_fen"), 30'000);
  EXPECT_EQ(statement({{"as_of", "2025-02-13"}}).at("penalties_pending_fen"), 0);
  EXPECT_EQ(t.refusal("deposit", {{"deposit", t.forms.deposit}, {"as_of", "2025-01-05"}}),
            "not_found");
}

}  // namespace
}  // namespace juanzong::testing
