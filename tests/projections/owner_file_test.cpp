// SPDX-License-Identifier: Apache-2.0
// The owner file: what each role sees of it, its timeline and its completeness.
#include "projections/views/visibility.h"

#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

class OwnerFile : public ::testing::Test {
 protected:
  OwnerFile() {
    t.on("2025-01-02").hand_over(house_unit);
    t.decorate();
  }
  boost::json::object file(std::string_view roles = "CSM", const QueryArguments& more = {}) {
    QueryArguments arguments{{"unit", std::string(house_unit)}};
    arguments.insert(more.begin(), more.end());
    return t.query("owner_file", arguments, roles);
  }
  static std::string shown(const boost::json::object& report, std::string_view key) {
    const auto* code = report.at(key).if_object();
    return std::string((code == nullptr ? report.at(key) : code->at("code")).as_string());
  }
  ViewLedger t;
};

// Of the three values: name, mobile, birthday.
struct Seen {
  std::string_view role;
  std::string_view name;
  std::string_view mobile;
  std::string_view birthday;
};

TEST_F(OwnerFile, ShowsEachRoleWhatTheMatrixGrantsOnceItIsApproved) {
  for (const Seen& each :
       std::initializer_list<Seen>{{"CSA", "张三丰", "13812341234", "1980-02-03"},
                                   {"CSM", "张三丰", "13812341234", "1980-02-03"},
                                   {"PM", "张三丰", "13812341234", "HIDDEN"},
                                   {"CAS", "张三丰", "138****1234", "HIDDEN"},
                                   {"SECM", "张三丰", "13812341234", "HIDDEN"},
                                   {"ARC", "张三丰", "13812341234", "1980-02-03"},
                                   {"KEY", "张**", "HIDDEN", "HIDDEN"},
                                   {"QD", "张**", "138****1234", "HIDDEN"},
                                   {"AUD", "张三丰", "138****1234", "HIDDEN"}}) {
    SCOPED_TRACE(each.role);
    const auto report = file(each.role, {{"view_id", "Q-1"}});
    EXPECT_EQ(shown(report, "owner_name"), each.name);
    EXPECT_EQ(shown(report, "owner_mobile"), each.mobile);
    EXPECT_EQ(shown(report, "owner_birthday"), each.birthday);
  }
  for (const std::string_view role : {"SEC", "ENG", "GFC", "ENV"}) {
    EXPECT_EQ(t.refusal("owner_file", {{"unit", std::string(house_unit)}}, role), "not_permitted");
  }
}

TEST_F(OwnerFile, ARunningCaseShowsLessThanAnApproval) {
  const auto report = file("CSA", {{"case_ref", "deco:" + t.forms.deco}});
  EXPECT_EQ(shown(report, "owner_name"), "张三丰");
  EXPECT_EQ(shown(report, "owner_mobile"), "13812341234");
  EXPECT_EQ(shown(report, "owner_birthday"), "****");
}

TEST_F(OwnerFile, MasksWhereTheQuestionNamesNoPurpose) {
  t.register_unit("1-1-101");
  for (const QueryArguments& more :
       {QueryArguments{},
        QueryArguments{{"case_ref", "deco:none"}},
        QueryArguments{{"case_ref", "unit:1-1-101"}},
        QueryArguments{{"case_ref", "unit:" + std::string(house_unit)}}}) {
    const auto report = file("CSA", more);
    EXPECT_EQ(shown(report, "owner_name"), "张**");
    EXPECT_EQ(shown(report, "owner_mobile"), "138****1234");
    EXPECT_EQ(shown(report, "owner_birthday"), "****");
    EXPECT_TRUE(t.shown.empty());
  }
}

TEST_F(OwnerFile, SaysWhatItShowsInFullAndNothingElse) {
  static_cast<void>(file("CAS", {{"view_id", "Q-1"}}));
  ASSERT_EQ(t.shown.size(), 1U) << "the mobile is masked for the cashier";
  EXPECT_EQ(t.shown.front().path, "name");
}

TEST_F(OwnerFile, ShowsMoneyToThoseWhoMaySeeMoney) {
  for (const std::string_view role : {"CSA", "CSM", "PM", "CAS", "AUD"}) {
    EXPECT_TRUE(file(role).contains("deposits")) << role;
    EXPECT_TRUE(file(role).contains("receivable_fen")) << role;
  }
  for (const std::string_view role : {"SECM", "ARC", "KEY", "QD"}) {
    EXPECT_FALSE(file(role).contains("deposits")) << role;
    EXPECT_FALSE(file(role).contains("receivable_fen")) << role;
  }
}

