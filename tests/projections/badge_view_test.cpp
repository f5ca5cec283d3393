// SPDX-License-Identifier: Apache-2.0
// 工作牌追溯 (R19): from a badge to its person, and to all that person appended and signed.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class BadgeView : public ::testing::Test {
 protected:
  BadgeView() {
    t.on("2025-01-02").hand_over(house_unit);
    t.decorate();
  }
  boost::json::object badge(const std::string& number, QueryArguments more = {}) {
    more.emplace("badge", number);
    return t.query("badge", more);
  }
  boost::json::object person(const std::string& staff, QueryArguments more = {}) {
    more.emplace("person", staff);
    return t.query("badge", more);
  }
  ViewLedger t;
};

TEST_F(BadgeView, ShowsThePersonWithHisRolesAndKeys) {
  t.given("ADM", "StaffRoleChanged", R"({"staff":"S-CSM","roles":"CSM PS"})");
  const auto report = badge("B-CSM");
  EXPECT_EQ(report.at("staff"), "S-CSM");
  EXPECT_EQ(report.at("badge_no"), "B-CSM");
  EXPECT_EQ(report.at("department"), "D");
  EXPECT_EQ(report.at("roles").as_object().at("code"), "CSM PS");
  EXPECT_THAT(column(report, "role_history", "roles"), ElementsAre("CSM", "CSM PS"));
  EXPECT_THAT(column(report, "badges", "badge_no"), ElementsAre("B-CSM"));
  EXPECT_THAT(column(report, "keys", "key_id"), SizeIs(1));
  EXPECT_EQ(row(report, "keys", 0).at("requests"), 1) << "the review";
}

TEST_F(BadgeView, FindsWhatHeAppendedAndSignedAndNothingElse) {
  const auto report = badge("B-CSM");
  EXPECT_THAT(column(report, "appended", "event"),
              AllOf(Contains("DecorationReviewSigned"), Not(Contains("DecorationApplied"))));
  EXPECT_THAT(column(report, "signatures", "event"), ElementsAre("DecorationReviewSigned"));
  EXPECT_THAT(column(report, "signatures", "capacity"), ElementsAre("CSM"));
  EXPECT_THAT(column(report, "signatures", "status"), ElementsAre("VALID"));
  EXPECT_THAT(column(badge("B-CAS"), "signatures", "event"), IsEmpty());
}

TEST_F(BadgeView, CountsASignatureOnAFormThatAnotherAppended) {
  t.accept("2025-01-31");
  t.on("2025-05-06");
  t.ledger.actor("PM");
  const RecordIndex inspected = t.inspect();
  const auto report = badge("B-PM");
  EXPECT_THAT(column(report, "signatures", "index"), Contains(std::to_string(number(inspected))));
  EXPECT_THAT(column(report, "appended", "index"),
              Not(Contains(std::to_string(number(inspected)))));
}

TEST_F(BadgeView, NamesTheSecondSignerOfARequest) {
  // The new key signs its own registration as well.
  EXPECT_THAT(column(badge("B-CSM"), "appended", "part"), ElementsAre("SECOND", "SECOND", "ACTOR"));
}

TEST_F(BadgeView, AnOldBadgeStillLeadsToItsPerson) {
  t.ledger.actor("HR");
  t.given("HR",
          "WorkBadgeIssued",
          json({text("staff", "S-CSM"), text("badge_no", "017"), text("from", "2025-01-09")}));
  EXPECT_EQ(badge("017").at("staff"), "S-CSM");
  EXPECT_EQ(badge("B-CSM").at("badge_no"), "017");
  EXPECT_THAT(column(badge("B-CSM"), "badges", "badge_no"), ElementsAre("B-CSM", "017"));
}

TEST_F(BadgeView, GivesRecordsInPagesWithoutLossOrRepetition) {
  const auto whole = column(person("S-CSA"), "appended", "index");
  const auto signatures = column(person("S-CSA"), "signatures", "index");
  std::vector<std::string> records;
  std::vector<std::string> signed_records;
  std::string cursor;
  do {
    const auto page = person("S-CSA", {{"limit", "3"}, {"cursor", cursor}});
    for (const auto& index : column(page, "appended", "index")) {
      records.push_back(index);
    }
    for (const auto& index : column(page, "signatures", "index")) {
      signed_records.push_back(index);
    }
    cursor = page.contains("next") ? std::string(page.at("next").as_string()) : "";
  } while (!cursor.empty());
  EXPECT_EQ(records, whole);
  EXPECT_EQ(signed_records, signatures);
  EXPECT_GT(whole.size(), 10U);
}

TEST_F(BadgeView, IsAsOfThenWhatItWasThen) {
  const std::string then = std::to_string(number(t.newest()));
  t.given("ADM", "StaffRoleChanged", R"({"staff":"S-CSA","roles":"CSA CSM"})");
  t.accept("2025-01-31");
  const auto report = person("S-CSA", {{"as_of", then}});
  EXPECT_EQ(report.at("roles").as_object().at("code"), "CSA");
  EXPECT_THAT(column(report, "appended", "event"), Not(Contains("CompletionAcceptancePassed")));
  EXPECT_TRUE(row(report, "keys", 0).at("requests").is_null()) << "known of the newest state only";
}

TEST_F(BadgeView, AsksForExactlyOneBadgeOrPerson) {
  EXPECT_EQ(t.refusal("badge", {}), "query_invalid");
  EXPECT_EQ(t.refusal("badge", {{"badge", "B-CSA"}, {"person", "S-CSA"}}), "query_invalid");
  EXPECT_EQ(t.refusal("badge", {{"badge", "B-NOBODY"}}), "not_found");
  EXPECT_EQ(t.refusal("badge", {{"badge", "B-CSA"}, {"cursor", "-1"}}), "query_invalid");
  EXPECT_EQ(t.refusal("badge", {{"badge", "B-CSA"}}, "CSA"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
