// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/office_move_in/office_move_in.h"

#include "events/procedures/office_lets.h"

#include "tests/support/office.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class OfficeMoveInTest : public HouseTest {
 protected:
  OfficeMoveInTest() {
    t.at("2025-03-03T10:00:00+08:00");
    register_unit(t);
    keep_key(t, "K-1");
    keep_key(t, "K-2");
    t.as("S-CSA");
  }
  KeyStage key_stage(std::string_view key_no) { return t.world().get<KeyState>(key_no).stage; }
  OfficeLetState let() { return t.world().get<OfficeLetState>(house_unit); }
  OfficeStage stage() { return stage_of(let()); }
  void prepare() {
    t.as("S-CSA").given("OfficeRoomRechecked", rechecked_json());
    t.as("S-ENV").given("OfficeFittingsSupplied", supplied_json());
    t.as("S-CSA");
  }
  void move_in() {
    prepare();
    t.given("OfficeKeysDelivered", keys_delivered_json());
  }
  std::vector<std::string> delivering(std::string_view from, std::string_view to) {
    return rules_when("OfficeKeysDelivered", replaced(keys_delivered_json(), from, to));
  }
  std::vector<std::string> filing(std::string_view from, std::string_view to) {
    return rules_when("OfficeClientFileOpened", replaced(client_file_json(), from, to));
  }
};

TEST_F(OfficeMoveInTest, AClientGetsACheckedRoomWithWhatHeSignsFor) {
  EXPECT_EQ(stage(), OfficeStage::free);
  prepare();
  EXPECT_EQ(stage(), OfficeStage::free);
  t.given("OfficeKeysDelivered", keys_delivered_json());
  EXPECT_EQ(stage(), OfficeStage::let);
  t.given("MoveInRulesExplained", of_client({}));
  t.as("S-CSM").given("OfficeClientFileOpened", client_file_json());
  EXPECT_EQ(let().company, office_company);
  EXPECT_THAT(let().signed_for, ElementsAre(Pair("遥控器", 1), Pair("门禁卡", 4)));
  EXPECT_THAT(let().keys,
              ElementsAre(Pair("K-1", OfficeKeyFate::with_client),
                          Pair("K-2", OfficeKeyFate::with_client)));
  EXPECT_EQ(key_stage("K-2"), KeyStage::with_client);
  EXPECT_EQ(t.world().get<KeyState>("K-2").holder, office_company);
  EXPECT_EQ(to_text(*let().delivered_on), "2025-03-03");
  EXPECT_EQ(let().rules_explained_to, office_company);
  EXPECT_EQ(let().file_keeper, "S-CSM");
  EXPECT_TRUE(let().services_explained);
  expect_states_round_trip(t);
}

TEST_F(OfficeMoveInTest, NoKeysBeforeTheRoomWasCheckedAgain) {
  t.as("S-ENV").given("OfficeFittingsSupplied", supplied_json());
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OfficeKeysDelivered", keys_delivered_json()), ElementsAre("H-OFF-1"));
  EXPECT_THAT(rules_when("OfficeRoomRechecked", rechecked_json("2025-03-04T09:00:00+08:00")),
              ElementsAre("SCHEMA"));
  t.given("OfficeRoomRechecked", rechecked_json());
  EXPECT_THAT(rules_when("OfficeKeysDelivered", keys_delivered_json()), IsEmpty());
}

TEST_F(OfficeMoveInTest, TheCheckIsAskedForNotItsResult) {
  t.given("OfficeRoomRechecked", replaced(rechecked_json(), "FIT", "DEFECTS"));
  EXPECT_TRUE(let().has_defects);
  EXPECT_THAT(delivering(R"({"name":"门禁卡","quantity":4},{"name":"遥控器","quantity":1})", ""),
              IsEmpty());
}

TEST_F(OfficeMoveInTest, TheClientSignsForTheKeys) {
  prepare();
  EXPECT_THAT(delivering("COMPANY_REP", "OWNER"), ElementsAre("H-OFF-2"));
  EXPECT_THAT(delivering("," + by_client(), ""), ElementsAre("H-OFF-2"));
}

