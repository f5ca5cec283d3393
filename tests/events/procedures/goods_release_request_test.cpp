// SPDX-License-Identifier: Apache-2.0
// What is declared, who was called, what the cashier confirms.
#include "events/procedures/goods_release/goods_release.h"

#include "tests/support/release_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GoodsDeclared : public HouseTest {
 protected:
  GoodsDeclared() {
    hand_over(t);
    t.at("2025-10-20T10:00:00+08:00");
    rent_out(t, "2025-10-20");
    t.at("2025-10-30T17:00:00+08:00").as("S-CSA");
  }
  ReleaseSlipState slip() { return t.world().get<ReleaseSlipState>("S-1"); }
  std::vector<std::string> requesting(const TestRelease& release) {
    return rules_when("GoodsReleaseRequested", release_requested_json(release));
  }
  std::vector<std::string> confirming(const std::string& body) {
    return RuleTester::rules_of(t.as("S-CAS").when("ArrearsClearanceConfirmed", body));
  }
};

TEST_F(GoodsDeclared, ARequestNamesCarrierGoodsAndWhoseTheyAre) {
  t.given("GoodsReleaseRequested", release_requested_json());
  EXPECT_EQ(slip().stage(), ReleaseStage::requested);
  EXPECT_EQ(slip().carrier, house_carrier);
  EXPECT_EQ(slip().items.size(), 2U);
  EXPECT_EQ(slip().requested_on, *parse_date("2025-10-30"));
  expect_states_round_trip(t);
  EXPECT_THAT(requesting({}), ElementsAre("SCHEMA")) << "the number is taken";
  EXPECT_THAT(
      rules_when("GoodsReleaseRequested",
                 replaced(release_requested_json({.slip_id = "S-2"}), house_unit, "9-9-9999")),
      ElementsAre("SCHEMA", "SCHEMA"));
  t.as("S-SEC");
  EXPECT_THAT(requesting({.slip_id = "S-2"}), ElementsAre("ROLE"));
}

