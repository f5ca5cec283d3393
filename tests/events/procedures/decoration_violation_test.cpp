// SPDX-License-Identifier: Apache-2.0
// Violations, penalties, hot work: H-DEC-10 to H-DEC-12, H-SOD-2.
#include "tests/support/decoration_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string record(const DecorationSteps& s, std::string_view id = "V-1") {
  return s.of_case(R"("violation_id":")" + std::string(id) + R"(","severity":"SERIOUS","facts":)" +
                   s.text() +
                   R"(,"rule_ref":"7.3","copies":3,"proposed_penalty_fen":30000,
                      "rectify_by":"2025-02-20")");
}

std::string call(const DecorationSteps& s, std::string_view party, bool reached) {
  return s.of_case(R"("violation_id":"V-1","party":")" + std::string(party) +
                   R"(","at":"2025-02-11T10:15:00+08:00","reached":)" +
                   (reached ? "true" : "false"));
}

std::string receipt(const DecorationSteps& s, std::initializer_list<std::string> blocks) {
  return s.of_case(R"("violation_id":"V-1")", blocks);
}

std::string confirm(const DecorationSteps& s, const std::string& block) {
  return s.of_case(R"("violation_id":"V-1","amount_fen":30000,"agreement_clause":"7.3")", {block});
}

std::string waive(const DecorationSteps& s, const std::string& block) {
  return s.of_case(R"("violation_id":"V-1","reason":)" + s.text(), {block});
}

DecorationSteps& at_work(DecorationSteps& s) {
  s.apply().approve().on("2025-01-08").contract().pay().enter();
  return s.on("2025-02-11");
}

TEST(DecorationViolation, TheOwnerIsCalledBeforeTheContractor) {
  DecorationSteps s;
  at_work(s).given("SEC", "DecorationViolationRecorded", record(s));
  EXPECT_THAT(s.refused("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", true)),
              ElementsAre("H-DEC-11"));
  EXPECT_THAT(s.refused("CSA", "DecorationViolationReceiptSigned", receipt(s, {s.by_contractor()})),
              ElementsAre("H-DEC-11"));
  s.given("SEC", "DecorationViolationNotified", call(s, "OWNER", true));
  s.given("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", true));
  EXPECT_TRUE(s.state().violations.at("V-1").contractor_notified);
}

TEST(DecorationViolation, ThreeUnansweredCallsAreEnough) {
  DecorationSteps s;
  at_work(s).given("SEC", "DecorationViolationRecorded", record(s));
  for (int calls = 0; calls < 3; ++calls) {
    EXPECT_THAT(s.refused("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", true)),
                ElementsAre("H-DEC-11"));
    s.given("SEC", "DecorationViolationNotified", call(s, "OWNER", false));
  }
  EXPECT_THAT(s.refused("SEC", "DecorationViolationNotified", call(s, "CONTRACTOR", true)),
              IsEmpty());
}

TEST(DecorationViolation, TheReceiptIsSignedOrARefusalIsNamed) {
  DecorationSteps s;
  at_work(s).given("SEC", "DecorationViolationRecorded", record(s));
  s.given("SEC", "DecorationViolationNotified", call(s, "OWNER", true));
  EXPECT_THAT(s.refused("CSA", "DecorationViolationReceiptSigned", receipt(s, {s.by_staff("CSA")})),
              ElementsAre("H-DEC-11"));
  s.given("CSA", "DecorationViolationReceiptSigned", receipt(s, {s.by_owner()}));
  const std::string refused = R"("violation_id":"V-1","refused":true)";
  EXPECT_THAT(s.refused("CSA", "DecorationViolationReceiptSigned", s.of_case(refused)),
              ElementsAre("SCHEMA"));
  s.given("CSA",
          "DecorationViolationReceiptSigned",
          s.of_case(refused + R"(,"refused_by":"CONTRACTOR")"));
  EXPECT_TRUE(s.state().violations.at("V-1").owner_receipted);
  EXPECT_TRUE(s.state().violations.at("V-1").contractor_receipted);
}

TEST(DecorationViolation, ARecordIsNeverRefusedWhileTheCaseIsOpen) {
  DecorationSteps s;
  EXPECT_THAT(s.refused("SEC", "DecorationViolationRecorded", record(s)),
              ElementsAre("STATE_REFUSED"));
  s.apply();
  EXPECT_THAT(s.refused("SEC", "DecorationViolationRecorded", record(s)), IsEmpty());
  s.approve().on("2025-01-08").contract().pay().enter().accept("2025-03-14");
  EXPECT_THAT(s.refused("ENG", "DecorationViolationRecorded", record(s)), IsEmpty());
  s.given("ENG", "DecorationViolationRecorded", record(s));
  EXPECT_THAT(s.refused("ENG", "DecorationViolationRecorded", record(s)), ElementsAre("SCHEMA"));
  EXPECT_THAT(s.refused("ENG", "DecorationViolationRecorded", record(s, std::string(57, '7'))),
              ElementsAre("SCHEMA"));
}

