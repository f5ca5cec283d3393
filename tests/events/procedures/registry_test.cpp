// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/registry/registry.h"

#include "events/procedures/calendar.h"
#include "events/procedures/policy.h"
#include "events/procedures/units.h"

#include "tests/support/rule_tester.h"
#include "tests/support/signature_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view unit_json = R"({"unit":"3-1-1202","building":"3","entrance":"1",
  "floor":12,"number":"1202","area_cm2":895000})";

TEST(Registry, RegistersAUnitOnceAndCountsItAsNotHandedOver) {
  RuleTester t;
  t.as("S-ARC").given("UnitRegistered", unit_json);
  EXPECT_EQ(t.world().posted(PostingView::occupancy, "3-1:NOT_HANDED_OVER"), 1);
  EXPECT_THAT(RuleTester::rules_of(t.when("UnitRegistered", unit_json)), ElementsAre("H-REG-1"));
}

TEST(Registry, RefusesAUnitWhoseCodeIsNotItsParts) {
  RuleTester t;
  const auto refusals = t.as("S-ARC").when(
      "UnitRegistered",
      R"({"unit":"3-1-1203","building":"3","entrance":"1","floor":12,"number":"1202"})");
  EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-REG-8"));
}

TEST(Registry, RefusesTheWrongRole) {
  RuleTester t;
  EXPECT_THAT(RuleTester::rules_of(t.as("S-CAS").when("UnitRegistered", unit_json)),
              ElementsAre("ROLE"));
}

TEST(Registry, RefusesMissingAndUnknownFieldsByName) {
  RuleTester t;
  const auto missing = t.as("S-ARC").when("UnitRegistered", R"({"unit":"3-1-1202"})");
  EXPECT_THAT(RuleTester::rules_of(missing), ElementsAre("SCHEMA"));
  const auto unknown = t.when("UnitRegistered", R"({"unit":"3-1-1202","colour":"red"})");
  ASSERT_THAT(RuleTester::rules_of(unknown), ElementsAre("SCHEMA"));
  EXPECT_THAT(unknown.front().facts.front().value, ::testing::HasSubstr("colour"));
}

TEST(Registry, PolicyNeedsThePmSignatureTheNextVersionAndKnownKeys) {
  RuleTester t;
  const std::string body = R"({"policy_ver":3,"effective":"2025-01-01","values":[
      {"key":"deposit.deco.wait_month","value":"4"}],)" +
                           signatures({staff_signature("CL")}) + "}";
  EXPECT_THAT(RuleTester::rules_of(t.as("S-PM").when("PolicyAdopted", body)),
              ElementsAre("H-REG-6", "H-REG-5", "H-REG-5"));
}

TEST(Registry, APolicyCountsFromItsDateOnAndCarriesEarlierValuesOver) {
  RuleTester t;
  t.as("S-PM").given("PolicyAdopted",
                     R"({"policy_ver":2,"effective":"2025-07-01","values":[
      {"key":"deposit.deco.wait_months","value":"4"}],)" +
                         signatures({staff_signature("PM")}) + "}");
  const auto months = [&t](std::string_view day) {
    return policy_number(t.world(), "deposit.deco.wait_months", *parse_date(day));
  };
  EXPECT_EQ(months("2025-06-30"), 3);
  EXPECT_EQ(months("2025-07-01"), 4);
  EXPECT_EQ(policy_number(t.world(), "tariff.deco.pass_fen", *parse_date("2025-08-01")), 8000);
}

TEST(Registry, TheSessionVouchesFromTheDateOfThePolicyOn) {
  RuleTester t;
  t.as("S-PM");
  for (const char* misspelt : {"sesion", "required session"}) {
    const auto refusals = t.when("PolicyAdopted", signature_policy(2, "2025-02-01", misspelt));
    EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-REG-5")) << misspelt;
  }
  t.given("PolicyAdopted", signature_policy(2, "2025-02-01", "session"));
  t.given("PolicyAdopted", signature_policy(3, "2025-03-01", "required"));
  EXPECT_FALSE(session_vouches(t.world(), *parse_date("2025-01-31")));
  EXPECT_TRUE(session_vouches(t.world(), *parse_date("2025-02-01")));
  EXPECT_FALSE(session_vouches(t.world(), *parse_date("2025-03-01")));
}

