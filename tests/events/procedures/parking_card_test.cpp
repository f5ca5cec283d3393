// SPDX-License-Identifier: Apache-2.0
// The card of a monthly rental and its deposit (SC12).
#include "events/procedures/decorations.h"

#include "tests/events/procedures/parking_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ParkingCardTest : public ParkingFixture {
 protected:
  std::vector<std::string> refunding(std::int64_t fen = 5'000) {
    return as("CAS", "ParkingCardDepositRefunded", card_refund_json(fen));
  }
  void return_card() { t.as("S-CLK").given("ParkingCardReturned", of_card_json()); }
};

TEST_F(ParkingCardTest, ACardIsGivenOutAgainstRentAndDeposit) {
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("STATE_REFUSED"));
  begin();
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("H-PRK-3", "H-PRK-3"))
      << "neither rent nor deposit";
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("H-PRK-3"));
  t.as("S-CLK").given("ParkingCardDepositPaid", card_deposit_json());
  EXPECT_THAT(as("CLK", "ParkingCardIssued", replaced(of_card_json(), "IC-1", "IC-2")),
              ElementsAre("H-PRK-3"))
      << "the deposit is for another card";
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json(house_tenant)), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CLK",
                 "ParkingCardIssued",
                 replaced(of_card_json(), text("capacity", "CUSTOMER"), text("capacity", "OWNER"))),
              ElementsAre("SCHEMA"));
  t.as("S-CLK").given("ParkingCardIssued", of_card_json());
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ParkingCardTest, ARentThatRanOutBeforeTheCardIsNoRent) {
  begin();
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  t.given("ParkingCardDepositPaid", card_deposit_json());
  on("2026-01-01");
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("H-PRK-3"));
}

TEST_F(ParkingCardTest, AnExpiredRentalWithACardGetsNoOther) {
  activate();
  on("2026-01-01");
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ParkingCardTest, TheDepositIsTheTariffsAndPaidOnce) {
  begin();
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", card_deposit_json()),
              ElementsAre("STATE_REFUSED"));
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", card_deposit_json(4'000)),
              ElementsAre("H-FEE-2"));
  EXPECT_THAT(as("CSA", "ParkingCardDepositPaid", card_deposit_json()), ElementsAre("ROLE"));
  const auto cash = posted("cash:CASH");
  t.as("S-CLK").given("ParkingCardDepositPaid", card_deposit_json());
  EXPECT_EQ(t.assigned().receipt_no, "B-000001");
  EXPECT_EQ(posted("deposit:CD-1"), -5'000);
  EXPECT_EQ(posted("cash:CASH") - cash, 5'000);
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", card_deposit_json()),
              ElementsAre("STATE_REFUSED", "SCHEMA", "SCHEMA"));
  EXPECT_EQ(deposit(), CardDepositStage::held);
}

TEST_F(ParkingCardTest, ACardIsInOneRentalAtATime) {
  activate();
  const auto second = [](std::string body) { return replaced(std::move(body), "PK-1", "PK-2"); };
  t.as("S-CSA").given("ParkingEligibilityVerified", second(eligible_json()));
  t.given("ParkingDocumentsCollected", second(parking_documents_json()));
  t.as("S-CAS").given("ParkingRentPaid", second(rent_json({.id = "R-2"})));
  const std::string deposit = replaced(second(card_deposit_json()), "CD-1", "CD-2");
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", deposit), ElementsAre("SCHEMA"));
  return_card();
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", deposit), ElementsAre("SCHEMA"))
      << "its deposit is held still";
  on("2026-01-01");
  t.as("S-CAS").given("ParkingCardDepositRefunded", card_refund_json());
  t.given("ParkingRentPaid",
          second(rent_json({.from = "2026-01-01", .to = "2026-01-31", .id = "R-3"})));
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", deposit), IsEmpty());
}

