// SPDX-License-Identifier: Apache-2.0
// SC4: a unit is sold while it is being decorated.
#include "events/procedures/decoration/refund.h"
#include "events/procedures/transfers.h"

#include "tests/support/decoration_steps.h"
#include "tests/support/transfer_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;

class SoldWhileDecorated : public ::testing::Test {
 protected:
  SoldWhileDecorated() {
    d.apply().approve();
    d.on("2025-01-08").contract();
    std::string by_the_owner = replaced(d.payment(), "\"C-07\"", "\"" + house_owner + "\"");
    d.given("CAS", "DecorationDepositPaid", replaced(by_the_owner, "\"CONTRACTOR\"", "\"OWNER\""));
    d.settle("WR-1", body::Purpose::WASTE_REMOVAL, 30'000);
    d.settle("PF-1", body::Purpose::PASS_FEE, 8'000);
    d.enter();
    d.on("2025-04-16", "14:00:00");
  }
  // Everything up to the roster, on 2025-04-16.
  void transfer() {
    d.given("CSA", "OwnershipTransferSubmitted", submitted_json());
    d.given("CSA", "OwnershipTransferVerified", verified_json());
    d.given("CAS", "MeterReadingTaken", transfer_meters_json());
    d.given("CAS", "FormerOwnerSettled", former_settled_json());
    assess(d.t,
           {.id = "F-2",
            .party = house_buyer,
            .due = "2025-04-16",
            .fen = 162'120,
            .from = "2025-04-16",
            .to = "2025-10-16"});
    d.given("CAS", "NewOwnerPrepaid", prepaid_json());
    d.given("CSA", "NewOwnerFileCreated", buyer_file_json());
    d.given("CSA", "SafetyResponsibilitySigned", buyer_paper_json());
    d.given("ARC", "FormerOwnerFileAnnotated", annotated_json());
    d.given("ARC", "OwnershipTransferred", transferred_json());
  }
  [[nodiscard]] std::string reassigned(std::initializer_list<std::string> blocks) const {
    return json({text("deposit_id", d.deposit),
                 unit_field(),
                 text("case_ref", "deco:" + d.deco),
                 text("from", house_owner),
                 text("to", house_buyer),
                 "\"evidence\":" + attachment(house_buyer),
                 signatures(blocks)});
  }
  DecorationSteps d;
};

TEST_F(SoldWhileDecorated, TheUnitStaysUnderWorkAndTheDepositItsPayers) {
  transfer();
  EXPECT_EQ(d.t.world().get<UnitState>(house_unit).owner, house_buyer);
  EXPECT_TRUE(d.t.world().get<UnitState>(house_unit).decorating);
  EXPECT_EQ(d.stage(), DecorationStage::under_work);
  EXPECT_EQ(d.t.world().get<DepositState>(d.deposit).beneficiary, house_owner);
}

TEST_F(SoldWhileDecorated, TheDepositFollowsTheNewOwnerWhenBothSign) {
  transfer();
  EXPECT_THAT(
      d.refused(
          "CSA", "DepositBeneficiaryReassigned", reassigned({signature("OWNER", house_buyer)})),
      ElementsAre("H-FEE-11"));
  d.given("CSA",
          "DepositBeneficiaryReassigned",
          reassigned({signature("OWNER", house_owner), signature("OWNER", house_buyer)}));
  EXPECT_EQ(d.t.world().get<DepositState>(d.deposit).beneficiary, house_buyer);
}

TEST_F(SoldWhileDecorated, FromThenOnTheNewOwnerSigns) {
  EXPECT_THAT(d.refused("CSA", "DecorationUndertakingSigned", d.undertaking(true)),
              ElementsAre("STATE_REFUSED"));
  transfer();
  const std::string old_owner_accepts = d.passed("2025-05-08");
  d.owner = house_buyer;
  d.given("CSA", "DecorationUndertakingSigned", d.undertaking(true));
  d.given("CSA", "DecorationApprovalAcknowledged", d.of_case("", {d.by_owner()}));
  EXPECT_EQ(d.stage(), DecorationStage::under_work);
  d.on("2025-05-07");
  d.given(
      "CSA", "CompletionAcceptanceRequested", d.of_case(R"("form":)" + d.scan(), {d.by_owner()}));
  d.on("2025-05-08");
  EXPECT_THAT(d.refused("CSA", "CompletionAcceptancePassed", old_owner_accepts),
              ElementsAre("H-DEC-20"));
  d.given("CSA", "CompletionAcceptancePassed", d.passed("2025-05-08"));
  EXPECT_EQ(earliest_refund(d.t.world(), d.state()), parse_date("2025-08-09"));
}

}  // namespace
}  // namespace juanzong::testing
