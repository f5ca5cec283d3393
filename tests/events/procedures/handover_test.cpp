// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/handover/handover.h"

#include "events/procedures/handovers.h"
#include "events/procedures/safety_papers.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class HandoverTest : public HouseTest {
 protected:
  HandoverTest() {
    t.at("2025-03-03T10:00:00+08:00");
    register_unit(t);
    t.given("OwnerRosterImported", roster_json());
    t.as("S-CSA");
  }
  HandoverStage stage() { return handover_stage(t.world(), house_unit, *parse_date("2025-03-03")); }
  std::vector<Formality> obstacles() {
    return key_issue_obstacles(t.world(), house_unit, *parse_date("2025-03-03"));
  }
};

std::string acceptance_json() {
  return json({unit_field(),
               R"("items":[{"item":"入户门","ok":true}])",
               R"("meters":[{"kind":"WATER","reading_milli":412600}])",
               house_attachment("form"),
               signed_by_house_owner()});
}

std::string defect_json() {
  return json({unit_field(),
               text("defect_id", "D-1"),
               text("item", "窗户"),
               text("location", "主卧"),
               text("responsible", "DEVELOPER"),
               text("found_on", "2025-03-03")});
}

std::string rectified_json() {
  return json({unit_field(),
               text("defect_id", "D-1"),
               text("done_on", "2025-03-03"),
               text("verified_by", "S-ENG"),
               "\"evidence\":[" + attachment(house_owner) + "]",
               signed_by_house_owner()});
}

TEST_F(HandoverTest, RunsFromTheRosterToCompletionAndEmptiesTheObstacles) {
  t.given("HandoverOpened",
          json({unit_field(),
                text("owner", house_owner),
                "\"roster_entry\":{\"index\":2}",
                text("opened_by", "S-CSA")}));
  EXPECT_EQ(stage(), HandoverStage::none);
  EXPECT_THAT(obstacles(),
              ElementsAre(Formality::identity,
                          Formality::owner_file,
                          Formality::safety_paper,
                          Formality::document_receipt));
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_EQ(stage(), HandoverStage::verified);
  t.given("UnitAcceptanceInspected", acceptance_json());
  t.given("OwnerDocumentsCollected", documents_json());
  t.given("OwnerFileCreated", owner_file_json());
  EXPECT_EQ(t.world().get<UnitState>(house_unit).owner, house_owner);
  assess_half_year(t);
  t.given("SafetyResponsibilitySigned", safety_json());
  EXPECT_EQ(stage(), HandoverStage::verified) << "the half year is not paid";
  EXPECT_THAT(obstacles(), Contains(Formality::half_year_fee));
  pay(t, "F-1");
  EXPECT_EQ(stage(), HandoverStage::ready);
  const RecordIndex receipt = t.given("HandoverDocumentsIssued", issued_json());
  EXPECT_EQ(stage(), HandoverStage::docs_signed);
  EXPECT_THAT(obstacles(), IsEmpty());
  EXPECT_EQ(count("NOT_HANDED_OVER"), 1);
  t.given("HandoverCompleted", completed_json(receipt));
  EXPECT_EQ(stage(), HandoverStage::completed);
  EXPECT_EQ(count("NOT_HANDED_OVER"), 0);
  EXPECT_EQ(count("VACANT"), 1);
  EXPECT_EQ(t.world().postings().back().effective, *parse_date("2025-03-03"));
  expect_states_round_trip(t);
}

