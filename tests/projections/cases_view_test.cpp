// SPDX-License-Identifier: Apache-2.0
// Registers of cases: the list of a kind, one case with its records, and both as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CasesView : public ::testing::Test {
 protected:
  CasesView() {
    t.on("2025-03-03", "11:00:00");
    held = hold("M-1", "BOARD", "," + house_attachment("sign_in"));
    hold("M-2", "DEPT_WEEKLY", "");
    minuted = t.given("CSM",
                      "MeetingMinutesIssued",
                      json({text("meeting_id", "M-1"),
                            house_attachment("minutes"),
                            text("distributed_at", "2025-03-03T10:30:00+08:00")}));
  }
  RecordIndex hold(std::string_view id, std::string_view kind, std::string_view more) {
    return t.given("CSM",
                   "MeetingHeld",
                   json({text("meeting_id", id),
                         text("kind", kind),
                         text("convenor", "S-CSM"),
                         R"("attendees":["S-CSA","S-CAS"])",
                         text("begun", "2025-03-03T09:00:00+08:00"),
                         text("ended", "2025-03-03T10:00:00+08:00"),
                         text("agenda", "上周总结") + std::string(more)}));
  }
  ViewLedger t;
  RecordIndex held{};
  RecordIndex minuted{};
};

TEST_F(CasesView, ListsTheCasesOfAKindWithTheirStages) {
  const auto report = t.query("cases", {{"kind", "meeting"}});
  EXPECT_EQ(report.at("count"), 2);
  EXPECT_THAT(column(report, "cases", "case"), ElementsAre("M-1", "M-2"));
  EXPECT_THAT(column(report, "cases", "stage"), ElementsAre("MINUTED", "HELD"));
  EXPECT_THAT(column(report, "cases", "last_step"),
              ElementsAre("MeetingMinutesIssued", "MeetingHeld"));
  EXPECT_THAT(column(report, "stages", "count"), ElementsAre("1", "1"));
  EXPECT_EQ(row(report, "cases", 0).at("records").at("case").as_array().at(0), number(held));
}

TEST_F(CasesView, SaysWhatARecordSaysButNothingPersonal) {
  const auto report = t.query("cases", {{"kind", "meeting"}});
  const std::string content = column(report, "cases", "content").at(0);
  EXPECT_THAT(content, HasSubstr("kind BOARD; convenor S-CSM; attendees S-CSA、S-CAS"));
  EXPECT_THAT(content, HasSubstr("agenda 上周总结"));
  EXPECT_THAT(content, Not(HasSubstr("sign_in")));
  EXPECT_THAT(content, Not(HasSubstr("M-1")));
}

TEST_F(CasesView, OneStageAndOnePage) {
  const auto held_only = t.query("cases", {{"kind", "meeting"}, {"state", "HELD"}});
  EXPECT_THAT(column(held_only, "cases", "case"), ElementsAre("M-2"));
  const auto first = t.query("cases", {{"kind", "meeting"}, {"limit", "1"}});
  EXPECT_THAT(column(first, "cases", "case"), ElementsAre("M-1"));
  EXPECT_EQ(first.at("next"), "M-1");
  const auto rest = t.query("cases", {{"kind", "meeting"}, {"limit", "1"}, {"cursor", "M-1"}});
  EXPECT_THAT(column(rest, "cases", "case"), ElementsAre("M-2"));
  EXPECT_FALSE(rest.contains("next"));
  const auto unit = t.query("cases", {{"kind", "meeting"}, {"unit", "3-1-1202"}});
  EXPECT_THAT(column(unit, "cases", "case"), IsEmpty());
}

TEST_F(CasesView, AsOfARecordItStoodOtherwise) {
  const std::string before = std::to_string(number(minuted) - 1);
  const auto then = t.query("cases", {{"kind", "meeting"}, {"as_of", before}});
  EXPECT_THAT(column(then, "cases", "stage"), ElementsAre("HELD", "HELD"));
  const auto first =
      t.query("cases", {{"kind", "meeting"}, {"as_of", std::to_string(number(held))}});
  EXPECT_THAT(column(first, "cases", "case"), ElementsAre("M-1"));
  const std::string newest = std::to_string(number(t.newest()));
  EXPECT_EQ(t.query("cases", {{"kind", "meeting"}, {"as_of", newest}}).at("cases"),
            t.query("cases", {{"kind", "meeting"}}).at("cases"));
}

TEST_F(CasesView, OneCaseShowsItsRecords) {
  const auto report = t.query("case", {{"case", "meeting:M-1"}});
  EXPECT_EQ(report.at("stage").at("code"), "MINUTED");
  EXPECT_THAT(column(report, "steps", "event"), ElementsAre("MeetingHeld", "MeetingMinutesIssued"));
  EXPECT_THAT(column(report, "steps", "actor"), ElementsAre("S-CSM", "S-CSM"));
  const auto then =
      t.query("case", {{"case", "meeting:M-1"}, {"as_of", std::to_string(number(held))}});
  EXPECT_THAT(column(then, "steps", "event"), ElementsAre("MeetingHeld"));
}

TEST_F(CasesView, WhatThereIsNotIsNotFound) {
  EXPECT_EQ(t.refusal("cases", {}), "query_invalid");
  EXPECT_EQ(t.refusal("cases", {{"kind", "nothing"}}), "not_found");
  EXPECT_EQ(t.refusal("case", {{"case", "meeting:M-9"}}), "not_found");
}

}  // namespace
}  // namespace juanzong::testing
