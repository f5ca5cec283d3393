// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/tenant_move_out/tenant_move_out.h"

#include "events/procedures/deadlines.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view moment = "2025-10-30T16:40:00+08:00";

class TenantMoveOutTest : public HouseTest {
 protected:
  TenantMoveOutTest() {
    hand_over(t);
    t.at("2025-10-20T10:00:00+08:00");
    rent_out(t, "2025-10-20");
    t.at("2025-10-30T17:00:00+08:00");
  }
  TenancyStage stage() { return tenancy_stage(t.world(), "T-1"); }
  MoveOutState state() { return t.world().get<MoveOutState>("T-1"); }
  std::vector<std::string> settling(std::string_view up_to = moment) {
    return RuleTester::rules_of(t.as("S-CAS").when("TenantArrearsSettled", settled_json(up_to)));
  }
};

TEST_F(TenantMoveOutTest, ATenantLeavesWithMetersReadCostsSettledAndConsent) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  EXPECT_EQ(stage(), TenancyStage::leaving);
  t.as("S-CSA").given("OwnerMoveOutConsented", move_out_consented_json());
  EXPECT_THAT(state().not_to_remove, ElementsAre("空调", "衣柜"));
  t.as("S-CAS").given("TenantArrearsSettled", settled_json(moment));
  EXPECT_EQ(stage(), TenancyStage::leaving);
  t.given("MeterReadingTaken", metered_json());
  EXPECT_EQ(stage(), TenancyStage::cleared);
  EXPECT_EQ(count("TENANT"), 1);
  t.as("S-CSA").given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_EQ(stage(), TenancyStage::ended);
  EXPECT_EQ(count("TENANT"), 0);
  EXPECT_EQ(count("VACANT"), 1);
  EXPECT_EQ(t.world().get<UnitState>(house_unit).tenancy, "");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(TenantMoveOutTest, ArrearsOfTheTenantStopTheSettlementUntilPaid) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-01", .fen = 42'000});
  assess(t, {.id = "E-1", .party = house_tenant, .due = "2025-10-25", .fen = 31'250, .purpose = 3});
  const auto refusals = t.as("S-CAS").when("TenantArrearsSettled", settled_json(moment));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-TMO-1"));
  EXPECT_EQ(refusals.front().facts.front().value, "732.50 元");
  pay(t, "P-1");
  EXPECT_THAT(settling(), ElementsAre("H-TMO-1"));
  pay(t, "E-1");
  EXPECT_THAT(settling(), IsEmpty());
}

TEST_F(TenantMoveOutTest, OnlyWhatTheTenantOwesUpToTheMomentCounts) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  assess(t, {.id = "O-1", .party = house_owner, .due = "2025-10-01"});
  assess(t, {.id = "P-2", .party = house_tenant, .due = "2025-10-31"});
  EXPECT_THAT(settling(), IsEmpty());
  assess(t, {.id = "P-3", .party = house_tenant, .due = "2025-10-30"});
  EXPECT_THAT(settling(), ElementsAre("H-TMO-1"));
  pay(t, "P-3");
  assess(t,
         {.id = "W-1",
          .party = house_tenant,
          .due = "2025-11-10",
          .purpose = 2,
          .from = "2025-10-20",
          .to = "2025-10-31"});
  EXPECT_THAT(settling(), ElementsAre("H-TMO-1")) << "consumed by then, though payable later";
}

TEST_F(TenantMoveOutTest, ASettlementIsSignedByTheCashierAndNotForTheFuture) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  EXPECT_THAT(settling("2025-10-31T09:00:00+08:00"), ElementsAre("SCHEMA"));
  EXPECT_THAT(
      RuleTester::rules_of(t.as("S-CAS").when("TenantArrearsSettled",
                                              replaced(settled_json(moment),
                                                       signatures({staff_signature("CAS")}),
                                                       signatures({staff_signature("PM")})))),
      ElementsAre("SCHEMA"));
}

