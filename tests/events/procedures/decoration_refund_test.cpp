// SPDX-License-Identifier: Apache-2.0
// The refund of the deposit: H-DEC-13 to H-DEC-19, H-SOD-1, and the figures of the statement.
#include "events/procedures/charges.h"
#include "events/procedures/decoration/refund.h"
#include "events/procedures/decoration/refund_rules.h"

#include "tests/support/refund_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> blocker_rules(const std::vector<Blocker>& blockers) {
  std::vector<std::string> rules;
  for (const Blocker& blocker : blockers) {
    rules.push_back(blocker.rule);
  }
  return rules;
}

TEST(DecorationRefund, NothingBeforeTheEarliestDay) {
  RefundSteps s;
  s.on("2025-06-14", "23:59:59");
  const auto early = s.t.as("S-CSA").when("DepositRefundInspected", s.inspection());
  ASSERT_THAT(RuleTester::rules_of(early), ElementsAre("H-DEC-13"));
  EXPECT_EQ(early.front().earliest, parse_date("2025-06-15"));
  const std::string notice = s.of_deposit(R"("to":"OWNER")");
  EXPECT_THAT(s.refused("CSA", "DepositRefundNotified", notice), ElementsAre("H-DEC-13"));
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", s.calculation()),
              ElementsAre("H-DEC-13"));
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(RecordIndex{0}, "200000")),
              Contains("H-DEC-13"));
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(RecordIndex{0}, "200000")),
              Contains("H-DEC-13"));
  s.on("2025-06-15", "00:00:00");
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), IsEmpty());
  EXPECT_THAT(s.refused("CSA", "DepositRefundNotified", notice), IsEmpty());
}

TEST(DecorationRefund, BeforeAcceptanceNoDayIsKnown) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay().enter().on("2025-09-01");
  const auto refusals =
      s.t.as("S-CSA").when("DepositRefundNotified", s.of_deposit(R"("to":"OWNER")"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-13"));
  EXPECT_EQ(refusals.front().earliest, std::nullopt);
}

TEST(DecorationRefund, ARequestIsAFactAndIsToldTheEarliestDay) {
  RefundSteps s;
  s.on("2025-04-01");
  EXPECT_THAT(s.refused("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_owner())),
              ElementsAre("SCHEMA"));
  s.given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  EXPECT_EQ(s.t.assigned().not_before, parse_date("2025-06-15"));
  EXPECT_EQ(s.deposit_stage("2025-06-14"), DepositStage::waiting);
  EXPECT_EQ(s.deposit_stage("2025-06-15"), DepositStage::refundable);
}

TEST(DecorationRefund, EachOfTheThreePartiesIsNeeded) {
  RefundSteps s;
  s.on("2025-06-16");
  const auto refused = [&s](std::initializer_list<std::string> blocks) {
    return s.refused("CSA", "DepositRefundInspected", s.of_deposit(no_harm, blocks));
  };
  EXPECT_THAT(refused({s.by_contractor(), s.by_staff("PM")}), ElementsAre("H-DEC-14"));
  EXPECT_THAT(refused({s.by_owner(), s.by_staff("PM")}), ElementsAre("H-DEC-14"));
  EXPECT_THAT(refused({s.by_owner(), s.by_contractor()}), ElementsAre("H-DEC-14"));
  EXPECT_THAT(refused({s.by_owner(), s.by_contractor(), s.by_staff("PM")}), IsEmpty());
  const std::string principal =
      signature("CONTRACTOR", person_id(2007), "2025-06-16T09:00:00+08:00");
  EXPECT_THAT(refused({s.by_owner(), principal, s.by_staff("PM")}), IsEmpty());
}

TEST(DecorationRefund, SignaturesFromBeforeTheEarliestDayDoNotCount) {
  RefundSteps s;
  const std::string early = s.on("2025-06-13").by_owner();
  s.on("2025-06-16");
  const auto refusals =
      s.t.as("S-CSA").when("DepositRefundInspected",
                           s.of_deposit(no_harm, {early, s.by_contractor(), s.by_staff("PM")}));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-14"));
  EXPECT_THAT(refusals.front().facts, ElementsAre(Fact{"missing", "OWNER"}));
}

TEST(DecorationRefund, AConsentNamesTheOpenRequest) {
  RefundSteps s;
  s.on("2025-06-16");
  EXPECT_THAT(s.refused("CSA", "DepositRefundOwnerConsented", s.consent(RecordIndex{3})),
              ElementsAre("H-DEC-16"));
  const RecordIndex first =
      s.given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("H-DEC-16"));
  EXPECT_THAT(s.refused("CSA", "DepositRefundOwnerConsented", s.of_deposit("", {s.by_owner()})),
              ElementsAre("H-DEC-16"));
  s.given("CSA", "DepositRefundOwnerConsented", s.consent(first));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), IsEmpty());
  s.given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("H-DEC-16"));
}

