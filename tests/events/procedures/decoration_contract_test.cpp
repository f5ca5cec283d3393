// SPDX-License-Identifier: Apache-2.0
// Acknowledgement, agreement, deposit, permit and entry: H-DEC-5 to H-DEC-9.
#include "events/procedures/charges.h"

#include "tests/support/decoration_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string agreement(const DecorationSteps& s, const std::string& block) {
  return s.of_case(R"("agreement_version":"2024")", {block});
}

TEST(DecorationContract, TheOwnerAcknowledgesBeforeTheAgreement) {
  DecorationSteps s;
  s.apply().approve();
  EXPECT_THAT(s.refused("CSA", "DecorationAgreementSigned", agreement(s, s.by_owner())),
              ElementsAre("H-DEC-5"));
  EXPECT_THAT(
      s.refused("CSA", "DecorationApprovalAcknowledged", s.of_case("", {s.by_contractor()})),
      ElementsAre("H-DEC-5"));
  s.given("CSA", "DecorationApprovalAcknowledged", s.of_case("", {s.by_owner()}));
  EXPECT_THAT(s.refused("CSA", "DecorationAgreementSigned", agreement(s, s.by_owner())), IsEmpty());
}

TEST(DecorationContract, TheContractorSignsOnlyIfTheUndertakingDelegatesIt) {
  for (const bool delegated : {false, true}) {
    DecorationSteps s;
    s.given("CSA", "DecorationApplied", s.application());
    s.given("CSA", "DecorationUndertakingSigned", s.undertaking(delegated));
    s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings() + s.all_papers()));
    s.approve().given("CSA", "DecorationApprovalAcknowledged", s.of_case("", {s.by_owner()}));
    const auto refused =
        s.refused("CSA", "DecorationAgreementSigned", agreement(s, s.by_contractor()));
    EXPECT_EQ(refused,
              delegated ? std::vector<std::string>{} : std::vector<std::string>{"H-DEC-6"});
    EXPECT_THAT(
        s.refused(
            "CSA", "DecorationAgreementSigned", agreement(s, signature("CONTRACTOR", "C-11"))),
        ElementsAre("H-DEC-6"));
  }
}

TEST(DecorationContract, ADepositOnlyWhereItIsPermitted) {
  DecorationSteps s;
  s.adopt("deposit.deco.permitted", "false");
  s.apply().approve().contract();
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment()),
              ElementsAre("H-DEC-7", "H-DEC-8"));  // the tariff's version is 2 as well
  s.settle("WR-1", body::Purpose::WASTE_REMOVAL, 30'000);
  s.settle("PF-1", body::Purpose::PASS_FEE, 8'000);
  EXPECT_EQ(s.stage(), DecorationStage::paid);
}

TEST(DecorationContract, ACaseIsJudgedByThePolicyOfItsApplication) {
  DecorationSteps s;
  s.apply().approve().contract();
  s.adopt("tariff.deco.deposit_fen", "300000", "2025-01-07");
  s.on("2025-01-08");
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment()), IsEmpty());
}

TEST(DecorationContract, TheDepositIsTheTariffsUnlessThePmSigns) {
  DecorationSteps s;
  s.apply().approve().contract();
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment("150000")),
              ElementsAre("H-DEC-8"));
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment("150000", {s.by_staff("PM")})),
              IsEmpty());
  EXPECT_THAT(s.refused("CSA", "DecorationDepositPaid", s.payment()), ElementsAre("ROLE"));
  s.given("CAS", "DecorationDepositPaid", s.payment());
  EXPECT_EQ(s.t.assigned().receipt_no, "A-000001");
  EXPECT_EQ(s.t.world().get<DepositState>(s.deposit).receipt_no, "A-000001");
  EXPECT_EQ(s.t.world().posted(PostingView::money, "deposit:D-2025-0031"), -200'000);
  EXPECT_EQ(s.t.world().posted(PostingView::money, "cash:CASH"), 200'000);
  s.deposit = "D-2";
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment()), ElementsAre("H-DEC-8"));
}

TEST(DecorationContract, ADepositIsPaidByOwnerOrContractorUnderAnIdOfItsOwn) {
  DecorationSteps s;
  s.apply().approve().contract();
  std::string other = s.payment();
  other.replace(other.find(R"("payer":"C-07")"), 14, R"("payer":"C-11")");
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", other), ElementsAre("SCHEMA"));
  s.t.world().edit<DepositState>(s.deposit).payer = "C-07";
  EXPECT_THAT(s.refused("CAS", "DecorationDepositPaid", s.payment()), ElementsAre("SCHEMA"));
}

