// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/ownership_transfer/ownership_transfer.h"

#include "events/procedures/charges.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/transfers.h"
#include "events/procedures/units.h"

#include "tests/support/transfer_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OwnershipTransferTest : public HouseTest {
 protected:
  OwnershipTransferTest() {
    hand_over(t);
    t.at("2025-04-16T14:00:00+08:00").as("S-CSA");
  }
  TransferStage stage(std::string_view id = "TR-1") { return transfer_stage(t.world(), id); }
  UnitState unit() { return t.world().get<UnitState>(house_unit); }
  std::vector<std::string> as(std::string_view role,
                              std::string_view event,
                              const std::string& body) {
    return RuleTester::rules_of(t.as("S-" + std::string(role)).when(event, body));
  }
  void verify() {
    t.as("S-CSA").given("OwnershipTransferSubmitted", submitted_json());
    t.given("OwnershipTransferVerified", verified_json());
  }
  void assess_prepayment(std::string_view id = "F-2",
                         std::string_view to = "2025-10-16",
                         std::string_view party = house_buyer) {
    assess(t,
           {.id = id,
            .party = party,
            .due = "2025-04-16",
            .fen = 162'120,
            .from = "2025-04-16",
            .to = to});
  }
  RecordIndex prepay() {
    assess_prepayment();
    return t.as("S-CAS").given("NewOwnerPrepaid", prepaid_json());
  }
  void settle() {
    verify();
    t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
    t.given("FormerOwnerSettled", former_settled_json());
    prepaid_at = prepay();
  }
  void document() {
    settle();
    t.as("S-CSA").given("NewOwnerFileCreated", buyer_file_json());
    t.given("SafetyResponsibilitySigned", buyer_paper_json());
    t.as("S-ARC").given("FormerOwnerFileAnnotated", annotated_json());
  }
  void reverse_prepayment() {
    t.as("S-CAS").given(
        "PaymentReversed",
        json({text("kind", "PAYMENT"),
              "\"target_event\":{\"index\":" + std::to_string(number(prepaid_at)) + "}",
              text("target_payment", "P-2"),
              unit_field(),
              "\"amount_fen\":162120",
              house_sealed("reason"),
              signatures({staff_signature("PM")})}));
  }
  RecordIndex prepaid_at{};
};

TEST_F(OwnershipTransferTest, NumbersStandInTheOrderOfTheTable) {
  constexpr std::array<std::string_view, 7> names{"OwnershipTransferSubmitted",
                                                  "OwnershipTransferVerified",
                                                  "FormerOwnerSettled",
                                                  "NewOwnerPrepaid",
                                                  "NewOwnerFileCreated",
                                                  "FormerOwnerFileAnnotated",
                                                  "OwnershipTransferred"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto* entry = catalogue().find(names[i]);
    ASSERT_NE(entry, nullptr) << names[i];
    EXPECT_EQ(number(entry->descriptor.type), 21 * 256 + i + 1) << names[i];
  }
}

TEST_F(OwnershipTransferTest, MovesTheOwnerWhenEverythingIsDoneAndKeepsTheFacets) {
  move_owner_in(t, "2025-04-10");
  t.given("OwnershipTransferSubmitted", submitted_json());
  EXPECT_EQ(stage(), TransferStage::submitted);
  t.given("OwnershipTransferVerified", verified_json());
  EXPECT_EQ(stage(), TransferStage::verified);
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  t.given("FormerOwnerSettled", former_settled_json());
  EXPECT_EQ(stage(), TransferStage::verified) << "the new owner has not paid";
  prepay();
  EXPECT_EQ(stage(), TransferStage::settled);
  t.as("S-CSA").given("NewOwnerFileCreated", buyer_file_json());
  t.given("SafetyResponsibilitySigned", buyer_paper_json());
  EXPECT_EQ(stage(), TransferStage::settled);
  t.as("S-ARC").given("FormerOwnerFileAnnotated", annotated_json());
  EXPECT_EQ(stage(), TransferStage::documented);
  EXPECT_EQ(unit().owner, house_owner);
  const RecordIndex transferred = t.given("OwnershipTransferred", transferred_json());
  EXPECT_EQ(stage(), TransferStage::effective);
  EXPECT_EQ(unit().owner, house_buyer);
  ASSERT_EQ(unit().former_owners.size(), 1U);
  EXPECT_EQ(unit().former_owners.front().index, transferred);
  EXPECT_EQ(count("HOUSEHOLD"), 1);
  EXPECT_EQ(unit().occupant, UnitOccupant::owner);
  expect_states_round_trip(t);
}

