// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/origins.h"

#include "tests/support/rule_tester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string digest(64, 'a');

std::string common(std::string_view former, std::string_view origin) {
  return R"("former_origin":")" + std::string(former) + R"(","origin":")" + std::string(origin) +
         R"(","origin_id":"ab","verifier_key":"k","old_size":9,"old_root":")" + digest + '"';
}

std::string recovery(std::string_view former, std::string_view origin, int known_size = 12) {
  return "{" + common(former, origin) + R"(,"known_size":)" + std::to_string(known_size) +
         R"(,"known_root":")" + digest + R"(","reason":"STORAGE_LOST"})";
}

std::string handed_over(std::string_view founder, std::string_view key_id) {
  return "{" + common("a.example", "b.example") + R"(,"successor":"Yunhe","founder":")" +
         std::string(founder) + R"(","founder_public_key":")" + digest + R"(","founder_key_id":")" +
         std::string(key_id) + "\"}";
}

TEST(Succession, ARecoveryChangesOriginAndKey) {
  RuleTester t;
  t.as("S-ADM").given("RecoveryDeclared", recovery("a.example", "a.example/2"));
  const auto state = t.world().get<OriginState>(origin_key);
  EXPECT_EQ(state.origin, "a.example/2");
  EXPECT_EQ(state.verifier_key, "k");
  ASSERT_EQ(state.former.size(), 1U);
  EXPECT_EQ(state.former.front().origin, "a.example");
  EXPECT_FALSE(state.handed_over.has_value());
}

TEST(Succession, NoOriginIsUsedTwice) {
  RuleTester t;
  t.as("S-ADM");
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a.example", "a.example"))),
              ElementsAre("H-SUC-1"));
  t.given("RecoveryDeclared", recovery("a.example", "a.example/2"));
  EXPECT_THAT(
      RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a.example/2", "a.example"))),
      ElementsAre("H-SUC-1"));
  EXPECT_THAT(
      RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a.example/2", "a.example/3"))),
      IsEmpty());
}

TEST(Succession, NothingLostIsNoRecovery) {
  RuleTester t;
  t.as("S-ADM");
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a", "b", 9))),
              ElementsAre("H-SUC-2"));
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a", "b", 10))), IsEmpty());
}

TEST(Succession, DigestsAndKeysHaveTheirLength) {
  RuleTester t;
  t.as("S-ADM");
  std::string json = recovery("a", "b");
  json.replace(json.find(digest), digest.size(), "aa");
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryDeclared", json)), ElementsAre("SCHEMA"));
}

TEST(Succession, TheSuccessorsAdministratorIsNewHereAndActs) {
  RuleTester t;
  t.as("S-CL");
  EXPECT_THAT(RuleTester::rules_of(t.when("LedgerHandedOver", handed_over("S-ADM", "11"))),
              ElementsAre("H-SUC-3"));
  const RecordIndex index = t.given("LedgerHandedOver", handed_over("Y-ADM", "11"));
  EXPECT_TRUE(staff_has_role(t.world(), "Y-ADM", Role::adm));
  const auto key = t.world().get<ActorKeyState>("11");
  EXPECT_EQ(key.staff, "Y-ADM");
  EXPECT_EQ(key.public_key.front(), 0xaa);
  EXPECT_EQ(key.registered, index);
  EXPECT_TRUE(is_valid_key(t.world(), key));
}

TEST(Succession, KeysOfTheFormerCompanyEnd) {
  RuleTester t;
  ActorKeyState before;
  before.registered = RecordIndex{0};
  EXPECT_TRUE(is_valid_key(t.world(), before));
  t.as("S-CL").given("LedgerHandedOver", handed_over("Y-ADM", "11"));
  EXPECT_FALSE(is_valid_key(t.world(), before));
}

TEST(Succession, OnlyTheLeaderHandsOverAndOnlyAnAdministratorRecovers) {
  RuleTester t;
  t.as("S-ADM");
  EXPECT_THAT(RuleTester::rules_of(t.when("LedgerHandedOver", handed_over("Y-ADM", "11"))),
              ElementsAre("ROLE"));
  t.as("S-CL");
  EXPECT_THAT(RuleTester::rules_of(t.when("RecoveryDeclared", recovery("a", "b"))),
              ElementsAre("ROLE"));
}

}  // namespace
}  // namespace juanzong::testing
