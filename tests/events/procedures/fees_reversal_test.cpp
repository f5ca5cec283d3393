// SPDX-License-Identifier: Apache-2.0
// How mistakes of money are put right: reversals, reallocation, deposits (SC5, A13).
#include "events/procedures/fees/fees.h"

#include "tests/events/procedures/fees_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing::fees {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FeeReversals : public FeesTest {
 protected:
  const DepositState& deposit() { return *t.world().find<DepositState>("D-1"); }
  const std::string deposit_case = R"(,"case_ref":"deco:2025-0031")";
};

// SC5, step by step.
TEST_F(FeeReversals, AMistakenFeeIsCorrectedByACompensatingEvent) {
  t.given("ChargeAssessed", charge("CH-881", 1'621'200));
  t.at("2025-05-09T10:06:00+08:00");
  t.given("PaymentReceived", payment("P-551", {{"CH-881", 162'120}}, 162'120));
  EXPECT_EQ(posted(t, receivable), 1'459'080);
  t.at("2025-05-09T10:20:00+08:00");
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-881", 1'459'080)),
              ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-881", 1'621'200, false)),
              ElementsAre("H-FEE-5"));
  t.given("ChargeReversed", charge_reversal("CH-881", 1'621'200));
  EXPECT_EQ(posted(t, receivable), 0);
  EXPECT_EQ(posted(t, advance), -162'120);
  t.given("ChargeAssessed", charge("CH-882", 162'120, "PROPERTY_FEE", R"(,"corrects":"CH-881")"));
  t.given("PaymentReallocated", reallocation("P-551", {{"CH-882", 162'120}}));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-881", 1'621'200)),
              ElementsAre("H-FEE-5"));
  EXPECT_EQ(posted(t, receivable), 0);
  EXPECT_EQ(posted(t, advance), 0);
  EXPECT_EQ(posted(t, "income:PROPERTY_FEE"), -162'120);
  EXPECT_EQ(posted(t, "cash:CASH"), 162'120);
  EXPECT_THAT(open_charges(t.world(), unit), IsEmpty());
  std::vector<std::int64_t> entries;  // visible on the account, in order
  for (const Posting& posting : t.world().postings()) {
    if (posting.account == receivable) {
      entries.push_back(posting.delta);
    }
  }
  EXPECT_THAT(entries, ElementsAre(1'621'200, -162'120, -1'621'200, 162'120, 162'120, -162'120));
}

TEST_F(FeeReversals, ASmallReversalNeedsNoPm) {
  t.given("ChargeAssessed", charge("CH-1", 100'000));
  t.given("ChargeAssessed", charge("CH-2", 100'001));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-1", 100'000, false)), IsEmpty());
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-2", 100'001, false)),
              ElementsAre("H-FEE-5"));
}

TEST_F(FeeReversals, AChargeReversalNamesAChargeOfThatUnitAndCase) {
  t.given("ChargeAssessed", charge("CH-1", 100, "WATER", deposit_case));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-9", 100)), ElementsAre("H-FEE-10"));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-1", 100)), ElementsAre("H-FEE-10"));
  EXPECT_THAT(rules("ChargeReversed", charge_reversal("CH-1", 100, false, deposit_case)),
              IsEmpty());
}

TEST_F(FeeReversals, AChargeDeductedFromADepositStaysUntilTheRefundIsReversed) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  settle_charge(t.world(), "CH-1", zero_fen, Fen{40});
  const auto refusals = t.when("ChargeReversed", charge_reversal("CH-1", 100));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-FEE-5"));
  EXPECT_EQ(refusals.front().facts.front(), fact("deducted_from_a_deposit", Fen{40}));
}

TEST_F(FeeReversals, AReplacementNamesAReversedCharge) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-2", 10, "WATER", R"(,"corrects":"CH-1")")),
              ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("ChargeAssessed", charge("CH-2", 10, "WATER", R"(,"corrects":"CH-9")")),
              ElementsAre("H-FEE-10"));
}

TEST_F(FeeReversals, AReallocationMovesSharesAgainstTheAdvance) {
  t.given("ChargeAssessed", charge("CH-1", 100));
  t.given("ChargeAssessed", charge("CH-2", 100, "WATER"));
  t.given("PaymentReceived", payment("P-1", {{"CH-1", 80}}, 90));
  EXPECT_THAT(rules("PaymentReallocated", reallocation("P-1", {{"CH-1", 91}})),
              ElementsAre("H-FEE-4"));
  EXPECT_THAT(rules("PaymentReallocated", reallocation("P-1", {{"CH-1", 90}})), IsEmpty());
  EXPECT_THAT(rules("PaymentReallocated", reallocation("P-9", {{"CH-1", 9}})),
              ElementsAre("H-FEE-10"));
  t.given("PaymentReallocated", reallocation("P-1", {{"CH-1", 30}, {"CH-2", 50}}));
  EXPECT_EQ(posted(t, receivable), 70);
  EXPECT_EQ(posted(t, "receivable:4-2-1501:" + owner + ":WATER"), 50);
  EXPECT_EQ(posted(t, advance), -10);
  EXPECT_EQ(posted(t, "cash:CASH"), 90);
}

TEST_F(FeeReversals, APaymentIsReversedOnceByItsMirror) {
  const std::string target = R"("kind":"PAYMENT","target_payment":"P-1")";
  t.given("ChargeAssessed", charge("CH-1", 100));
  t.given("ChargeAssessed", charge("CH-2", 70));
  const RecordIndex paid = t.given("PaymentReceived", payment("P-1", {{"CH-1", 100}}, 120));
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, paid, 119)), ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, RecordIndex{1}, 120)),
              ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, paid, 120, "", "CSM")),
              ElementsAre("H-FEE-5"));
  t.given("PaymentReversed", money_reversal(target, paid, 120));
  EXPECT_EQ(posted(t, receivable), 170);
  EXPECT_EQ(posted(t, advance), 0);
  EXPECT_EQ(posted(t, "cash:CASH"), 0);
  // Open again, and back in its place.
  EXPECT_EQ(open_charges(t.world(), unit).front().charge_id, "CH-1");
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, paid, 120)), ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("PaymentReallocated", reallocation("P-1", {{"CH-1", 5}})),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(FeeReversals, TheTargetIsNamedAsTheKindSays) {
  put_deposit(t);
  const RecordIndex paid = t.given("PaymentReceived", payment("P-1", {}, 120));
  EXPECT_THAT(
      rules("PaymentReversed",
            money_reversal(
                R"("kind":"PAYMENT","target_payment":"P-1","target_deposit":"D-1")", paid, 120)),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules("PaymentReversed",
                    money_reversal(R"("kind":"DEPOSIT_PAYMENT","target_payment":"P-1")", paid, 9)),
              ElementsAre("SCHEMA", "H-FEE-10"));
  EXPECT_THAT(rules("PaymentReversed",
                    money_reversal(R"("kind":"PAYMENT","target_payment":"P-9")", paid, 9)),
              ElementsAre("H-FEE-10"));
}