TEST_F(HandoverTest, RefusesEveryStepBeforeTheIdentityIsVerified) {
  EXPECT_THAT(rules_when("OwnerDocumentsCollected", documents_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("OwnerFileCreated", owner_file_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("SafetyResponsibilitySigned", safety_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("UnitAcceptanceInspected", acceptance_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("HandoverDefectRecorded", defect_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("HandoverDocumentsIssued", issued_json()), ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("HandoverDefectRectified", rectified_json()),
              ElementsAre("H-HOV-1", "SCHEMA"));
}

TEST_F(HandoverTest, BelievesARosterMatchOnlyIfTheRosterSaysSo) {
  EXPECT_THAT(rules_when("OwnerIdentityVerified", identity_json(person_id(7))),
              ElementsAre("H-HOV-1"));
  EXPECT_THAT(rules_when("OwnerIdentityVerified", replaced(identity_json(), "HT-1", "HT-2")),
              ElementsAre("H-HOV-1"));
  const std::string mismatch =
      replaced(identity_json(person_id(7)), R"("roster_match":true)", R"("roster_match":false)");
  EXPECT_THAT(rules_when("OwnerIdentityVerified", mismatch), ElementsAre("SCHEMA"));
  t.given("OwnerIdentityVerified",
          replaced(mismatch, R"("id_doc":)", house_sealed("mismatch_note") + R"(,"id_doc":)"));
  EXPECT_EQ(stage(), HandoverStage::none);
  EXPECT_THAT(rules_when("OwnerDocumentsCollected", documents_json()), ElementsAre("H-HOV-1"));
}

TEST_F(HandoverTest, VerifiesOnceUnlessTheOwnerDeclined) {
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_THAT(rules_when("OwnerIdentityVerified", identity_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(HandoverTest, TheOwnerFileAsksForMobileAndBirthdayAndIsSigned) {
  t.given("OwnerIdentityVerified", identity_json());
  const std::string declined = R"("declined":["BIRTHDAY"])";
  EXPECT_THAT(rules_when("OwnerFileCreated",
                         replaced(owner_file_json(), declined, R"("legal_person":false)")),
              ElementsAre("H-HOV-2"));
  EXPECT_THAT(
      rules_when("OwnerFileCreated",
                 replaced(owner_file_json(), declined, R"("declined":["EMERGENCY_MOBILE"])")),
      ElementsAre("H-HOV-2", "H-HOV-2"));
  EXPECT_THAT(rules_when("OwnerFileCreated",
                         replaced(owner_file_json(), declined, R"("legal_person":true)")),
              IsEmpty());
  EXPECT_THAT(rules_when("OwnerFileCreated",
                         replaced(owner_file_json(), signed_by_house_owner(), "\"signatures\":[]")),
              ElementsAre("H-HOV-2"));
  EXPECT_THAT(rules_when("OwnerFileCreated",
                         replaced(replaced(owner_file_json(),
                                           text("owner", house_owner),
                                           text("owner", person_id(7))),
                                  signed_by_house_owner(),
                                  signatures({signature("OWNER", person_id(7))}))),
              ElementsAre("H-HOV-1"));
}

TEST_F(HandoverTest, AnAgentSignsOnlyWithAPowerOfAttorney) {
  t.given("OwnerIdentityVerified", identity_json());
  const std::string by_agent = replaced(owner_file_json(),
                                        signed_by_house_owner(),
                                        signatures({signature("OWNER_AGENT", person_id(8))}));
  EXPECT_THAT(rules_when("OwnerFileCreated", by_agent), ElementsAre("SCHEMA", "H-HOV-2"));
}

TEST_F(HandoverTest, TheResponsibilityPaperIsSignedByItsParty) {
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_THAT(
      rules_when("SafetyResponsibilitySigned",
                 replaced(safety_json(), signed_by_house_owner(), signed_by_house_tenant())),
      ElementsAre("SCHEMA"));
  const std::string fire =
      replaced(replaced(safety_json(), "HANDOVER", "DECORATION_FIRE"),
               signed_by_house_owner(),
               text("deco_id", "2025-0031") + "," + signatures({signature("CONTRACTOR", "C-07")}));
  t.given("SafetyResponsibilitySigned", fire);
  t.given("SafetyResponsibilitySigned", fire);
  EXPECT_EQ(t.world().get<SafetyPapersState>(house_unit).papers.size(), 1U);
  EXPECT_NE(find_safety_paper(
                t.world(), house_unit, SafetyPaper::decoration_fire, house_owner, "deco:2025-0031"),
            nullptr);
  EXPECT_THAT(rules_when("SafetyResponsibilitySigned",
                         replaced(safety_json(),
                                  signed_by_house_owner(),
                                  text("tenancy_id", "T-9") + "," + signed_by_house_owner())),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(HandoverTest, FollowsDefectsUntilTheOwnerSignsThatTheyAreRectified) {
  t.given("OwnerIdentityVerified", identity_json());
  t.given("HandoverDefectRecorded", defect_json());
  EXPECT_EQ(t.world().get<HandoverState>(house_unit).open_defects(), 1);
  EXPECT_THAT(rules_when("HandoverDefectRecorded", defect_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("HandoverDefectRectified", replaced(rectified_json(), "D-1", "D-2")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("HandoverDefectRectified",
                         replaced(rectified_json(), signed_by_house_owner(), "\"signatures\":[]")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("HandoverDefectRectified", replaced(rectified_json(), "2025-03-03", "2025-03-02")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("HandoverDefectRectified", replaced(rectified_json(), "2025-03-03", "2025-03-04")),
      ElementsAre("SCHEMA"));
  t.given("HandoverDefectRectified", rectified_json());
  EXPECT_EQ(t.world().get<HandoverState>(house_unit).open_defects(), 0);
  EXPECT_THAT(rules_when("HandoverDefectRectified", rectified_json()),
              ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(HandoverTest, ADeclinedHandoverNeedsItsReasonAndTheOwnerMayComeBack) {
  give_papers(t);
  const std::string without = json({unit_field(), text("attempted_on", "2025-03-03")});
  EXPECT_THAT(rules_when("HandoverDeclined", without), ElementsAre("H-HOV-7"));
  const std::string declined =
      json({unit_field(), text("attempted_on", "2025-03-03"), house_sealed("reason", "漏水")});
  t.given("HandoverDeclined", declined);
  EXPECT_EQ(stage(), HandoverStage::declined);
  EXPECT_THAT(rules_when("HandoverDefectRecorded", defect_json()), ElementsAre("H-HOV-1"));
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_EQ(stage(), HandoverStage::ready) << "papers given before still count";
  EXPECT_EQ(count("NOT_HANDED_OVER"), 1);
}

TEST_F(HandoverTest, ThePapersOfOneOwnerDoNotCountForAnother) {
  give_papers(t);
  t.given("HandoverDeclined",
          json({unit_field(), text("attempted_on", "2025-03-03"), house_sealed("reason")}));
  t.as("S-ARC").given("OwnerRosterImported", roster_json(person_id(7)));
  t.as("S-CSA").given("OwnerIdentityVerified", identity_json(person_id(7)));
  EXPECT_EQ(stage(), HandoverStage::verified);
  EXPECT_THAT(
      obstacles(),
      ElementsAre(Formality::owner_file, Formality::safety_paper, Formality::document_receipt));
}

TEST_F(HandoverTest, ACompletedHandoverCannotBeDeclined) {
  RuleTester done;
  hand_over(done);
  EXPECT_THAT(
      RuleTester::rules_of(done.when(
          "HandoverDeclined",
          json({unit_field(), text("attempted_on", "2025-03-03"), house_sealed("reason")}))),
      ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(done.append("HandoverDefectRecorded", defect_json()), IsEmpty())
      << "defects are followed after completion";
}

TEST_F(HandoverTest, ARosterNamesKnownUnitsOnceAndFifteenAtMost) {
  t.as("S-ARC");
  EXPECT_THAT(rules_when("OwnerRosterImported", replaced(roster_json(), "3-1-1202", "3-1-1299")),
              ElementsAre("SCHEMA"));
  std::string list = R"("entries":[)";
  for (int i = 0; i < 16; ++i) {
    const std::string unit = "3-1-" + std::to_string(2001 + i);
    register_unit(t, unit);
    list += (i == 0 ? "" : ",") + json({unit_field(unit),
                                        text("owner", house_owner),
                                        house_sealed("owner_name"),
                                        text("contract_no", "HT-1")});
  }
  EXPECT_THAT(rules_when("OwnerRosterImported",
                         json({text("roster_id", "R-2"),
                               house_attachment("roster_digest"),
                               text("developer", "DEV-1"),
                               list + "]"})),
              ElementsAre("SCHEMA"));
}

TEST_F(HandoverTest, AnOpenedCaseRefersToAnEarlierRecord) {
  EXPECT_THAT(rules_when("HandoverOpened",
                         json({unit_field(),
                               text("owner", house_owner),
                               "\"roster_entry\":{\"index\":99}",
                               text("opened_by", "S-CSA")})),
              ElementsAre("SCHEMA"));
}

TEST_F(HandoverTest, ARectificationKeyNeedsTheOwnersOpinionAndAnOpenDefect) {
  t.given("OwnerIdentityVerified", identity_json());
  Decision nothing;
  check_rectification_key(false, house_unit, t.world(), nothing);
  EXPECT_THAT(RuleTester::rules_of(nothing.refusals()), ElementsAre("H-HOV-6", "H-HOV-6"));
  t.given("HandoverDefectRecorded", defect_json());
  Decision agreed;
  check_rectification_key(true, house_unit, t.world(), agreed);
  EXPECT_FALSE(agreed.refused());
}

}  // namespace
}  // namespace juanzong::testing
