// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/corrections/corrections.h"

#include "events/procedures/charges.h"

#include "tests/events/procedures/fees_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing::fees {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Corrections : public ::testing::Test {
 protected:
  Corrections() {
    register_unit(t);
    target = t.as("S-CSM").given("MajorArrearsReported", R"({"ym":"2025-04"})");
  }
  std::string head(std::string_view event, RecordIndex at) const {
    return R"({"target":{"index":)" + std::to_string(number(at)) + R"(},"target_event":)" +
           in_quotes(event) + R"(,"case_stream":"unit:4-2-1501","reason":)" +
           sealed(owner, "笔误") + ",";
  }
  std::string voiding(std::string_view event, std::string_view signer = "PM") const {
    return head(event, target) + signatures({staff_signature(signer)}) + "}";
  }
  std::string correction(std::string_view event, RecordIndex at) const {
    return head(event, at) + R"("replacement":)" + sealed(owner, "2025-05") + "," +
           signatures({staff_signature("CSM")}) + "}";
  }
  std::vector<std::string> rules(std::string_view event, std::string_view json) {
    return RuleTester::rules_of(t.when(event, json));
  }
  RuleTester t;
  RecordIndex target{};
};

TEST_F(Corrections, ACorrectionStandsBesideTheRecord) {
  const auto first = t.given("EntryCorrected", correction("MajorArrearsReported", target));
  const auto second = t.given("EntryCorrected", correction("MajorArrearsReported", target));
  const auto* entry = t.world().find<EntryState>(std::to_string(number(target)));
  ASSERT_NE(entry, nullptr);
  EXPECT_THAT(entry->corrected_by, ElementsAre(first, second));
  EXPECT_FALSE(entry->voided_by.has_value());
}

TEST_F(Corrections, ACorrectionNeedsTheOriginalsRoleAndAStaffSignature) {
  t.as("S-CSA");
  EXPECT_THAT(rules("EntryCorrected", correction("MajorArrearsReported", target)),
              ElementsAre("H-COR-2"));
  t.as("S-CSM");
  const std::string by_owner = head("MajorArrearsReported", target) + R"("replacement":)" +
                               sealed(owner, "x") + "," + signatures({signature("OWNER", owner)}) +
                               "}";
  EXPECT_THAT(rules("EntryCorrected", by_owner), ElementsAre("H-COR-3"));
}

TEST_F(Corrections, TheTargetIsAnEarlierRecordOfThatEvent) {
  EXPECT_THAT(rules("EntryCorrected", correction("MajorArrearsReported", RecordIndex{900})),
              ElementsAre("H-COR-1"));
  EXPECT_THAT(rules("EntryCorrected", correction("NoSuchEvent", target)), ElementsAre("H-COR-1"));
  t.target_event("MajorArrearsReported");
  EXPECT_THAT(rules("EntryCorrected", correction("MajorArrearsReported", target)), IsEmpty());
  t.target_event("UnitRegistered");
  EXPECT_THAT(rules("EntryCorrected", correction("MajorArrearsReported", target)),
              ElementsAre("H-COR-1"));
}

TEST_F(Corrections, MoneyIsNeitherCorrectedNorVoided) {
  t.as("S-CAS");
  EXPECT_THAT(rules("EntryCorrected", correction("ChargeAssessed", target)),
              ElementsAre("H-FEE-7"));
  t.as("S-PM");
  for (const std::string_view event : {"ChargeAssessed", "PaymentReceived", "ChargeReversed"}) {
    EXPECT_THAT(rules("EntryVoided", voiding(event)), ElementsAre("H-FEE-7")) << event;
  }
  EXPECT_TRUE(is_money_event("DecorationPenaltyConfirmed"));
  EXPECT_TRUE(is_money_event("DepositRefunded"));
  EXPECT_FALSE(is_money_event("DunningNoticeSent"));
}

TEST_F(Corrections, OnlyARegisterEntryIsVoidedOnceByThePm) {
  t.as("S-PM");
  const auto refusals = t.when("EntryVoided", voiding("UnitRegistered"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-COR-5"));
  EXPECT_EQ(refusals.front().facts.back(), fact("instead", "EntryCorrected"));
  EXPECT_THAT(rules("EntryVoided", voiding("MajorArrearsReported", "CSM")), ElementsAre("H-COR-3"));
  const auto voided = t.given("EntryVoided", voiding("MajorArrearsReported"));
  EXPECT_EQ(t.world().find<EntryState>(std::to_string(number(target)))->voided_by, voided);
  EXPECT_THAT(rules("EntryVoided", voiding("MajorArrearsReported")), ElementsAre("H-COR-4"));
  t.as("S-CSM");
  EXPECT_THAT(rules("EntryCorrected", correction("MajorArrearsReported", target)),
              ElementsAre("H-COR-4"));
}

TEST_F(Corrections, OnlyThePmVoids) {
  EXPECT_THAT(rules("EntryVoided", voiding("MajorArrearsReported")), ElementsAre("ROLE"));
}

TEST(RegisterEntries, AreNoMoneyEvents) {
  for (const std::string_view event : money_events) {
    EXPECT_FALSE(is_register_entry(event)) << event;
  }
  EXPECT_TRUE(is_register_entry("DecorationPatrolRecorded"));
  EXPECT_FALSE(is_register_entry("CompletionAcceptancePassed"));
  EXPECT_FALSE(is_register_entry("EntryVoided"));
}

TEST_F(Corrections, EntriesSurviveTheRoundTripOfTheirState) {
  t.given("EntryCorrected", correction("MajorArrearsReported", target));
  t.as("S-PM").given("EntryVoided", voiding("MajorArrearsReported"));
  for (const auto& [key, bytes] : t.world().encoded_states()) {
    if (key.first == StateKind::entry) {
      EXPECT_EQ(encoded(*catalogue().find_state(key.first)->decode(bytes)), bytes);
    }
  }
}

}  // namespace
}  // namespace juanzong::testing::fees
