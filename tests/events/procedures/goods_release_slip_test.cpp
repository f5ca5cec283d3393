// SPDX-License-Identifier: Apache-2.0
// The slip by nature and carrier, its form, the gate, and the copies.
#include "events/procedures/goods_release/goods_release.h"
#include "events/procedures/units.h"

#include "tests/support/release_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string company_call = call_signature("COMPANY_REP", person_id(9));

class GoodsSlip : public HouseTest {
 protected:
  GoodsSlip() {
    hand_over(t);
    t.at("2025-10-20T10:00:00+08:00");
    rent_out(t, "2025-10-20");
    t.at("2025-10-30T17:00:00+08:00").as("S-CSA");
  }
  ReleaseSlipState slip() { return t.world().get<ReleaseSlipState>("S-1"); }
  void request(const TestRelease& release = {}) {
    t.as("S-CSA").given("GoodsReleaseRequested", release_requested_json(release));
  }
  void clear(std::string_view party) {
    t.as("S-CAS").given("ArrearsClearanceConfirmed", clearance_json(party));
    t.as("S-CSA");
  }
  void owner_agrees(bool agrees = true) {
    t.as("S-CSA").given("OwnerReleaseConsentRecorded", release_word_json(agrees));
  }
  std::vector<std::string> issuing(const std::string& body) {
    return RuleTester::rules_of(t.as("S-CSA").when("GoodsReleaseSlipIssued", body));
  }
  std::vector<std::string> signed_with(std::initializer_list<std::string> blocks,
                                       std::string_view tenancy = {}) {
    return issuing(slip_json(blocks, tenancy));
  }
  std::vector<std::string> at_gate(const std::string& body) {
    return RuleTester::rules_of(t.as("S-SEC").when("GoodsReleasedAtGate", body));
  }
  void issue() {
    request();
    owner_agrees();
    t.given("GoodsReleaseSlipIssued", carried_slip_json());
  }
  const std::string desk = staff_signature("CSA");
  const std::string carrier = signature("CARRIER", house_carrier);
  const std::string owner = signature("OWNER", house_owner);
};

TEST_F(GoodsSlip, GoodsLeaveOnceWithASlipThatTheOwnerAgreedToByPhone) {
  issue();
  EXPECT_EQ(slip().stage(), ReleaseStage::issued);
  EXPECT_TRUE(slip().issued->by_phone);
  t.as("S-SEC").given("GoodsReleasedAtGate", gate_json());
  EXPECT_EQ(slip().stage(), ReleaseStage::released);
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6")) << "a second van";
  t.as("S-ARC").given("GoodsReleaseSlipFiled", filed_json());
  EXPECT_THAT(rules_when("GoodsReleaseSlipFiled", filed_json()), ElementsAre("H-REL-6"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OwnerReleaseConsentRecorded", release_word_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("OwnerContactFailed", contact_failed_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("GoodsReleaseRefused", release_refused_json()),
              ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(GoodsSlip, SomebodyElsesCarryingNeedsTheOwner) {
  for (const std::string_view relation :
       {"CHILD", "RELATIVE", "NANNY", "HOUSEKEEPER", "LABOURER", "OTHER"}) {
    RuleTester fresh;
    hand_over(fresh);
    fresh.at("2025-10-30T17:00:00+08:00").as("S-CSA");
    fresh.given("GoodsReleaseRequested", release_requested_json({.relation = relation}));
    EXPECT_THAT(RuleTester::rules_of(fresh.when("GoodsReleaseSlipIssued", carried_slip_json())),
                ElementsAre("H-REL-2"))
        << relation;
    fresh.given("OwnerReleaseConsentRecorded", release_word_json());
    EXPECT_THAT(fresh.when("GoodsReleaseSlipIssued", carried_slip_json()), IsEmpty()) << relation;
  }
}

TEST_F(GoodsSlip, TheOwnersLatestWordCounts) {
  request();
  owner_agrees(false);
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2"));
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), IsEmpty());
  owner_agrees(false);
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2"));
  EXPECT_THAT(signed_with({desk, carrier, owner}), IsEmpty()) << "he stands at the desk";
}

TEST_F(GoodsSlip, AnOwnerWhoIsNotReachedStopsTheReleaseUntilHeIs) {
  request();
  t.given("OwnerContactFailed", contact_failed_json());
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2", "H-REL-3"));
  owner_agrees(false);
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2")) << "he was reached";
  t.given("OwnerContactFailed", contact_failed_json());
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2", "H-REL-3"));
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), IsEmpty());
}

