// SPDX-License-Identifier: Apache-2.0
// Completion acceptance and the day from which the refund waits: H-DEC-13, H-DEC-20.
#include "events/procedures/decoration/refund.h"

#include "tests/support/decoration_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

DecorationSteps& requested(DecorationSteps& s) {
  s.apply().approve().on("2025-01-08").contract().pay().enter().on("2025-03-14");
  s.given(
      "CSA", "CompletionAcceptanceRequested", s.of_case(R"("form":)" + s.scan(), {s.by_owner()}));
  return s;
}

TEST(DecorationAcceptance, NeedsEngineeringSecurityAndTheOwner) {
  DecorationSteps s;
  requested(s);
  const std::string day = R"("accepted_on":"2025-03-14")";
  const auto refusals =
      s.t.as("S-CSA").when("CompletionAcceptancePassed", s.of_unit(day, {s.by_staff("CSA")}));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-DEC-20"));
  EXPECT_THAT(
      refusals.front().facts,
      ElementsAre(Fact{"missing", "ENG"}, Fact{"missing", "SEC"}, Fact{"missing", "OWNER"}));
  const std::string heads = s.of_unit(day, {s.by_staff("ENGM"), s.by_staff("SECM"), s.by_owner()});
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptancePassed", heads), IsEmpty());
}

TEST(DecorationAcceptance, IsScheduledOnceItWasAskedFor) {
  DecorationSteps s;
  const std::string scheduled =
      s.of_case(R"("at":"2025-03-15T10:00:00+08:00","departments":["CS","ENG","SEC"])");
  s.apply().approve().on("2025-01-08").contract().pay().enter();
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptanceScheduled", scheduled),
              ElementsAre("STATE_REFUSED"));
  s.on("2025-03-14")
      .given("CSA",
             "CompletionAcceptanceRequested",
             s.of_case(R"("form":)" + s.scan(), {s.by_owner()}));
  s.given("CSA", "CompletionAcceptanceScheduled", scheduled);
  EXPECT_EQ(s.stage(), DecorationStage::acceptance_requested);
}

TEST(DecorationAcceptance, AFailureNeedsBothDepartmentsAndReturnsToTheWorks) {
  DecorationSteps s;
  requested(s);
  const std::string lists = R"("problems":[)" + s.text() + R"(],"measures":[)" + s.text() + "]";
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptanceFailed", s.of_case(lists, {s.by_staff("ENG")})),
              ElementsAre("H-DEC-20"));
  s.given("CSA",
          "CompletionAcceptanceFailed",
          s.of_case(lists, {s.by_staff("ENG"), s.by_staff("SEC")}));
  EXPECT_EQ(s.stage(), DecorationStage::under_work);
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptancePassed", s.passed("2025-03-14")),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationAcceptance, IsDatedTheDayItIsRecorded) {
  DecorationSteps s;
  requested(s);
  for (const std::string day : {"2025-03-10", "2025-03-13", "2025-03-15"}) {
    EXPECT_THAT(s.refused("CSA", "CompletionAcceptancePassed", s.passed(day)),
                ElementsAre("H-DEC-13"))
        << day;
  }
  EXPECT_THAT(s.refused("CSA", "CompletionAcceptancePassed", s.passed("2025-03-14")), IsEmpty());
}

TEST(DecorationAcceptance, AnEarlierDayNeedsBackEntryFormAndPm) {
  DecorationSteps s;
  requested(s);
  const auto body = [&s](std::string_view day, bool form, std::string_view head) {
    return s.of_unit(
        R"("accepted_on":")" + std::string(day) + "\"" + (form ? R"(,"form":)" + s.scan() : ""),
        {s.by_staff("ENG"), s.by_staff("SEC"), s.by_owner(), s.by_staff(head)});
  };
  const auto refused = [&](const std::string& json) {
    return s.refused("CSA", "CompletionAcceptancePassed", json);
  };
  EXPECT_THAT(refused(body("2025-03-10", true, "PM")), ElementsAre("H-DEC-13"));
  s.t.back_entry();
  EXPECT_THAT(refused(body("2025-03-10", false, "PM")), ElementsAre("H-DEC-13"));
  EXPECT_THAT(refused(body("2025-03-10", true, "CSM")), ElementsAre("H-DEC-13"));
  EXPECT_THAT(refused(body("2025-03-15", true, "PM")), ElementsAre("H-DEC-13"));
  EXPECT_THAT(refused(body("2025-01-07", true, "PM")), ElementsAre("H-DEC-13"));
  EXPECT_THAT(refused(body("2025-03-10", true, "PM")), IsEmpty());
}