TEST_F(OwnershipTransferTest, TheRosterChangesOnTheDayOfTheNewOwnersFile) {
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-TRF-1", "transfer:TR-1"));
  };
  settle();
  EXPECT_EQ(due().rounds, 0U);
  t.as("S-CSA").given("NewOwnerFileCreated", buyer_file_json());
  EXPECT_EQ(due().due_at, *parse_instant("2025-04-17T00:00:00+08:00"));
  t.given("SafetyResponsibilitySigned", buyer_paper_json());
  t.as("S-ARC").given("FormerOwnerFileAnnotated", annotated_json());
  EXPECT_EQ(due().end, ObligationEnd::running);
  t.given("OwnershipTransferred", transferred_json());
  EXPECT_EQ(due().end, ObligationEnd::met);
}

TEST_F(OwnershipTransferTest, TheOwnerOfAnInstantIsTheOneWhoseTimeItWas) {
  document();
  t.as("S-ARC").given("OwnershipTransferred", transferred_json());
  EXPECT_EQ(owner_at(unit(), *parse_instant("2025-04-10T12:00:00+08:00")), house_owner);
  EXPECT_EQ(owner_at(unit(), *parse_instant("2025-04-16T10:59:59+08:00")), house_owner);
  EXPECT_EQ(owner_at(unit(), *parse_instant(transfer_moment)), house_buyer);
  EXPECT_EQ(owner_at(unit(), *parse_instant("2025-04-20T12:00:00+08:00")), house_buyer);
}

TEST_F(OwnershipTransferTest, RestsOnLegalEvidenceInTheNewOwnersName) {
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CSA", "OwnershipTransferSubmitted", replaced(submitted_json(), from, to));
  };
  EXPECT_THAT(with("PROPERTY_CERT", "PRIVATE_CONTRACT"), ElementsAre("H-TRF-1"));
  EXPECT_THAT(with(text("holder_on_cert", house_buyer), text("holder_on_cert", house_owner)),
              ElementsAre("H-TRF-1"));
  EXPECT_THAT(with("PROPERTY_CERT", "OTHER_LEGAL"), IsEmpty());
  EXPECT_THAT(with("PROPERTY_CERT", "UNSPECIFIED"), ElementsAre("SCHEMA"));
}