TEST_F(GoodsSlip, AnOwnerCarryingHimselfSignsOnceForBoth) {
  request({.relation = "OWNER", .carrier = house_owner});
  EXPECT_THAT(signed_with({desk, owner}), IsEmpty());
  EXPECT_THAT(signed_with({desk, signature("CARRIER", house_owner)}), IsEmpty());
  EXPECT_THAT(signed_with({desk}), ElementsAre("H-REL-5"));
  owner_agrees();
  EXPECT_THAT(signed_with({desk}), ElementsAre("H-REL-5")) << "he is there: no call stands for it";
}

TEST_F(GoodsSlip, ASlipIsCompleteAndSignedByDeskAndCarrier) {
  request();
  owner_agrees();
  const auto missing = [&](std::initializer_list<std::string> blocks) {
    const auto refusals = t.when("GoodsReleaseSlipIssued", slip_json(blocks));
    EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-REL-5"));
    return refusals.empty() ? "" : refusals.front().facts.front().value;
  };
  EXPECT_EQ(missing({carrier}), "STAFF:CSA");
  EXPECT_EQ(missing({staff_signature("SEC"), carrier}), "STAFF:CSA");
  EXPECT_EQ(missing({desk}), "CARRIER");
  EXPECT_EQ(missing({desk, signature("CARRIER", person_id(7))}), "CARRIER");
  EXPECT_EQ(missing({desk, signature("OWNER", house_carrier)}), "CARRIER");
  EXPECT_THAT(
      issuing(replaced(carried_slip_json(), "\"blanks_struck\":true", "\"blanks_struck\":false")),
      ElementsAre("H-REL-5"));
}

TEST_F(GoodsSlip, WithoutThePolicyACallStandsForNoSignature) {
  adopt(t, "goods.phone_consent_substitutes_signature", "false", "2025-10-30");
  request();
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-5"));
  EXPECT_THAT(signed_with({desk, carrier, owner}), IsEmpty());
  t.given("GoodsReleaseSlipIssued", slip_json({desk, carrier, owner}));
  EXPECT_FALSE(slip().issued->by_phone);
}

TEST_F(GoodsSlip, ACallOnTheSlipItselfIsNoRecordOfTimeAndOpinion) {
  request();
  const std::string call =
      signature("OWNER", house_owner, "2025-10-30T15:00:00+08:00", "PHONE_RECORDED");
  EXPECT_THAT(signed_with({desk, carrier, call}), ElementsAre("H-REL-2"));
}

TEST_F(GoodsSlip, OfficeStaffNeedTheCompanyAndItsSignature) {
  request({.relation = "OFFICE_STAFF", .party = "COM-1"});
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2"));
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2")) << "the owner is not asked";
  t.given("CompanyReleaseConsentRecorded", release_word_json(false, company_call));
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2"));
  t.given("CompanyReleaseConsentRecorded", release_word_json(true, company_call));
  EXPECT_THAT(issuing(carried_slip_json()), IsEmpty());
  EXPECT_THAT(signed_with({desk, carrier, signature("COMPANY_REP", person_id(9))}), IsEmpty());
}

TEST_F(GoodsSlip, OfficeStaffOfACompanyThatRentsNeedTheOwnerTooToMoveOut) {
  request(
      {.relation = "OFFICE_STAFF", .nature = "MOVE_OUT", .party = house_tenant, .tenancy = "T-1"});
  clear(house_tenant);
  t.given("CompanyReleaseConsentRecorded", release_word_json(true, company_call));
  EXPECT_THAT(signed_with({desk, carrier}, "T-1"), ElementsAre("H-REL-2", "H-TMO-1", "H-TMO-2"));
  clear_tenancy(t, "2025-10-30T16:40:00+08:00");
  const std::string sofa = "\"items\":[" + goods_item("沙发") + "]";
  EXPECT_THAT(issuing(slip_json({desk, carrier}, "T-1", sofa)), IsEmpty());
}