TEST_F(OwnerFile, ShowsWhatWasChangedSince) {
  const QueryArguments approved{{"view_id", "Q-1"}};
  const RecordIndex changed = t.given("CSA",
                                      "OwnerFileChanged",
                                      json({unit_field(),
                                            text("person", house_owner),
                                            text("field", "PHONE"),
                                            house_sealed("new_value", "13900005678"),
                                            house_attachment("evidence"),
                                            signed_by_house_owner()}));
  EXPECT_EQ(shown(file("CSM", approved), "owner_mobile"), "13900005678");
  EXPECT_EQ(shown(file("AUD"), "owner_mobile"), "139****5678");
  EXPECT_EQ(shown(file("CSM", approved), "owner_name"), "张三丰") << "what did not change";
  const std::string before = std::to_string(number(changed) - 1);
  EXPECT_EQ(shown(file("CSM", {{"as_of", before}, {"view_id", "Q-1"}}), "owner_mobile"),
            "13812341234");
  const std::string since = std::to_string(number(changed));
  EXPECT_EQ(shown(file("CSM", {{"as_of", since}, {"view_id", "Q-1"}}), "owner_mobile"),
            "13900005678");
}

TEST_F(OwnerFile, MasksWholeCharactersAndShortNumbersWholly) {
  EXPECT_EQ(masked(PersonalField::name, "欧阳静"), "欧**");
  EXPECT_EQ(masked(PersonalField::name, ""), "**");
  EXPECT_EQ(masked(PersonalField::mobile, "1381234"), "****");
  EXPECT_EQ(masked(PersonalField::mobile, "13812341234"), "138****1234");
}

TEST_F(OwnerFile, BringsTogetherHandoverPapersCasesAndDeposits) {
  const auto report = file();
  EXPECT_EQ(shown(report, "owner"), house_owner);
  EXPECT_EQ(report.at("handed_over_on"), "2025-01-02");
  EXPECT_EQ(report.at("fee_last"), "2025-07-01");
  EXPECT_EQ(shown(report, "handover_stage"), "COMPLETED");
  EXPECT_EQ(shown(report, "category"), "DECORATING");
  EXPECT_EQ(report.at("receivable_fen"), 0);
  EXPECT_THAT(column(report, "papers", "paper"), ElementsAre("HANDOVER"));
  EXPECT_THAT(column(report, "decorations", "stage"), ElementsAre("UNDER_WORK"));
  EXPECT_THAT(column(report, "deposits", "held_fen"), ElementsAre("200000"));
}

TEST_F(OwnerFile, TheTimelineHoldsEveryRecordOfTheUnitAndItsCasesInOrder) {
  const auto report = file();
  const auto indexes = column(report, "timeline", "index");
  const auto events = column(report, "timeline", "event");
  EXPECT_THAT(events,
              IsSupersetOf({"UnitRegistered",
                            "HandoverCompleted",
                            "DecorationReviewSigned",
                            "DecorationDepositPaid",
                            "ChargeAssessed",
                            "DecorationEntryInspected"}));
  for (std::size_t i = 1; i < indexes.size(); ++i) {
    EXPECT_LT(std::stoull(indexes[i - 1]), std::stoull(indexes[i]));
  }
  EXPECT_THAT(column(report, "streams", "stream"),
              IsSupersetOf({"unit:3-1-1202", "deco:2025-0031", "deposit:D-2025-0031"}));
  EXPECT_EQ(row(report, "streams", 0).at("last"), number(t.newest()));
  EXPECT_EQ(row(report, "timeline", 0).at("actor"), "S-ARC");
}

TEST_F(OwnerFile, PagesItsTimeline) {
  const auto whole = column(file(), "timeline", "index");
  std::vector<std::string> joined;
  std::string cursor;
  do {
    QueryArguments page{{"limit", "7"}};
    if (!cursor.empty()) {
      page["cursor"] = cursor;
    }
    const auto part = file("CSM", page);
    for (const std::string& index : column(part, "timeline", "index")) {
      joined.push_back(index);
    }
    cursor = part.contains("next") ? std::string(part.at("next").as_string()) : "";
  } while (!cursor.empty());
  EXPECT_EQ(joined, whole);
}

TEST_F(OwnerFile, MarksCorrectedRecordsFromTheCorrectionOn) {
  const RecordIndex noticed =
      t.given("CSA", "DecorationNoticeIssued", R"({"unit":"3-1-1202","version":"2025"})");
  t.given("PM",
          "EntryVoided",
          R"({"target":{"index":)" + std::to_string(number(noticed)) +
              R"(},"target_event":"DecorationNoticeIssued","case_stream":"unit:3-1-1202",)"
              R"("reason":)" +
              sealed(house_owner, "误登") + "," + signatures({staff_signature("PM")}) + "}");
  const auto marks = [&](const QueryArguments& more) {
    const auto report = file("CSM", more);
    const auto indexes = column(report, "timeline", "index");
    const auto at = std::ranges::find(indexes, std::to_string(number(noticed)));
    return column(report, "timeline", "voided").at(static_cast<std::size_t>(at - indexes.begin()));
  };
  EXPECT_EQ(marks({}), "true");
  EXPECT_EQ(marks({{"as_of", std::to_string(number(noticed))}}), "false");
}

}  // namespace
}  // namespace juanzong::testing
