// SPDX-License-Identifier: Apache-2.0
// Two decoration cases from end to end, every refusal by its rule and every amount to the fen.
#include "tests/support/refund_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string call(const DecorationSteps& s, std::string_view party, std::string_view time) {
  return s.of_case(R"("violation_id":"V-1","reached":true,"party":")" + std::string(party) +
                   R"(","at":"2025-02-11T)" + std::string(time) + R"(+08:00")");
}

// Application to entry, with the engineering signature a day later than the customer side's.
void apply_and_enter(RefundSteps& s) {
  s.given("CSA", "DecorationApplied", s.application());
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  s.given("CSA",
          "DecorationDocumentsCollected",
          s.of_case(s.drawings() + s.papers("principal_id business_licence",
                                            DecorationSteps::check("PRINCIPAL_ID") + "," +
                                                DecorationSteps::check("BUSINESS_LICENCE"))));
  s.on("2025-01-06", "09:40:00");
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")),
              ElementsAre("H-DEC-2"));
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.all_papers().substr(1)));
  s.given("CSA", "DecorationSubmittedForReview", s.of_case(""));
  s.on("2025-01-07", "15:00:00")
      .given("CSM", "DecorationReviewSigned", s.review("CUSTOMER", "CSM"));
  const std::string told = s.of_case(
      R"("result":"APPROVED","channel":"PHONE","notified_at":"2025-01-07T16:05:00+08:00")");
  EXPECT_THAT(s.refused("CSA", "DecorationApprovalNotified", told), ElementsAre("STATE_REFUSED"));
  s.on("2025-01-07", "15:30:00");
  s.given("ENGM", "DecorationReviewSigned", s.review("ENGINEERING", "ENGM"));
  s.on("2025-01-07", "16:05:00").given("CSA", "DecorationApprovalNotified", told);
  s.on("2025-01-08").contract().pay().enter();
  s.given("CSA", "DecorationEntryNotified", s.of_case(R"("departments":["CS","ENG","SEC"])"));
}