TEST_F(GoodsSlip, ATenantsTemporaryGoodsNeedHisOwnSignatureOnly) {
  request(tenant_moves_goods("TEMPORARY"));
  const std::string tenant = signature("TENANT", house_tenant);
  EXPECT_THAT(signed_with({desk, tenant}, "T-1"), IsEmpty());
  EXPECT_THAT(signed_with({desk, signature("CARRIER", house_tenant)}, "T-1"),
              ElementsAre("H-REL-5"));
  EXPECT_THAT(signed_with({desk, signature("TENANT", person_id(7))}, "T-1"),
              ElementsAre("H-REL-5"));
}

TEST_F(GoodsSlip, UnderThePolicyTheOwnerIsAskedForATenantsTemporaryGoods) {
  adopt(t, "goods.tenant_temporary_needs_owner", "true", "2025-10-30");
  request(tenant_moves_goods("TEMPORARY"));
  const std::string tenant = signature("TENANT", house_tenant);
  EXPECT_THAT(signed_with({desk, tenant}, "T-1"), ElementsAre("H-REL-2"));
  owner_agrees();
  EXPECT_THAT(signed_with({desk, tenant}, "T-1"), IsEmpty());
}

TEST_F(GoodsSlip, WhoMovesOutHasSettledToTheDay) {
  request({.relation = "OWNER", .nature = "MOVE_OUT", .carrier = house_owner});
  EXPECT_THAT(signed_with({desk, owner}), ElementsAre("H-REL-1"));
  t.as("S-CAS").given("ArrearsClearanceConfirmed",
                      clearance_json(house_owner, true, {}, "2025-10-29"));
  EXPECT_THAT(signed_with({desk, owner}), ElementsAre("H-REL-1")) << "an older one does not count";
  t.as("S-CAS").given("ArrearsClearanceConfirmed", clearance_json(house_owner, false));
  EXPECT_THAT(signed_with({desk, owner}), ElementsAre("H-REL-1"));
  clear(house_owner);
  EXPECT_THAT(signed_with({desk, owner}), IsEmpty());
  assess(t, {.id = "P-9", .party = house_owner, .due = "2025-10-30"});
  EXPECT_THAT(signed_with({desk, owner}), ElementsAre("H-REL-1")) << "a charge came since";
  pay(t, "P-9");
  assess(t, {.id = "P-8", .party = house_tenant, .due = "2025-10-30"});
  EXPECT_THAT(signed_with({desk, owner}), IsEmpty()) << "another party's";
  t.given("GoodsReleaseSlipIssued", slip_json({desk, owner}));
  EXPECT_TRUE(slip().issued->clearance.has_value());
}

TEST_F(GoodsSlip, ArrearsDoNotStopTemporaryGoods) {
  assess(t, {.id = "P-9", .party = house_owner, .due = "2025-10-30"});
  request();
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), IsEmpty());
}

