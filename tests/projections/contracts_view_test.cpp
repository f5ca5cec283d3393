// SPDX-License-Identifier: Apache-2.0
// The list of contracts: standing on a day, what the list forgot, what is managed, as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ContractsView : public ::testing::Test {
 protected:
  ContractsView() {
    t.on("2025-01-20");
    signed_first = t.given("PM",
                           "ManagementContractSigned",
                           json({text("contract_id", "HT-1"),
                                 text("property", "P-1"),
                                 text("counterparty", "DEVELOPER"),
                                 text("party", "DEV-1"),
                                 term("2025-01-20", "2027-01-31"),
                                 house_attachment("dig"),
                                 by("DEVELOPER")}));
    t.given("PM",
            "PropertyTakenOver",
            json({text("property", "P-1"),
                  text("kind", "NEW"),
                  text("contract_id", "HT-1"),
                  R"("team":["S-ENGM"])",
                  text("taken_over_on", "2025-01-20"),
                  signatures({signature("DEVELOPER", "DEV-1")})}));
    t.given("ARC",
            "ContractListUpdated",
            json({text("contract_id", "HT-1"),
                  text("from", "2025-01-20"),
                  text("to", "2027-01-31"),
                  text("kept_at", "A-3")}));
  }
  static std::string term(std::string_view from, std::string_view to) {
    return text("from", from) + "," + text("to", to) + "," + text("signed_on", "2025-01-20");
  }
  static std::string by(std::string_view capacity) {
    return signatures({staff_signature("PM"), signature(capacity, "DEV-1")});
  }
  RecordIndex renew() {
    return t.given("PM",
                   "ManagementContractRenewed",
                   json({text("contract_id", "HT-2"),
                         text("renews", "HT-1"),
                         text("property", "P-1"),
                         text("counterparty", "COMMITTEE"),
                         text("party", "BC-1"),
                         term("2026-12-15", "2029-12-14"),
                         house_attachment("dig"),
                         by("COMMITTEE")}));
  }
  boost::json::object ask(QueryArguments arguments = {}) {
    return t.query("contracts", arguments, "ARC");
  }
  std::vector<std::string> standing(std::string_view on) {
    return column(ask({{"date", std::string(on)}}), "contracts", "standing");
  }
  ViewLedger t;
  RecordIndex signed_first{};
};

TEST_F(ContractsView, ShowsEachContractAsItStandsOnADay) {
  EXPECT_THAT(standing("2025-01-19"), ElementsAre("NOT_YET"));
  EXPECT_THAT(standing("2025-06-01"), ElementsAre("IN_FORCE"));
  EXPECT_THAT(standing("2027-01-31"), ElementsAre("EXPIRING"));
  EXPECT_THAT(standing("2027-02-01"), ElementsAre("EXPIRED"));
  renew();
  EXPECT_THAT(standing("2026-12-14"), ElementsAre("IN_FORCE", "NOT_YET"));
  EXPECT_THAT(standing("2026-12-15"), ElementsAre("RENEWED", "IN_FORCE"));
  const auto report = ask({{"date", "2026-12-15"}});
  EXPECT_EQ(report.at("in_force"), 1);
  EXPECT_EQ(report.at("unlisted"), 1);
  EXPECT_THAT(column(report, "contracts", "renewed_by"), ElementsAre("HT-2", "null"));
  EXPECT_THAT(column(report, "contracts", "counterparty"), ElementsAre("DEVELOPER", "COMMITTEE"));
}

TEST_F(ContractsView, RemindsAsManyDaysAheadAsThePolicySays) {
  EXPECT_THAT(standing("2026-12-02"), ElementsAre("EXPIRING"));
  EXPECT_THAT(standing("2026-12-01"), ElementsAre("IN_FORCE"));
  t.given("PM",
          "PolicyAdopted",
          R"({"policy_ver":2,"effective":"2025-02-01","values":[{"key":"contract.remind_days",)"
          R"("value":"90"}],)" +
              signatures({staff_signature("PM")}) + "}");
  EXPECT_THAT(standing("2026-12-01"), ElementsAre("EXPIRING"));
}

TEST_F(ContractsView, NamesWhatIsManagedAndAsOfThen) {
  renew();
  const auto report = ask();
  EXPECT_THAT(column(report, "properties", "kind"), ElementsAre("NEW"));
  EXPECT_THAT(column(report, "properties", "has_committee"), ElementsAre("true"));
  const auto then = ask({{"as_of", std::to_string(number(signed_first))}});
  EXPECT_THAT(column(then, "contracts", "contract_id"), ElementsAre("HT-1"));
  EXPECT_THAT(column(then, "contracts", "listed"), ElementsAre("false"));
  EXPECT_THAT(then.at("properties").as_array(), IsEmpty());
  EXPECT_THAT(column(ask({{"limit", "1"}, {"cursor", "HT-1"}}), "contracts", "contract_id"),
              ElementsAre("HT-2"));
  EXPECT_EQ(t.refusal("contracts", {}, "CSA"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
