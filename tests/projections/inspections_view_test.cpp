// SPDX-License-Identifier: Apache-2.0
// The register of inspections: due, done, missed; people, defects, processes, papers; as of then.
#include "tests/support/inspection_sheets.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class InspectionsView : public ::testing::Test {
 protected:
  InspectionsView() {
    for (const std::string_view role : {"PM", "QD", "AREA", "SECM"}) {
      t.ledger.actor(role);
    }
    t.on("2025-03-07", "17:00:00");
  }
  boost::json::object ask(std::string_view date, QueryArguments arguments = {}) {
    arguments.emplace("month", "2025-03");
    arguments.emplace("date", date);
    return t.query("inspections", arguments);
  }
  // "due/done/missed" of a kind's rows.
  static std::vector<std::string> slots(const boost::json::object& report, std::string_view kind) {
    const auto kinds = column(report, "register", "kind");
    std::vector<std::string> found;
    for (std::size_t at = 0; at < kinds.size(); ++at) {
      if (kinds[at] == kind) {
        found.push_back(column(report, "register", "due")[at] + "/" +
                        column(report, "register", "done")[at] + "/" +
                        column(report, "register", "missed")[at]);
      }
    }
    return found;
  }
  ViewLedger t;
};

TEST_F(InspectionsView, ADayIsMissedWhenItIsOver) {
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-1", "2025-03-05"));
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-2", "2025-03-07"));
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-3", "2025-03-07"));
  EXPECT_THAT(slots(ask("2025-03-07"), "DAILY_PATROL"), ElementsAre("6/2/5"));
  EXPECT_THAT(slots(ask("2025-03-08"), "DAILY_PATROL"), ElementsAre("7/2/5"));
  EXPECT_THAT(slots(ask("2025-04-10"), "DAILY_PATROL"), ElementsAre("31/2/29"));
  EXPECT_THAT(column(ask("2025-03-07"), "register", "findings")[2], "3");
}

TEST_F(InspectionsView, WeeksQuartersAndYearsHaveTheirOwnEnds) {
  t.given("AREA", "WeeklyInspectionRecorded", weekly_json("I-1", "2025-03-05"));
  t.given("AREA", "WeeklyInspectionRecorded", weekly_json("I-2", "2025-03-06"));
  t.given("QD", "SpotCheckRecorded", spot_json("I-3", "2025-03-07", 1));
  // Weeks that end in March: of 24 February, 3, 10, 17 and 24 March.
  EXPECT_THAT(slots(ask("2025-03-31"), "WEEKLY"), ElementsAre("5/1/4"));
  EXPECT_THAT(slots(ask("2025-03-09"), "WEEKLY"), ElementsAre("1/1/1"));
  EXPECT_THAT(slots(ask("2025-03-31"), "SPOT"), ElementsAre("4/1/0"));
  EXPECT_THAT(slots(ask("2026-01-01"), "SPOT"), ElementsAre("4/1/3"));
  EXPECT_THAT(slots(ask("2025-03-31"), "QUARTERLY"), ElementsAre("1/0/0"));
  EXPECT_THAT(slots(ask("2025-04-01"), "QUARTERLY"), ElementsAre("1/0/1"));
}

TEST_F(InspectionsView, NightChecksAreFourAMonth) {
  const auto night = [this](std::string_view id) {
    t.given(
        "PM", "NightPostChecked", night_json({staff_signature("PM"), staff_signature("SEC")}, id));
  };
  night("N-1");
  night("N-2");
  const auto report = ask("2025-04-01");
  EXPECT_THAT(slots(report, "NIGHT_POST"), ElementsAre("4/2/2"));
  EXPECT_THAT(slots(ask("2025-03-31"), "NIGHT_POST"), ElementsAre("4/2/0"));
  const auto kinds = column(report, "register", "kind");
  const auto at = std::ranges::find(kinds, "NIGHT_POST") - kinds.begin();
  EXPECT_EQ(column(report, "register", "weather_alerts")[static_cast<std::size_t>(at)], "2");
}

