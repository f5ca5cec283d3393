// SPDX-License-Identifier: Apache-2.0
// 装修掌控表 and 装修办理报表 (R9): where each case stands, who looked at its site, what was
// handled in a month.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DecorationsView : public ::testing::Test {
 protected:
  DecorationsView() {
    t.on("2025-01-02").hand_over(house_unit);
    t.decorate();
  }
  boost::json::object board(QueryArguments arguments = {}, std::string_view roles = "CSM") {
    return t.query("decorations", arguments, roles);
  }
  void patrol(std::string_view role, std::string_view department) {
    t.given(role,
            "DecorationPatrolRecorded",
            t.forms.of_case(text("dept", department) + "," +
                            text("inspector", "S-" + std::string(role))));
  }
  static std::string code(const boost::json::object& of, std::string_view key) {
    return std::string(of.at(key).as_object().at("code").as_string());
  }
  ViewLedger t;
};

TEST_F(DecorationsView, ShowsWhereACaseStands) {
  const auto report = board();
  const auto& of = row(report, "decorations", 0);
  EXPECT_EQ(of.at("deco_id"), t.forms.deco.c_str());
  EXPECT_EQ(of.at("unit"), "3-1-1202");
  EXPECT_EQ(of.at("owner"), t.forms.owner.c_str());
  EXPECT_EQ(of.at("contractor"), "C-07");
  EXPECT_EQ(code(of, "stage"), "UNDER_WORK");
  EXPECT_EQ(of.at("submitted_at"), "2025-01-06T10:00:00.000000+08:00");
  EXPECT_EQ(of.at("answer_due_at"), "2025-01-08T00:00:00.000000+08:00");
  EXPECT_EQ(code(of, "answer"), "RUNNING") << "nobody has told the customer";
  EXPECT_EQ(of.at("entered_on"), "2025-01-08");
  EXPECT_TRUE(of.at("permit_no").is_string());
  EXPECT_EQ(code(of, "deposit_state"), "HELD");
  EXPECT_TRUE(of.at("accepted_on").is_null());
}

TEST_F(DecorationsView, ShowsWhoLookedAtTheSiteDayByDay) {
  patrol("CSA", "CS");
  t.on("2025-01-09");
  patrol("ENG", "ENG");
  patrol("ENG", "ENG");
  const auto report = board({{"date", "2025-01-09"}});
  EXPECT_EQ(row(report, "decorations", 0).at("patrolled_cs"), 0);
  EXPECT_EQ(row(report, "decorations", 0).at("patrolled_eng"), 2);
  EXPECT_EQ(row(report, "decorations", 0).at("patrolled_sec"), 0);
  EXPECT_THAT(column(report, "patrols", "date"), ElementsAre("2025-01-08", "2025-01-09"));
  EXPECT_THAT(column(report, "patrols", "cs"), ElementsAre("1", "0"));
  EXPECT_THAT(column(report, "patrols", "eng"), ElementsAre("0", "2"));
  EXPECT_THAT(column(board({{"date", "2025-01-31"}}), "patrols", "date"), SizeIs(7));
  EXPECT_THAT(column(board({{"date", "2025-01-07"}}), "patrols", "date"), IsEmpty());
}

TEST_F(DecorationsView, CountsViolationsWarningsAndWhatIsNotRectified) {
  t.given("CSA",
          "DecorationVerbalWarningGiven",
          t.forms.of_case(text("topic", "FIRE") + ",\"told_to\":" + t.forms.text()));
  t.given("CSA",
          "DecorationViolationRecorded",
          t.forms.of_case(text("violation_id", "V-1") + "," + text("severity", "SERIOUS") +
                          ",\"facts\":" + t.forms.text() + "," + text("rule_ref", "R-3") +
                          R"(,"copies":3,"proposed_penalty_fen":20000,)" +
                          text("rectify_by", "2025-01-10")));
  const auto before = row(board(), "decorations", 0);
  EXPECT_EQ(before.at("warnings"), 1);
  EXPECT_EQ(before.at("violations"), 1);
  EXPECT_EQ(before.at("unrectified"), 1);
  EXPECT_EQ(before.at("confirmed"), 0);
  EXPECT_EQ(before.at("penalties_fen"), 0) << "only proposed";
  t.given("CSA",
          "DecorationViolationRectified",
          t.forms.of_case(text("violation_id", "V-1") + "," + text("verified_by", "S-CSA")));
  EXPECT_EQ(row(board(), "decorations", 0).at("unrectified"), 0);
}

TEST_F(DecorationsView, CountsWhatWasHandledInAMonth) {
  t.accept("2025-02-14");
  const auto january = board({{"month", "2025-01"}});
  EXPECT_EQ(january.at("applied"), 1);
  EXPECT_EQ(january.at("entered"), 1);
  EXPECT_EQ(january.at("accepted"), 0);
  EXPECT_EQ(january.at("fees_fen"), 38'000);
  EXPECT_EQ(january.at("collected_fen"), 38'000);
  EXPECT_THAT(column(january, "handled", "applied_on"), ElementsAre("2025-01-06"));
  const auto february = board({{"month", "2025-02"}});
  EXPECT_EQ(february.at("applied"), 0);
  EXPECT_EQ(february.at("accepted"), 1);
  EXPECT_EQ(february.at("fees_fen"), 0);
  EXPECT_THAT(column(february, "handled", "accepted_on"), ElementsAre("2025-02-14"));
  EXPECT_THAT(column(board({{"month", "2025-03"}}), "handled", "deco_id"), IsEmpty());
  EXPECT_EQ(row(february, "decorations", 0).at("earliest_refund_on"), "2025-05-15");
}

TEST_F(DecorationsView, ShowsNoMoneyToEngineersAndGuards) {
  const auto report = board({}, "ENG");
  const auto& of = row(report, "decorations", 0);
  EXPECT_EQ(code(of, "deposit_state"), "HIDDEN");
  EXPECT_EQ(code(of, "earliest_refund_on"), "HIDDEN");
  EXPECT_EQ(code(of, "penalties_fen"), "HIDDEN");
  EXPECT_EQ(code(report, "fees_fen"), "HIDDEN");
  EXPECT_EQ(code(of, "stage"), "UNDER_WORK");
  EXPECT_EQ(t.refusal("decorations", {}, "GFC"), "not_permitted");
}

TEST_F(DecorationsView, IsAsOfThenWhatItWasThen) {
  const std::string then = std::to_string(number(t.newest()));
  t.accept("2025-01-31");
  EXPECT_EQ(code(row(board({{"as_of", then}}), "decorations", 0), "stage"), "UNDER_WORK");
  EXPECT_EQ(code(row(board(), "decorations", 0), "stage"), "ACCEPTED");
  EXPECT_THAT(column(board({{"unit", "9-9-9999"}}), "decorations", "deco_id"), IsEmpty());
  EXPECT_THAT(column(board({{"as_of", "9"}}), "decorations", "deco_id"), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
