// SPDX-License-Identifier: Apache-2.0
// Keys come in: delivered, entrusted, kept back for rectification; numbers and register.
#include "events/procedures/key_custody.h"
#include "events/procedures/keys/key_numbers.h"
#include "events/procedures/keys/keys.h"
#include "events/procedures/units.h"

#include "tests/support/key_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KeysReceived : public HouseTest {
 protected:
  KeysReceived() { t.at("2025-03-03T10:00:00+08:00").as("S-KEY"); }
  KeyState key(std::string_view key_no = "K-1") { return t.world().get<KeyState>(key_no); }
  std::vector<std::string> delivering(std::initializer_list<std::string> keys) {
    return rules_when("KeyReceivedFromDeveloper", delivery_json(keys));
  }
  std::vector<std::string> entrusting(std::string_view from = {}, std::string_view to = {}) {
    return rules_when("KeyEntrusted",
                      from.empty() ? entrusted_json() : replaced(entrusted_json(), from, to));
  }
};

TEST_F(KeysReceived, AKeyOfTheDeveloperIsRegisteredAndLockedAway) {
  register_unit(t);
  t.as("S-KEY").given("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-1")}));
  EXPECT_EQ(key().stage, KeyStage::unregistered);
  EXPECT_EQ(key().origin, KeyOrigin::not_yet_handed_over);
  EXPECT_EQ(key().copies, 2);
  t.given("KeyRegistered", key_registered_json());
  EXPECT_EQ(key().stage, KeyStage::in_custody);
  EXPECT_EQ(key().cabinet, "A-3");
  EXPECT_EQ(key().registered_on, parse_date("2025-03-03"));
  EXPECT_EQ(key().holder, "");
  expect_states_round_trip(t);
}

TEST_F(KeysReceived, AKeyDeliveredAfterTheHandoverIsTheDevelopers) {
  hand_over(t);
  put_in_custody(t);
  EXPECT_EQ(key().origin, KeyOrigin::developer);
}

TEST_F(KeysReceived, ADeliveryNamesKnownUnitsNewKeysOnceAndIsSignedByTheDeveloper) {
  register_unit(t);
  t.as("S-KEY");
  EXPECT_THAT(delivering({delivered_key("K-1"), delivered_key("K-2")}), IsEmpty());
  EXPECT_THAT(delivering({delivered_key("K-1", "9-9-9999")}), ElementsAre("SCHEMA"));
  EXPECT_THAT(delivering({delivered_key("K-1"), delivered_key("K-1")}), ElementsAre("SCHEMA"));
  EXPECT_THAT(delivering({replaced(delivered_key("K-1"), ":2", ":-1")}), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("KeyReceivedFromDeveloper",
                         replaced(delivery_json({delivered_key("K-1")}), "DEVELOPER", "SUPPLIER")),
              ElementsAre("SCHEMA"));
  t.given("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-1")}));
  EXPECT_THAT(delivering({delivered_key("K-1")}), ElementsAre("STATE_REFUSED"));
  t.as("S-CSA");
  EXPECT_THAT(delivering({delivered_key("K-2")}), ElementsAre("ROLE"));
}

TEST_F(KeysReceived, ADeliveryFitsIntoTheStreamsOfOneRecord) {
  register_unit(t);
  t.as("S-KEY");
  std::string list = delivered_key("K-1");
  for (int i = 2; i <= 15; ++i) {
    list += "," + delivered_key("K-" + std::to_string(i));
  }
  EXPECT_THAT(delivering({list}), IsEmpty());
  EXPECT_THAT(delivering({list + "," + delivered_key("K-16")}), ElementsAre("SCHEMA"));
}

TEST_F(KeysReceived, KeysAreNumberedInSequence) {
  hand_over(t);
  t.as("S-KEY");
  EXPECT_THAT(delivering({delivered_key("K-356")}), IsEmpty()) << "an old register is carried on";
  EXPECT_THAT(delivering({delivered_key("K-1"), delivered_key("K-3")}), ElementsAre("H-KEY-7"));
  EXPECT_THAT(delivering({delivered_key("MASTER")}), ElementsAre("H-KEY-7"));
  t.given("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-1"), delivered_key("K-2")}));
  const auto refusals = t.when("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-4")}));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-KEY-7"));
  EXPECT_EQ(refusals.front().facts.back(), fact("expected", "K-3"));
  EXPECT_THAT(delivering({delivered_key("K-3"), delivered_key("B-1")}), IsEmpty());
  EXPECT_THAT(rules_when("KeyEntrusted", entrusted_json("K-5")), ElementsAre("H-KEY-7"));
  EXPECT_THAT(rules_when("KeyEntrusted", entrusted_json("K-4")), ElementsAre("H-KEY-7"))
      << "nothing was taken by what was only asked";
}