TEST_F(InspectionsView, EverybodyIsAssessedTwiceAWeek) {
  t.given("AREA", "StaffAssessed", assessed_json("I-1", "2025-03-03"));
  const auto of_security = [this](std::string_view date) {
    const auto report = ask(date);
    const auto staff = column(report, "assessments", "staff");
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < staff.size(); ++at) {
      if (staff[at] == "S-SEC") {
        rows.push_back(column(report, "assessments", "due")[at] + "/" +
                       column(report, "assessments", "done")[at] + "/" +
                       column(report, "assessments", "missed")[at]);
      }
    }
    return rows;
  };
  EXPECT_THAT(of_security("2025-03-10"), ElementsAre("2/0/2", "2/1/1", "0/0/0", "0/0/0", "0/0/0"));
  EXPECT_THAT(of_security("2025-03-09"), ElementsAre("2/0/2", "0/1/0", "0/0/0", "0/0/0", "0/0/0"));
  const std::string before = std::to_string(number(t.newest()));
  t.on("2025-03-12").ledger.actor("ENV");
  EXPECT_THAT(column(ask("2025-04-10", {{"as_of", before}}), "assessments", "staff"),
              ::testing::Not(::testing::Contains("S-ENV")));
  const auto report = ask("2025-04-10");
  const auto staff = column(report, "assessments", "staff");
  const auto at = static_cast<std::size_t>(std::ranges::find(staff, "S-ENV") - staff.begin());
  EXPECT_EQ(column(report, "assessments", "due")[at + 2], "0") << "registered in that week";
  EXPECT_EQ(column(report, "assessments", "due")[at + 3], "2");
  const auto page = ask("2025-04-10", {{"limit", "1"}});
  EXPECT_EQ(column(page, "assessments", "staff").size(), 5U);
  EXPECT_EQ(page.at("next").as_string(), std::string_view(column(page, "assessments", "staff")[0]));
}

TEST_F(InspectionsView, OpenDefectsAge) {
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-1", "2025-03-07"));
  const RecordIndex found = t.given("QD", "DefectRegistered", defect_json("D-1", "2025-03-07"));
  EXPECT_THAT(column(ask("2025-03-17"), "defects", "age_days"), ElementsAre("10"));
  EXPECT_THAT(column(ask("2025-03-17"), "defects", "content").at(0), HasSubstr("S-ENG"));
  t.given("PM", "DefectClosed", json({text("defect_id", "D-1"), text("closed_on", "2025-03-07")}));
  EXPECT_THAT(column(ask("2025-03-17"), "defects", "stage"), ElementsAre("CLOSED"));
  const auto then = ask("2025-03-17", {{"as_of", std::to_string(number(found))}});
  EXPECT_THAT(column(then, "defects", "stage"), ElementsAre("REGISTERED"));
  t.given("QD",
          "DefectClosureVerified",
          json({text("defect_id", "D-1"), text("verified_on", "2025-03-07"), R"("ok":true)"}));
  EXPECT_THAT(column(ask("2025-03-17"), "defects", "stage"), IsEmpty());
}

TEST_F(InspectionsView, AProcessAboveItsThresholdOwesAPlan) {
  for (const std::string_view id : {"NC-1", "NC-2", "NC-3"}) {
    t.given("QD", "NonconformityFound", found_json(id, "2025-03-07", "COMPLAINT"));
  }
  const RecordIndex before = t.newest();
  EXPECT_THAT(column(ask("2025-05-05"), "processes", "overdue"), ElementsAre("false"));
  const auto late = ask("2025-05-06");
  EXPECT_THAT(column(late, "processes", "above_threshold"), ElementsAre("true"));
  EXPECT_THAT(column(late, "processes", "plan_due"), ElementsAre("2025-05-05"));
  EXPECT_THAT(column(late, "processes", "overdue"), ElementsAre("true"));
  t.given("CSM", "CorrectiveMeasurePlanned", planned_json("NC-1", "2025-03-31"));
  EXPECT_THAT(column(ask("2025-05-06"), "processes", "overdue"), ElementsAre("false"));
  const auto then = ask("2025-05-06", {{"as_of", std::to_string(number(before))}});
  EXPECT_THAT(column(then, "processes", "planned"), ElementsAre("false"));
}

TEST_F(InspectionsView, PapersOfTheMonthComeByTheirDay) {
  t.on("2025-04-27");
  t.given("QD",
          "MonthlyAnalysisPublished",
          json({text("ym", "2025-03"), house_attachment("analysis")}));
  const auto report = ask("2025-04-27");
  EXPECT_THAT(column(report, "papers", "due_on"),
              ElementsAre("2025-04-26", "2025-03-31", "2025-03-31"));
  EXPECT_THAT(column(report, "papers", "late"), ElementsAre("true", "false", "false"));
}

TEST_F(InspectionsView, AsOfTheNewestRecordAndByRole) {
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-1", "2025-03-07"));
  const RecordIndex first = t.newest();
  t.given("AREA", "DailyInspectionRecorded", daily_json("I-2", "2025-03-06"));
  const auto then = ask("2025-03-08", {{"as_of", std::to_string(number(first))}});
  EXPECT_THAT(slots(then, "DAILY_PATROL"), ElementsAre("7/1/6"));
  const auto newest = ask("2025-03-08", {{"as_of", std::to_string(number(t.newest()))}});
  EXPECT_EQ(newest.at("register"), ask("2025-03-08").at("register"));
  EXPECT_EQ(t.refusal("inspections", {{"month", "2025-13"}}), "query_invalid");
  EXPECT_EQ(t.refusal("inspections", {}, "CSA"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
