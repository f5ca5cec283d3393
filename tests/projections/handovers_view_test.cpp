// SPDX-License-Identifier: Apache-2.0
// 房屋交接汇总报表 (R15): every unit once, with its handover or why it was not taken over; the list
// of a day; defects until they are put right.
#include "tests/support/key_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view declined_unit = "2-1-0703";
constexpr std::string_view new_unit = "1-1-0101";

class HandoversView : public ::testing::Test {
 protected:
  HandoversView() {
    t.on("2025-01-02").hand_over(house_unit);
    t.on("2025-03-03").register_unit(declined_unit);
    t.given("CSA",
            "HandoverDeclined",
            json({unit_field(declined_unit),
                  text("attempted_on", "2025-03-02"),
                  house_sealed("reason", "漏水")}));
    t.register_unit(new_unit);
  }
  boost::json::object handovers(const QueryArguments& arguments = {},
                                std::string_view roles = "CSM") {
    return t.query("handovers", arguments, roles);
  }
  ViewLedger t;
};

TEST_F(HandoversView, ShowsEveryUnitWithItsHandoverOrTheReasonWhyNot) {
  const auto report = handovers();
  EXPECT_THAT(column(report, "handovers", "unit"),
              ElementsAre(new_unit, declined_unit, house_unit));
  EXPECT_THAT(column(report, "handovers", "stage"), ElementsAre("NONE", "DECLINED", "COMPLETED"));
  const auto& done = row(report, "handovers", 2);
  EXPECT_EQ(done.at("handed_over_on"), "2025-01-02");
  EXPECT_EQ(done.at("owner"), house_owner.c_str());
  EXPECT_EQ(done.at("fee_from"), "2025-01-02");
  EXPECT_EQ(done.at("fee_last"), "2025-07-01");
  EXPECT_EQ(done.at("keys"), "K-1");
  EXPECT_TRUE(done.at("declined_reason").is_null());
  const auto& declined = row(report, "handovers", 1);
  EXPECT_EQ(declined.at("declined_on"), "2025-03-02");
  EXPECT_TRUE(declined.at("declined_reason").is_string());
  EXPECT_EQ(report.at("units"), 3);
  EXPECT_EQ(report.at("completed"), 1);
  EXPECT_EQ(report.at("declined"), 1);
  EXPECT_EQ(report.at("begun"), 0);
  EXPECT_EQ(report.at("not_begun"), 1);
}

TEST_F(HandoversView, HidesTheReasonFromRolesThatNeedNotKnow) {
  const auto declined = row(handovers({}, "CAS"), "handovers", 1);
  EXPECT_EQ(declined.at("declined_reason").as_object().at("code"), "HIDDEN");
  EXPECT_EQ(t.refusal("handovers", {}, "ENG"), "not_permitted");
}

TEST_F(HandoversView, ListsWhatHappenedOnADay) {
  EXPECT_THAT(column(handovers({{"date", "2025-01-02"}}), "day", "unit"), ElementsAre(house_unit));
  EXPECT_THAT(column(handovers({{"date", "2025-03-02"}}), "day", "unit"),
              ElementsAre(declined_unit));
  EXPECT_THAT(column(handovers({{"date", "2025-03-03"}}), "day", "unit"), IsEmpty());
}

TEST_F(HandoversView, FollowsDefectsUntilTheyArePutRight) {
  t.given("CSA", "HandoverDefectRecorded", house_defect_json("D-1"));
  t.given("CSA", "HandoverDefectRecorded", house_defect_json("D-2"));
  const std::string before = std::to_string(number(t.newest()));
  t.given("ENG",
          "HandoverDefectRectified",
          json({unit_field(),
                text("defect_id", "D-1"),
                text("done_on", "2025-03-03"),
                text("verified_by", "S-ENG"),
                "\"evidence\":[" + attachment(house_owner) + "]",
                signed_by_house_owner()}));
  const auto report = handovers();
  EXPECT_THAT(column(report, "defects", "defect_id"), ElementsAre("D-1", "D-2"));
  EXPECT_THAT(column(report, "defects", "open"), ElementsAre("false", "true"));
  EXPECT_THAT(column(report, "defects", "rectified_on"), ElementsAre("2025-03-03", "null"));
  EXPECT_THAT(column(report, "defects", "responsible"), ElementsAre("DEVELOPER", "DEVELOPER"));
  EXPECT_EQ(report.at("open_defects"), 1);
  EXPECT_EQ(row(report, "handovers", 2).at("defects"), 2);
  EXPECT_EQ(row(report, "handovers", 2).at("open_defects"), 1);
  EXPECT_EQ(handovers({{"as_of", before}}).at("open_defects"), 2);
}

TEST_F(HandoversView, AnOwnerWhoComesBackIsNoLongerDeclined) {
  const std::string before = std::to_string(number(t.newest()));
  t.given("ARC",
          "OwnerRosterImported",
          with(with(roster_json(), house_unit, declined_unit), "R-1", "R-2"));
  t.given("CSA", "OwnerIdentityVerified", with(identity_json(), house_unit, declined_unit));
  const auto report = handovers({{"date", "2025-03-02"}});
  EXPECT_EQ(row(report, "handovers", 1).at("stage").as_object().at("code"), "VERIFIED");
  EXPECT_EQ(report.at("declined"), 0);
  EXPECT_EQ(report.at("begun"), 1);
  EXPECT_THAT(column(report, "day", "unit"), IsEmpty());
  const auto then = handovers({{"as_of", before}, {"date", "2025-03-02"}});
  EXPECT_THAT(column(then, "day", "unit"), ElementsAre(declined_unit));
  EXPECT_THAT(column(then, "handovers", "stage"), ElementsAre("NONE", "DECLINED", "COMPLETED"));
}

TEST_F(HandoversView, GivesItsUnitsInPages) {
  const auto first = handovers({{"limit", "2"}});
  EXPECT_THAT(column(first, "handovers", "unit"), ElementsAre(new_unit, declined_unit));
  EXPECT_EQ(first.at("units"), 3) << "totals are of all units";
  const auto second =
      handovers({{"limit", "2"}, {"cursor", std::string(first.at("next").as_string())}});
  EXPECT_THAT(column(second, "handovers", "unit"), ElementsAre(house_unit));
  EXPECT_FALSE(second.contains("next"));
}

}  // namespace
}  // namespace juanzong::testing