TEST_F(GoodsDeclared, OnlyLargeItemsNeedASlip) {
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("GoodsReleaseRequested", replaced(release_requested_json(), from, to));
  };
  EXPECT_THAT(with("\"category\":\"APPLIANCE\"", "\"category\":\"UNSPECIFIED\""),
              ElementsAre("H-REL-7"));
  EXPECT_THAT(with("壁挂空调", "沙发"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("2000", "-1"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("2000", "0"), ElementsAre("SCHEMA"));
}

TEST_F(GoodsDeclared, AnOwnerCarriesHisOwnGoodsHimself) {
  const TestRelease own{.relation = "OWNER", .carrier = house_owner};
  EXPECT_THAT(requesting(own), IsEmpty());
  EXPECT_THAT(requesting({.relation = "OWNER"}), ElementsAre("SCHEMA")) << "somebody else carries";
  EXPECT_THAT(requesting({.relation = "OWNER", .carrier = person_id(7), .party = person_id(7)}),
              ElementsAre("SCHEMA", "SCHEMA"))
      << "not the owner";
}

TEST_F(GoodsDeclared, ATenantNamesHisRunningTenancyOfTheUnit) {
  EXPECT_THAT(requesting(tenant_moves_goods()), IsEmpty());
  TestRelease release = tenant_moves_goods();
  release.tenancy = {};
  EXPECT_THAT(requesting(release), ElementsAre("SCHEMA"));
  release.tenancy = "T-9";
  EXPECT_THAT(requesting(release), ElementsAre("STATE_REFUSED"));
  release = tenant_moves_goods();
  release.carrier = house_carrier;
  EXPECT_THAT(requesting(release), ElementsAre("SCHEMA")) << "another person";
  release = tenant_moves_goods();
  release.carrier = release.party = person_id(7);
  EXPECT_THAT(requesting(release), ElementsAre("SCHEMA")) << "another tenant";
  register_unit(t, "3-1-1203");
  t.as("S-CSA");
  EXPECT_THAT(
      rules_when("GoodsReleaseRequested",
                 replaced(release_requested_json(tenant_moves_goods()), house_unit, "3-1-1203")),
      ElementsAre("SCHEMA"))
      << "a tenancy of another unit";
}

TEST_F(GoodsDeclared, GoodsBelongToOwnerTenantOrACompanyInTheUnit) {
  EXPECT_THAT(requesting({.party = person_id(7)}), ElementsAre("SCHEMA"));
  EXPECT_THAT(requesting({.relation = "OFFICE_STAFF", .party = "COM-1"}), IsEmpty());
  EXPECT_THAT(requesting({.party = house_tenant, .tenancy = "T-1"}), IsEmpty())
      << "a nanny of the tenant's household";
}

TEST_F(GoodsDeclared, AnEndedTenancyReleasesNothingMore) {
  clear_tenancy(t, "2025-10-30T16:40:00+08:00");
  t.given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_THAT(requesting(tenant_moves_goods()), ElementsAre("STATE_REFUSED"));
}

TEST_F(GoodsDeclared, ACallRecordsTimeOpinionAndWhoWasCalled) {
  t.given("GoodsReleaseRequested", release_requested_json());
  const auto owner = [&](std::string_view from, std::string_view to) {
    return rules_when("OwnerReleaseConsentRecorded", replaced(release_word_json(), from, to));
  };
  EXPECT_THAT(owner(text("called_at", "2025-10-30T15:00:00+08:00") + ",", ""),
              ElementsAre("H-REL-4"));
  EXPECT_THAT(owner(house_sealed("opinion", "同意") + ",", ""), ElementsAre("H-REL-4"));
  EXPECT_THAT(owner("\"called_at\":\"2025-10-30T15:00", "\"called_at\":\"2025-10-30T17:06"),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(owner("PHONE_RECORDED", "TABLET"), ElementsAre("SCHEMA"));
  EXPECT_THAT(owner(text("signer", house_owner), text("signer", house_tenant)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(owner("S-1", "S-9"), ElementsAre("SCHEMA"));
  const std::string company = call_signature("COMPANY_REP", person_id(9));
  EXPECT_THAT(rules_when("CompanyReleaseConsentRecorded", release_word_json(true, company)),
              IsEmpty());
  EXPECT_THAT(rules_when("CompanyReleaseConsentRecorded", release_word_json()),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when(
          "CompanyReleaseConsentRecorded",
          replaced(release_word_json(true, company), house_sealed("opinion", "同意") + ",", "")),
      ElementsAre("H-REL-4"));
  EXPECT_THAT(rules_when("CompanyReleaseConsentRecorded",
                         replaced(release_word_json(true, company), "S-1", "S-9")),
              ElementsAre("SCHEMA"));
  t.given("CompanyReleaseConsentRecorded", release_word_json(true, company));
  t.given("OwnerReleaseConsentRecorded", release_word_json(false));
  EXPECT_TRUE(slip().company_word->consents);
  EXPECT_FALSE(slip().owner_word->consents);
  expect_states_round_trip(t);
}

TEST_F(GoodsDeclared, AFailedCallRecordsItsTimeAndAttemptsAddUp) {
  t.given("GoodsReleaseRequested", release_requested_json());
  EXPECT_THAT(rules_when("OwnerContactFailed", of_slip({"\"attempts\":2"})),
              ElementsAre("H-REL-4"));
  EXPECT_THAT(rules_when("OwnerContactFailed", replaced(contact_failed_json(), ":2}", ":-2}")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("OwnerContactFailed", replaced(contact_failed_json(), "S-1", "S-9")),
              ElementsAre("SCHEMA"));
  t.given("OwnerContactFailed", contact_failed_json());
  t.given("OwnerContactFailed", contact_failed_json());
  EXPECT_EQ(slip().failed_calls->attempts, 4);
  expect_states_round_trip(t);
}

TEST_F(GoodsDeclared, ARefusalIsRecordedWithOrWithoutARequest) {
  t.given("GoodsReleaseRequested", release_requested_json());
  t.given("GoodsReleaseRefused", release_refused_json());
  EXPECT_EQ(slip().stage(), ReleaseStage::refused);
  EXPECT_THAT(rules_when("GoodsReleaseRefused", replaced(release_refused_json(), "S-1", "S-9")),
              ElementsAre("SCHEMA"));
  t.as("S-SEC");
  EXPECT_THAT(rules_when("GoodsReleaseRefused", json({unit_field(), text("reason", "NO_CONSENT")})),
              IsEmpty());
  EXPECT_THAT(rules_when("GoodsReleaseRefused",
                         json({unit_field("9-9-9999"), text("reason", "NO_CONSENT")})),
              ElementsAre("SCHEMA"));
  t.given("GoodsReleaseRefused", json({unit_field(), text("reason", "NO_CONSENT")}));
  EXPECT_EQ(slip().refusals.size(), 1U);
}

TEST_F(GoodsDeclared, TheCashiersFiguresAreTheLedgers) {
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-01", .fen = 42'000});
  assess(t, {.id = "E-1", .party = house_tenant, .due = "2025-10-25", .fen = 31'250, .purpose = 3});
  assess(t, {.id = "W-1", .party = house_tenant, .due = "2025-10-25", .fen = 5'920, .purpose = 2});
  const TestOwed owed{.water = 5'920, .elec = 31'250, .property_fee = 42'000};
  EXPECT_THAT(confirming(clearance_json(house_tenant, false, owed)), IsEmpty());
  EXPECT_THAT(confirming(clearance_json(house_tenant, true, owed)), ElementsAre("H-REL-1"));
  EXPECT_THAT(confirming(clearance_json(house_tenant, true)), ElementsAre("H-REL-1"));
  EXPECT_THAT(confirming(clearance_json(house_tenant, false)), ElementsAre("SCHEMA"));
  EXPECT_THAT(confirming(clearance_json(
                  house_tenant, false, {.water = 31'250, .elec = 5'920, .property_fee = 42'000})),
              ElementsAre("SCHEMA"))
      << "the total is right, its parts are not";
  EXPECT_THAT(confirming(replaced(clearance_json(house_tenant, false, owed),
                                  "\"total_due_fen\":79170",
                                  "\"total_due_fen\":79171")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(confirming(clearance_json(house_owner)), IsEmpty()) << "the owner owes nothing";
  adopt(t, "goods.arrears_scope", "UNIT", "2025-10-30");
  EXPECT_THAT(confirming(clearance_json(house_owner)), ElementsAre("H-REL-1"));
}

TEST_F(GoodsDeclared, GasAndOtherChargesHaveTheirPlacesToo) {
  assess(t, {.id = "G-1", .party = house_tenant, .due = "2025-10-01", .fen = 100, .purpose = 4});
  assess(t, {.id = "R-1", .party = house_tenant, .due = "2025-10-01", .fen = 200, .purpose = 8});
  EXPECT_THAT(confirming(clearance_json(house_tenant, false, {.gas = 100, .other = 200})),
              IsEmpty());
}

TEST_F(GoodsDeclared, AClearanceIsOfAKnownDayAndUnitAndSignedByTheCashier) {
  EXPECT_THAT(confirming(clearance_json(house_tenant, true, {}, "2025-10-31")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(confirming(clearance_json(house_tenant, true, {}, "2025-10-29")), IsEmpty());
  EXPECT_THAT(confirming(replaced(clearance_json(house_tenant), house_unit, "9-9-9999")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(confirming(replaced(clearance_json(house_tenant),
                                  signatures({staff_signature("CAS")}),
                                  signatures({staff_signature("PM")}))),
              ElementsAre("SCHEMA"));
  t.given("ArrearsClearanceConfirmed", clearance_json(house_tenant));
  EXPECT_TRUE(t.world().get<ClearanceState>(house_unit).by_party.at(house_tenant).cleared);
  expect_states_round_trip(t);
}

TEST_F(GoodsDeclared, AnAgentWithoutAPowerOfAttorneyIsRefusedOnEveryForm) {
  t.given("GoodsReleaseRequested", release_requested_json());
  const auto beside = [&](std::string_view event, std::string body) {
    body.insert(body.rfind(']'), "," + signature("OWNER_AGENT", person_id(7)));
    return rules_when(event, body);
  };
  EXPECT_THAT(beside("OwnerReleaseConsentRecorded", release_word_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(beside("CompanyReleaseConsentRecorded",
                     release_word_json(true, call_signature("COMPANY_REP", person_id(9)))),
              ElementsAre("SCHEMA"));
  t.given("OwnerReleaseConsentRecorded", release_word_json());
  EXPECT_THAT(beside("GoodsReleaseSlipIssued", carried_slip_json()), ElementsAre("SCHEMA"));
  t.as("S-CAS");
  EXPECT_THAT(beside("ArrearsClearanceConfirmed", clearance_json(house_owner)),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