TEST_F(TenantMoveOutTest, AChargeAfterTheSettlementStopsTheEnd) {
  clear_tenancy(t, moment);
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-30"});
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")), ElementsAre("H-TMO-1"));
  pay(t, "P-1");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")), IsEmpty());
}

TEST_F(TenantMoveOutTest, TheOwnerIsToldAskedAndAgrees) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("OwnerMoveOutConsented", replaced(move_out_consented_json(), from, to));
  };
  EXPECT_THAT(with("\"told_of_move\":true", "\"told_of_move\":false"), ElementsAre("H-TMO-2"));
  EXPECT_THAT(with(R"("not_to_remove":["空调","衣柜"],)", ""), ElementsAre("H-TMO-2"));
  EXPECT_THAT(with(R"("not_to_remove":["空调","衣柜"])", R"("not_to_remove":[])"), IsEmpty());
  EXPECT_THAT(with(text("signer", house_owner), text("signer", house_tenant)),
              ElementsAre("H-TMO-2"));
  EXPECT_THAT(with(text("called_at", "2025-10-30T15:40:00+08:00") + ",", ""),
              ElementsAre("SCHEMA"));
}

TEST_F(TenantMoveOutTest, AnObjectionTakesTheConsentBackUntilTheOwnerAgreesAgain) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  t.given("OwnerMoveOutConsented", move_out_consented_json());
  t.given("OwnerMoveOutObjected", of_tenancy({house_sealed("reason")}));
  t.as("S-CAS").given("MeterReadingTaken", metered_json());
  t.given("TenantArrearsSettled", settled_json(moment));
  EXPECT_EQ(stage(), TenancyStage::leaving);
  t.as("S-CSA");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")), ElementsAre("H-TMO-2"));
  t.given("OwnerMoveOutConsented", move_out_consented_json());
  EXPECT_EQ(stage(), TenancyStage::cleared);
  EXPECT_THAT(rules_when("OwnerMoveOutObjected", of_tenancy({house_sealed("reason")})),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(TenantMoveOutTest, TheEndNamesEverythingThatIsMissing) {
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-01"});
  t.as("S-CSA");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")),
              ElementsAre("H-TMO-1", "H-TMO-1", "H-TMO-2"));
}

TEST_F(TenantMoveOutTest, TheEndWaitsForTheMeters) {
  t.as("S-CSA").given("TenantMoveOutDeclared", move_out_declared_json());
  t.given("OwnerMoveOutConsented", move_out_consented_json());
  t.as("S-CAS").given("TenantArrearsSettled", settled_json(moment));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-30")), ElementsAre("STATE_REFUSED"));
}

