// SPDX-License-Identifier: Apache-2.0
// How a handover ends: document receipt, half year of fees, completion.
#include "events/procedures/charges.h"
#include "events/procedures/handovers.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class HandoverCompletionTest : public HouseTest {
 protected:
  HandoverCompletionTest() {
    t.at("2025-03-03T10:00:00+08:00");
    register_unit(t);
    t.given("OwnerRosterImported", roster_json());
    t.as("S-CSA");
  }
  HandoverStage stage() { return handover_stage(t.world(), house_unit, *parse_date("2025-03-03")); }
  RecordIndex up_to_receipt() {
    give_papers(t);
    assess_half_year(t);
    pay(t, "F-1");
    return t.given("HandoverDocumentsIssued", issued_json());
  }
};

TEST_F(HandoverCompletionTest, TheDocumentReceiptWantsAllPapersAndTheOwnersSignature) {
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_THAT(rules_when("HandoverDocumentsIssued", issued_json()), ElementsAre("STATE_REFUSED"));
  t.given("OwnerDocumentsCollected", documents_json());
  t.given("OwnerFileCreated", owner_file_json());
  t.given("SafetyResponsibilitySigned", safety_json());
  EXPECT_THAT(rules_when("HandoverDocumentsIssued",
                         replaced(issued_json(), signed_by_house_owner(), "\"signatures\":[]")),
              ElementsAre("H-HOV-4"));
  assess_half_year(t);
  EXPECT_THAT(rules_when("HandoverDocumentsIssued", issued_json()), ElementsAre("STATE_REFUSED"));
  pay(t, "F-1");
  t.given("HandoverDocumentsIssued", issued_json());
  EXPECT_THAT(rules_when("HandoverDocumentsIssued", issued_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("OwnerDocumentsCollected", documents_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(HandoverCompletionTest, CompletionNamesEveryMissingFormality) {
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(RecordIndex{0})),
              ElementsAre("H-HOV-1", "H-HOV-3", "H-HOV-3", "H-HOV-4", "H-HOV-5"));
  give_papers(t);
  assess_half_year(t);
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(RecordIndex{0})),
              ElementsAre("H-HOV-3", "H-HOV-4", "H-HOV-5"));
}

TEST_F(HandoverCompletionTest, CompletionIsSignedByTheOwnerAndNamesTheDocumentReceipt) {
  const RecordIndex receipt = up_to_receipt();
  EXPECT_THAT(
      rules_when("HandoverCompleted",
                 replaced(completed_json(receipt), signed_by_house_owner(), "\"signatures\":[]")),
      ElementsAre("H-HOV-4"));
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(RecordIndex{0})),
              ElementsAre("H-HOV-4"));
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(receipt, 1)), ElementsAre("SCHEMA"));
  t.given("HandoverCompleted", completed_json(receipt));
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(receipt)),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(HandoverCompletionTest, TheHalfYearRunsFromTheHandoverDayAndIsPaid) {
  const RecordIndex receipt = up_to_receipt();
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("HandoverCompleted", replaced(completed_json(receipt), from, to));
  };
  EXPECT_THAT(with("2025-09-02", "2025-09-03"), ElementsAre("H-HOV-5"));
  EXPECT_THAT(with(R"("handed_over_on":"2025-03-03")", R"("handed_over_on":"2025-03-02")"),
              ElementsAre("H-HOV-5"));
  EXPECT_THAT(with(R"("handed_over_on":"2025-03-03")", R"("handed_over_on":"2025-03-04")"),
              ElementsAre("H-HOV-5", "SCHEMA"));
  EXPECT_THAT(with(text("fee_charge_id", "F-1") + ",", ""), ElementsAre("H-HOV-5"));
  EXPECT_THAT(with("F-1", "F-9"), ElementsAre("H-HOV-5"));
}

TEST_F(HandoverCompletionTest, OnlyTheOwnersSettledPropertyFeeOfThatPeriodIsTheHalfYear) {
  const RecordIndex receipt = up_to_receipt();
  const auto facts_of = [&](const TestCharge& charge) {
    assess(t, charge);
    pay(t, charge.id);
    const auto refusals =
        t.when("HandoverCompleted", replaced(completed_json(receipt), "F-1", charge.id));
    EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-HOV-5"));
    std::vector<std::string> names;
    for (const Fact& each : refusals.front().facts) {
      names.push_back(each.name);
    }
    return names;
  };
  TestCharge good{.id = "F-2", .party = house_owner, .from = "2025-03-03", .to = "2025-09-03"};
  TestCharge charge = good;
  charge.party = house_tenant;
  EXPECT_THAT(facts_of(charge), ElementsAre("charge_party"));
  charge = good;
  charge.id = "F-3";
  charge.purpose = 2;
  EXPECT_THAT(facts_of(charge), ElementsAre("charge_purpose"));
  charge = good;
  charge.id = "F-4";
  charge.unit = "3-1-1203";
  EXPECT_THAT(facts_of(charge), ElementsAre("charge_unit"));
  charge = good;
  charge.id = "F-5";
  charge.to = "2025-08-03";
  EXPECT_THAT(facts_of(charge), ElementsAre("period_to_expected"));
  charge = good;
  charge.id = "F-6";
  charge.from = "2025-02-03";
  EXPECT_THAT(facts_of(charge), ElementsAre("period_from_expected"));
  reverse_charge(t.world(), "F-1", EventContext{});
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(receipt)), ElementsAre("H-HOV-5"));
}

TEST_F(HandoverCompletionTest, WithoutFeeBeforeKeyAnUnpaidHalfYearDoesNotHinder) {
  adopt(t, "handover.fee_before_key", "false", "2025-01-01");
  t.as("S-CSA");
  give_papers(t);
  assess_half_year(t);
  EXPECT_EQ(stage(), HandoverStage::ready);
  const RecordIndex receipt = t.given("HandoverDocumentsIssued", issued_json());
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(receipt)), IsEmpty());
  EXPECT_THAT(rules_when("HandoverCompleted",
                         replaced(completed_json(receipt), text("fee_charge_id", "F-1") + ",", "")),
              IsEmpty());
}

TEST_F(HandoverCompletionTest, ThePolicyOfTheDayOnWhichTheCaseBeganCounts) {
  t.given("OwnerIdentityVerified", identity_json());
  adopt(t, "handover.fee_before_key", "false", "2025-03-04");
  t.as("S-CSA").at("2025-03-05T10:00:00+08:00");
  t.given("OwnerDocumentsCollected", documents_json());
  t.given("OwnerFileCreated", owner_file_json());
  t.given("SafetyResponsibilitySigned", safety_json());
  assess_half_year(t);
  EXPECT_THAT(rules_when("HandoverDocumentsIssued", issued_json()), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