TEST(DecorationRefund, TheOwnersOwnRequestNeedsNoConsent) {
  RefundSteps s;
  s.on("2025-06-16");
  s.given("CSA", "DepositRefundRequested", s.request("OWNER", s.by_owner()));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), IsEmpty());
}

TEST(DecorationRefund, AnObjectionTakesTheDepositBackToRefundable) {
  RefundSteps s;
  s.on("2025-06-16");
  const RecordIndex approved = s.approve_refund();
  EXPECT_EQ(s.deposit_stage(), DepositStage::approved);
  s.given("CSA", "DepositRefundOwnerObjected", s.objection());
  EXPECT_EQ(s.deposit_stage(), DepositStage::refundable);
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("H-DEC-17", "H-DEC-18"));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("H-DEC-16"));
  s.given("CSA", "DepositRefundOwnerConsented", s.of_deposit("", {s.by_owner()}));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), IsEmpty());
}

TEST(DecorationRefund, TheStepsFollowEachOther) {
  RefundSteps s;
  s.on("2025-06-16");
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", s.calculation()),
              ElementsAre("H-DEC-14"));
  s.given("CSA", "DepositRefundInspected", s.inspection());
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(RecordIndex{1}, "200000")),
              ElementsAre("H-DEC-17"));
  const RecordIndex calculated = s.given("CSA", "DepositRefundCalculated", s.calculation());
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(calculated, "200000")),
              ElementsAre("H-DEC-18"));
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(RecordIndex{1}, "200000")),
              ElementsAre("H-DEC-17"));
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(calculated, "199999")),
              ElementsAre("H-DEC-18"));
}

TEST(DecorationRefund, TheApprovalIsThePmsSignature) {
  RefundSteps s;
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  const RecordIndex calculated = s.given("CSA", "DepositRefundCalculated", s.calculation());
  const std::string unsigned_form = s.of_deposit(
      R"("net_fen":200000,"calc_event":{"index":)" + std::to_string(number(calculated)) + "}",
      {s.by_staff("CSM")});
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", unsigned_form), ElementsAre("H-DEC-18"));
}

TEST(DecorationRefund, HarmBlocksTheApprovalUntilResolvedOrDeducted) {
  for (const std::string flag :
       {"public_interest_harm", "neighbour_harm", "prohibited_item", "leak"}) {
    RefundSteps s;
    s.on("2025-06-16");
    s.given("CSA", "DepositRefundInspected", s.inspection("\"" + flag + "\":true"));
    const RecordIndex calculated = s.given("CSA", "DepositRefundCalculated", s.calculation());
    EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(calculated, "200000")),
                ElementsAre("H-DEC-15"));
    s.given(
        "CSA", "DepositRefundInspected", s.inspection("\"" + flag + R"(":true,"resolved":true)"));
    const RecordIndex again = s.given("CSA", "DepositRefundCalculated", s.calculation());
    EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(again, "200000")), IsEmpty());
  }
  RefundSteps s;
  s.assess("C-1", s.charge(body::Purpose::COMPENSATION, 60'000, "deco:" + s.deco));
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection(R"("leak":true)"));
  const RecordIndex calculated = s.given("CSA", "DepositRefundCalculated", s.calculation());
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(calculated, "140000")),
              IsEmpty());
}