// SC3 of the domain, step by step.
TEST_F(GoodsSlip, ATenantMovesOutWithArrears) {
  const auto signed_slip = [&](std::string_view items = goods_items()) {
    return slip_json({desk, signature("CARRIER", house_tenant)}, "T-1", items);
  };
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  t.as("S-CAS").given("MeterReadingTaken", metered_json());
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-01", .fen = 79'170});
  t.given("ArrearsClearanceConfirmed",
          clearance_json(house_tenant, false, {.property_fee = 79'170}));
  request(tenant_moves_goods());
  EXPECT_THAT(issuing(signed_slip()), ElementsAre("H-REL-1", "H-REL-2", "H-TMO-1", "H-TMO-2"));
  t.given("GoodsReleaseRefused", release_refused_json());
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6"));
  t.as("S-CSA").given("OwnerContactFailed", contact_failed_json());
  EXPECT_THAT(issuing(signed_slip()),
              ElementsAre("H-REL-1", "H-REL-2", "H-REL-3", "H-TMO-1", "H-TMO-2"));
  t.given("OwnerMoveOutConsented", move_out_consented_json());
  EXPECT_THAT(issuing(signed_slip()), ElementsAre("H-REL-1", "H-TMO-1", "H-TMO-4"));
  pay(t, "P-1");
  t.as("S-CAS").given("TenantArrearsSettled", settled_json("2025-10-30T16:40:00+08:00"));
  clear(house_tenant);
  EXPECT_THAT(issuing(signed_slip()), ElementsAre("H-TMO-4")) << "an air conditioner that stays";
  const std::string sofa = "\"items\":[" + goods_item("沙发") + "]";
  t.given("GoodsReleaseSlipIssued", signed_slip(sofa));
  EXPECT_TRUE(slip().issued->by_phone);
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6")) << "it still lies in the van";
  const std::string checked = replaced(
      gate_json(), goods_items("checked_items"), "\"checked_items\":[" + goods_item("沙发") + "]");
  t.as("S-SEC").given("GoodsReleasedAtGate", checked);
  EXPECT_THAT(at_gate(checked), ElementsAre("H-REL-6"));
  t.as("S-CSA").given("TenancyEnded", ended_json("2025-10-30"));
}

TEST_F(GoodsSlip, ATenantsSlipWaitsForTheMeters) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  t.as("S-CAS").given("TenantArrearsSettled", settled_json("2025-10-30T16:40:00+08:00"));
  t.as("S-CSA").given("OwnerMoveOutConsented", move_out_consented_json());
  clear(house_tenant);
  request(tenant_moves_goods());
  const std::string body = slip_json(
      {desk, signature("CARRIER", house_tenant)}, "T-1", "\"items\":[" + goods_item("沙发") + "]");
  EXPECT_THAT(issuing(body), ElementsAre("H-TMO-3"));
  t.as("S-CAS").given("MeterReadingTaken", metered_json());
  EXPECT_THAT(issuing(body), IsEmpty());
}

TEST_F(GoodsSlip, ALaterNoForTheSlipOutweighsTheConsentToTheMoveOut) {
  clear_tenancy(t, "2025-10-30T16:40:00+08:00");
  clear(house_tenant);
  request(tenant_moves_goods());
  const std::string body = slip_json(
      {desk, signature("CARRIER", house_tenant)}, "T-1", "\"items\":[" + goods_item("沙发") + "]");
  EXPECT_THAT(issuing(body), IsEmpty());
  owner_agrees(false);
  EXPECT_THAT(issuing(body), ElementsAre("H-REL-2"));
}

TEST_F(GoodsSlip, WhatTheOwnerWantsToStayIsNotOnTheSlip) {
  request();
  t.given("OwnerReleaseConsentRecorded",
          replaced(release_word_json(),
                   "\"consented\":true",
                   R"("consented":true,"not_to_remove":["空调"])"));
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("H-REL-2"));
  EXPECT_THAT(issuing(slip_json({desk, carrier}, {}, "\"items\":[" + goods_item("沙发") + "]")),
              IsEmpty());
}

TEST_F(GoodsSlip, ASlipListsWhatWasDeclaredOrLess) {
  request();
  owner_agrees();
  const auto listing = [&](std::string_view name, int qty, std::string_view category) {
    return issuing(
        slip_json({desk, carrier}, {}, "\"items\":[" + goods_item(name, qty, category) + "]"));
  };
  EXPECT_THAT(listing("壁挂空调", 1000, "APPLIANCE"), IsEmpty());
  EXPECT_THAT(listing("壁挂空调", 2001, "APPLIANCE"), ElementsAre("SCHEMA"));
  EXPECT_THAT(listing("冰箱", 1000, "APPLIANCE"), ElementsAre("SCHEMA"));
  EXPECT_THAT(listing("沙发", -1, "FURNITURE"), ElementsAre("SCHEMA"));
  EXPECT_THAT(listing("沙发", 1000, "UNSPECIFIED"), ElementsAre("H-REL-7"));
  EXPECT_THAT(issuing(replaced(carried_slip_json(), "件", "台")), ElementsAre("SCHEMA"));
}

TEST_F(GoodsSlip, ASlipIsOfItsRequestAndItsNumberIsUsedOnce) {
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("SCHEMA")) << "nobody asked for it";
  issue();
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("STATE_REFUSED"));
  request({.slip_id = "S-2"});
  t.given("OwnerReleaseConsentRecorded", replaced(release_word_json(), "S-1", "S-2"));
  EXPECT_THAT(issuing(replaced(carried_slip_json(), "S-1", "S-2")), ElementsAre("SCHEMA"))
      << "the number is taken";
  const std::string other = replaced(carried_slip_json(), "FX-0001", "FX-0002");
  EXPECT_THAT(issuing(replaced(other, "S-1", "S-2")), IsEmpty());
  EXPECT_THAT(issuing(replaced(replaced(other, "S-1", "S-2"),
                               "\"blanks_struck\"",
                               text("tenancy_id", "T-1") + ",\"blanks_struck\"")),
              ElementsAre("SCHEMA"));
  register_unit(t, "3-1-1203");
  EXPECT_THAT(issuing(replaced(replaced(other, "S-1", "S-2"), house_unit, "3-1-1203")),
              ElementsAre("SCHEMA"));
}

