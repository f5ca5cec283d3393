// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/move_in/move_in.h"

#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MoveInTest : public HouseTest {
 protected:
  MoveInTest() {
    hand_over(t);
    t.at("2025-10-20T10:00:00+08:00").as("S-CSA");
  }
  TenancyStage stage() { return tenancy_stage(t.world(), "T-1"); }
  UnitState unit() { return t.world().get<UnitState>(house_unit); }
};

TEST_F(MoveInTest, AnOwnerMovesInToAHouseholdOrAnOffice) {
  move_owner_in(t, "2025-10-20");
  EXPECT_EQ(count("VACANT"), 0);
  EXPECT_EQ(count("HOUSEHOLD"), 1);
  EXPECT_TRUE(unit().owner_resident);
  t.given("MoveInRegistered", owner_moves_in_json("2025-10-20", "OFFICE"));
  EXPECT_EQ(count("HOUSEHOLD"), 0);
  EXPECT_EQ(count("OFFICE"), 1);
  expect_states_round_trip(t);
}

TEST_F(MoveInTest, AnOwnersIdentityIsConfirmedFirst) {
  EXPECT_THAT(rules_when("MoveInRegistered", owner_moves_in_json("2025-10-20", "RESIDENTIAL")),
              ElementsAre("H-MIN-3"));
  const std::string unverified = replaced(owner_confirmed_json("2025-10-20"),
                                          R"("identity_verified":true)",
                                          R"("identity_verified":false)");
  t.given("MoveInConfirmed", unverified);
  EXPECT_THAT(rules_when("MoveInRegistered", owner_moves_in_json("2025-10-20", "RESIDENTIAL")),
              ElementsAre("H-MIN-3"));
  EXPECT_THAT(rules_when("MoveInConfirmed",
                         replaced(owner_confirmed_json("2025-10-20"), house_owner, house_tenant)),
              ElementsAre("H-MIN-3"));
  t.given("MoveInConfirmed", owner_confirmed_json("2025-10-20"));
  EXPECT_THAT(rules_when("MoveInRegistered", owner_moves_in_json("2025-10-20", "RESIDENTIAL")),
              IsEmpty());
}