TEST(DecorationAcceptance, EndsDecoratingInTheUnit) {
  DecorationSteps s;
  s.until_accepted();
  EXPECT_FALSE(s.t.world().get<UnitState>(s.unit).decorating);
  EXPECT_EQ(s.t.world().posted(PostingView::occupancy, "3-1:DECORATING"), 0);
  EXPECT_EQ(s.stage(), DecorationStage::accepted);
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, IsEmpty());
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).deposits, ElementsAre(s.deposit));
}

TEST(DecorationAcceptance, TheUnitStaysDecoratingWhileAnotherCaseIsAtWork) {
  DecorationSteps s;
  s.apply().approve().on("2025-01-08").contract().pay().enter();
  s.deco = "2025-0032";
  s.deposit = "D-2";
  s.apply().approve().contract();
  s.given("CAS", "DecorationDepositPaid", s.payment());
  s.settle("WR-2", body::Purpose::WASTE_REMOVAL, 30'000);
  s.settle("PF-2", body::Purpose::PASS_FEE, 8'000);
  s.enter().accept("2025-03-14");
  EXPECT_TRUE(s.t.world().get<UnitState>(s.unit).decorating);
  s.deco = "2025-0031";
  s.accept("2025-03-14");
  EXPECT_FALSE(s.t.world().get<UnitState>(s.unit).decorating);
}

TEST(DecorationAcceptance, ACaseWithoutDepositClosesAtOnce) {
  DecorationSteps s;
  s.adopt("deposit.deco.permitted", "false");
  s.apply().approve().contract();
  s.settle("WR-1", body::Purpose::WASTE_REMOVAL, 30'000);
  s.settle("PF-1", body::Purpose::PASS_FEE, 8'000);
  s.enter().accept("2025-03-14");
  EXPECT_EQ(s.stage(), DecorationStage::closed);
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, IsEmpty());
}

TEST(DecorationAcceptance, TheRefundWaitsThreeMonthsAndADay) {
  RuleTester t;
  const auto earliest = [&t](std::string_view accepted_on) {
    DecorationCase deco;
    deco.applied_on = *parse_date("2024-01-01");
    deco.accepted_on = parse_date(accepted_on);
    return to_text(*earliest_refund(t.world(), deco));
  };
  EXPECT_EQ(earliest("2025-03-14"), "2025-06-15");
  EXPECT_EQ(earliest("2025-11-30"), "2026-03-01");
  EXPECT_EQ(earliest("2025-12-31"), "2026-04-01");
  EXPECT_EQ(earliest("2024-11-29"), "2025-03-01");
  EXPECT_EQ(earliest("2023-11-29"), "2024-03-01");
}

TEST(DecorationAcceptance, TheWaitFollowsThePolicyOfTheApplication) {
  RuleTester t;
  t.as("S-PM").given("PolicyAdopted",
                     R"({"policy_ver":2,"effective":"2025-01-01","values":[
      {"key":"deposit.deco.wait_months","value":"6"},
      {"key":"deposit.deco.day_after","value":"false"},
      {"key":"deposit.deco.holiday_extends","value":"true"}],)" +
                         signatures({staff_signature("PM")}) + "}");
  DecorationCase deco;
  deco.accepted_on = parse_date("2025-03-14");
  deco.applied_on = *parse_date("2024-12-31");
  EXPECT_EQ(to_text(*earliest_refund(t.world(), deco)), "2025-06-15");
  deco.applied_on = *parse_date("2025-01-01");
  EXPECT_EQ(to_text(*earliest_refund(t.world(), deco)), "2025-09-15");  // the 14th is a Sunday
}

}  // namespace
}  // namespace juanzong::testing