TEST_F(TenantMoveOutTest, AnAbandonedTenancyNeedsTheProjectManagerAndKeepsTheArrears) {
  assess(t, {.id = "P-1", .party = house_tenant, .due = "2025-10-01"});
  t.as("S-CSA");
  const std::string bare = ended_json("2025-10-30", "ABANDONED");
  EXPECT_THAT(rules_when("TenancyEnded", bare), ElementsAre("SCHEMA"));
  t.given("TenancyEnded",
          of_tenancy({text("ended_on", "2025-10-30"),
                      text("reason", "ABANDONED"),
                      signatures({staff_signature("PM")})}));
  EXPECT_TRUE(state().abandoned);
  EXPECT_EQ(count("VACANT"), 1);
  EXPECT_EQ(arrears_of(t.world(), house_unit, house_tenant, *parse_date("2025-10-30")).total,
            Fen{42'000});
}

TEST_F(TenantMoveOutTest, AUnitWhoseOwnerLivesThereFallsBackToHousehold) {
  move_owner_in(t, "2025-10-30");
  clear_tenancy(t, moment);
  t.given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_EQ(count("TENANT"), 0);
  EXPECT_EQ(count("HOUSEHOLD"), 1);
}

TEST_F(TenantMoveOutTest, ATenancyThatAnotherOneFollowedLeavesTheUnitAsItIs) {
  t.as("S-CSA").given("OwnerLeaseConsentRecorded", consent_json("T-2"));
  t.given("TenantRegistered", tenant_json("T-2"));
  t.given("SafetyResponsibilitySigned", tenant_paper_json("T-2"));
  t.given("MoveInRegistered",
          replaced(tenant_moves_in_json("2025-10-30", "RESIDENTIAL"), "T-1", "T-2"));
  clear_tenancy(t, moment);
  t.given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_EQ(count("TENANT"), 1);
  EXPECT_EQ(t.world().get<UnitState>(house_unit).tenancy, "T-2");
}

TEST_F(TenantMoveOutTest, StepsOutsideLeavingAreRefused) {
  t.as("S-CSA");
  EXPECT_THAT(rules_when("OwnerMoveOutConsented", move_out_consented_json()),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(settling(), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MeterReadingTaken", metered_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MeterReadingTaken",
                         replaced(metered_json(), text("tenancy_id", "T-1") + ",", "")),
              IsEmpty())
      << "a reading that names no tenancy is judged by none";
  EXPECT_THAT(
      rules_when(
          "MeterReadingTaken",
          replaced(replaced(metered_json(), text("tenancy_id", "T-1") + ",", ""), "412600", "-1")),
      ElementsAre("SCHEMA"));
  t.as("S-CSA");
  EXPECT_THAT(
      rules_when(
          "TenantMoveOutDeclared",
          replaced(move_out_declared_json(), signed_by_house_tenant(), signed_by_house_owner())),
      ElementsAre("SCHEMA"));
  t.given("TenantMoveOutDeclared", move_out_declared_json());
  EXPECT_THAT(rules_when("TenantMoveOutDeclared", move_out_declared_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(TenantMoveOutTest, AnEndBeforeMidnightOfTheProjectsZoneCountsInTheOldMonth) {
  clear_tenancy(t, moment);
  t.at("2025-10-31T15:55:00Z");
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-11-01")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("TenancyEnded", ended_json("2025-10-19")), ElementsAre("SCHEMA"))
      << "before the tenant moved in";
  t.given("TenancyEnded", ended_json("2025-10-31"));
  const Posting& last = t.world().postings().back();
  EXPECT_EQ(last.account, "3-1:VACANT");
  EXPECT_EQ(to_text(month_of(last.effective)), "2025-10");
}

// A daily report may name several that ended: T-0 stands before T-1 in the record.
TEST_F(TenantMoveOutTest, TheDaysReportNamesWhatEnded) {
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-TMO-1", "tenancy:T-1"));
  };
  adopt(t, "duty.department_report", "true", "2025-10-01");
  clear_tenancy(t, moment);
  t.as("S-CSA").given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_EQ(due().due_at, *parse_instant("2025-10-31T00:00:00+08:00"));
  t.world().edit<TenancyState>("T-0").unit = house_unit;
  const auto change = [](std::string_view tenancy) {
    return json(
        {unit_field(), text("from", "TENANT"), text("to", "VACANT"), text("tenancy_id", tenancy)});
  };
  t.given("DailyWeeklyReportFiled",
          json({text("report_id", "CS-2025-10-30"),
                text("dept", "CS"),
                text("period", "DAY"),
                text("first_day", "2025-10-30"),
                "\"occupancy_changes\":[" + change("T-0") + "," + change("T-1") + "]"}));
  EXPECT_EQ(due().end, ObligationEnd::met);
}

TEST_F(TenantMoveOutTest, WithoutSuchReportsNoneIsMissed) {
  clear_tenancy(t, moment);
  t.as("S-CSA").given("TenancyEnded", ended_json("2025-10-30"));
  EXPECT_EQ(t.world().find<ObligationState>(obligation_key("D-TMO-1", "tenancy:T-1")), nullptr);
}

}  // namespace
}  // namespace juanzong::testing
