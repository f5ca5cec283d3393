// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/contracts/contracts.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string by(std::string_view capacity, std::string_view signer = "DEV-1") {
  return signatures({staff_signature("PM"), signature(capacity, signer)});
}

std::string contract_json(std::string_view id = "HT-1",
                          std::string_view counterparty = "DEVELOPER",
                          std::string_view capacity = "DEVELOPER") {
  return json({text("contract_id", id),
               text("property", "P-1"),
               text("counterparty", counterparty),
               text("party", "DEV-1"),
               text("from", "2025-02-01"),
               text("to", "2027-01-31"),
               text("signed_on", "2025-01-20"),
               house_attachment("dig"),
               by(capacity)});
}

std::string takeover_json(std::string_view kind = "NEW", std::string_view capacity = "DEVELOPER") {
  return json({text("property", "P-1"),
               text("kind", kind),
               text("contract_id", "HT-1"),
               R"("team":["S-PM","S-ENGM"])",
               text("taken_over_on", "2025-02-01"),
               signatures({signature(capacity, "DEV-1")})});
}

std::string renewed_json(std::string_view id = "HT-2") {
  return json({text("contract_id", id),
               text("renews", "HT-1"),
               text("property", "P-1"),
               text("counterparty", "COMMITTEE"),
               text("party", "BC-1"),
               text("from", "2026-06-01"),
               text("to", "2029-05-31"),
               text("signed_on", "2026-05-20"),
               house_attachment("dig"),
               by("COMMITTEE", house_owner)});
}

std::string listed_json(std::string_view to = "2027-01-31") {
  return json({text("contract_id", "HT-1"),
               text("from", "2025-02-01"),
               text("to", to),
               text("kept_at", "档案室 2-3")});
}

class ContractsTest : public HouseTest {
 protected:
  ContractsTest() { t.at("2025-02-10T10:00:00+08:00").as("S-PM"); }
  ContractsState state() { return t.world().get<ContractsState>(contracts_key); }
  void sign() { t.given("ManagementContractSigned", contract_json()); }
  std::vector<std::string> signing(const std::string& body) {
    return rules_when("ManagementContractSigned", body);
  }
  std::vector<std::string> taking_over(std::string_view from, std::string_view to) {
    return rules_when("PropertyTakenOver", replaced(takeover_json(), from, to));
  }
};

TEST_F(ContractsTest, ANewPropertyIsTakenOverUnderTheDevelopersContractAndThenTheCommittees) {
  sign();
  t.given("PropertyTakenOver", takeover_json());
  t.as("S-ARC").given("ContractListUpdated", listed_json());
  t.as("S-PM").at("2026-05-20T10:00:00+08:00");
  t.given("ManagementContractRenewed", renewed_json());
  EXPECT_EQ(state().contracts.at("HT-1").renewed_by, "HT-2");
  EXPECT_EQ(state().contracts.at("HT-2").renews, "HT-1");
  EXPECT_EQ(state().contracts.at("HT-1").kept_at, "档案室 2-3");
  EXPECT_EQ(state().properties.at("P-1").contract_id, "HT-1");
  EXPECT_TRUE(state().properties.at("P-1").has_committee);
  expect_states_round_trip(t);
}