TEST(Registry, WorkingDaysFollowTheAdoptedCalendar) {
  RuleTester t;
  t.as("S-HR").given("HolidayCalendarAdopted",
                     R"({"year":2025,"holidays":["2025-01-28","2025-01-29"],
                         "workdays":["2025-01-26"]})");
  const auto due = [&t](std::string_view start) {
    return to_text(add_working_days(t.world(), *parse_date(start), 1));
  };
  EXPECT_EQ(due("2025-01-06"), "2025-01-07");
  EXPECT_EQ(due("2025-01-24"), "2025-01-26");
  EXPECT_EQ(due("2025-01-27"), "2025-01-30");
}

TEST(Registry, BadgesAreUnique) {
  RuleTester t;
  t.as("S-HR").given("StaffRegistered",
                     R"({"staff":"S-1","department":"CS","badge_no":"017","roles":"CSA"})");
  const auto refusals = t.when(
      "StaffRegistered", R"({"staff":"S-2","department":"CS","badge_no":"017","roles":"CSA"})");
  EXPECT_THAT(RuleTester::rules_of(refusals), Contains("H-REG-4"));
}

TEST(Registry, StaffRolesChangeForKnownStaffOnly) {
  RuleTester t;
  EXPECT_THAT(RuleTester::rules_of(
                  t.as("S-HR").when("StaffRoleChanged", R"({"staff":"S-99","roles":"CSA"})")),
              ElementsAre("H-REG-3"));
  EXPECT_THAT(t.when("StaffRoleChanged", R"({"staff":"S-CSA","roles":"CSA KEY"})"), IsEmpty());
}

TEST(Registry, AContractorIsRegisteredOnce) {
  RuleTester t;
  t.as("S-CSA").given("ContractorRegistered", R"({"company":"C-07","name":"宏达装饰"})");
  EXPECT_THAT(RuleTester::rules_of(
                  t.when("ContractorRegistered", R"({"company":"C-07","name":"宏达装饰"})")),
              ElementsAre("H-REG-1"));
}

TEST(Registry, ALedgerIsCreatedByRecordZeroOnly) {
  RuleTester t;
  const auto refusals = t.as("S-ADM").when("LedgerCreated", R"({"name":"x","origin":"o",
      "verifier_key":"v","timezone":"Asia/Shanghai","zone":[{"from_us":0,"offset_seconds":28800}],
      "founder":"S-ADM","founder_public_key":"00"})");
  EXPECT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-REG-2"));
}

TEST(Registry, ABackEntryNeedsTheCsmAndAnEarlierRecord) {
  RuleTester t;
  const std::string body = R"({"covers":{"index":900},"reason":"PAPER_TAKEN_OVER",
      "true_at":"2025-01-01T09:00:00+08:00","case_stream":"deco:1","paper":)" +
                           attachment(person_id(1)) + "," + signatures({staff_signature("CSM")}) +
                           "}";
  EXPECT_THAT(RuleTester::rules_of(t.as("S-CSM").when("BackEntryDeclared", body)),
              ElementsAre("H-REG-7"));
}

std::string staff_json(std::string_view staff, std::string_view roles) {
  return R"({"staff":")" + std::string(staff) + R"(","department":"D","badge_no":"B-)" +
         std::string(staff) + R"(","roles":")" + std::string(roles) + "\"}";
}

// Given by the founding of the ledger, which is tested with it; to nobody afterwards.
TEST(Registry, TheRoleOfTheServerIsNobodyElses) {
  RuleTester t;
  t.as("S-PM").given("HolidayCalendarAdopted", R"({"year":2025,"holidays":["2025-01-01"]})");
  t.as("S-ADM");
  for (const auto& [staff, roles] : {std::pair("S-77", "SYS"),
                                     std::pair("S-77", "ADM SYS"),
                                     std::pair("SYS", "SYS"),
                                     std::pair("SYS", "CSA")}) {
    EXPECT_THAT(RuleTester::rules_of(t.when("StaffRegistered", staff_json(staff, roles))),
                Contains("H-REG-9"))
        << staff << " " << roles;
  }
  EXPECT_THAT(
      RuleTester::rules_of(t.when("StaffRoleChanged", R"({"staff":"S-CSA","roles":"CSA SYS"})")),
      ElementsAre("H-REG-9"));
  EXPECT_THAT(RuleTester::rules_of(t.when("StaffRegistered", staff_json("S-77", "CSA"))),
              IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
