// SPDX-License-Identifier: Apache-2.0
// What a deposit is worth: the lines of the calculation, their order, and staleness (H-DEC-17).
#include "tests/support/refund_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DecorationCalculation, TheCalculationListsEverythingDue) {
  RefundSteps s;
  s.penalise("V-1", 30'000);
  s.assess_water();
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", s.calculation("161361")),
              ElementsAre("H-DEC-17"));
  const std::string nothing = s.of_deposit(
      R"("deposit_fen":200000,"net_fen":200000,"history_upto_seq":1)", {s.by_staff("CSA")});
  const auto refusals = s.t.as("S-CSA").when("DepositRefundCalculated", nothing);
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-17"));
  EXPECT_THAT(refusals.front().facts,
              Contains(Fact{"expected V-1", "PENALTY owed 300.00 元, applied 300.00 元"}));
  EXPECT_THAT(refusals.front().facts,
              Contains(Fact{"expected W-1", "WATER owed 86.40 元, applied 86.40 元"}));
  EXPECT_THAT(refusals.front().facts, Contains(Fact{"expected_net", "1,613.60 元"}));
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", s.calculation()), IsEmpty());
}

TEST(DecorationCalculation, ACalculationIsSignedByTheCsaAndRestsOnTheNewestRecord) {
  RefundSteps s;
  s.penalise("V-1", 30'000);
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  std::string by_pm = s.calculation();
  by_pm.replace(by_pm.find(s.by_staff("CSA")), s.by_staff("CSA").size(), s.by_staff("PM"));
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", by_pm), ElementsAre("H-SOD-1"));
  std::string old = s.calculation();
  const auto at = old.find(R"("history_upto_seq":)") + 19;
  old.replace(at, old.find(',', at) - at, "1");
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", old), ElementsAre("H-DEC-17"));
}

TEST(DecorationCalculation, TheOrderOfTheLinesOnTheFormIsFree) {
  RefundSteps s;
  s.penalise("V-1", 30'000);
  s.penalise("V-2", 20'000);
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  const std::string form = s.of_deposit(
      R"("deposit_fen":200000,"net_fen":150000,"history_upto_seq":)" +
          std::to_string(number(refund_entitlement(s.t.world(), s.deposit).last_relevant)) +
          R"(,"penalties":[{"violation_id":"V-2","amount_fen":20000,"applied_fen":20000},
                           {"violation_id":"V-1","amount_fen":30000,"applied_fen":30000}])",
      {s.by_staff("CSA")});
  s.given("CSA", "DepositRefundCalculated", form);
  EXPECT_EQ(s.deposit_stage(), DepositStage::calculated);
}

TEST(DecorationCalculation, UtilitiesOfTheUnitCountWithinTheWorks) {
  RefundSteps s;
  const auto add = [&s](std::string_view id, std::string_view from, std::string_view to) {
    ChargeState made = s.charge(body::Purpose::ELEC, 1'000, "");
    made.period_from = parse_date(from);
    made.period_to = parse_date(to);
    s.assess(id, made);
  };
  add("E-before", "2024-12-01", "2025-01-07");
  add("E-first", "2024-12-01", "2025-01-08");
  add("E-last", "2025-03-14", "2025-04-30");
  add("E-after", "2025-03-15", "2025-04-30");
  s.assess("P-1", s.charge(body::Purpose::PROPERTY_FEE, 5'000, ""));
  const RefundEntitlement due = refund_entitlement(s.t.world(), s.deposit);
  ASSERT_EQ(due.utilities.size(), 2U);
  EXPECT_EQ(due.utilities[0].ref, "E-first");
  EXPECT_EQ(due.utilities[1].ref, "E-last");
  EXPECT_THAT(due.other, IsEmpty());
  EXPECT_EQ(due.entitlement, Fen{198'000});
}

TEST(DecorationCalculation, DeductionsApplyInOrderAndTheRestStaysOwed) {
  RefundSteps s;
  s.penalise("V-1", 120'000);
  s.penalise("V-2", 50'000);
  s.assess("C-1", s.charge(body::Purpose::COMPENSATION, 60'000, "deco:" + s.deco));
  s.assess_water();
  const RefundEntitlement due = refund_entitlement(s.t.world(), s.deposit);
  const auto lines = due.lines();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].applied, Fen{8'640});
  EXPECT_EQ(lines[1].applied, Fen{60'000});
  EXPECT_EQ(lines[2].applied, Fen{120'000});
  EXPECT_EQ(lines[3].applied, Fen{11'360});
  EXPECT_EQ(due.entitlement, zero_fen);
  EXPECT_EQ(due.shortfall, Fen{38'640});

  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  s.given("CAS", "DepositRefunded", s.payout(approved, "0"));
  const auto rest = s.t.world().get<ChargeState>("PENALTY-V-2");
  EXPECT_EQ(rest.open(), Fen{38'640});
  EXPECT_EQ(rest.party, "C-07");
  EXPECT_EQ(s.money("income:PENALTY"), -38'640);
  EXPECT_EQ(s.money("income:PENALTY_DEDUCTED"), -131'360);
  EXPECT_EQ(s.money("deposit:D-2025-0031"), 0);
  EXPECT_EQ(s.t.world().find<ChargeState>("PENALTY-V-1"), nullptr);
}

TEST(DecorationCalculation, TwoDepositsNeverPayTheSameItemTwice) {
  RefundSteps s;
  const std::string first = s.deposit;
  s.penalise("V-1", 250'000);
  DepositState second = s.t.world().get<DepositState>(first);
  second.receipt_no = "A-000002";
  s.t.world().edit<DepositState>("D-2") = second;
  s.t.world().edit<DecorationCase>(s.deco).deposits.push_back("D-2");
  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  s.deposit = "D-2";
  EXPECT_EQ(refund_entitlement(s.t.world(), "D-2").penalties.front().owed, Fen{50'000});
  const RecordIndex approved_second = s.approve_refund();
  s.deposit = first;
  s.given("CAS", "DepositRefunded", s.payout(approved, "0"));
  EXPECT_EQ(s.t.world().find<ChargeState>("PENALTY-V-1"), nullptr);
  s.deposit = "D-2";
  EXPECT_EQ(s.stage(), DecorationStage::accepted);
  s.given("CAS", "DepositRefunded", s.payout(approved_second, "150000"));
  EXPECT_EQ(s.stage(), DecorationStage::closed);
  EXPECT_EQ(s.t.world().find<ChargeState>("PENALTY-V-1"), nullptr);
  EXPECT_EQ(s.money("income:PENALTY_DEDUCTED"), -250'000);
}

TEST(DecorationCalculation, AChangedSumMakesTheCalculationStale) {
  RefundSteps s;
  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  s.penalise("V-1", 30'000);
  EXPECT_EQ(s.deposit_stage(), DepositStage::inspected);
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("H-DEC-17", "H-DEC-18"));
  s.approve_calculation();
  s.given("PM",
          "DecorationPenaltyWaived",
          s.of_case(R"("violation_id":"V-1","reason":)" + s.text(), {s.by_staff("PM")}));
  EXPECT_EQ(s.deposit_stage(), DepositStage::inspected);
}

TEST(DecorationCalculation, AChargeAssessedAfterTheApprovalStopsThePayout) {
  RefundSteps s;
  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  s.assess_water();
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")),
              Contains("H-DEC-17"));
}

}  // namespace
}  // namespace juanzong::testing
