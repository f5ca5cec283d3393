// SPDX-License-Identifier: Apache-2.0
// Keys within the house: loans, viewings, losses and what is to be paid for them.
#include "events/procedures/key_custody.h"
#include "events/procedures/keys/keys.h"

#include "tests/support/key_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KeysInTheHouse : public HouseTest {
 protected:
  KeysInTheHouse() {
    hand_over(t);
    put_in_custody(t);
  }
  KeyState key() { return t.world().get<KeyState>("K-1"); }
  std::vector<std::string> as_keeper(std::string_view event, const std::string& body) {
    return RuleTester::rules_of(t.as("S-KEY").when(event, body));
  }
  std::vector<std::string> escorting(const std::string& body) {
    return RuleTester::rules_of(t.as("S-CSA").when("ViewingEscorted", body));
  }
};

TEST_F(KeysInTheHouse, AKeyIsLentWithTheKeepersConsentAndTheBorrowersSignature) {
  const std::string both = signatures({staff_signature("KEY"), signature("STAFF", "S-ENG")});
  const auto signed_by = [&](std::initializer_list<std::string> blocks) {
    return as_keeper("KeyLentInternally", replaced(lent_json(), both, signatures(blocks)));
  };
  EXPECT_THAT(signed_by({staff_signature("KEY")}), ElementsAre("H-KEY-5"));
  EXPECT_THAT(signed_by({staff_signature("ENG")}), ElementsAre("H-KEY-5"));
  EXPECT_THAT(signed_by({}), ElementsAre("H-KEY-5", "H-KEY-5"));
  EXPECT_THAT(signed_by({staff_signature("KEY"), staff_signature("SEC")}), ElementsAre("H-KEY-5"));
  t.given("KeyLentInternally", lent_json());
  EXPECT_EQ(key().stage, KeyStage::lent);
  EXPECT_EQ(key().holder, "S-ENG");
  EXPECT_EQ(key().loan->purpose, "检修窗户");
  expect_states_round_trip(t);
  EXPECT_THAT(as_keeper("KeyLentInternally", lent_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as_keeper("KeyIssuedToOwner", issued_keys_json()), ElementsAre("STATE_REFUSED"));
  t.at("2025-03-03T12:00:00+08:00");
  t.given("KeyReturned", key_returned_json("2025-03-03T11:50:00+08:00"));
  EXPECT_EQ(key().stage, KeyStage::in_custody);
  EXPECT_FALSE(key().loan);
  EXPECT_EQ(key().moved_at, parse_instant("2025-03-03T11:50:00+08:00"));
  EXPECT_THAT(as_keeper("KeyReturned", key_returned_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(KeysInTheHouse, NoKeyIsLentToTheOwnerOrAnybodyOutside) {
  EXPECT_THAT(
      as_keeper("KeyLentInternally",
                replaced(lent_json(), text("borrower", "S-ENG"), text("borrower", house_owner))),
      ElementsAre("H-KEY-4"));
  EXPECT_THAT(as_keeper("KeyLentInternally", lent_json("S-999")), ElementsAre("H-KEY-4"));
}

TEST_F(KeysInTheHouse, ALoanIsDueAfterItBegins) {
  EXPECT_THAT(as_keeper("KeyLentInternally", lent_json("S-ENG", "2025-03-03T10:00:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(as_keeper("KeyLentInternally", lent_json("S-ENG", "2025-03-03T10:00:01+08:00")),
              IsEmpty());
}

TEST_F(KeysInTheHouse, AReturnLiesBetweenTheLoanAndNowAsFarAsClocksAgree) {
  t.given("KeyLentInternally", lent_json());
  const auto returning = [&](std::string_view at) {
    return as_keeper("KeyReturned", key_returned_json(at));
  };
  EXPECT_THAT(returning("2025-03-03T09:55:00+08:00"), IsEmpty());
  EXPECT_THAT(returning("2025-03-03T09:54:59+08:00"), ElementsAre("SCHEMA"));
  EXPECT_THAT(returning("2025-03-03T10:05:00+08:00"), IsEmpty());
  EXPECT_THAT(returning("2025-03-03T10:05:01+08:00"), ElementsAre("SCHEMA"));
}

TEST_F(KeysInTheHouse, AtAViewingStaffOfTheCustomerCentreHoldTheKey) {
  EXPECT_THAT(escorting(escorted_json("S-CSA")), IsEmpty());
  EXPECT_THAT(escorting(escorted_json("S-KEY")), IsEmpty());
  EXPECT_THAT(escorting(escorted_json("S-ENG")), ElementsAre("H-KEY-4"));
  EXPECT_THAT(escorting(escorted_json("S-999")), ElementsAre("H-KEY-4"));
  EXPECT_THAT(escorting(replaced(escorted_json(), "T09:30", "T10:00")), ElementsAre("SCHEMA"));
  EXPECT_THAT(escorting(replaced(escorted_json(), "T10:00", "T10:06")), ElementsAre("SCHEMA"));
  EXPECT_THAT(as_keeper("ViewingEscorted", escorted_json()), ElementsAre("ROLE"));
  t.as("S-CSA").given("ViewingEscorted", escorted_json());
  t.given("ViewingEscorted", escorted_json());
  EXPECT_EQ(key().viewings.count, 2U);
  EXPECT_EQ(key().stage, KeyStage::in_custody);
}

TEST_F(KeysInTheHouse, ALentKeyIsShownByItsBorrowerOnly) {
  t.as("S-KEY").given("KeyLentInternally", lent_json("S-CSA"));
  EXPECT_THAT(escorting(escorted_json("S-CSM")), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(escorting(escorted_json("S-CSA")), IsEmpty());
  t.given("ViewingEscorted", escorted_json());
  EXPECT_EQ(key().stage, KeyStage::lent);
}

TEST_F(KeysInTheHouse, AKeyThatIsOutIsNotShown) {
  t.given("KeyIssuedToOwner", issued_keys_json());
  EXPECT_THAT(escorting(escorted_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(KeysInTheHouse, ForAKeyLostInTheHouseKeeperAndManagerAreLiable) {
  EXPECT_THAT(as_keeper("KeyLossReported", loss_json(R"("liable":["S-KEY"])")),
              ElementsAre("H-KEY-8"));
  EXPECT_THAT(as_keeper("KeyLossReported", loss_json("\"liable\":[]")),
              ElementsAre("H-KEY-8", "H-KEY-8"));
  EXPECT_THAT(as_keeper("KeyLossReported", loss_json(R"("liable":["S-KEY","S-PM","S-999"])")),
              ElementsAre("SCHEMA"));
  t.given("KeyLossReported", loss_json());
  EXPECT_EQ(key().stage, KeyStage::lost);
  EXPECT_EQ(key().loss->from, KeyStage::in_custody);
  EXPECT_THAT(key().loss->liable, ElementsAre("S-KEY", "S-PM"));
  expect_states_round_trip(t);
  EXPECT_THAT(as_keeper("KeyLossReported", loss_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as_keeper("KeyIssuedToOwner", issued_keys_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(as_keeper("KeyEntrusted", entrusted_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(KeysInTheHouse, ALentKeyThatIsLostKeepsTheBorrower) {
  t.given("KeyLentInternally", lent_json());
  t.given("KeyLossReported", loss_json());
  EXPECT_EQ(key().holder, "S-ENG");
  EXPECT_EQ(key().loss->from, KeyStage::lent);
}

TEST_F(KeysInTheHouse, TheHouseDoesNotAnswerForWhatTheOwnerLoses) {
  t.given("KeyIssuedToOwner", issued_keys_json());
  EXPECT_THAT(as_keeper("KeyLossReported", loss_json("\"liable\":[]")), IsEmpty());
}

TEST_F(KeysInTheHouse, AKeyNobodyKnowsIsNotLost) {
  EXPECT_THAT(as_keeper("KeyLossReported", replaced(loss_json(), "K-1", "K-9")),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(KeysInTheHouse, CompensationIsAssessedOnceForEachCause) {
  t.given("KeyIssuedToOwner", issued_keys_json());
  const auto assessing = [&](const std::string& body) {
    return RuleTester::rules_of(t.as("S-CSM").when("KeyCompensationAssessed", body));
  };
  EXPECT_THAT(assessing(compensation_json("LOST")), ElementsAre("SCHEMA"));
  EXPECT_THAT(assessing(replaced(compensation_json("DAMAGED"), "K-1", "K-9")),
              ElementsAre("SCHEMA"));
  t.given("KeyCompensationAssessed", compensation_json("DAMAGED"));
  EXPECT_THAT(assessing(compensation_json("DAMAGED")), ElementsAre("SCHEMA"));
  t.as("S-KEY").given("KeyLossReported", loss_json("\"liable\":[]"));
  t.as("S-CSM").given("KeyCompensationAssessed", compensation_json("LOST"));
  EXPECT_THAT(assessing(compensation_json("LOST")), ElementsAre("SCHEMA"));
  EXPECT_EQ(key().compensations.size(), 2U);
  EXPECT_EQ(key().compensations.back().amount, Fen{5000});
  EXPECT_THAT(assessing(replaced(compensation_json("DAMAGED"), ":5000", ":0")),
              ElementsAre("SCHEMA"));
  expect_states_round_trip(t);
}

TEST_F(KeysInTheHouse, AKeyThatGoesOutAgainMayBeDamagedAgain) {
  t.given("KeyIssuedToOwner", issued_keys_json());
  t.as("S-CSM").given("KeyCompensationAssessed", compensation_json("DAMAGED"));
  t.as("S-KEY").given("KeyReclaimed", reclaimed_json());
  t.given("KeyIssuedToOwner", issued_keys_json());
  EXPECT_THAT(key().compensations, IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
