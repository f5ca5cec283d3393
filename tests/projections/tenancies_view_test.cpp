// SPDX-License-Identifier: Apache-2.0
// The register of tenancies: stages, what a leaving tenant still misses, and all of it as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TenanciesView : public ::testing::Test {
 protected:
  TenanciesView() {
    t.on("2025-01-02").hand_over(house_unit);
    t.on("2025-10-20");
    t.given("CSA", "OwnerLeaseConsentRecorded", consent_json());
    t.given("CSA", "TenantRegistered", tenant_json());
    t.given("CSA", "SafetyResponsibilitySigned", tenant_paper_json());
    moved_in =
        t.given("CSA", "MoveInRegistered", tenant_moves_in_json("2025-10-20", "RESIDENTIAL"));
  }
  boost::json::object ask(QueryArguments arguments = {}, std::string_view roles = "CSM") {
    return t.query("tenancies", arguments, roles);
  }
  std::vector<std::string> missing() { return column(ask(), "tenancies", "missing"); }
  void declare() {
    t.on("2025-10-30", "17:00:00");
    t.given("CSA", "TenantMoveOutDeclared", move_out_declared_json());
  }
  ViewLedger t;
  RecordIndex moved_in{};
};

TEST_F(TenanciesView, ListsATenancyWithItsLeaseAndStage) {
  const auto report = ask({{"date", "2026-10-19"}});
  EXPECT_THAT(column(report, "tenancies", "tenancy_id"), ElementsAre("T-1"));
  EXPECT_THAT(column(report, "tenancies", "tenant"), ElementsAre(house_tenant));
  EXPECT_THAT(column(report, "tenancies", "stage"), ElementsAre("ACTIVE"));
  EXPECT_THAT(column(report, "tenancies", "use"), ElementsAre("RESIDENTIAL"));
  EXPECT_THAT(column(report, "tenancies", "overstays"), ElementsAre("false"));
  EXPECT_EQ(report.at("running"), 1);
  EXPECT_EQ(row(report, "tenancies", 0).at("records").at("moved_in_on").as_array().at(0),
            number(moved_in));
  const auto later = ask({{"date", "2026-10-20"}});
  EXPECT_THAT(column(later, "tenancies", "overstays"), ElementsAre("true"));
  EXPECT_EQ(later.at("overstaying"), 1);
}

TEST_F(TenanciesView, NamesWhatALeavingTenantStillMisses) {
  EXPECT_THAT(missing(), ElementsAre("null"));
  declare();
  EXPECT_THAT(missing(), ElementsAre("METERS SETTLEMENT OWNER_CONSENT"));
  EXPECT_EQ(ask().at("leaving"), 1);
  t.given("CAS", "MeterReadingTaken", metered_json());
  t.given("CAS", "TenantArrearsSettled", settled_json("2025-10-30T16:40:00+08:00"));
  EXPECT_THAT(missing(), ElementsAre("OWNER_CONSENT"));
  t.given("CSA", "OwnerMoveOutConsented", move_out_consented_json());
  EXPECT_THAT(missing(), ElementsAre("null"));
  EXPECT_THAT(column(ask(), "tenancies", "stage"), ElementsAre("CLEARED"));
  t.given("CSA", "TenancyEnded", ended_json("2025-10-30"));
  const auto report = ask();
  EXPECT_THAT(column(report, "tenancies", "ended_on"), ElementsAre("2025-10-30"));
  EXPECT_THAT(column(report, "tenancies", "abandoned"), ElementsAre("false"));
  EXPECT_EQ(report.at("running"), 0);
  EXPECT_EQ(report.at("leaving"), 0);
}

TEST_F(TenanciesView, ShowsWhatTheTenantOwesToThoseWhoMaySeeMoney) {
  t.given("CAS", "ChargeAssessed", charge_json({"O-1", 700}));
  t.given("CAS",
          "ChargeAssessed",
          with(with(charge_json({"P-9", 42'000}), house_owner, house_tenant),
               "\"OWNER\"",
               "\"TENANT\""));
  EXPECT_THAT(column(ask(), "tenancies", "open_fen"), ElementsAre("42000"));
  EXPECT_THAT(column(ask({}, "SECM"), "tenancies", "open_fen"), ElementsAre("null"));
  EXPECT_EQ(t.refusal("tenancies", {}, "ENG"), "not_permitted");
}

TEST_F(TenanciesView, AnEarlierAnswerStandsAsOfItsRecord) {
  declare();
  QueryArguments then{{"date", "2025-10-30"}, {"as_of", std::to_string(number(t.newest()))}};
  EXPECT_EQ(ask(then), ask({{"date", "2025-10-30"}}));
  then["as_of"] = std::to_string(number(moved_in));
  EXPECT_THAT(column(ask(then), "tenancies", "stage"), ElementsAre("ACTIVE"));
  then["as_of"] = std::to_string(number(moved_in) - 1);
  EXPECT_THAT(column(ask(then), "tenancies", "stage"), ElementsAre("REGISTERED"));
  then["as_of"] = "2025-10-19";
  EXPECT_THAT(ask(then).at("tenancies").as_array(), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