TEST_F(OfficeMoveInTest, AFormHasNoAgentWithoutAuthorityAndNothingWithoutQuantity) {
  prepare();
  EXPECT_THAT(delivering(by_client(),
                         signatures({signature("COMPANY_REP", office_person),
                                     signature("OWNER_AGENT", office_person)})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(delivering(R"("quantity":1})", R"("quantity":1},{"name":"遥控器","quantity":-1})"),
              ElementsAre("SCHEMA", "H-OFF-2"));
  EXPECT_THAT(delivering(R"({"name":"门禁卡","quantity":4})",
                         R"({"name":"门禁卡","quantity":1},{"name":"门禁卡","quantity":3})"),
              ElementsAre("SCHEMA"))
      << "the sum is right, but a thing is listed once";
}

TEST_F(OfficeMoveInTest, TheFormListsExactlyWhatWasSupplied) {
  prepare();
  EXPECT_THAT(delivering(R"("quantity":4)", R"("quantity":3)"), ElementsAre("H-OFF-2"));
  EXPECT_THAT(delivering(R"("quantity":4)", R"("quantity":5)"), ElementsAre("H-OFF-2"));
  EXPECT_THAT(delivering(R"(,{"name":"遥控器","quantity":1})", ""), ElementsAre("H-OFF-2"));
  const auto refusals =
      t.when("OfficeKeysDelivered", replaced(keys_delivered_json(), "遥控器", "空调"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-OFF-2", "H-OFF-2"));
  EXPECT_EQ(refusals.front().facts.front().value, "空调");
  EXPECT_EQ(refusals.front().facts.back().value, "-1");
}

TEST_F(OfficeMoveInTest, AllThatIsWrongWithADeliveryIsReported) {
  t.as("S-ENV").given("OfficeFittingsSupplied", supplied_json(R"({"name":"桌","quantity":1})"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OfficeKeysDelivered", of_client({})),
              ElementsAre("H-OFF-1", "H-OFF-2", "H-OFF-2", "SCHEMA"));
}

TEST_F(OfficeMoveInTest, AKeyIsWithOneClientAndListedOnce) {
  prepare();
  EXPECT_THAT(delivering("K-2", "K-1"), ElementsAre("SCHEMA"));
  EXPECT_THAT(delivering(R"({"key_no":"K-1"},{"key_no":"K-2"})", ""), ElementsAre("SCHEMA"));
  t.given("OfficeKeysDelivered", keys_delivered_json());
  register_unit(t, "3-1-1203");
  t.as("S-CSA").given("OfficeRoomRechecked", replaced(rechecked_json(), "3-1-1202", "3-1-1203"));
  const std::string other =
      R"({"unit":"3-1-1203","company":"CO-2","keys":[{"key_no":"K-2"}],)" + by_client() + "}";
  const auto refusals = t.when("OfficeKeysDelivered", other);
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("SCHEMA", "STATE_REFUSED"))
      << "a key of another room, and with its client";
  EXPECT_EQ(refusals.back().facts.front().value, "WITH_CLIENT");
  EXPECT_EQ(refusals.back().facts.back().value, "IN_CUSTODY");
  EXPECT_THAT(rules_when("OfficeKeysDelivered", replaced(other, "K-2", "K-3")),
              ElementsAre("H-KEY-7"))
      << "a key that is not in the register";
  keep_key(t, "K-3", "3-1-1203");
  EXPECT_THAT(rules_when("OfficeKeysDelivered", replaced(other, "K-2", "K-3")), IsEmpty());
}

TEST_F(OfficeMoveInTest, AtMostTwelveKeysStandOnAForm) {
  prepare();
  const auto form = [](int count) {
    std::string keys;
    for (int i = 0; i < count; ++i) {
      keys += std::string(keys.empty() ? "" : ",") + R"({"key_no":"K-)" + std::to_string(100 + i) +
              "\"}";
    }
    return keys;
  };
  for (int i = 0; i < 13; ++i) {
    keep_key(t, "K-" + std::to_string(100 + i));
  }
  const std::string two = R"({"key_no":"K-1"},{"key_no":"K-2"})";
  EXPECT_THAT(delivering(two, form(12)), IsEmpty());
  EXPECT_THAT(delivering(two, form(13)), ElementsAre("SCHEMA"));
}

TEST_F(OfficeMoveInTest, WhatComesLaterIsSignedForOnAnotherForm) {
  move_in();
  t.as("S-ENV").given("OfficeFittingsSupplied", supplied_json(R"({"name":"桌","quantity":2})"));
  t.as("S-CSA");
  const std::string later =
      of_client({R"("fittings":[{"name":"桌","quantity":2}])", by_client(person_id(3002))});
  t.given("OfficeKeysDelivered", later);
  EXPECT_EQ(let().signed_for.at("桌"), 2);
  EXPECT_THAT(let().representatives, ElementsAre(office_person, person_id(3002)));
  EXPECT_THAT(rules_when("OfficeKeysDelivered", later), ElementsAre("H-OFF-2")) << "again";
}

TEST_F(OfficeMoveInTest, ARoomHasOneClient) {
  move_in();
  const std::string other = of_room(R"("company":"CO-2","keys":[{"key_no":"K-9"}],)" + by_client());
  EXPECT_THAT(rules_when("OfficeKeysDelivered", other), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MoveInRulesExplained", of_room(text("company", "CO-2"))),
              ElementsAre("SCHEMA"));
}

TEST_F(OfficeMoveInTest, ThingsHaveANameAndAQuantity) {
  t.as("S-ENV");
  for (const std::string_view bad : {R"({"name":"","quantity":1})",
                                     R"({"name":"桌","quantity":0})",
                                     R"({"name":"桌","quantity":-1})",
                                     R"({"name":"桌","quantity":1},{"name":"桌","quantity":2})",
                                     ""}) {
    EXPECT_THAT(rules_when("OfficeFittingsSupplied", supplied_json(bad)), ElementsAre("SCHEMA"))
        << bad;
  }
  EXPECT_THAT(
      rules_when("OfficeFittingsSupplied", replaced(supplied_json(), "3-1-1202", "9-9-9999")),
      ElementsAre("SCHEMA"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OfficeFittingsSupplied", supplied_json()), ElementsAre("ROLE"));
}

TEST_F(OfficeMoveInTest, TheManagerOpensAndKeepsTheFile) {
  t.as("S-CSM");
  EXPECT_THAT(rules_when("OfficeClientFileOpened", client_file_json()),
              ElementsAre("STATE_REFUSED"))
      << "nobody has the room";
  move_in();
  EXPECT_THAT(rules_when("OfficeClientFileOpened", client_file_json()), ElementsAre("ROLE"));
  t.as("S-CSM");
  EXPECT_THAT(filing("S-CSM", "S-ARC"), ElementsAre("H-OFF-3"));
  EXPECT_THAT(filing("S-CSM", "S-999"), ElementsAre("H-OFF-3"));
  EXPECT_THAT(filing("CO-1", "CO-2"), ElementsAre("SCHEMA"));
  t.given("OfficeClientFileOpened", client_file_json());
  EXPECT_THAT(rules_when("OfficeClientFileOpened", client_file_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(filing(text("responsible", office_person), text("responsible", person_id(3009))),
              IsEmpty());
}

TEST_F(OfficeMoveInTest, UnknownRoomsAreRefused) {
  EXPECT_THAT(rules_when("OfficeRoomRechecked", replaced(rechecked_json(), "3-1-1202", "9-9-9999")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MoveInRulesExplained", replaced(of_client({}), "3-1-1202", "9-9-9999")),
              ElementsAre("SCHEMA"));
  EXPECT_EQ(delivering("3-1-1202", "9-9-9999").front(), "SCHEMA");
  t.as("S-CSM");
  EXPECT_THAT(filing("3-1-1202", "9-9-9999"), ElementsAre("SCHEMA", "STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