TEST(DecorationContract, ThePermitNeedsAgreementAndEveryFee) {
  DecorationSteps s;
  s.apply().approve();
  EXPECT_THAT(s.refused("CSA", "DecorationPermitIssued", s.permit()), ElementsAre("H-DEC-9"));
  s.on("2025-01-08").contract();
  const auto refusals = s.t.as("S-CSA").when("DecorationPermitIssued", s.permit());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-9"));
  EXPECT_THAT(refusals.front().facts,
              ElementsAre(Fact{"unsettled", "DEPOSIT"},
                          Fact{"unsettled", "WASTE_REMOVAL"},
                          Fact{"unsettled", "PASS_FEE"}));
  s.given("CAS", "DecorationDepositPaid", s.payment());
  s.settle("PF-1", body::Purpose::PASS_FEE, 8'000);
  s.assess("WR-1", s.charge(body::Purpose::WASTE_REMOVAL, 30'000, "deco:" + s.deco));
  EXPECT_THAT(s.refused("CSA", "DecorationPermitIssued", s.permit()), ElementsAre("H-DEC-9"));
  settle_charge(s.t.world(), "WR-1", Fen{30'000}, zero_fen);
  EXPECT_EQ(s.stage(), DecorationStage::paid);
  EXPECT_THAT(s.refused("CSA", "DecorationPermitIssued", s.permit()), IsEmpty());
}

TEST(DecorationContract, AReversedDepositTakesThePaidStageBack) {
  DecorationSteps s;
  s.apply().approve().contract().pay();
  EXPECT_EQ(s.stage(), DecorationStage::paid);
  s.t.world().edit<DepositState>(s.deposit).payment_reversed = true;
  EXPECT_EQ(s.stage(), DecorationStage::contracted);
}

TEST(DecorationContract, EntryNeedsThePermitAndBothSides) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay();
  EXPECT_THAT(s.refused("CSA", "DecorationEntryInspected", s.entry()), ElementsAre("H-DEC-9"));
  s.given("CSA", "DecorationPermitIssued", s.permit());
  const std::string list = R"("checklist":[{"facility":"drain","condition":"clear"}])";
  EXPECT_THAT(s.refused("CSA", "DecorationEntryInspected", s.of_unit(list, {s.by_staff("CSA")})),
              ElementsAre("H-DEC-9"));
  EXPECT_THAT(s.refused("CSA", "DecorationEntryInspected", s.of_unit(list, {s.by_owner()})),
              ElementsAre("H-DEC-9"));
  s.given("ENG", "DecorationEntryInspected", s.of_unit(list, {s.by_staff("ENG"), s.by_owner()}));
  EXPECT_TRUE(s.t.world().get<UnitState>(s.unit).decorating);
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, ElementsAre(s.deco));
  EXPECT_EQ(s.t.world().posted(PostingView::occupancy, "3-1:DECORATING"), 1);
  EXPECT_EQ(s.t.world().posted(PostingView::occupancy, "3-1:VACANT"), -1);
}

TEST(DecorationContract, AWrongUnitIsRefused) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay();
  s.given("CSA", "DecorationPermitIssued", s.permit());
  s.unit = "3-1-1201";
  EXPECT_THAT(s.refused("CSA", "DecorationEntryInspected", s.entry()), ElementsAre("SCHEMA"));
}

TEST(DecorationContract, PassesAreIssuedFromPaidOnAndReturnedOnce) {
  DecorationSteps s;
  const std::string pass = R"("pass_no":"W-1","kind":"REGULAR","worker":")" + person_id(5) +
                           R"(","valid_to":"2025-04-01","id_copy":)" + attachment(person_id(5));
  s.apply().approve().contract();
  EXPECT_THAT(s.refused("SEC", "WorkerPassIssued", s.of_case(pass)), ElementsAre("STATE_REFUSED"));
  s.pay().given("SEC", "WorkerPassIssued", s.of_case(pass));
  EXPECT_THAT(s.refused("SEC", "WorkerPassIssued", s.of_case(pass)), ElementsAre("SCHEMA"));
  s.given("SEC", "WorkerPassReturned", s.of_case(R"("pass_no":"W-1")"));
  EXPECT_THAT(s.refused("SEC", "WorkerPassReturned", s.of_case(R"("pass_no":"W-1")")),
              ElementsAre("SCHEMA"));
}

TEST(DecorationContract, ProhibitionsAreSignedForByOneSide) {
  DecorationSteps s;
  s.apply();
  const std::string topics = R"("topics":["FIRE","GUARD_RAILS"],"oral":true)";
  EXPECT_THAT(
      s.refused("CSA", "DecorationProhibitionsExplained", s.of_case(topics, {s.by_staff("CSA")})),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      s.refused("CSA", "DecorationProhibitionsExplained", s.of_case(topics, {s.by_contractor()})),
      IsEmpty());
}

TEST(DecorationContract, ANewOwnerUndertakesAndAcknowledgesAgain) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay().enter();
  EXPECT_THAT(s.refused("CSA", "DecorationUndertakingSigned", s.undertaking(true)),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(s.refused("CSA", "DecorationApprovalAcknowledged", s.of_case("", {s.by_owner()})),
              ElementsAre("STATE_REFUSED"));
  s.owner = person_id(1002);
  s.t.world().edit<UnitState>(s.unit).owner = s.owner;
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  s.given("CSA", "DecorationApprovalAcknowledged", s.of_case("", {s.by_owner()}));
  EXPECT_EQ(s.stage(), DecorationStage::under_work);
}

TEST(DecorationContract, CancellingEndsACaseBeforeWorks) {
  DecorationSteps s;
  s.apply().approve();
  const auto cancelled = [&s](const std::string& block) {
    return s.of_unit(R"("reason":)" + s.text(), {block});
  };
  EXPECT_THAT(s.refused("CSA", "DecorationCancelled", cancelled(s.by_contractor())),
              ElementsAre("SCHEMA"));
  s.given("CSA", "DecorationCancelled", cancelled(s.by_owner()));
  EXPECT_EQ(s.stage(), DecorationStage::closed);
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, IsEmpty());
  DecorationSteps working;
  working.apply().approve().contract().pay().enter();
  EXPECT_THAT(working.refused("CSA", "DecorationCancelled", cancelled(working.by_owner())),
              ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