void violate(RefundSteps& s) {
  s.on("2025-02-11", "10:12:00")
      .given("SEC",
             "DecorationViolationRecorded",
             s.of_case(R"("violation_id":"V-1","severity":"SERIOUS","rule_ref":"7.3","copies":3,
                          "proposed_penalty_fen":30000,"rectify_by":"2025-02-20","facts":)" +
                       s.text("guard rail outside")));
  EXPECT_THAT(s.refused("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", "10:15:00")),
              ElementsAre("H-DEC-11"));
  s.given("SEC", "DecorationViolationNotified", call(s, "OWNER", "10:20:00"));
  s.given("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", "10:31:00"));
  s.on("2025-02-12")
      .given("CSA",
             "DecorationViolationReceiptSigned",
             s.of_case(R"("violation_id":"V-1")", {s.by_owner(), s.by_contractor()}));
  const RefundEntitlement pending = refund_entitlement(s.t.world(), s.deposit);
  EXPECT_EQ(pending.pending_sum, Fen{30'000});
  EXPECT_EQ(pending.penalties_sum, zero_fen);
  s.on("2025-02-13").confirm("V-1", 30'000);
}

void accept_and_ask_early(RefundSteps& s) {
  s.on("2025-03-13")
      .given("CSA",
             "CompletionAcceptanceRequested",
             s.of_case(R"("form":)" + s.scan(), {s.by_owner()}));
  s.on("2025-03-14");
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptancePassed", s.passed("2025-03-10")),
              ElementsAre("H-DEC-13"));
  s.given("CSA", "CompletionAcceptancePassed", s.passed("2025-03-14"));
  EXPECT_EQ(earliest_refund(s.t.world(), s.state()), parse_date("2025-06-15"));
  s.on("2025-05-31").assess_water(8'640);
  s.on("2025-06-12");
  const RecordIndex asked =
      s.given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  EXPECT_EQ(s.t.assigned().not_before, parse_date("2025-06-15"));
  s.on("2025-06-13").given("CSA", "DepositRefundOwnerConsented", s.consent(asked));
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("H-DEC-13"));
  s.on("2025-06-14");
  EXPECT_THAT(s.refused("CSA", "DepositRefundInspected", s.inspection()), ElementsAre("H-DEC-13"));
}

TEST(DecorationScenario, ADecorationFromApplicationToRefund) {
  RefundSteps s{RefundSteps::from_the_start};
  apply_and_enter(s);
  violate(s);
  accept_and_ask_early(s);

  s.on("2025-06-16").given("CSA", "DepositRefundInspected", s.inspection());
  const std::string without_penalty = s.of_deposit(
      R"("deposit_fen":200000,"net_fen":191360,"history_upto_seq":1,
         "utilities":[{"charge_id":"W-1","kind":"WATER","amount_fen":8640,"applied_fen":8640}])",
      {s.by_staff("CSA")});
  EXPECT_THAT(s.refused("CSA", "DepositRefundCalculated", without_penalty),
              ElementsAre("H-DEC-17"));
  EXPECT_EQ(refund_entitlement(s.t.world(), s.deposit).entitlement, Fen{161'360});
  const RecordIndex calculated = s.given("CSA", "DepositRefundCalculated", s.calculation("161360"));
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(calculated, "161360")),
              ElementsAre("H-DEC-18"));
  const RecordIndex approved =
      s.given("PM", "DepositRefundApproved", s.approval(calculated, "161360"));
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "200000")),
              ElementsAre("H-DEC-18"));
  EXPECT_THAT(s.refused("CSA", "DepositRefunded", s.payout(approved, "161360")),
              ElementsAre("ROLE"));
  const std::int64_t cash = s.money("cash:CASH");
  s.given("CAS", "DepositRefunded", s.payout(approved, "161360"));
  EXPECT_THAT(s.refused("CAS", "DepositRefunded", s.payout(approved, "161360")),
              ElementsAre("H-DEC-19"));

  EXPECT_EQ(s.money("deposit:D-2025-0031"), 0);
  EXPECT_EQ(s.money("cash:CASH") - cash, -161'360);
  EXPECT_EQ(s.money("income:PENALTY_DEDUCTED"), -30'000);
  EXPECT_EQ(s.money("receivable:3-1-1202:C-07:WATER"), 0);
  std::int64_t sum = 0;
  for (const Posting& posting : s.t.world().postings()) {
    sum += posting.view == PostingView::money ? posting.delta : 0;
  }
  EXPECT_EQ(sum, 0);
  const RefundEntitlement after = refund_entitlement(s.t.world(), s.deposit);
  EXPECT_EQ(after.applied, Fen{38'640});
  EXPECT_EQ(after.entitlement, zero_fen);
  EXPECT_EQ(s.deposit_stage(), DepositStage::refunded);
  EXPECT_EQ(s.stage(), DecorationStage::closed);
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, IsEmpty());
  EXPECT_THAT(refund_blockers(s.t.world(), s.deposit, *parse_date("2025-06-16")), IsEmpty());
}

TEST(DecorationScenario, AReversedRefundMirrorsEveryPostingAndOpensTheCaseAgain) {
  RefundSteps s;
  s.penalise("V-1", 30'000);
  s.assess_water();
  const RecordIndex approved = s.on("2025-06-16").approve_refund();
  const RecordIndex refund = s.given("CAS", "DepositRefunded", s.payout(approved, "161360"));
  const std::string reversal =
      R"({"kind":"DEPOSIT_REFUND","unit":"3-1-1202","case_ref":"deco:2025-0031",
          "target_deposit":"D-2025-0031","amount_fen":161360,"reason":)" +
      s.text() + R"(,"proof":)" + s.scan() + R"(,"target_event":{"index":)" +
      std::to_string(number(refund)) + "}," + signatures({s.by_staff("PM")}) + "}";
  s.given("CAS", "PaymentReversed", reversal);
  EXPECT_EQ(s.money("deposit:D-2025-0031"), -200'000);
  EXPECT_EQ(s.money("cash:CASH"), 200'000);
  EXPECT_EQ(s.money("income:PENALTY_DEDUCTED"), 0);
  EXPECT_EQ(s.money("receivable:3-1-1202:C-07:WATER"), 8'640);
  EXPECT_EQ(s.stage(), DecorationStage::accepted);
  EXPECT_EQ(s.deposit_stage(), DepositStage::approved);
  s.given("CAS", "DepositRefunded", s.payout(approved, "161360"));
  EXPECT_EQ(s.money("deposit:D-2025-0031"), 0);
}

TEST(DecorationScenario, TheContractorAsksWithoutTheOwnersConsent) {
  RefundSteps s{RefundSteps::from_the_start};
  s.add_unit("2-1-0601");
  s.deco = "2025-0042";
  s.deposit = "D-2025-0042";
  s.unit = "2-1-0601";
  s.contractor = "C-11";
  s.on("2025-01-06").apply().approve().contract();
  s.given("CAS", "DecorationDepositPaid", s.payment("150000", {s.by_staff("PM")}));
  s.settle("WR-1", body::Purpose::WASTE_REMOVAL, 30'000);
  s.settle("PF-1", body::Purpose::PASS_FEE, 8'000);
  s.enter().accept("2025-02-10");
  EXPECT_EQ(earliest_refund(s.t.world(), s.state()), parse_date("2025-05-11"));

  s.on("2025-07-15");
  const RecordIndex asked =
      s.given("CSA", "DepositRefundRequested", s.request("CONTRACTOR", s.by_contractor()));
  std::vector<std::string> blockers;
  for (const Blocker& blocker :
       refund_blockers(s.t.world(), s.deposit, *parse_date("2025-07-15"))) {
    blockers.push_back(blocker.rule);
  }
  EXPECT_THAT(blockers, ElementsAre("H-DEC-14", "H-DEC-16"));
  EXPECT_THAT(s.refused("CSA",
                        "DepositRefundInspected",
                        s.of_deposit(no_harm, {s.by_contractor(), s.by_staff("PM")})),
              ElementsAre("H-DEC-16", "H-DEC-14"));
  EXPECT_EQ(
      s.refused("CSA",
                "DepositRefundOwnerConsented",
                s.of_deposit(R"("request_event":{"index":)" + std::to_string(number(asked)) + "}",
                             {signature("OWNER_AGENT", person_id(9))}))
          .front(),
      "SCHEMA");

  s.on("2025-07-18", "15:00:00").given("CSA", "DepositRefundOwnerObjected", s.objection());
  EXPECT_TRUE(owner_objects(s.t.world().get<DepositState>(s.deposit)));
  s.on("2025-08-20").given("CSA", "DepositRefundOwnerConsented", s.consent(asked));
  s.given("CSA", "DepositRefundInspected", s.inspection(R"("leak":true,"neighbour_harm":true)"));
  const RecordIndex first = s.given("CSA", "DepositRefundCalculated", s.calculation());
  EXPECT_THAT(s.refused("PM", "DepositRefundApproved", s.approval(first, "150000")),
              ElementsAre("H-DEC-15"));

  s.on("2025-08-25").given("CSA", "DepositRefundInspected", s.inspection());
  const RecordIndex second = s.given("CSA", "DepositRefundCalculated", s.calculation());
  const RecordIndex approved = s.given("PM", "DepositRefundApproved", s.approval(second, "150000"));
  s.given("CAS", "DepositRefunded", s.payout(approved, "150000"));
  EXPECT_EQ(s.money("deposit:D-2025-0042"), 0);
  EXPECT_EQ(s.stage(), DecorationStage::closed);
}

}  // namespace
}  // namespace juanzong::testing
