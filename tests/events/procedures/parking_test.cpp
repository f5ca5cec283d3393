// SPDX-License-Identifier: Apache-2.0
// Monthly parking: who may rent, the rent, the register.
#include "events/procedures/parking/parking.h"

#include "events/procedures/charges.h"
#include "events/procedures/corrections/corrections.h"

#include "tests/events/procedures/parking_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ParkingTest : public ParkingFixture {};

TEST_F(ParkingTest, NumbersStandInTheOrderOfTheTable) {
  constexpr std::array<std::string_view, 15> names{"ParkingEligibilityVerified",
                                                   "ParkingDocumentsCollected",
                                                   "VehiclePassIssued",
                                                   "ParkingRentPaid",
                                                   "ParkingCardDepositPaid",
                                                   "ParkingCardIssued",
                                                   "MonthlyParkingRegistered",
                                                   "ParkingRegisterShared",
                                                   "ParkingRentExpired",
                                                   "ParkingCardReturned",
                                                   "ParkingCardDepositRefunded",
                                                   "ParkingCardLost",
                                                   "TemporaryParkingEntered",
                                                   "TemporaryParkingExited",
                                                   "TemporaryParkingFeePaid"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto* entry = catalogue().find(names[i]);
    ASSERT_NE(entry, nullptr) << names[i];
    EXPECT_EQ(number(entry->descriptor.type), 17 * 256 + i + 1) << names[i];
  }
}

TEST_F(ParkingTest, RunsFromEligibilityToTheRefundOfTheCard) {
  EXPECT_EQ(stage(), ParkingStage::none);
  t.as("S-CSA").given("ParkingEligibilityVerified", eligible_json());
  EXPECT_EQ(stage(), ParkingStage::eligible);
  t.given("ParkingDocumentsCollected", parking_documents_json());
  EXPECT_EQ(stage(), ParkingStage::documented);
  t.given("VehiclePassIssued", pass_json());
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  EXPECT_EQ(stage(), ParkingStage::rent_paid);
  t.given("ParkingCardDepositPaid", card_deposit_json());
  EXPECT_EQ(stage(), ParkingStage::rent_paid);
  t.given("ParkingCardIssued", of_card_json());
  EXPECT_EQ(stage(), ParkingStage::active);
  t.as("S-CSA").given("MonthlyParkingRegistered", parking_row_json());
  on("2025-12-31");
  EXPECT_EQ(stage(), ParkingStage::active) << "the last paid day";
  on("2026-01-01");
  EXPECT_EQ(stage(), ParkingStage::expired);
  t.as("S-CLK").given("ParkingCardReturned", of_card_json());
  EXPECT_EQ(stage(), ParkingStage::returned);
  t.given("ParkingCardDepositRefunded", card_refund_json());
  EXPECT_EQ(stage(), ParkingStage::closed);
  expect_states_round_trip(t);
}

TEST_F(ParkingTest, RentsToTheOwnerOfTheUnit) {
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CSA", "ParkingEligibilityVerified", replaced(eligible_json(), from, to));
  };
  EXPECT_THAT(with(text("customer", house_owner), text("customer", person_id(7))),
              ElementsAre("H-PRK-1"));
  EXPECT_THAT(with(unit_field(), unit_field("9-9-0909")), ElementsAre("SCHEMA", "H-PRK-1"));
  EXPECT_THAT(with(unit_field() + ",", ""), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"OWNER\"", "\"UNSPECIFIED\""), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CAS", "ParkingEligibilityVerified", eligible_json()), ElementsAre("ROLE"));
  t.as("S-CSA").given("ParkingEligibilityVerified", eligible_json());
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", eligible_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(ParkingTest, RentsToTheTenantOfTheTenancyNamed) {
  const std::string tenant = replaced(replaced(eligible_json("TENANT"), house_owner, house_tenant),
                                      text("status", "TENANT"),
                                      text("status", "TENANT") + "," + text("tenancy_id", "T-1"));
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), ElementsAre("H-PRK-1"));
  t.as("S-CSA").given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), ElementsAre("H-PRK-1"));
  t.given("TenantRegistered", tenant_json());
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), ElementsAre("H-PRK-1"))
      << "his paper is missing";
  t.given("SafetyResponsibilitySigned", tenant_paper_json());
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), IsEmpty()) << "before he moves in";
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", replaced(tenant, "T-1", "T-2")),
              ElementsAre("H-PRK-1"));
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", replaced(tenant, house_tenant, person_id(7))),
              ElementsAre("H-PRK-1"));
}

