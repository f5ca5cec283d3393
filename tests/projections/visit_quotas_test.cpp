// SPDX-License-Identifier: Apache-2.0
// Visit quotas (R12): persons counted once a month, for each assistant and each department.
#include "tests/support/complaint_steps.h"
#include "tests/support/view_ledger.h"
#include "tests/support/visit_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class VisitQuotas : public ::testing::Test {
 protected:
  VisitQuotas() {
    t.on("2025-10-20").register_unit(house_unit);
    first = t.given("CSA", "CustomerVisited", visited_json({.raises = true}));
    t.given("CSA", "CustomerVisited", visited_json({.id = "V-2", .mode = "PHONE"}));
    t.given("CSA",
            "CustomerVisited",
            visited_json({.id = "V-3",
                          .customer = person_id(7),
                          .satisfaction = "DISSATISFIED",
                          .on = "2025-10-01"}));
    t.given("CSA", "CustomerVisited", visited_json({.id = "V-4", .on = "2025-09-30"}));
    t.given("CSM", "CustomerVisited", visited_json({.id = "V-5", .role = "CSM"}));
  }
  boost::json::object ask(QueryArguments more = {}) {
    more.emplace("month", "2025-10");
    return t.query("visit_quotas", more);
  }
  // The row of a table whose first cell is that.
  static boost::json::object row_of(const boost::json::object& report,
                                    std::string_view table,
                                    std::string_view key,
                                    std::string_view value) {
    for (const auto& each : report.at(table).as_array()) {
      if (each.at(key).as_string() == value) {
        return each.as_object();
      }
    }
    ADD_FAILURE() << "no " << value;
    return {};
  }
  ViewLedger t;
  RecordIndex first{};
};

TEST_F(VisitQuotas, PersonsCountOnceForAssistantsAndDepartments) {
  const auto report = ask();
  EXPECT_EQ(report.at("visits"), 4);
  const auto assistant = row_of(report, "assistants", "staff", "S-CSA");
  EXPECT_EQ(assistant.at("customers"), 2);
  EXPECT_EQ(assistant.at("visits"), 3);
  EXPECT_EQ(assistant.at("quota"), 20);
  EXPECT_EQ(assistant.at("met"), false);
  EXPECT_THAT(column(report, "departments", "customers"), Contains("1"));
  EXPECT_THAT(column(report, "departments", "quota"), Contains("10"));
  EXPECT_THAT(column(report, "modes", "mode"), ElementsAre("DOOR", "PHONE"));
  EXPECT_THAT(column(report, "modes", "share_bp"), ElementsAre("7500", "2500"));
  EXPECT_THAT(column(report, "satisfaction", "answer"), ElementsAre("SATISFIED", "DISSATISFIED"));
}

TEST_F(VisitQuotas, AnAssistantWhoCalledOnNobodyStandsThere) {
  const auto november = ask({{"month", "2025-11"}});
  EXPECT_EQ(november.at("visits"), 0);
  EXPECT_EQ(row_of(november, "assistants", "staff", "S-CSA").at("customers"), 0);
}

TEST_F(VisitQuotas, TheQuotaIsThePolicysOfTheMonth) {
  t.given("PM",
          "PolicyAdopted",
          R"({"policy_ver":2,"effective":"2025-10-01","values":[)"
          R"({"key":"visit.csa_month","value":"2"}],)" +
              signatures({staff_signature("PM")}) + "}");
  EXPECT_EQ(row_of(ask(), "assistants", "staff", "S-CSA").at("met"), true);
  EXPECT_EQ(row_of(ask({{"month", "2025-09"}}), "assistants", "staff", "S-CSA").at("quota"), 20);
}

TEST_F(VisitQuotas, WhatCustomersRaisedIsFollowedNowAndAsOfThen) {
  EXPECT_THAT(column(ask(), "opinions", "followed_up"), ElementsAre("false"));
  t.given("CSA", "ComplaintReceived", complaint_json());
  t.given("CSA", "VisitFollowUpRaised", follow_up_json("complaint:TS-1"));
  EXPECT_THAT(column(ask(), "opinions", "followed_up"), ElementsAre("true"));
  EXPECT_THAT(column(ask(), "opinions", "opinions"), ElementsAre("1"));
  const auto then = ask({{"as_of", std::to_string(number(first))}});
  EXPECT_EQ(then.at("visits"), 1);
  EXPECT_THAT(column(then, "opinions", "followed_up"), ElementsAre("false"));
  EXPECT_EQ(row(then, "opinions", 0).at("records").at("visit_id").as_array().at(0), number(first));
}

TEST_F(VisitQuotas, AreNotForEverybody) {
  EXPECT_EQ(t.refusal("visit_quotas", {}, "SEC"), "not_permitted");
  EXPECT_EQ(t.refusal("visit_quotas", {}, "CSA"), "");
  EXPECT_EQ(t.refusal("visit_quotas", {{"month", "x"}}), "query_invalid");
}

}  // namespace
}  // namespace juanzong::testing
