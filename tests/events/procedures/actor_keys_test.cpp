// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/actor_keys/actor_keys.h"

#include "crypto/hex.h"

#include "events/procedures/parties.h"

#include "tests/support/rule_tester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

KeyId key(std::uint8_t n) {
  KeyId id;
  id.bytes.fill(n);
  return id;
}

std::string name(std::uint8_t n) {
  return crypto::hex_encode(key(n).view());
}

std::string registered(const std::string& staff, std::uint8_t n) {
  return R"({"staff":")" + staff + R"(","public_key":")" + name(n) + R"(","key_id":")" + name(n) +
         R"(","custody":"FILE"})";
}

std::string rotated(const std::string& staff, std::uint8_t old_key, std::uint8_t new_key) {
  return R"({"staff":")" + staff + R"(","old_key_id":")" + name(old_key) + R"(","public_key":")" +
         name(new_key) + R"(","key_id":")" + name(new_key) + R"(","custody":"FILE"})";
}

std::string revoked(const std::string& staff, std::uint8_t n) {
  return R"({"key_id":")" + name(n) + R"(","staff":")" + staff + "\"}";
}

// A ledger on which S-CSA holds key 1.
void give_key(RuleTester& t) {
  t.as("S-HR").signers({key(9), key(1)}).given("ActorKeyRegistered", registered("S-CSA", 1));
}

TEST(ActorKeys, RegistersAKeyThatSignsItsOwnRegistration) {
  RuleTester t;
  give_key(t);
  const auto state = t.world().get<ActorKeyState>(name(1));
  EXPECT_EQ(state.staff, "S-CSA");
  EXPECT_EQ(state.public_key, key(1).bytes);
  EXPECT_FALSE(state.revoked);
}

TEST(ActorKeys, RefusesUnknownStaffAKnownKeyAndNoProofOfPossession) {
  RuleTester t;
  give_key(t);
  t.signers({key(9)});
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRegistered", registered("S-99", 1))),
              ElementsAre("H-KEYS-1", "H-KEYS-2", "H-KEYS-3"));
}

TEST(ActorKeys, RefusesAPublicKeyOfTheWrongLength) {
  RuleTester t;
  t.as("S-HR").signers({key(1)});
  const auto refusals = t.when(
      "ActorKeyRegistered",
      R"({"staff":"S-CSA","public_key":"0102","key_id":")" + name(1) + R"(","custody":"FILE"})");
  EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("SCHEMA"));
}

TEST(ActorKeys, RotatesOnlyByTheHoldersOwnValidKey) {
  RuleTester t;
  give_key(t);
  t.as("S-CSA").signers({key(1), key(2)});
  EXPECT_THAT(t.when("ActorKeyRotated", rotated("S-CSA", 1, 2)), IsEmpty());
  t.as("S-PM");
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRotated", rotated("S-CSA", 1, 2))),
              ElementsAre("H-KEYS-4"));
  t.as("S-CSA").signers({key(9), key(2)});
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRotated", rotated("S-CSA", 1, 2))),
              ElementsAre("H-KEYS-4"));
}

TEST(ActorKeys, TheOldKeyEndsWhereTheNewOneBegins) {
  RuleTester t;
  give_key(t);
  const RecordIndex index =
      t.as("S-CSA").signers({key(1), key(2)}).given("ActorKeyRotated", rotated("S-CSA", 1, 2));
  EXPECT_EQ(t.world().get<ActorKeyState>(name(1)).revoked, index);
  EXPECT_EQ(t.world().get<ActorKeyState>(name(2)).registered, index);
}

TEST(ActorKeys, RevokesOnceAndOnlyTheHoldersKey) {
  RuleTester t;
  give_key(t);
  t.as("S-HR");
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRevoked", revoked("S-PM", 1))),
              ElementsAre("H-KEYS-5"));
  t.given("ActorKeyRevoked", revoked("S-CSA", 1));
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRevoked", revoked("S-CSA", 1))),
              ElementsAre("H-KEYS-5"));
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRevoked", revoked("S-CSA", 7))),
              ElementsAre("H-KEYS-5"));
}

// The server has one key at a time, and only an administrator gives it another.
TEST(ActorKeys, TheServersKeyIsReplacedNotRevoked) {
  RuleTester t;
  t.world().edit<StaffState>(server_staff).registered = true;
  t.as("S-HR").signers({key(9), key(1)});
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRegistered", registered("SYS", 1))),
              ElementsAre("H-KEYS-6"));
  t.as("S-ADM").given("ActorKeyRegistered", registered("SYS", 1));
  EXPECT_THAT(RuleTester::rules_of(t.when("ActorKeyRevoked", revoked("SYS", 1))),
              ElementsAre("H-KEYS-6"));
  const RecordIndex second =
      t.signers({key(9), key(2)}).given("ActorKeyRegistered", registered("SYS", 2));
  EXPECT_EQ(t.world().get<ActorKeyState>(name(1)).revoked, second);
  EXPECT_FALSE(t.world().get<ActorKeyState>(name(2)).revoked);
}

}  // namespace
}  // namespace juanzong::testing