TEST_F(GoodsSlip, ACarrierWhoWasNotIdentifiedGetsNoSlip) {
  t.given(
      "GoodsReleaseRequested",
      replaced(release_requested_json(), "\"id_checked\":\"ID_CARD\"", "\"id_checked\":\"NONE\""));
  owner_agrees();
  EXPECT_THAT(issuing(carried_slip_json()), ElementsAre("SCHEMA"));
}

TEST_F(GoodsSlip, TheGateComparesNumberUnitGoodsAndTime) {
  issue();
  EXPECT_THAT(at_gate(gate_json()), IsEmpty());
  EXPECT_THAT(at_gate(replaced(gate_json(), "FX-0001", "FX-0002")), ElementsAre("H-REL-6"));
  EXPECT_THAT(at_gate(replaced(gate_json(), "S-1", "S-9")), ElementsAre("H-REL-6"));
  EXPECT_THAT(at_gate(replaced(gate_json(), house_unit, "3-1-1203")), ElementsAre("SCHEMA"));
  EXPECT_THAT(at_gate(replaced(gate_json(), "沙发", "冰箱")), ElementsAre("H-REL-6"));
  EXPECT_THAT(at_gate(replaced(gate_json(), "2000", "3000")), ElementsAre("H-REL-6"));
  EXPECT_THAT(at_gate(replaced(gate_json(), "2000", "-1")), ElementsAre("SCHEMA"));
  EXPECT_THAT(at_gate(gate_json("2025-10-30T17:06:00+08:00")), ElementsAre("SCHEMA"));
  EXPECT_THAT(at_gate(gate_json("2025-10-29T17:00:00+08:00")), ElementsAre("SCHEMA"));
}

TEST_F(GoodsSlip, AStoppedSlipOpensNoGateUntilItIsAgreedAgain) {
  issue();
  owner_agrees(false);
  EXPECT_EQ(slip().stage(), ReleaseStage::stopped);
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6"));
  owner_agrees();
  EXPECT_THAT(at_gate(gate_json()), IsEmpty());
  t.as("S-CSA").given("CompanyReleaseConsentRecorded", release_word_json(false, company_call));
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6"));
  t.as("S-CSA").given("CompanyReleaseConsentRecorded", release_word_json(true, company_call));
  t.as("S-SEC").given("GoodsReleaseRefused", release_refused_json("OTHER"));
  EXPECT_EQ(slip().stage(), ReleaseStage::stopped);
  EXPECT_THAT(at_gate(gate_json()), ElementsAre("H-REL-6"));
}

TEST_F(GoodsSlip, OnlyAnIssuedSlipIsFiled) {
  request();
  t.as("S-ARC");
  EXPECT_THAT(rules_when("GoodsReleaseSlipFiled", filed_json()), ElementsAre("H-REL-6"));
  owner_agrees();
  t.given("GoodsReleaseSlipIssued", carried_slip_json());
  t.as("S-ARC");
  EXPECT_THAT(rules_when("GoodsReleaseSlipFiled", replaced(filed_json(), "FX-0001", "FX-0002")),
              ElementsAre("H-REL-6"));
  EXPECT_THAT(rules_when("GoodsReleaseSlipFiled", filed_json()), IsEmpty())
      << "before or after the gate";
}

}  // namespace
}  // namespace juanzong::testing
