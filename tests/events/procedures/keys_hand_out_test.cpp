// SPDX-License-Identifier: Apache-2.0
// Keys to the owner: at the handover, under an exception, given back later, reclaimed.
#include "events/procedures/handovers.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/keys/keys.h"
#include "events/procedures/parties.h"
#include "events/procedures/units.h"

#include "tests/support/key_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KeysHandedOut : public HouseTest {
 protected:
  KeysHandedOut() { t.at("2025-03-03T10:00:00+08:00"); }
  KeyState key(std::string_view key_no = "K-1") { return t.world().get<KeyState>(key_no); }
  HandoverStage stage() { return handover_stage(t.world(), house_unit, *parse_date("2025-03-03")); }
  std::vector<std::string> issuing(const std::string& body) {
    return RuleTester::rules_of(t.as("S-CSA").when("KeyIssuedToOwner", body));
  }
  void begin_handover() {
    register_unit(t);
    t.given("OwnerRosterImported", roster_json());
    put_in_custody(t);
    give_papers(t);
    assess_half_year(t);
  }
};

TEST_F(KeysHandedOut, KeysGoOutAfterTheFormalitiesAndBeforeTheHandoverIsCompleted) {
  begin_handover();
  pay(t, "F-1");
  const RecordIndex receipt = t.given("HandoverDocumentsIssued", issued_json());
  EXPECT_EQ(stage(), HandoverStage::docs_signed);
  EXPECT_THAT(rules_when("HandoverCompleted", completed_json(receipt)),
              ElementsAre("STATE_REFUSED"))
      << "the key still lies in the cabinet";
  t.given("KeyIssuedToOwner", handover_keys_json());
  EXPECT_EQ(stage(), HandoverStage::keys_out);
  EXPECT_EQ(key().stage, KeyStage::with_owner);
  EXPECT_EQ(key().holder, house_owner);
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("STATE_REFUSED"))
      << "entered again by an impatient clerk (SC6)";
  t.given("HandoverCompleted", completed_json(receipt));
  EXPECT_EQ(stage(), HandoverStage::completed);
  expect_states_round_trip(t);
}