TEST_F(OwnershipTransferTest, IsSubmittedByTheNewOwnerAgainstThePresentOne) {
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CSA", "OwnershipTransferSubmitted", replaced(submitted_json(), from, to));
  };
  EXPECT_THAT(with(text("signer", house_buyer), text("signer", house_owner)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(with(text("capacity", "OWNER"), text("capacity", "TENANT")), ElementsAre("SCHEMA"));
  EXPECT_THAT(with(text("capacity", "OWNER"), text("capacity", "OWNER_AGENT")),
              ElementsAre("SCHEMA", "SCHEMA"))
      << "no power of attorney, hence no signature";
  EXPECT_THAT(with(text("old_owner", house_owner), text("old_owner", person_id(7))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(with(text("old_owner", house_owner), text("old_owner", house_buyer)),
              ElementsAre("SCHEMA", "SCHEMA"));
  EXPECT_THAT(with(unit_field(), unit_field("9-9-0909")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CAS", "OwnershipTransferSubmitted", submitted_json()), ElementsAre("ROLE"));
  t.as("S-CSA").given("OwnershipTransferSubmitted", submitted_json());
  EXPECT_THAT(as("CSA", "OwnershipTransferSubmitted", submitted_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(OwnershipTransferTest, IsOfAUnitThatWasHandedOver) {
  register_unit(t, "3-1-1203");
  const auto refusals =
      t.as("S-CSA").when("OwnershipTransferSubmitted",
                         replaced(submitted_json(), unit_field(), unit_field("3-1-1203")));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.front(), fact("state", "NOT_HANDED_OVER"));
}

TEST_F(OwnershipTransferTest, WhatWasNotConfirmedIsRejectedForGood) {
  const std::string no = replaced(verified_json(), "\"ok\":true", "\"ok\":false");
  const std::string no_because =
      replaced(no, "\"ok\":false", "\"ok\":false," + house_sealed("note"));
  EXPECT_THAT(as("CSA", "OwnershipTransferVerified", verified_json()),
              ElementsAre("STATE_REFUSED"));
  t.as("S-CSA").given("OwnershipTransferSubmitted", submitted_json());
  EXPECT_THAT(as("CSA", "OwnershipTransferVerified", no), ElementsAre("SCHEMA"));
  EXPECT_THAT(
      as("CSA", "OwnershipTransferVerified", replaced(verified_json(), "S-CSA", "S-NOBODY")),
      ElementsAre("SCHEMA"));
  t.given("OwnershipTransferVerified", no_because);
  EXPECT_EQ(stage(), TransferStage::rejected);
  EXPECT_THAT(as("CSA", "OwnershipTransferVerified", verified_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(OwnershipTransferTest, TheFormerOwnerSettlesWhatTheLedgerShowsUpToTheMoment) {
  verify();
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  assess(t, {.id = "W-1", .party = house_owner, .due = "2025-04-16", .fen = 20'000, .purpose = 2});
  assess(t, {.id = "W-2", .party = house_owner, .due = "2025-05-01", .fen = 700, .purpose = 2});
  assess(t, {.id = "W-3", .party = house_tenant, .due = "2025-04-01", .fen = 9, .purpose = 2});
  const auto refusals = t.when("FormerOwnerSettled", former_settled_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-TRF-2"));
  EXPECT_EQ(refusals.front().facts.front(), fact("open", Fen{20'000}));
  pay(t, "W-1");
  EXPECT_THAT(as("CAS", "FormerOwnerSettled", former_settled_json("[\"pay-W-1\"]", 20'000)),
              IsEmpty());
  EXPECT_THAT(as("CAS",
                 "FormerOwnerSettled",
                 former_settled_json("[\"pay-W-1\"]", 20'000, "2025-05-01T00:00:00+08:00")),
              ElementsAre("SCHEMA", "H-TRF-2"))
      << "a day that has not come, on which more is due";
}

TEST_F(OwnershipTransferTest, TheSettledTotalIsThatOfThePaymentsItNames) {
  verify();
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  assess(t, {.id = "W-1", .party = house_owner, .due = "2025-04-16", .fen = 20'000, .purpose = 2});
  assess(t, {.id = "W-3", .party = house_tenant, .due = "2025-04-01", .fen = 9, .purpose = 2});
  pay(t, "W-1");
  pay(t, "W-3");
  const auto settling = [&](std::string_view payments, std::int64_t total) {
    return as("CAS", "FormerOwnerSettled", former_settled_json(payments, total));
  };
  EXPECT_THAT(settling("[\"pay-W-1\"]", 19'999), ElementsAre("H-TRF-2"));
  EXPECT_THAT(settling("[]", 20'000), ElementsAre("H-TRF-2"));
  EXPECT_THAT(settling("[\"pay-W-1\",\"pay-W-1\"]", 40'000), ElementsAre("H-TRF-2"));
  EXPECT_THAT(settling("[\"pay-W-1\",\"pay-W-3\"]", 20'000), ElementsAre("H-TRF-2"))
      << "the tenant's payment";
  EXPECT_THAT(settling("[\"pay-W-9\"]", 0), ElementsAre("H-TRF-2"));
  EXPECT_THAT(settling("[\"pay-W-1\"]", 20'000), IsEmpty());
  t.given("FormerOwnerSettled", former_settled_json("[\"pay-W-1\"]", 20'000));
  EXPECT_THAT(settling("[\"pay-W-1\"]", 20'000), ElementsAre("STATE_REFUSED")) << "once";
}

TEST_F(OwnershipTransferTest, TheSettlementWantsMetersReadSinceTheSubmissionAndTheCashier) {
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  EXPECT_THAT(as("CAS", "FormerOwnerSettled", former_settled_json()), ElementsAre("STATE_REFUSED"));
  verify();
  EXPECT_THAT(as("CAS", "FormerOwnerSettled", former_settled_json()), ElementsAre("H-TRF-2"));
  t.as("S-ENG").given("MeterReadingTaken", transfer_meters_json());
  EXPECT_THAT(as("CAS",
                 "FormerOwnerSettled",
                 replaced(former_settled_json(), staff_signature("CAS"), staff_signature("CSA"))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "FormerOwnerSettled", former_settled_json()), ElementsAre("ROLE"));
  EXPECT_THAT(as("CAS", "FormerOwnerSettled", former_settled_json()), IsEmpty());
}

TEST_F(OwnershipTransferTest, TheNewOwnerPrepaysAtLeastHalfAYear) {
  verify();
  assess_prepayment("F-3", "2025-07-16");
  assess_prepayment("F-12", "2026-04-16");
  assess_prepayment();
  const auto paying = [&](std::string_view charge, std::string_view to) {
    return as("CAS", "NewOwnerPrepaid", prepaid_json(charge, to));
  };
  EXPECT_THAT(paying("F-3", "2025-07-15"), ElementsAre("H-TRF-3"));
  EXPECT_THAT(paying("F-2", "2025-10-14"), ElementsAre("H-TRF-3", "H-TRF-3"))
      << "a day short, and not the period of the charge";
  EXPECT_THAT(paying("F-2", "2025-10-15"), IsEmpty());
  EXPECT_THAT(paying("F-12", "2026-04-15"), IsEmpty()) << "more is welcome";
}

TEST_F(OwnershipTransferTest, TheMonthsAreThoseOfThePolicyOnTheDayOfTheSubmission) {
  adopt(t, "handover.prepay_months", "12", "2025-04-16");
  verify();
  assess_prepayment();
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json()), ElementsAre("H-TRF-3"));
}

TEST_F(OwnershipTransferTest, ThePrepaymentIsTheNewOwnersChargeInFull) {
  verify();
  assess_prepayment("F-O", "2025-10-16", house_owner);
  assess_prepayment();
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json("F-9")), ElementsAre("H-TRF-3"));
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json("F-O")), ElementsAre("H-TRF-3"));
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", replaced(prepaid_json(), "162120", "162119")),
              ElementsAre("H-TRF-3"));
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json("F-2", "2025-10-15", "pay-F-1")),
              ElementsAre("SCHEMA"))
      << "the payment id is taken";
  EXPECT_THAT(as("CSA", "NewOwnerPrepaid", prepaid_json()), ElementsAre("ROLE"));
}

TEST_F(OwnershipTransferTest, ThePrepaymentIsBookedAndReceiptedOnce) {
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json()), ElementsAre("STATE_REFUSED"));
  verify();
  const std::string receivable = "receivable:3-1-1202:" + house_buyer + ":PROPERTY_FEE";
  assess_prepayment();
  EXPECT_EQ(t.world().posted(PostingView::money, receivable), 162'120);
  const auto cash = t.world().posted(PostingView::money, "cash:CASH");
  t.as("S-CAS").given("NewOwnerPrepaid", prepaid_json());
  EXPECT_EQ(t.assigned().receipt_no, "A-000001");
  EXPECT_EQ(t.world().posted(PostingView::money, receivable), 0);
  EXPECT_EQ(t.world().posted(PostingView::money, "cash:CASH") - cash, 162'120);
  EXPECT_EQ(t.world().get<PaymentState>("P-2").receipt_no, "A-000001");
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", prepaid_json("F-2", "2025-10-15", "P-3")),
              ElementsAre("STATE_REFUSED", "H-TRF-3"))
      << "paid already, and nothing is open";
}

TEST_F(OwnershipTransferTest, AReversedPrepaymentTakesTheStageBack) {
  document();
  EXPECT_EQ(stage(), TransferStage::documented);
  reverse_prepayment();
  EXPECT_EQ(stage(), TransferStage::verified);
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("H-TRF-3"));
  t.as("S-CAS").given("NewOwnerPrepaid", prepaid_json("F-2", "2025-10-15", "P-3"));
  EXPECT_EQ(t.assigned().receipt_no, "A-000002");
  EXPECT_EQ(stage(), TransferStage::documented);
}

TEST_F(OwnershipTransferTest, TheNewOwnersFileIsAskedForLikeAnyOwnersFile) {
  verify();
  EXPECT_THAT(as("CSA", "NewOwnerFileCreated", buyer_file_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  t.given("FormerOwnerSettled", former_settled_json());
  prepay();
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("CSA", "NewOwnerFileCreated", replaced(buyer_file_json(), from, to));
  };
  EXPECT_THAT(with(R"("declined":["BIRTHDAY"],)", ""), ElementsAre("H-HOV-2"));
  EXPECT_THAT(with(text("signer", house_buyer), text("signer", house_owner)),
              ElementsAre("H-HOV-2"));
  EXPECT_THAT(with(text("person", house_buyer), text("person", house_owner)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"id_copy\":" + attachment(house_buyer) + ",", ""), ElementsAre("SCHEMA"));
  t.as("S-CSA").given("NewOwnerFileCreated", buyer_file_json());
  EXPECT_THAT(as("CSA", "NewOwnerFileCreated", buyer_file_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(OwnershipTransferTest, TheResponsibilityPaperIsTheNewOwnersOfThisTransfer) {
  verify();
  const auto signing = [&](std::string_view from, std::string_view to) {
    return as("CSA", "SafetyResponsibilitySigned", replaced(buyer_paper_json(), from, to));
  };
  EXPECT_THAT(signing("v1", "v2"), ElementsAre("STATE_REFUSED")) << "VERIFIED";
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  t.given("FormerOwnerSettled", former_settled_json());
  prepay();
  EXPECT_THAT(signing(text("party", house_buyer), text("party", house_tenant)),
              ElementsAre("SCHEMA", "SCHEMA"))
      << "neither the new owner nor the signer";
  EXPECT_THAT(signing("\"TRANSFER\"", "\"TENANT\""), ElementsAre("SCHEMA", "SCHEMA"));
  EXPECT_THAT(signing("v1", "v2"), IsEmpty());
}

TEST_F(OwnershipTransferTest, APaperThatNamesNoTransferCountsIfSignedSinceTheSubmission) {
  t.given("SafetyResponsibilitySigned", buyer_paper_json(false));
  settle();
  EXPECT_FALSE(transfer_paper_signed(t.world(), "TR-1")) << "an older paper";
  t.as("S-CSA").given("SafetyResponsibilitySigned", buyer_paper_json(false));
  EXPECT_TRUE(transfer_paper_signed(t.world(), "TR-1"));
}

TEST_F(OwnershipTransferTest, TheFormerOwnersFileIsAnnotatedWithTheDay) {
  verify();
  EXPECT_THAT(as("ARC", "FormerOwnerFileAnnotated", annotated_json()),
              ElementsAre("STATE_REFUSED"));
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  t.given("FormerOwnerSettled", former_settled_json());
  prepay();
  EXPECT_THAT(as("ARC", "FormerOwnerFileAnnotated", annotated_json("2025-04-17")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      as("ARC", "FormerOwnerFileAnnotated", replaced(annotated_json(), house_owner, house_buyer)),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "FormerOwnerFileAnnotated", annotated_json()), ElementsAre("ROLE"));
  t.as("S-ARC").given("FormerOwnerFileAnnotated", annotated_json("2025-04-15"));
  EXPECT_THAT(as("ARC", "FormerOwnerFileAnnotated", annotated_json("2025-04-15")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("ARC", "FormerOwnerFileAnnotated", annotated_json()), IsEmpty())
      << "another day corrects the first";
}

TEST_F(OwnershipTransferTest, TheRosterWaitsForEveryPaperAndNamesWhatIsMissing) {
  t.as("S-CSA").given("OwnershipTransferSubmitted", submitted_json());
  assess(t, {.id = "W-1", .party = house_owner, .due = "2025-04-01", .fen = 20'000, .purpose = 2});
  EXPECT_THAT(
      as("ARC", "OwnershipTransferred", transferred_json()),
      ElementsAre("H-TRF-1", "H-TRF-2", "H-TRF-2", "H-TRF-3", "H-TRF-4", "H-TRF-4", "H-TRF-5"));
}

TEST_F(OwnershipTransferTest, TheRosterWantsFilePaperAndAnnotation) {
  settle();
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()),
              ElementsAre("H-TRF-4", "H-TRF-4", "H-TRF-5"));
  t.as("S-CSA").given("NewOwnerFileCreated", buyer_file_json());
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()),
              ElementsAre("H-TRF-4", "H-TRF-5"));
  t.as("S-CSA").given("SafetyResponsibilitySigned", buyer_paper_json());
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("H-TRF-5"));
  t.as("S-ARC").given("FormerOwnerFileAnnotated", annotated_json("2025-04-15"));
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("H-TRF-5"))
      << "annotated with another day";
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json("2025-04-15T18:00:00+08:00")),
              IsEmpty());
}

TEST_F(OwnershipTransferTest, AChargeAfterTheSettlementStopsTheRoster) {
  document();
  assess(t, {.id = "W-1", .party = house_owner, .due = "2025-04-16", .fen = 500, .purpose = 2});
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("H-TRF-2"));
  pay(t, "W-1");
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), IsEmpty());
}

TEST_F(OwnershipTransferTest, TheRosterIsChangedByTheArchivistForTheNewOwnerInDueTime) {
  document();
  const auto with = [&](std::string_view from, std::string_view to) {
    return as("ARC", "OwnershipTransferred", replaced(transferred_json(), from, to));
  };
  EXPECT_THAT(with(text("new_owner", house_buyer), text("new_owner", house_tenant)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(with("T11:00:00", "T14:05:00"), IsEmpty()) << "as far as clocks may differ";
  EXPECT_THAT(with("T11:00:00", "T14:05:01"), ElementsAre("SCHEMA")) << "in the future";
  EXPECT_THAT(with("2025-04-16T11", "2025-03-02T11"), ElementsAre("H-TRF-5", "SCHEMA"))
      << "before the former owner took the unit over";
  EXPECT_THAT(with(staff_signature("ARC"), staff_signature("CSA")), ElementsAre("SCHEMA"));
  EXPECT_THAT(with(unit_field(), unit_field("3-1-1203")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "OwnershipTransferred", transferred_json()), ElementsAre("ROLE"));
  t.as("S-ARC").given("OwnershipTransferred", transferred_json());
  EXPECT_THAT(as("ARC", "OwnershipTransferred", transferred_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(OwnershipTransferTest, AnotherTransferThatWasOvertakenIsOver) {
  const auto other = [](std::string body) { return replaced(std::move(body), "TR-1", "TR-2"); };
  t.given("OwnershipTransferSubmitted", other(submitted_json()));
  document();
  t.as("S-ARC").given("OwnershipTransferred", transferred_json());
  EXPECT_EQ(stage("TR-2"), TransferStage::superseded);
  EXPECT_THAT(as("CSA", "OwnershipTransferVerified", other(verified_json())),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as("ARC", "OwnershipTransferred", other(transferred_json())),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(OwnershipTransferTest, ASecondTransferTakesEffectAfterTheFirst) {
  document();
  t.as("S-ARC").given("OwnershipTransferred", transferred_json());
  // The buyer sells it back on the same day: TR-2, with both owners changed over.
  const auto back = [](std::string body) {
    std::string out;
    for (std::size_t at = 0; at < body.size();) {
      const std::string_view rest = std::string_view(body).substr(at);
      const bool owner = rest.starts_with(house_owner);
      const bool swap = owner || rest.starts_with(house_buyer);
      out += swap ? (owner ? house_buyer : house_owner) : std::string(rest.substr(0, 1));
      at += swap ? house_owner.size() : 1;
    }
    return replaced(std::move(out), "TR-1", "TR-2");
  };
  t.as("S-CSA").given("OwnershipTransferSubmitted", back(submitted_json()));
  t.given("OwnershipTransferVerified", back(verified_json()));
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  t.given("FormerOwnerSettled", back(former_settled_json()));
  assess_prepayment("F-3", "2025-10-16", house_owner);
  t.as("S-CAS").given("NewOwnerPrepaid", back(prepaid_json("F-3", "2025-10-15", "P-3")));
  t.as("S-CSA").given("NewOwnerFileCreated", back(buyer_file_json()));
  t.given("SafetyResponsibilitySigned", back(buyer_paper_json()));
  t.as("S-ARC").given("FormerOwnerFileAnnotated", back(annotated_json()));
  EXPECT_THAT(
      as("ARC", "OwnershipTransferred", back(transferred_json("2025-04-16T10:59:59+08:00"))),
      ElementsAre("SCHEMA"))
      << "the buyer did not own it yet";
  t.as("S-ARC").given("OwnershipTransferred", back(transferred_json("2025-04-16T12:00:00+08:00")));
  EXPECT_EQ(owner_at(unit(), *parse_instant("2025-04-16T11:59:59+08:00")), house_buyer);
  EXPECT_EQ(unit().owner, house_owner);
  EXPECT_EQ(unit().former_owners.size(), 2U);
}

TEST_F(OwnershipTransferTest, StepsOfATransferNameItsUnit) {
  register_unit(t, "3-1-1203");
  const auto elsewhere = [](std::string body) {
    return replaced(std::move(body), unit_field(), unit_field("3-1-1203"));
  };
  t.as("S-CSA").given("OwnershipTransferSubmitted", submitted_json());
  EXPECT_THAT(as("CSA", "OwnershipTransferVerified", elsewhere(verified_json())),
              ElementsAre("SCHEMA"));
  t.as("S-CSA").given("OwnershipTransferVerified", verified_json());
  t.as("S-CAS").given("MeterReadingTaken", transfer_meters_json());
  EXPECT_THAT(as("CAS", "FormerOwnerSettled", elsewhere(former_settled_json())),
              ElementsAre("SCHEMA"));
  assess_prepayment();
  EXPECT_THAT(as("CAS", "NewOwnerPrepaid", elsewhere(prepaid_json())), ElementsAre("SCHEMA"));
  t.as("S-CAS").given("FormerOwnerSettled", former_settled_json());
  t.given("NewOwnerPrepaid", prepaid_json());
  EXPECT_THAT(as("CSA", "NewOwnerFileCreated", elsewhere(buyer_file_json())),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as("ARC", "FormerOwnerFileAnnotated", elsewhere(annotated_json())),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as("CSA", "SafetyResponsibilitySigned", elsewhere(buyer_paper_json())),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