TEST_F(FeeReversals, ADepositPaymentIsReversedWhileItIsHeld) {
  const std::string target = R"("kind":"DEPOSIT_PAYMENT","target_deposit":"D-1")";
  calculate(put_deposit(t));
  const auto reversal = money_reversal(target, RecordIndex{1}, 200'000, deposit_case);
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, RecordIndex{1}, 200'000)),
              ElementsAre("H-FEE-10"));
  t.world().edit<DepositState>("D-1").refund = RefundStep{};
  EXPECT_THAT(rules("PaymentReversed", reversal), ElementsAre("H-FEE-5"));
  t.world().edit<DepositState>("D-1").refund.reset();
  t.given("PaymentReversed", reversal);
  EXPECT_FALSE(deposit().held());
  EXPECT_FALSE(deposit().calculation.has_value());
  EXPECT_EQ(posted(t, "deposit:D-1"), 0);
  EXPECT_EQ(posted(t, "cash:CASH"), 0);
  EXPECT_THAT(rules("PaymentReversed", reversal), ElementsAre("H-FEE-5"));
}

// A refund of SC1's shape: water deducted from a charge, a penalty, the rest paid out.
class ReversedRefund : public FeeReversals {
 protected:
  ReversedRefund() {
    t.given("ChargeAssessed", charge("CH-1", 8'640, "WATER"));
    DepositState& state = put_deposit(t);
    calculate(state, {{"CH-1", 2, Fen{8'640}, Fen{8'640}}, {"V-1", 11, Fen{30'000}, Fen{30'000}}});
    state.refund = RefundStep{RecordIndex{3}, "S-CAS", CivilDate{}, Fen{161'360}, 3};
    book_refund(t.world(), "D-1", 3, Fen{1}, CivilDate{});
  }
  const std::string target = R"("kind":"DEPOSIT_REFUND","target_deposit":"D-1")";
  const std::string proof = deposit_case + R"(,"proof":)" + attachment(owner);
};

TEST_F(ReversedRefund, ComesBackWithProofAndMirrorsEveryAccount) {
  EXPECT_EQ(posted(t, "deposit:D-1"), 0);
  EXPECT_EQ(posted(t, "cash:TRANSFER"), -161'360);
  EXPECT_EQ(posted(t, "income:PENALTY_DEDUCTED"), -30'000);
  EXPECT_EQ(posted(t, "receivable:4-2-1501:" + owner + ":WATER"), 0);
  EXPECT_THAT(
      rules("PaymentReversed", money_reversal(target, RecordIndex{3}, 161'360, deposit_case)),
      ElementsAre("H-FEE-5"));
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, RecordIndex{3}, 200'000, proof)),
              ElementsAre("H-FEE-5"));
  t.given("PaymentReversed", money_reversal(target, RecordIndex{3}, 161'360, proof));
  EXPECT_EQ(posted(t, "deposit:D-1"), -200'000);
  EXPECT_EQ(posted(t, "cash:TRANSFER"), 0);
  EXPECT_EQ(posted(t, "income:PENALTY_DEDUCTED"), 0);
  EXPECT_EQ(posted(t, "receivable:4-2-1501:" + owner + ":WATER"), 8'640);
  EXPECT_TRUE(deposit().held());
  EXPECT_TRUE(deposit().approval.has_value());  // APPROVED again
  EXPECT_EQ(open_charges(t.world(), unit).size(), 1);
  EXPECT_THAT(rules("PaymentReversed", money_reversal(target, RecordIndex{3}, 161'360, proof)),
              ElementsAre("H-FEE-5"));
}

TEST_F(ReversedRefund, IsCalculatedAnewIfTheSumChangedMeanwhile) {
  t.given("ChargeAssessed", charge("CH-2", 50));
  EXPECT_TRUE(deposit().approval.has_value());
  t.given("PaymentReversed", money_reversal(target, RecordIndex{3}, 161'360, proof));
  EXPECT_TRUE(deposit().held());
  EXPECT_FALSE(deposit().calculation.has_value());
  EXPECT_FALSE(deposit().approval.has_value());
}

TEST_F(FeeReversals, WhateverChangesOpenChargesMakesTheCalculationStale) {
  const auto stale_after = [this](std::string_view event, const std::string& json) {
    calculate(t.world().edit<DepositState>("D-1"));
    t.given(event, json);
    return !deposit().calculation && !deposit().approval;
  };
  put_deposit(t);
  EXPECT_TRUE(stale_after("ChargeAssessed", charge("CH-1", 100)));
  EXPECT_TRUE(stale_after("PaymentReceived", payment("P-1", {{"CH-1", 50}}, 50)));
  EXPECT_TRUE(stale_after("PaymentReallocated", reallocation("P-1", {{"CH-1", 20}})));
  EXPECT_TRUE(stale_after("ChargeReversed", charge_reversal("CH-1", 100)));
  const std::string target = R"("kind":"PAYMENT","target_payment":"P-2")";
  const RecordIndex paid = t.given("PaymentReceived", payment("P-2", {}, 50));
  EXPECT_TRUE(stale_after("PaymentReversed", money_reversal(target, paid, 50)));
  register_unit(t, "1502");
  EXPECT_FALSE(stale_after("ChargeAssessed", charge("CH-2", 100, "WATER", "", "4-2-1502")));
}

class Beneficiary : public FeeReversals {
 protected:
  Beneficiary() {
    put_deposit(t);
    t.as("S-CSA");
  }
  std::string reassign(std::initializer_list<std::string> blocks,
                       const std::string& from = owner,
                       std::string_view case_ref = "deco:2025-0031") {
    return R"({"deposit_id":"D-1","unit":"4-2-1501","case_ref":)" + in_quotes(case_ref) +
           R"(,"from":)" + in_quotes(from) + R"(,"to":)" + in_quotes(buyer) + R"(,"evidence":)" +
           attachment(owner) + "," + signatures(blocks) + "}";
  }
  const std::string buyer = person_id(1002);
  const std::string old_signs = signature("OWNER", owner);
  const std::string new_signs = signature("OWNER", buyer);
};

TEST_F(Beneficiary, ChangesWhenBothSidesSignAndIsCalculatedAnew) {
  calculate(t.world().edit<DepositState>("D-1"));
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs})),
              ElementsAre("H-FEE-11"));
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({new_signs})),
              ElementsAre("H-FEE-11"));
  t.given("DepositBeneficiaryReassigned", reassign({old_signs, new_signs}));
  EXPECT_EQ(deposit().beneficiary, buyer);
  EXPECT_EQ(deposit().payer, owner);
  EXPECT_FALSE(deposit().calculation.has_value());
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs, new_signs})),
              ElementsAre("H-FEE-10"));
}

TEST_F(Beneficiary, AnAgentWithPowerOfAttorneyStandsForOneSide) {
  std::string agent = signature("OWNER_AGENT", person_id(9));
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs, agent})),
              ElementsAre("SCHEMA", "H-FEE-11"));
  agent.insert(agent.size() - 1, R"(,"authority_doc":)" + attachment(owner));
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs, agent})), IsEmpty());
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({agent})), ElementsAre("H-FEE-11"));
}

TEST_F(Beneficiary, IsRefusedAfterTheRefundAndForOtherCases) {
  EXPECT_THAT(rules("DepositBeneficiaryReassigned",
                    reassign({old_signs, new_signs}, owner, "deco:2025-0099")),
              ElementsAre("H-FEE-10"));
  t.world().edit<DepositState>("D-1").refund = RefundStep{};
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs, new_signs})),
              ElementsAre("STATE_REFUSED"));
  t.world().edit<DepositState>("D-1").payer.clear();
  EXPECT_THAT(rules("DepositBeneficiaryReassigned", reassign({old_signs, new_signs})),
              ElementsAre("H-FEE-10"));
}

}  // namespace
}  // namespace juanzong::testing::fees