TEST_F(ParkingCardTest, TheCardComesBackAtAnyTimeAndTheDepositAfterTheRent) {
  activate();
  on("2025-12-20");
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4")) << "neither card nor expiry";
  return_card();
  EXPECT_EQ(deposit(), CardDepositStage::returned);
  const auto early = t.as("S-CAS").when("ParkingCardDepositRefunded", card_refund_json());
  ASSERT_THAT(RuleTester::rules_of(early), ElementsAre("H-PRK-4"));
  EXPECT_EQ(early.front().earliest, parse_date("2026-01-01"));
  on("2025-12-31");
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4"));
  on("2026-01-03");
  const auto cash = posted("cash:CASH");
  t.as("S-CAS").given("ParkingCardDepositRefunded", card_refund_json());
  EXPECT_EQ(posted("deposit:CD-1"), 0);
  EXPECT_EQ(posted("cash:CASH") - cash, -5'000);
  EXPECT_EQ(deposit(), CardDepositStage::refunded);
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4")) << "once";
}

TEST_F(ParkingCardTest, AnExpiredRentAloneRefundsNothing) {
  activate();
  on("2026-01-03");
  const auto refusals = t.as("S-CAS").when("ParkingCardDepositRefunded", card_refund_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-PRK-4"));
  EXPECT_THAT(refusals.front().facts, ElementsAre(fact("missing", "card")));
}

TEST_F(ParkingCardTest, ThePolicyOfTheRentalsBeginMayRefundBeforeTheExpiry) {
  adopt(t, "parking.refund_before_expiry", "true", "2025-12-01");
  activate();
  on("2025-12-20");
  return_card();
  EXPECT_THAT(refunding(), IsEmpty());
}

TEST_F(ParkingCardTest, TheRefundIsTheWholeDepositToItsBeneficiaryWhoSigns) {
  activate();
  on("2026-01-03");
  return_card();
  EXPECT_THAT(refunding(4'999), ElementsAre("H-PRK-4"));
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CAS", "ParkingCardDepositRefunded", replaced(card_refund_json(), from, to));
  };
  EXPECT_THAT(with(text("payee", house_owner), text("payee", house_tenant)), ElementsAre("SCHEMA"));
  EXPECT_THAT(with(text("signer", house_owner), text("signer", house_tenant)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(with("CD-1", "CD-9"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("IC-1", "IC-9"), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "ParkingCardDepositRefunded", card_refund_json()), ElementsAre("ROLE"));
}

TEST_F(ParkingCardTest, AReversedRefundIsHeldAgainAndRefundedAgain) {
  activate();
  on("2026-01-03");
  return_card();
  const RecordIndex refunded =
      t.as("S-CAS").given("ParkingCardDepositRefunded", card_refund_json());
  reverse("DEPOSIT_REFUND", "target_deposit", "CD-1", refunded, 5'000);
  EXPECT_EQ(posted("deposit:CD-1"), -5'000);
  EXPECT_EQ(deposit(), CardDepositStage::returned);
  t.as("S-CAS").given("ParkingCardDepositRefunded", card_refund_json());
  EXPECT_EQ(posted("deposit:CD-1"), 0);
}

TEST_F(ParkingCardTest, ADepositThatWasReversedGivesOutNoCard) {
  begin();
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  const RecordIndex paid = t.given("ParkingCardDepositPaid", card_deposit_json());
  reverse("DEPOSIT_PAYMENT", "target_deposit", "CD-1", paid, 5'000);
  EXPECT_THAT(as("CLK", "ParkingCardIssued", of_card_json()), ElementsAre("H-PRK-3"));
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", replaced(card_deposit_json(), "CD-1", "CD-2")),
              IsEmpty())
      << "the card is free again";
}

TEST_F(ParkingCardTest, AReversedDepositIsHeldNoLonger) {
  activate();
  reverse("DEPOSIT_PAYMENT", "target_deposit", "CD-1", deposit_paid, 5'000);
  const auto second = [](std::string body) { return replaced(std::move(body), "PK-1", "PK-2"); };
  t.as("S-CSA").given("ParkingEligibilityVerified", second(eligible_json()));
  t.given("ParkingDocumentsCollected", second(parking_documents_json()));
  t.as("S-CAS").given("ParkingRentPaid", second(rent_json({.id = "R-2"})));
  EXPECT_THAT(
      as("CLK", "ParkingCardDepositPaid", replaced(second(card_deposit_json()), "CD-1", "CD-2")),
      ElementsAre("SCHEMA"))
      << "the card is still in somebody's hands";
  EXPECT_EQ(deposit(), CardDepositStage::none);
  EXPECT_EQ(posted("deposit:CD-1"), 0);
  on("2026-01-03");
  return_card();
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4"));
}

TEST_F(ParkingCardTest, OnlyTheCardInHandIsReturnedOrLost) {
  EXPECT_THAT(as("CLK", "ParkingCardReturned", of_card_json()), ElementsAre("STATE_REFUSED"));
  activate();
  for (const std::string_view event : {"ParkingCardReturned", "ParkingCardLost"}) {
    EXPECT_THAT(as("CLK", event, replaced(of_card_json(), "IC-1", "IC-2")), ElementsAre("SCHEMA"));
    EXPECT_THAT(as("CLK", event, of_card_json(house_tenant)), ElementsAre("SCHEMA"));
    EXPECT_THAT(as("CSA", event, of_card_json()), ElementsAre("ROLE"));
  }
  return_card();
  EXPECT_THAT(as("CLK", "ParkingCardReturned", of_card_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("CLK", "ParkingCardLost", of_card_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ParkingCardTest, ALostCardIsReplacedAndItsDepositKept) {
  activate();
  t.as("S-CLK").given("ParkingCardLost", of_card_json());
  EXPECT_EQ(deposit(), CardDepositStage::lost);
  EXPECT_EQ(stage(), ParkingStage::rent_paid) << "paid, without a card";
  const auto second = [](std::string body) { return replaced(std::move(body), "IC-1", "IC-2"); };
  EXPECT_THAT(as("CLK", "ParkingCardDepositPaid", replaced(card_deposit_json(), "CD-1", "CD-2")),
              ElementsAre("SCHEMA"))
      << "a lost card is never used again";
  t.as("S-CLK").given("ParkingCardDepositPaid",
                      second(replaced(card_deposit_json(), "CD-1", "CD-2")));
  t.given("ParkingCardIssued", second(of_card_json()));
  EXPECT_EQ(stage(), ParkingStage::active);
  EXPECT_THAT(as("CLK", "ParkingCardReturned", of_card_json()), ElementsAre("SCHEMA"));
  on("2026-01-03");
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4"));
  t.as("S-CLK").given("ParkingCardReturned", second(of_card_json()));
  t.as("S-CAS").given("ParkingCardDepositRefunded",
                      second(replaced(card_refund_json(), "CD-1", "CD-2")));
  EXPECT_EQ(stage(), ParkingStage::closed);
  EXPECT_EQ(posted("deposit:CD-1"), -5'000);
}

TEST_F(ParkingCardTest, APolicyMayRefundALostCardAfterTheExpiry) {
  adopt(t, "parking.lost_card_refund", "true", "2025-12-01");
  activate();
  t.as("S-CLK").given("ParkingCardLost", of_card_json());
  EXPECT_THAT(refunding(), ElementsAre("H-PRK-4"));
  on("2026-01-01");
  EXPECT_THAT(refunding(), IsEmpty());
}

// A card's deposit is none of decoration's, even where the ids of the cases are alike.
TEST_F(ParkingCardTest, TheDepositIsNoDecorationDeposit) {
  activate();
  DecorationCase& deco = t.world().edit<DecorationCase>("PK-1");
  deco.unit = house_unit;
  deco.stage = DecorationStage::under_work;
  EXPECT_THAT(as("CSA",
                 "DepositRefundOwnerConsented",
                 json({text("deco_id", "PK-1"),
                       text("deposit_id", "CD-1"),
                       unit_field(),
                       signed_by_house_owner()})),
              ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