TEST_F(ParkingTest, ATenancyOfAnotherUnitOrOneThatEndedRentsNothing) {
  const std::string tenant = replaced(replaced(eligible_json("TENANT"), house_owner, house_tenant),
                                      text("status", "TENANT"),
                                      text("status", "TENANT") + "," + text("tenancy_id", "T-1"));
  rent_out(t, "2025-12-01");
  register_unit(t, "3-1-1203");
  EXPECT_THAT(as("CSA",
                 "ParkingEligibilityVerified",
                 replaced(tenant, unit_field(), unit_field("3-1-1203"))),
              ElementsAre("H-PRK-1"));
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), IsEmpty());
  clear_tenancy(t, "2025-12-01T09:00:00+08:00");
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), IsEmpty()) << "he lives there yet";
  t.as("S-CSA").given("TenancyEnded", ended_json("2025-12-01"));
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", tenant), ElementsAre("H-PRK-1"));
}

TEST_F(ParkingTest, RentsToOthersAtTheStandardRateOnly) {
  const std::string other = eligible_json("OUTSIDER_STANDARD_RATE");
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", other), ElementsAre("SCHEMA"))
      << "an outsider has no unit";
  EXPECT_THAT(as("CSA", "ParkingEligibilityVerified", outside(other)), IsEmpty());
}

TEST_F(ParkingTest, TheVehicleLicenceIsChecked) {
  EXPECT_THAT(as("CSA",
                 "ParkingEligibilityVerified",
                 replaced(eligible_json(), "checked\":true", "checked\":false")),
              ElementsAre("H-PRK-2"));
}

TEST_F(ParkingTest, AnOwnersSpaceNeedsTheCopyOfTheContract) {
  t.as("S-CSA").given("ParkingEligibilityVerified",
                      replaced(eligible_json(),
                               text("status", "OWNER"),
                               text("status", "OWNER") + "," + text("space_owner", person_id(9))));
  EXPECT_THAT(as("CSA", "ParkingDocumentsCollected", parking_documents_json()),
              ElementsAre("H-PRK-5"));
  EXPECT_THAT(as("CSA",
                 "ParkingDocumentsCollected",
                 replaced(parking_documents_json(),
                          "\"mobile\":",
                          house_attachment("space_contract") + ",\"mobile\":")),
              IsEmpty());
}