TEST_F(ContractsTest, NoPropertyIsTakenOverWithoutAContractInForce) {
  EXPECT_THAT(rules_when("PropertyTakenOver", takeover_json()), ElementsAre("H-CTR-1"));
  sign();
  EXPECT_THAT(taking_over("2025-02-01", "2025-01-19"), ElementsAre("H-CTR-1")) << "not signed yet";
  EXPECT_THAT(taking_over("2025-02-01", "2025-01-31"), ElementsAre("H-CTR-1")) << "not begun";
  EXPECT_THAT(taking_over("2025-02-01", "2025-02-11"), ElementsAre("SCHEMA")) << "in the future";
  EXPECT_THAT(rules_when("PropertyTakenOver", takeover_json()), IsEmpty());
  t.at("2027-02-01T10:00:00+08:00");
  EXPECT_THAT(taking_over("2025-02-01", "2027-01-31"), IsEmpty());
  const auto refusals =
      t.when("PropertyTakenOver", replaced(takeover_json(), "2025-02-01", "2027-02-01"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-CTR-1"));
  EXPECT_EQ(refusals.front().facts.back().value, "2027-01-31");
}

TEST_F(ContractsTest, WhoHandsOverDependsOnThePropertyBeingNew) {
  sign();
  EXPECT_THAT(rules_when("PropertyTakenOver", takeover_json("EXISTING")), ElementsAre("H-CTR-1"));
  RuleTester other;
  other.at("2025-02-10T10:00:00+08:00").as("S-CL");
  other.given("ManagementContractSigned", contract_json("HT-1", "COMMITTEE", "COMMITTEE"));
  EXPECT_THAT(
      RuleTester::rules_of(other.when("PropertyTakenOver", takeover_json("NEW", "COMMITTEE"))),
      ElementsAre("H-CTR-1"));
  EXPECT_THAT(
      RuleTester::rules_of(other.when("PropertyTakenOver", takeover_json("EXISTING", "COMMITTEE"))),
      IsEmpty());
  RuleTester owned;
  owned.at("2025-02-10T10:00:00+08:00").as("S-PM");
  owned.given("ManagementContractSigned", contract_json("HT-1", "OWNER_ENTITY", "OWNER"));
  for (const std::string_view kind : {"NEW", "EXISTING"}) {
    EXPECT_THAT(RuleTester::rules_of(owned.when("PropertyTakenOver", takeover_json(kind, "OWNER"))),
                IsEmpty())
        << kind;
  }
}

TEST_F(ContractsTest, ATakeoverIsOnceByAKnownTeamAndSignedByWhoHandsOver) {
  sign();
  EXPECT_THAT(taking_over("S-ENGM", "S-999"), ElementsAre("SCHEMA"));
  EXPECT_THAT(taking_over(R"("team":["S-PM","S-ENGM"])", R"("team":[])"), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PropertyTakenOver", takeover_json("NEW", "OWNER")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(taking_over(signature("DEVELOPER", "DEV-1"),
                          signature("DEVELOPER", "DEV-1") + "," + signature("OWNER_AGENT", "O-1")),
              ElementsAre("SCHEMA"))
      << "an agent without his power of attorney";
  EXPECT_THAT(taking_over("P-1", "P-2"), ElementsAre("SCHEMA")) << "a contract of another property";
  EXPECT_THAT(taking_over("HT-1", "HT-9"), ElementsAre("H-CTR-1"));
  t.given("PropertyTakenOver", takeover_json());
  const auto refusals = t.when("PropertyTakenOver", takeover_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.front().value, "TAKEN_OVER");
}

TEST_F(ContractsTest, AContractIsSignedByBothSidesForATermThatIsOne) {
  EXPECT_THAT(signing(replaced(contract_json(), "2027-01-31", "2025-01-31")),
              ElementsAre("H-CTR-2"));
  EXPECT_THAT(signing(replaced(contract_json(), "2025-01-20", "2025-02-11")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      signing(replaced(replaced(contract_json(), "2025-02-01", "2024-02-01"), "2027", "2025")),
      IsEmpty())
      << "signed within its term";
  EXPECT_THAT(
      signing(replaced(
          replaced(contract_json(), "2025-02-01", "2024-02-01"), "2027-01-31", "2025-01-19")),
      ElementsAre("H-CTR-2"))
      << "over before it was signed";
  EXPECT_THAT(signing(contract_json("HT-1", "DEVELOPER", "COMMITTEE")), ElementsAre("H-CTR-2"));
  EXPECT_THAT(signing(replaced(contract_json(), staff_signature("PM"), staff_signature("CSA"))),
              ElementsAre("H-CTR-2"));
  EXPECT_THAT(signing(replaced(contract_json(), staff_signature("PM"), staff_signature("CL"))),
              IsEmpty());
  EXPECT_THAT(signing(replaced(contract_json(), "," + by("DEVELOPER"), "")),
              ElementsAre("H-CTR-2", "H-CTR-2"));
  EXPECT_THAT(signing(contract_json("HT-1", "OWNER_ENTITY", "OWNER_AGENT")),
              ElementsAre("SCHEMA", "H-CTR-2"))
      << "an agent without his power of attorney";
  t.as("S-CSA");
  EXPECT_THAT(signing(contract_json()), ElementsAre("ROLE"));
  t.as("S-PM");
  sign();
  EXPECT_THAT(signing(contract_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(ContractsTest, WhereThereIsACommitteeTheDeveloperIsNoPartyAnyMore) {
  sign();
  EXPECT_THAT(signing(contract_json("HT-3")), IsEmpty());
  t.at("2026-05-20T10:00:00+08:00").given("ManagementContractRenewed", renewed_json());
  EXPECT_THAT(signing(contract_json("HT-3")), ElementsAre("H-CTR-1"));
  EXPECT_THAT(signing(contract_json("HT-3", "COMMITTEE", "COMMITTEE")), IsEmpty());
}

TEST_F(ContractsTest, AnExistingPropertyHasNoDeveloper) {
  t.given("ManagementContractSigned", contract_json("HT-1", "OWNER_ENTITY", "OWNER"));
  t.given("PropertyTakenOver", takeover_json("EXISTING", "OWNER"));
  EXPECT_THAT(signing(contract_json("HT-3")), ElementsAre("H-CTR-1"));
}

TEST_F(ContractsTest, ARenewalIsWithTheCommitteeAndFollowsOnce) {
  t.at("2026-05-20T10:00:00+08:00");
  const auto renewing = [&](std::string_view from, std::string_view to) {
    return rules_when("ManagementContractRenewed", replaced(renewed_json(), from, to));
  };
  EXPECT_THAT(rules_when("ManagementContractRenewed", renewed_json()),
              ElementsAre("STATE_REFUSED"));
  sign();
  EXPECT_THAT(renewing(text("counterparty", "COMMITTEE"), text("counterparty", "DEVELOPER")),
              ElementsAre("H-CTR-2", "H-CTR-1"))
      << "and the developer did not sign";
  EXPECT_THAT(renewing("2026-06-01", "2025-02-01"), ElementsAre("H-CTR-2"));
  EXPECT_THAT(renewing("P-1", "P-2"), ElementsAre("SCHEMA"));
  EXPECT_THAT(renewing(text("contract_id", "HT-2"), text("contract_id", "HT-1")),
              ElementsAre("STATE_REFUSED"));
  t.given("ManagementContractRenewed", renewed_json());
  const auto refusals = t.when("ManagementContractRenewed", renewed_json("HT-3"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.front().value, "RENEWED");
}

TEST_F(ContractsTest, TheListShowsTheTermOfTheContract) {
  t.as("S-ARC");
  EXPECT_THAT(rules_when("ContractListUpdated", listed_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-PM");
  sign();
  EXPECT_THAT(rules_when("ContractListUpdated", listed_json()), ElementsAre("ROLE"));
  t.as("S-ARC");
  EXPECT_THAT(rules_when("ContractListUpdated", listed_json("2028-01-31")), ElementsAre("H-CTR-2"));
  EXPECT_THAT(
      rules_when("ContractListUpdated", replaced(listed_json(), "2025-02-01", "2025-01-01")),
      ElementsAre("H-CTR-2"));
  EXPECT_THAT(rules_when("ContractListUpdated", listed_json()), IsEmpty());
}

TEST_F(ContractsTest, StandsByItsTermAndByWhatFollows) {
  sign();
  const auto standing = [this](std::string_view on) {
    return standing_of(state(), state().contracts.at("HT-1"), *parse_date(on), 60);
  };
  EXPECT_EQ(standing("2025-01-31"), ContractStanding::not_yet);
  EXPECT_EQ(standing("2025-02-01"), ContractStanding::in_force);
  EXPECT_EQ(standing("2026-12-01"), ContractStanding::in_force);
  EXPECT_EQ(standing("2026-12-02"), ContractStanding::expiring);
  EXPECT_EQ(standing("2027-01-31"), ContractStanding::expiring);
  EXPECT_EQ(standing("2027-02-01"), ContractStanding::expired);
  t.at("2026-05-20T10:00:00+08:00").given("ManagementContractRenewed", renewed_json());
  EXPECT_EQ(standing("2026-05-31"), ContractStanding::in_force);
  EXPECT_EQ(standing("2026-06-01"), ContractStanding::renewed);
}

}  // namespace
}  // namespace juanzong::testing