TEST_F(KeysReceived, ReadsTheNumberAtTheEnd) {
  using keys::parse_key_number;
  EXPECT_EQ(parse_key_number("3-1-1202-07")->series, "3-1-1202-");
  EXPECT_EQ(parse_key_number("3-1-1202-07")->number, 7U);
  EXPECT_EQ(parse_key_number("12")->series, "");
  EXPECT_FALSE(parse_key_number("K-1a"));
  EXPECT_TRUE(parse_key_number("999999999999999999"));
  EXPECT_FALSE(parse_key_number("1000000000000000000"));
}

TEST_F(KeysReceived, AKeyIsRegisteredOnceAndLocked) {
  register_unit(t);
  t.as("S-KEY");
  EXPECT_THAT(rules_when("KeyRegistered", key_registered_json()), ElementsAre("STATE_REFUSED"))
      << "nobody brought it";
  t.given("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-1")}));
  EXPECT_THAT(rules_when("KeyRegistered", replaced(key_registered_json(), ":true", ":false")),
              ElementsAre("H-KEY-7"));
  register_unit(t, "3-1-1203");
  t.as("S-KEY");
  EXPECT_THAT(rules_when("KeyRegistered", key_registered_json("K-1", "3-1-1203")),
              ElementsAre("SCHEMA"));
  t.given("KeyRegistered", key_registered_json());
  EXPECT_THAT(rules_when("KeyRegistered", key_registered_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(KeysReceived, WhatIsNotInTheRegisterIsNotGivenOutLentOrShown) {
  hand_over(t);
  t.as("S-KEY").given("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-1")}));
  EXPECT_THAT(rules_when("KeyIssuedToOwner", issued_keys_json()), ElementsAre("H-KEY-7"));
  EXPECT_THAT(rules_when("KeyLentInternally", lent_json()), ElementsAre("H-KEY-7"));
  EXPECT_THAT(rules_when("KeyReclaimed", reclaimed_json()), ElementsAre("H-KEY-7"));
  EXPECT_THAT(rules_when("KeyReturned", key_returned_json()), ElementsAre("H-KEY-7"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("ViewingEscorted", escorted_json()), ElementsAre("H-KEY-7"));
  t.as("S-KEY").given("KeyRegistered", key_registered_json());
  EXPECT_THAT(rules_when("KeyIssuedToOwner", issued_keys_json()), IsEmpty());
}

TEST_F(KeysReceived, OnlyKeysOfVacantUnitsAreEntrusted) {
  hand_over(t);
  t.as("S-KEY");
  EXPECT_THAT(entrusting(), IsEmpty());
  EXPECT_THAT(entrusting("\"vacant\":true", "\"vacant\":false"), ElementsAre("H-KEY-2"))
      << "a claim that differs from the ledger";
  EXPECT_THAT(entrusting("\"disclaimer_accepted\":true", "\"disclaimer_accepted\":false"),
              ElementsAre("H-KEY-2"));
  move_owner_in(t, "2025-03-03");
  t.as("S-KEY");
  EXPECT_THAT(entrusting(), ElementsAre("H-KEY-2")) << "the claim is not believed";
  EXPECT_THAT(entrusting("\"vacant\":true", "\"vacant\":false"), ElementsAre("H-KEY-2"));
}

TEST_F(KeysReceived, AUnitUnderDecorationIsNotVacant) {
  hand_over(t);
  t.world().edit<UnitState>(house_unit).decorating = true;
  t.as("S-KEY");
  EXPECT_THAT(entrusting(), ElementsAre("H-KEY-2"));
}

TEST_F(KeysReceived, AnEntrustedKeyIsSignedForByWhoBringsIt) {
  hand_over(t);
  t.as("S-KEY");
  EXPECT_THAT(entrusting(signed_by_house_owner(), "\"signatures\":[]"), ElementsAre("SCHEMA"));
  EXPECT_THAT(entrusting(text("entruster", house_owner), text("entruster", person_id(7))),
              ElementsAre("SCHEMA"));
  const std::string by_customer = replaced(replaced(entrusted_json(), house_owner, person_id(7)),
                                           signed_by_house_owner(),
                                           signatures({signature("CUSTOMER", person_id(7))}));
  EXPECT_THAT(rules_when("KeyEntrusted", by_customer), IsEmpty());
  t.given("KeyEntrusted", entrusted_json());
  EXPECT_EQ(key().stage, KeyStage::unregistered);
  EXPECT_EQ(key().origin, KeyOrigin::entrusted);
  EXPECT_EQ(key().entruster, house_owner);
  EXPECT_TRUE(key().by_owner);
  EXPECT_THAT(entrusting(), ElementsAre("STATE_REFUSED"));
  t.given("KeyRegistered", key_registered_json());
  EXPECT_EQ(key().stage, KeyStage::in_custody);
  expect_states_round_trip(t);
}