TEST(DecorationRefund, ThreePersonsCalculateApproveAndPay) {
  RefundSteps s;
  for (const Role role : {Role::csa, Role::cas, Role::pm}) {
    s.t.world().edit<StaffState>("S-PM").roles.add(role);
  }
  s.t.world().edit<StaffState>("S-CSA").roles.add(Role::cas);
  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  const RecordIndex own = s.given("PM", "DepositRefundCalculated", s.calculation());
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(own, "200000")),
              ElementsAre("H-SOD-1"));
  const RecordIndex approved = s.approve_calculation();
  EXPECT_THAT(s.refused("PM", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("H-SOD-1"));
  EXPECT_THAT(s.refused("CSA", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("H-SOD-1"));
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")), IsEmpty());
}

TEST(DecorationRefund, ThePayeeIsTheBeneficiaryOrHasHisAuthority) {
  RefundSteps s;
  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  s.t.world().edit<DepositState>(s.deposit).beneficiary = s.owner;
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(s.refused("CAS",
                        "DepositRefunded",
                        s.payout(approved, "200000", R"(,"payee_authority":)" + s.scan())),
              IsEmpty());
}

TEST(DecorationRefund, ACancelledCaseIsRefundedWithoutWaiting) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay();
  s.given("CSA", "DecorationCancelled", s.of_unit(R"("reason":)" + s.text(), {s.by_owner()}));
  EXPECT_EQ(s.stage(), DecorationStage::cancelled);
  EXPECT_THAT(s.refused("CSA",
                        "DepositRefundInspected",
                        s.of_deposit(no_harm, {s.by_owner(), s.by_contractor(), s.by_staff("PM")})),
              IsEmpty());
}

TEST(DecorationRefund, AReversedRefundOpensTheCaseAgainAndForgetsNothing) {
  RefundSteps s;
  s.penalise("V-1", 250'000);
  s.on("2025-06-16");
  s.given("CAS", "DepositRefunded", s.payout(s.approve_refund(), "0"));
  EXPECT_EQ(s.stage(), DecorationStage::closed);
  EXPECT_EQ(s.t.world().get<ChargeState>("PENALTY-V-1").amount, Fen{50'000});
  s.t.world().edit<DepositState>(s.deposit).refund.reset();
  EXPECT_EQ(s.stage(), DecorationStage::accepted);
  const RefundEntitlement due = refund_entitlement(s.t.world(), s.deposit);
  EXPECT_EQ(due.total_deductions, Fen{250'000});
  EXPECT_EQ(due.penalties_sum, Fen{200'000});
  EXPECT_EQ(due.other_sum, Fen{50'000});
}

TEST(DecorationRefund, WithoutAContractorOwnerAndPmSign) {
  RefundSteps s;
  s.t.world().edit<DecorationCase>(s.deco).contractor.clear();
  s.on("2025-06-16");
  EXPECT_THAT(
      s.refused(
          "CSA", "DepositRefundInspected", s.of_deposit(no_harm, {s.by_owner(), s.by_staff("PM")})),
      IsEmpty());
}

TEST(DecorationRefund, AnUnknownDepositAndAForeignCaseAreRefused) {
  RefundSteps s;
  s.deco = "2025-0099";
  s.on("2025-06-16");
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("SCHEMA"));
  s.deposit = "D-9";
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationRefund, BlockersNameTheRuleOfTheNextStepAndItsFirstDay) {
  RefundSteps s;
  const auto blockers = [&s](std::string_view today) {
    return refund_blockers(s.t.world(), s.deposit, *parse_date(today));
  };
  EXPECT_THAT(blockers("2025-06-14"),
              ElementsAre(Blocker{"H-DEC-13", parse_date("2025-06-15")},
                          Blocker{"H-DEC-14", parse_date("2025-06-15")}));
  s.on("2025-06-16")
      .given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  EXPECT_THAT(blocker_rules(blockers("2025-06-16")), ElementsAre("H-DEC-14", "H-DEC-16"));
  s.given("CSA", "DepositRefundRequested", s.request("OWNER", s.by_owner()));
  s.given("CSA", "DepositRefundInspected", s.inspection(R"("leak":true)"));
  EXPECT_THAT(blocker_rules(blockers("2025-06-16")), ElementsAre("H-DEC-17"));
  s.given("CSA", "DepositRefundCalculated", s.calculation());
  EXPECT_THAT(blocker_rules(blockers("2025-06-16")), ElementsAre("H-DEC-15", "H-DEC-18"));
}

TEST(DecorationRefund, StatesEncodeAndDecodeToTheSameBytes) {
  RefundSteps s;
  s.penalise("V-1", 30'000);
  s.on("2025-06-16").given("CSA", "DepositRefundRequested", s.request("OWNER", s.by_owner()));
  s.approve_refund();
  int seen = 0;
  for (const auto& [key, bytes] : s.t.world().encoded_states()) {
    if (key.first != StateKind::decoration && key.first != StateKind::deposit) {
      continue;
    }
    const auto box = catalogue().find_state(key.first)->decode(bytes);
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(encoded(*box), bytes);
    ++seen;
  }
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace juanzong::testing