TEST_F(KeysHandedOut, NamesEveryFormalityThatIsMissing) {
  begin_handover();
  const auto refusals = t.when("KeyIssuedToOwner", handover_keys_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-KEY-1", "H-HOV-3"));
  EXPECT_THAT(refusals.front().facts,
              ElementsAre(fact("unit", house_unit),
                          fact("missing", "HALF_YEAR_FEE"),
                          fact("missing", "DOCUMENT_RECEIPT"),
                          fact("fee_charge_id", "F-1"),
                          fact("open", Fen{42'000})));
  pay(t, "F-1");
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("H-KEY-1", "H-HOV-3"));
  t.given("HandoverDocumentsIssued", issued_json());
  EXPECT_THAT(issuing(handover_keys_json()), IsEmpty());
}

TEST_F(KeysHandedOut, AHalfYearThatWasNeverAssessedIsNotPaid) {
  register_unit(t);
  t.given("OwnerRosterImported", roster_json());
  put_in_custody(t);
  give_papers(t);
  t.given("HandoverDocumentsIssued", issued_json());
  const std::string without = issued_keys_json("\"K-1\"", {text("handover_case", house_unit)});
  EXPECT_THAT(issuing(without), ElementsAre("H-KEY-1", "H-HOV-3"));
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("H-KEY-1", "H-HOV-3"));
  assess(t, {.id = "F-1", .party = house_owner, .from = "2025-03-03", .to = "2025-06-03"});
  pay(t, "F-1");
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("H-KEY-1", "H-HOV-3"))
      << "three months are not half a year";
  adopt(t, "handover.fee_before_key", "false", "2025-03-01");
  EXPECT_THAT(issuing(without), IsEmpty());
}

TEST_F(KeysHandedOut, TheOwnerSignsAndIsIdentified) {
  begin_handover();
  pay(t, "F-1");
  t.given("HandoverDocumentsIssued", issued_json());
  const auto with = [&](std::string_view from, std::string_view to) {
    return issuing(replaced(handover_keys_json(), from, to));
  };
  EXPECT_THAT(with(signed_by_house_owner(), "\"signatures\":[]"),
              ElementsAre("H-KEY-1", "H-HOV-4"));
  EXPECT_THAT(
      with("\"id_checked\":\"ID_CARD\",\"signatures\"", "\"id_checked\":\"NONE\",\"signatures\""),
      ElementsAre("H-KEY-3"));
  EXPECT_THAT(with(text("to", house_owner), text("to", person_id(7))), ElementsAre("H-KEY-3"));
  EXPECT_THAT(with(signed_by_house_owner(), signatures({signature("OWNER_AGENT", person_id(7))})),
              ElementsAre("SCHEMA", "H-KEY-1", "H-HOV-4"));
  EXPECT_THAT(with(text("handover_case", house_unit), text("handover_case", "3-1-1203")),
              ElementsAre("SCHEMA"));
}

TEST_F(KeysHandedOut, AFirstKeyBeforeTheHandoverNamesItsCase) {
  begin_handover();
  EXPECT_THAT(issuing(issued_keys_json()), ElementsAre("H-KEY-1"));
  t.given("HandoverDefectRecorded", house_defect_json());
  t.given("RectificationKeyRetained", retained_json());
  EXPECT_THAT(issuing(issued_keys_json()), ElementsAre("H-KEY-1"))
      << "kept back for rectification is no way around the formalities";
}

TEST_F(KeysHandedOut, AfterTheHandoverNoCaseIsNamed) {
  hand_over(t);
  put_in_custody(t);
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(issuing(issued_keys_json()), IsEmpty());
}

TEST_F(KeysHandedOut, AnExceptionOfTwoLiftsTheFormalitiesOnceAndNothingElse) {
  begin_handover();
  EXPECT_THAT(issuing(handover_keys_json()), ElementsAre("H-KEY-1", "H-HOV-3"));
  t.as("S-PM").given("KeyIssueExceptionApproved", exception_json());
  const std::string to_relative =
      replaced(replaced(handover_keys_json(), text("to", house_owner), text("to", person_id(7))),
               signed_by_house_owner(),
               signatures({signature("CUSTOMER", person_id(7))}));
  EXPECT_THAT(issuing(to_relative), ElementsAre("H-KEY-3", "H-KEY-1", "H-HOV-4"));
  t.as("S-CSA").given("KeyIssuedToOwner", handover_keys_json());
  EXPECT_EQ(key().stage, KeyStage::with_owner);
  EXPECT_EQ(stage(), HandoverStage::verified) << "the other steps follow";
  put_in_custody(t, "K-2");
  EXPECT_THAT(issuing(handover_keys_json("\"K-2\"")), ElementsAre("H-KEY-1", "H-HOV-3"))
      << "the approval is used up";
  pay(t, "F-1");
  t.as("S-CSA").given("HandoverDocumentsIssued", issued_json());
  EXPECT_EQ(stage(), HandoverStage::keys_out);
}

TEST_F(KeysHandedOut, UnderAnExceptionTheOwnerOfTheRosterComesBeforeHisIdentityIsVerified) {
  register_unit(t);
  t.given("OwnerRosterImported", roster_json());
  put_in_custody(t);
  t.as("S-PM").given("KeyIssueExceptionApproved", exception_json());
  t.as("S-CSA").given("KeyIssuedToOwner", handover_keys_json());
  t.given("OwnerIdentityVerified", identity_json());
  EXPECT_TRUE(t.world().get<HandoverState>(house_unit).keys_out);
  t.given("HandoverDeclined",
          json({unit_field(), text("attempted_on", "2025-03-03"), house_sealed("reason")}));
  t.as("S-ARC").given("OwnerRosterImported", roster_json(person_id(7)));
  t.as("S-CSA").given("OwnerIdentityVerified", identity_json(person_id(7)));
  EXPECT_FALSE(t.world().get<HandoverState>(house_unit).keys_out)
      << "what one owner was given is not another one's";
}

TEST_F(KeysHandedOut, AnApprovalForOneOwnerIsNotAnotherOnes) {
  register_unit(t);
  t.given("OwnerRosterImported", roster_json());
  t.as("S-PM").given("KeyIssueExceptionApproved", exception_json());
  t.as("S-ARC").given("OwnerRosterImported", roster_json());
  EXPECT_TRUE(t.world().get<HandoverState>(house_unit).key_exception);
  t.given("OwnerRosterImported", roster_json(person_id(7)));
  EXPECT_FALSE(t.world().get<HandoverState>(house_unit).key_exception);
}

TEST_F(KeysHandedOut, AnExceptionIsSignedByProjectManagerAndCompanyLeader) {
  register_unit(t);
  t.as("S-PM");
  const auto approving = [&](std::initializer_list<std::string> blocks) {
    return rules_when("KeyIssueExceptionApproved",
                      json({unit_field(), house_sealed("reason"), signatures(blocks)}));
  };
  EXPECT_THAT(approving({staff_signature("PM"), staff_signature("CL")}), IsEmpty());
  EXPECT_THAT(approving({staff_signature("PM")}), ElementsAre("H-KEY-6"));
  EXPECT_THAT(approving({staff_signature("CL")}), ElementsAre("H-KEY-6"));
  EXPECT_THAT(approving({staff_signature("PM"), staff_signature("CSM")}), ElementsAre("H-KEY-6"));
  t.world().edit<StaffState>("S-PM").roles.add(Role::cl);
  const std::string as_leader =
      replaced(staff_signature("PM"), text("staff_role", "PM"), text("staff_role", "CL"));
  EXPECT_THAT(approving({staff_signature("PM"), as_leader}), ElementsAre("H-KEY-6"))
      << "one person in both offices";
  EXPECT_THAT(
      rules_when("KeyIssueExceptionApproved", replaced(exception_json(), house_unit, "9-9-9999")),
      ElementsAre("SCHEMA"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("KeyIssueExceptionApproved", exception_json()), ElementsAre("ROLE"));
}

TEST_F(KeysHandedOut, AnEntrustedKeyIsCollectedByWhoEntrustedItAlone) {
  hand_over(t);
  t.as("S-KEY").given("KeyEntrusted", entrusted_json());
  t.given("KeyRegistered", key_registered_json());
  EXPECT_THAT(issuing(issued_keys_json("\"K-1\"", {}, person_id(7))),
              ElementsAre("H-KEY-3", "H-KEY-3"));
  t.as("S-PM").given("KeyIssueExceptionApproved", exception_json());
  EXPECT_THAT(issuing(issued_keys_json("\"K-1\"", {}, person_id(7))),
              ElementsAre("H-KEY-3", "H-KEY-3"))
      << "with an exception either (SC14)";
  const std::string agent =
      replaced(signature("OWNER_AGENT", person_id(7)),
               "\"id_checked\"",
               "\"authority_doc\":" + attachment(person_id(7)) + ",\"id_checked\"");
  const std::string by_agent =
      replaced(issued_keys_json(), signed_by_house_owner(), signatures({agent}));
  EXPECT_THAT(issuing(by_agent), ElementsAre("H-KEY-3")) << "nobody else, whatever his papers";
  t.as("S-CSA").given("KeyIssuedToOwner", issued_keys_json());
  EXPECT_EQ(key().holder, house_owner);
  EXPECT_EQ(key().entruster, "");
}

TEST_F(KeysHandedOut, AnOrdinaryKeyIsCollectedByTheOwnersAgentToo) {
  hand_over(t);
  put_in_custody(t);
  const std::string agent =
      replaced(signature("OWNER_AGENT", person_id(7)),
               "\"id_checked\"",
               "\"authority_doc\":" + attachment(person_id(7)) + ",\"id_checked\"");
  EXPECT_THAT(issuing(replaced(issued_keys_json(), signed_by_house_owner(), signatures({agent}))),
              IsEmpty());
}

TEST_F(KeysHandedOut, TheNewOwnerTakesTheFormerOwnersPlaceButNotAnotherCustomers) {
  hand_over(t);
  t.as("S-KEY").given("KeyEntrusted", entrusted_json("K-1"));
  t.given("KeyRegistered", key_registered_json("K-1"));
  t.given("KeyEntrusted",
          replaced(replaced(entrusted_json("K-2"), house_owner, person_id(7)),
                   signed_by_house_owner(),
                   signatures({signature("CUSTOMER", person_id(7))})));
  t.given("KeyRegistered", key_registered_json("K-2"));
  t.world().edit<UnitState>(house_unit).owner = person_id(8);
  EXPECT_THAT(issuing(issued_keys_json("\"K-1\"")), ElementsAre("H-KEY-3", "H-KEY-3"));
  EXPECT_THAT(issuing(issued_keys_json("\"K-1\"", {}, person_id(8))), IsEmpty());
  EXPECT_THAT(issuing(issued_keys_json("\"K-2\"", {}, person_id(8))),
              ElementsAre("H-KEY-3", "H-KEY-3"));
  EXPECT_THAT(issuing(replaced(issued_keys_json("\"K-2\"", {}, person_id(7)), "OWNER", "CUSTOMER")),
              IsEmpty());
}

TEST_F(KeysHandedOut, ListsEachKeyOnceAndFifteenAtMost) {
  hand_over(t);
  std::string list;
  for (int i = 1; i <= 16; ++i) {
    const std::string key_no = "K-" + std::to_string(i);
    put_in_custody(t, key_no);
    list += (i == 1 ? "\"" : ",\"") + key_no + "\"";
  }
  EXPECT_THAT(issuing(issued_keys_json(list)), ElementsAre("SCHEMA"));
  EXPECT_THAT(issuing(issued_keys_json(R"("K-1","K-1")")), ElementsAre("SCHEMA"));
  EXPECT_THAT(issuing(issued_keys_json(R"("K-1","K-2","K-3")")), IsEmpty());
  EXPECT_THAT(issuing(issued_keys_json(R"("K-1","K-99")")), ElementsAre("H-KEY-7"));
}

TEST_F(KeysHandedOut, AReclaimedKeyComesBackFromItsHolder) {
  hand_over(t);
  put_in_custody(t);
  t.as("S-KEY");
  EXPECT_THAT(rules_when("KeyReclaimed", reclaimed_json()), ElementsAre("STATE_REFUSED"));
  t.given("KeyIssuedToOwner", issued_keys_json());
  EXPECT_THAT(rules_when("KeyReclaimed", reclaimed_json(person_id(7))), ElementsAre("SCHEMA"));
  t.given("KeyReclaimed", reclaimed_json());
  EXPECT_EQ(key().stage, KeyStage::in_custody);
  EXPECT_EQ(key().holder, "");
  EXPECT_THAT(rules_when("KeyReclaimed", reclaimed_json()), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