TEST_F(ParkingTest, PapersComeAfterTheEligibilityAndOnce) {
  EXPECT_THAT(as("CSA", "ParkingDocumentsCollected", parking_documents_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("CSA", "VehiclePassIssued", pass_json()), ElementsAre("STATE_REFUSED"));
  begin();
  EXPECT_THAT(as("CSA", "ParkingDocumentsCollected", parking_documents_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("CSA", "VehiclePassIssued", pass_json("2025-11-30")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "VehiclePassIssued", pass_json("2025-12-01")), IsEmpty());
}

TEST_F(ParkingTest, TheRentIsTheTariffOfWholeMonthsUnlessThePmSigns) {
  begin();
  EXPECT_THAT(paying({.fen = 9'999}), ElementsAre("H-FEE-2"));
  EXPECT_THAT(paying({.to = "2026-01-31", .fen = 10'000}), ElementsAre("H-FEE-2"));
  EXPECT_THAT(paying({.to = "2026-01-31", .fen = 20'000}), IsEmpty());
  EXPECT_THAT(paying({.to = "2025-12-30"}), ElementsAre("SCHEMA")) << "not a whole month";
  EXPECT_THAT(paying({.to = "2025-11-30"}), ElementsAre("SCHEMA")) << "ends before it begins";
  EXPECT_THAT(paying({.from = "2025-12-31", .to = "2026-01-30"}), IsEmpty());
  const auto signed_by = [&](std::string_view role) {
    return replaced(rent_json({.fen = 8'000}),
                    text("book", "A"),
                    text("book", "A") + "," + signatures({staff_signature(role)}));
  };
  EXPECT_THAT(as("CAS", "ParkingRentPaid", signed_by("CSM")), ElementsAre("H-FEE-2"));
  EXPECT_THAT(as("CAS", "ParkingRentPaid", signed_by("PM")), IsEmpty());
  adopt(t, "parking.month_fen", "12000", "2025-12-01");
  EXPECT_THAT(paying({}), ElementsAre("H-FEE-2"));
  EXPECT_THAT(paying({.fen = 12'000}), IsEmpty());
}

TEST_F(ParkingTest, TheRentIsBookedAndReceiptedOnce) {
  EXPECT_THAT(paying({}), ElementsAre("STATE_REFUSED"));
  begin();
  EXPECT_THAT(as("CSA", "ParkingRentPaid", rent_json()), ElementsAre("ROLE"));
  const auto cash = posted("cash:CASH");
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  EXPECT_EQ(t.assigned().receipt_no, "A-000001");
  EXPECT_EQ(posted("cash:CASH") - cash, 10'000);
  EXPECT_EQ(posted("income:PARKING_RENT"), -10'000);
  EXPECT_EQ(posted("receivable:3-1-1202:" + house_owner + ":PARKING_RENT"), 0);
  EXPECT_THAT(open_charges(t.world(), "parking:PK-1"), IsEmpty());
  EXPECT_THAT(paying({}), ElementsAre("STATE_REFUSED", "SCHEMA", "SCHEMA"));
}

TEST_F(ParkingTest, ARenewalCoversDaysThatAreNotPaidYet) {
  activate();
  EXPECT_THAT(paying({.from = "2025-12-31", .to = "2026-01-30", .id = "R-2"}),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(paying({.from = "2026-01-01", .to = "2026-01-31", .id = "R-1"}),
              ElementsAre("SCHEMA", "SCHEMA"))
      << "charge and payment ids are taken";
  t.as("S-CAS").given("ParkingRentPaid",
                      rent_json({.from = "2026-01-01", .to = "2026-01-31", .id = "R-2"}));
  EXPECT_EQ(t.assigned().receipt_no, "A-000002");
  EXPECT_EQ(rent_paid_until(t.world(), rental()), parse_date("2026-01-31"));
  on("2026-02-10");
  EXPECT_EQ(stage(), ParkingStage::expired);
  t.as("S-CAS").given("ParkingRentPaid",
                      rent_json({.from = "2026-02-10", .to = "2026-03-09", .id = "R-3"}));
  EXPECT_EQ(stage(), ParkingStage::active);
}

TEST_F(ParkingTest, WhoIsNoOwnerAnyMorePaysNoFurtherMonthAsOne) {
  activate();
  t.world().edit<UnitState>(house_unit).owner = person_id(3001);
  EXPECT_EQ(stage(), ParkingStage::active) << "what is paid runs on";
  EXPECT_THAT(paying({.from = "2026-01-01", .to = "2026-01-31", .id = "R-2"}),
              ElementsAre("H-PRK-1"));
}

TEST_F(ParkingTest, AReversedRentNoLongerCountsAndIsPaidAgainOnTheSameCharge) {
  begin();
  const RecordIndex paid = t.as("S-CAS").given("ParkingRentPaid", rent_json());
  reverse("PAYMENT", "target_payment", "P-R-1", paid, 10'000);
  EXPECT_EQ(stage(), ParkingStage::documented);
  EXPECT_EQ(posted("receivable:3-1-1202:" + house_owner + ":PARKING_RENT"), 10'000);
  EXPECT_THAT(paying({.id = "R-2"}), ElementsAre("SCHEMA")) << "these days are charged already";
  const std::string again = replaced(rent_json(), "P-R-1", "P-R-2");
  EXPECT_THAT(as("CAS", "ParkingRentPaid", replaced(again, "2025-12-31", "2026-01-31")),
              ElementsAre("H-FEE-2", "SCHEMA"))
      << "another period than the charge's";
  t.as("S-CAS").given("ParkingRentPaid", again);
  EXPECT_EQ(stage(), ParkingStage::rent_paid);
  EXPECT_EQ(rental().periods.size(), 1U);
  EXPECT_EQ(posted("income:PARKING_RENT"), -10'000);
}

TEST_F(ParkingTest, ARentChargeThatWasWrongIsReversedAndTheDaysAreFreeAgain) {
  begin();
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  t.given("ChargeReversed",
          json({text("charge_id", "C-R-1"),
                unit_field(),
                text("case_ref", "parking:PK-1"),
                number_field("amount_fen", 10'000),
                house_sealed("reason")}));
  EXPECT_EQ(stage(), ParkingStage::documented);
  EXPECT_EQ(posted("advance:3-1-1202:" + house_owner), -10'000);
  EXPECT_THAT(paying({.id = "R-2"}), IsEmpty());
}

TEST_F(ParkingTest, EveryStepNamesTheUnitOfTheRental) {
  register_unit(t, "3-1-1203");
  begin();
  const auto elsewhere = [](std::string body) {
    return replaced(std::move(body), unit_field(), unit_field("3-1-1203"));
  };
  EXPECT_THAT(as("CSA", "VehiclePassIssued", elsewhere(pass_json())), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CAS", "ParkingRentPaid", elsewhere(rent_json())), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CAS", "ParkingRentPaid", outside(rent_json())), ElementsAre("SCHEMA"));
  t.as("S-CAS").given("ParkingRentPaid", rent_json());
  EXPECT_THAT(as("CAS", "ParkingCardDepositPaid", elsewhere(card_deposit_json())),
              ElementsAre("SCHEMA"));
  t.as("S-CAS").given("ParkingCardDepositPaid", card_deposit_json());
  EXPECT_THAT(as("CAS", "ParkingCardIssued", elsewhere(of_card_json())), ElementsAre("SCHEMA"));
}

TEST_F(ParkingTest, AnOutsidersMoneyBelongsToNoUnit) {
  t.as("S-CSA").given("ParkingEligibilityVerified",
                      outside(eligible_json("OUTSIDER_STANDARD_RATE")));
  t.given("ParkingDocumentsCollected", outside(parking_documents_json()));
  const RecordIndex paid = t.as("S-CAS").given("ParkingRentPaid", outside(rent_json()));
  t.given("ParkingCardDepositPaid", outside(card_deposit_json()));
  t.given("ParkingCardIssued", outside(of_card_json()));
  EXPECT_EQ(stage(), ParkingStage::active);
  EXPECT_EQ(posted("income:PARKING_RENT"), -10'000);
  reverse("PAYMENT", "target_payment", "P-R-1", paid, 10'000, /*with_unit=*/false);
  EXPECT_EQ(stage(), ParkingStage::expired);
  EXPECT_EQ(posted("receivable::" + house_owner + ":PARKING_RENT"), 10'000);
}

TEST_F(ParkingTest, TheServerRecordsAnExpiryOnceForEachLastDay) {
  activate();
  const std::string expired = of_rental({});
  EXPECT_THAT(as("SYS", "ParkingRentExpired", expired), ElementsAre("STATE_REFUSED"));
  on("2026-01-01");
  EXPECT_THAT(as("CSA", "ParkingRentExpired", expired), ElementsAre("ROLE"));
  t.as("S-SYS").given("ParkingRentExpired", expired);
  EXPECT_THAT(as("SYS", "ParkingRentExpired", expired), ElementsAre("STATE_REFUSED"));
  t.as("S-CAS").given("ParkingRentPaid",
                      rent_json({.from = "2026-01-01", .to = "2026-01-31", .id = "R-2"}));
  on("2026-02-01");
  EXPECT_THAT(as("SYS", "ParkingRentExpired", expired), IsEmpty());
}

TEST_F(ParkingTest, TheRegisterRepeatsWhatWasPaidAndGivenOut) {
  EXPECT_THAT(as("CSA", "MonthlyParkingRegistered", parking_row_json()),
              ElementsAre("STATE_REFUSED"));
  activate();
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CSA", "MonthlyParkingRegistered", replaced(parking_row_json(), from, to));
  };
  EXPECT_THAT(with("IC-1", "IC-2"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("2025-12-31", "2026-01-31"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with(text("date", "2025-12-01"), text("date", "2025-12-02")), ElementsAre("SCHEMA"));
  t.as("S-CSA").given("MonthlyParkingRegistered", parking_row_json());
  EXPECT_TRUE(rental().registered.has_value());
  reverse("PAYMENT", "target_payment", "P-R-1", rent_paid, 10'000);
  EXPECT_THAT(as("CSA", "MonthlyParkingRegistered", parking_row_json()), ElementsAre("SCHEMA"))
      << "the rent was taken back";
}

TEST_F(ParkingTest, TheListCountsFromMondayAndGoesToTheGarage) {
  on("2025-12-05");
  EXPECT_THAT(as("CSA", "ParkingRegisterShared", shared_json()), IsEmpty());
  EXPECT_THAT(as("CSA", "ParkingRegisterShared", shared_json("2025-12-02")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "ParkingRegisterShared", shared_json("2025-12-08")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "ParkingRegisterShared", replaced(shared_json(), "S-GFC", "S-SEC")),
              ElementsAre("SCHEMA"));
  EXPECT_TRUE(is_register_entry("ParkingRegisterShared"));
  adopt(t, "parking.share_day", "TUESDAY", "2025-12-05");
  EXPECT_THAT(as("CSA", "ParkingRegisterShared", shared_json("2025-12-02")), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