TEST(DecorationViolation, APenaltyNeedsRecordAgreementAndPm) {
  DecorationSteps s;
  s.apply().given("SEC", "DecorationViolationRecorded", record(s));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("H-DEC-12"));
  s.approve().on("2025-01-08").contract();
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("CSM"))),
              ElementsAre("H-DEC-12"));
  EXPECT_THAT(s.refused("CSM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("ROLE"));
  std::string unknown = confirm(s, s.by_staff("PM"));
  unknown.replace(unknown.find("V-1"), 3, "V-9");
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", unknown), ElementsAre("H-DEC-12"));
  s.given("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM")));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationViolation, APenaltyOnlyWhereItIsPermitted) {
  DecorationSteps s;
  s.adopt("penalty.deco.permitted", "false");
  s.apply().approve().contract().given("SEC", "DecorationViolationRecorded", record(s));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("H-DEC-7"));
}

TEST(DecorationViolation, WhoRecordedDoesNotConfirm) {
  DecorationSteps s;
  s.t.world().edit<StaffState>("S-PM").roles.add(Role::sec);
  at_work(s).given("PM", "DecorationViolationRecorded", record(s));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("H-SOD-2"));
}

TEST(DecorationViolation, AWaiverNeedsThePmAndStands) {
  DecorationSteps s;
  at_work(s).given("SEC", "DecorationViolationRecorded", record(s));
  s.given("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM")));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyWaived", waive(s, s.by_owner())),
              ElementsAre("H-DEC-12"));
  s.given("PM", "DecorationPenaltyWaived", waive(s, s.by_staff("PM")));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyWaived", waive(s, s.by_staff("PM"))),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(s.refused("PM", "DecorationPenaltyConfirmed", confirm(s, s.by_staff("PM"))),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationViolation, OfAnUnknownViolationNothingIsAccepted) {
  DecorationSteps s;
  at_work(s);
  EXPECT_THAT(s.refused("SEC", "DecorationViolationNotified", call(s, "OWNER", true)),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(s.refused("CSA", "DecorationViolationReceiptSigned", receipt(s, {s.by_owner()})),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(s.refused("CSA",
                        "DecorationViolationRectified",
                        s.of_case(R"("violation_id":"V-1","verified_by":"S-CSA")")),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationViolation, HotWorkNeedsEveryApproverAndTheContractor) {
  DecorationSteps s;
  at_work(s);
  const std::string work = R"("place":"kitchen","from_at":"2025-02-12T09:00:00+08:00",
      "to_at":"2025-02-12T11:00:00+08:00","worker":")" +
                           person_id(5) + R"(","watcher":"S-SEC","extinguishers":2)";
  const auto refusals =
      s.t.as("S-ENGM").when("HotWorkApproved", s.of_case(work, {s.by_staff("ENGM")}));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-10"));
  EXPECT_THAT(refusals.front().facts,
              ElementsAre(Fact{"missing", "SECM"}, Fact{"missing", "CONTRACTOR"}));
  EXPECT_THAT(
      s.refused("SECM",
                "HotWorkApproved",
                s.of_case(work, {s.by_staff("ENGM"), s.by_staff("SECM"), s.by_contractor()})),
      IsEmpty());
}

TEST(DecorationViolation, RestrictedMaterialNeedsWrittenConsent) {
  DecorationSteps s;
  at_work(s);
  const std::string items = R"("items":["acetylene"],"valid_to":"2025-02-20")";
  EXPECT_THAT(
      s.refused("ENGM", "RestrictedMaterialApproved", s.of_case(items, {s.by_contractor()})),
      ElementsAre("H-DEC-10"));
  EXPECT_THAT(
      s.refused("ENGM", "RestrictedMaterialApproved", s.of_case(items, {s.by_staff("ENGM")})),
      IsEmpty());
}

TEST(DecorationViolation, PatrolsWarningsAndHelpAreRecordedWhileTheCaseIsOpen) {
  DecorationSteps s;
  at_work(s);
  s.given("ENG",
          "DecorationPatrolRecorded",
          s.of_case(R"("dept":"ENG","inspector":"S-ENG","findings":)" + s.text()));
  s.given("SEC",
          "DecorationVerbalWarningGiven",
          s.of_case(R"("topic":"CARRYING_HOURS","told_to":)" + s.text()));
  s.given("CSA",
          "DecorationAssistanceGiven",
          s.of_case(R"("request":)" + s.text() + R"(,"result":)" + s.text()));
  s.given("CSA",
          "DecorationPatrolSheetFiled",
          s.of_case(R"("sheet_from":"2025-01-08","sheet_to":"2025-02-08","sheet":)" + s.scan()));
  s.given("CSA", "DecorationEntryNotified", s.of_case(R"("departments":["CS","ENG","SEC"])"));
}

}  // namespace
}  // namespace juanzong::testing