TEST_F(KeysReceived, AKeyThatIsOutIsEntrustedByItsHolderOrTheOwner) {
  hand_over(t);
  put_in_custody(t);
  t.given("KeyIssuedToOwner", issued_keys_json());
  const std::string by_stranger = replaced(replaced(entrusted_json(), house_owner, person_id(7)),
                                           signed_by_house_owner(),
                                           signatures({signature("CUSTOMER", person_id(7))}));
  EXPECT_THAT(rules_when("KeyEntrusted", by_stranger), ElementsAre("SCHEMA"));
  t.given("KeyEntrusted", entrusted_json());
  EXPECT_EQ(key().stage, KeyStage::in_custody) << "it has its place in the register";
  EXPECT_EQ(key().origin, KeyOrigin::entrusted);
}

TEST_F(KeysReceived, ARectificationKeyNeedsTheOwnersConsentAndOpenDefects) {
  hand_over(t);
  t.as("S-CSA").given("HandoverDefectRecorded", house_defect_json());
  put_in_custody(t);
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("RectificationKeyRetained", replaced(retained_json(), from, to));
  };
  EXPECT_THAT(with(signed_by_house_owner(), "\"signatures\":[]"), ElementsAre("H-HOV-6"));
  EXPECT_THAT(with("\"owner_consented\":true", "\"owner_consented\":false"),
              ElementsAre("H-HOV-6"));
  EXPECT_THAT(with(house_sealed("owner_opinion", "同意留一把") + ",", ""), ElementsAre("H-HOV-6"));
  EXPECT_THAT(with(R"(["D-1"])", R"(["D-1","D-9"])"), ElementsAre("H-HOV-6"));
  EXPECT_THAT(with(R"("defects":["D-1"],)", ""), ElementsAre("H-HOV-6"));
  EXPECT_THAT(rules_when("RectificationKeyRetained", retained_json("K-2")), ElementsAre("H-KEY-7"));
  t.given("RectificationKeyRetained", retained_json());
  EXPECT_EQ(key().origin, KeyOrigin::rectification);
  EXPECT_EQ(key().stage, KeyStage::in_custody);
  EXPECT_THAT(key().defects, ElementsAre("D-1"));
  expect_states_round_trip(t);
}

TEST_F(KeysReceived, AnAgentWithoutAPowerOfAttorneyIsRefusedOnEveryForm) {
  hand_over(t);
  t.as("S-CSA").given("HandoverDefectRecorded", house_defect_json());
  put_in_custody(t);
  t.as("S-KEY");
  const auto beside = [&](std::string_view event, std::string body) {
    body.insert(body.rfind(']'), "," + signature("OWNER_AGENT", person_id(7)));
    return rules_when(event, body);
  };
  EXPECT_THAT(beside("KeyReceivedFromDeveloper", delivery_json({delivered_key("K-2")})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(beside("KeyEntrusted", entrusted_json("K-2")), ElementsAre("SCHEMA"));
  EXPECT_THAT(beside("RectificationKeyRetained", retained_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(beside("KeyIssuedToOwner", issued_keys_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(beside("KeyLentInternally", lent_json()), ElementsAre("SCHEMA"));
  t.as("S-PM");
  EXPECT_THAT(beside("KeyIssueExceptionApproved", exception_json()), ElementsAre("SCHEMA"));
}

TEST_F(KeysReceived, NoKeyOfAnUnknownUnitIsEntrusted) {
  const std::string by_customer = replaced(replaced(entrusted_json(), house_owner, person_id(7)),
                                           signed_by_house_owner(),
                                           signatures({signature("CUSTOMER", person_id(7))}));
  EXPECT_THAT(rules_when("KeyEntrusted", by_customer), ElementsAre("SCHEMA"));
}

TEST_F(KeysReceived, ARectifiedDefectKeepsNoKeyBack) {
  hand_over(t);
  t.as("S-CSA").given("HandoverDefectRecorded", house_defect_json());
  t.given("HandoverDefectRecorded", house_defect_json("D-2"));
  t.given("HandoverDefectRectified",
          json({unit_field(),
                text("defect_id", "D-1"),
                text("done_on", "2025-03-03"),
                text("verified_by", "S-ENG"),
                "\"evidence\":[" + attachment(house_owner) + "]",
                signed_by_house_owner()}));
  put_in_custody(t);
  EXPECT_THAT(rules_when("RectificationKeyRetained", retained_json()), ElementsAre("H-HOV-6"));
  EXPECT_THAT(rules_when("RectificationKeyRetained", replaced(retained_json(), "D-1", "D-2")),
              IsEmpty());
}

TEST_F(KeysReceived, AfterADeclinedHandoverNoKeyIsKeptBack) {
  register_unit(t);
  t.given("OwnerRosterImported", roster_json());
  give_papers(t);
  t.given("HandoverDefectRecorded", house_defect_json());
  t.given("HandoverDeclined",
          json({unit_field(), text("attempted_on", "2025-03-03"), house_sealed("reason")}));
  put_in_custody(t);
  EXPECT_THAT(rules_when("RectificationKeyRetained", retained_json()),
              ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