TEST_F(MoveInTest, NobodyMovesIntoAUnitThatWasNotHandedOver) {
  RuleTester early;
  early.at("2025-10-20T10:00:00+08:00");
  register_unit(early);
  early.given("OwnerRosterImported", roster_json());
  give_papers(early);
  early.given("MoveInConfirmed", owner_confirmed_json("2025-10-20"));
  EXPECT_THAT(RuleTester::rules_of(
                  early.when("MoveInRegistered", owner_moves_in_json("2025-10-20", "RESIDENTIAL"))),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(MoveInTest, ATenancyRunsFromConsentToMoveIn) {
  EXPECT_EQ(stage(), TenancyStage::none);
  t.given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_EQ(stage(), TenancyStage::consented);
  t.given("TenantRegistered", tenant_json());
  EXPECT_EQ(stage(), TenancyStage::consented);
  t.given("SafetyResponsibilitySigned", tenant_paper_json());
  EXPECT_EQ(stage(), TenancyStage::registered);
  t.given("MoveInRegistered", tenant_moves_in_json("2025-10-20", "OFFICE"));
  EXPECT_EQ(stage(), TenancyStage::active);
  EXPECT_EQ(count("VACANT"), 0);
  EXPECT_EQ(count("TENANT"), 1);
  EXPECT_EQ(unit().tenancy, "T-1");
  EXPECT_EQ(unit().use, UnitUsage::office);
  EXPECT_EQ(t.world().get<TenancyState>("T-1").moved_in_on, *parse_date("2025-10-20"));
  expect_states_round_trip(t);
}

TEST_F(MoveInTest, TheOwnersConsentIsUndertakingLeaseAndSignature) {
  const auto without = [&](std::string_view from, std::string_view to) {
    return rules_when("OwnerLeaseConsentRecorded", replaced(consent_json(), from, to));
  };
  EXPECT_THAT(without(house_attachment("undertaking") + ",", ""), ElementsAre("H-MIN-1"));
  EXPECT_THAT(without(house_attachment("lease") + ",", ""), ElementsAre("H-MIN-1"));
  EXPECT_THAT(without(signed_by_house_owner(), signed_by_house_tenant()), ElementsAre("H-MIN-1"));
  EXPECT_THAT(without("\"owner_verified\":true", "\"owner_verified\":false"),
              ElementsAre("H-MIN-3"));
  EXPECT_THAT(without("2026-10-19", "2025-10-19"), ElementsAre("SCHEMA"));
  t.given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_THAT(rules_when("OwnerLeaseConsentRecorded", consent_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(MoveInTest, ConsentComesFromTheOwnerInTheLedger) {
  const std::string stranger = person_id(7);
  EXPECT_THAT(
      rules_when(
          "OwnerLeaseConsentRecorded",
          replaced(replaced(consent_json(), text("owner", house_owner), text("owner", stranger)),
                   signed_by_house_owner(),
                   signatures({signature("OWNER", stranger)}))),
      ElementsAre("H-MIN-3"));
}

TEST_F(MoveInTest, ATenantRegistersWithProofAndSignatureAfterTheConsent) {
  EXPECT_THAT(rules_when("TenantRegistered", tenant_json()), ElementsAre("H-MIN-1"));
  t.given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_THAT(rules_when("TenantRegistered",
                         replaced(tenant_json(),
                                  "\"householder_id_proofs\":[" + attachment(house_tenant) + "]",
                                  "\"householder_id_proofs\":[]")),
              ElementsAre("H-MIN-2"));
  EXPECT_THAT(
      rules_when("TenantRegistered",
                 replaced(tenant_json(), signed_by_house_tenant(), signed_by_house_owner())),
      ElementsAre("H-MIN-2"));
  t.given("TenantRegistered", tenant_json());
  t.given("SafetyResponsibilitySigned", tenant_paper_json());
  EXPECT_THAT(rules_when("TenantRegistered", tenant_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("SafetyResponsibilitySigned", tenant_paper_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(MoveInTest, ATenantMovesInOnlyWithConsentRegistrationAndPaper) {
  const std::string move_in = tenant_moves_in_json("2025-10-20", "RESIDENTIAL");
  EXPECT_THAT(rules_when("MoveInRegistered", move_in),
              ElementsAre("H-MIN-1", "H-MIN-2", "H-MIN-2"));
  t.given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_THAT(rules_when("MoveInRegistered", move_in), ElementsAre("H-MIN-2", "H-MIN-2"));
  t.given("TenantRegistered", tenant_json());
  EXPECT_THAT(rules_when("MoveInRegistered", move_in), ElementsAre("H-MIN-2"));
  t.given("SafetyResponsibilitySigned", tenant_paper_json());
  EXPECT_THAT(rules_when("MoveInRegistered", replaced(move_in, house_tenant, person_id(7))),
              ElementsAre("H-MIN-2"));
  EXPECT_THAT(
      rules_when("MoveInRegistered", replaced(move_in, text("tenancy_id", "T-1") + ",", "")),
      ElementsAre("SCHEMA"));
  t.given("MoveInRegistered", move_in);
  EXPECT_THAT(rules_when("MoveInRegistered", move_in), ElementsAre("STATE_REFUSED"));
}

TEST_F(MoveInTest, APaperThatNamesNoTenancyCountsIfItIsNewerThanTheConsent) {
  t.given("SafetyResponsibilitySigned", tenant_paper_json(""));
  t.given("OwnerLeaseConsentRecorded", consent_json());
  t.given("TenantRegistered", tenant_json());
  EXPECT_EQ(stage(), TenancyStage::consented);
  t.given("SafetyResponsibilitySigned", tenant_paper_json(""));
  EXPECT_EQ(stage(), TenancyStage::registered);
}

TEST_F(MoveInTest, ATenancyStaysWithItsUnit) {
  register_unit(t, "3-1-1203");
  t.as("S-CSA").given("OwnerLeaseConsentRecorded", consent_json());
  EXPECT_THAT(rules_when("TenantRegistered", replaced(tenant_json(), "3-1-1202", "3-1-1203")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SafetyResponsibilitySigned",
                         replaced(tenant_paper_json(), "3-1-1202", "3-1-1203")),
              ElementsAre("SCHEMA"));
}

TEST_F(MoveInTest, AnOwnerBesideATenantIsResidentAndTheUnitStaysTheTenants) {
  rent_out(t, "2025-10-20");
  move_owner_in(t, "2025-10-20");
  EXPECT_EQ(count("TENANT"), 1);
  EXPECT_EQ(count("HOUSEHOLD"), 0);
  EXPECT_TRUE(unit().owner_resident);
}

TEST_F(MoveInTest, AMoveInAfterMidnightOfTheProjectsZoneCountsInTheNewMonth) {
  t.at("2025-10-31T15:55:00Z");
  t.given("MoveInConfirmed", owner_confirmed_json("2025-10-31"));
  EXPECT_THAT(rules_when("MoveInRegistered", owner_moves_in_json("2025-11-01", "RESIDENTIAL")),
              ElementsAre("SCHEMA"))
      << "23:55 in the project: November has not begun";
  t.at("2025-10-31T16:20:00Z");
  t.given("MoveInRegistered", owner_moves_in_json("2025-11-01", "RESIDENTIAL"));
  const Posting& last = t.world().postings().back();
  EXPECT_EQ(last.account, "3-1:HOUSEHOLD");
  EXPECT_EQ(to_text(month_of(last.effective)), "2025-11");
}

TEST_F(MoveInTest, TheOtherFormsNeedAKnownUnitAndTheirRole) {
  t.given("MoveInCongratulated", json({unit_field(), text("person", house_owner)}));
  t.given("MoveInNotified", json({unit_field(), R"("departments":["SEC","ENG"])"}));
  t.given("ServiceActivationAssisted",
          json({unit_field(), text("person", house_owner), R"("services":["PHONE","NETWORK"])"}));
  const std::string billing = json({unit_field(), text("from", "2025-10-20")});
  EXPECT_THAT(rules_when("BillingStartAnnotated", billing), ElementsAre("ROLE"));
  t.as("S-CAS").given("BillingStartAnnotated", billing);
  t.as("S-ARC").given("OccupantFileUpdated",
                      json({unit_field(), text("person", house_owner), house_sealed("changes")}));
  EXPECT_THAT(RuleTester::rules_of(t.as("S-CAS").when("BillingStartAnnotated",
                                                      replaced(billing, "3-1-1202", "3-1-1299"))),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
