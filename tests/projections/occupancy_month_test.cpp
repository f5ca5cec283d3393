// SPDX-License-Identifier: Apache-2.0
// SC10 and the monthly table: months are civil months of the project, signed figures stay, later
// facts stand beside them and correct the next opening.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OccupancyMonth : public ::testing::Test {
 protected:
  OccupancyMonth() {
    t.on("2025-01-02");
    for (const std::string_view unit : {"2-1-0703", "2-1-0904", "2-2-0101"}) {
      t.hand_over(unit);
    }
    t.register_unit("3-1-0101");
  }
  boost::json::object month(std::string_view ym, const QueryArguments& more = {}) {
    QueryArguments arguments{{"month", std::string(ym)}};
    arguments.insert(more.begin(), more.end());
    return t.query("occupancy", arguments);
  }
  // Cell of the project's total, closing ("rows") or opening.
  static std::int64_t total(const boost::json::object& report,
                            std::string_view category,
                            std::string_view table = "rows") {
    return report.at(table).as_array().back().at(category).as_int64();
  }
  void compile_and_sign(std::string_view ym, std::string_view counts) {
    const std::string head =
        R"({"ym":")" + std::string(ym) + R"(","digest":")" + std::string(64, '1') + "\"";
    t.given("CSA",
            "MonthlyOccupancyTableCompiled",
            head + R"(,"counts":[)" + std::string(counts) + "]}");
    signed_at = t.given("PM",
                        "MonthlyOccupancyTableSigned",
                        head + "," + signatures({staff_signature("PM")}) + "}");
  }
  ViewLedger t;
  RecordIndex signed_at{};
  const std::string october_counts =
      R"({"building":"2","entrance":"1","category":"VACANT","units":2},)"
      R"({"building":"2","entrance":"2","category":"VACANT","units":1},)"
      R"({"building":"3","entrance":"1","category":"NOT_HANDED_OVER","units":1})";
};

TEST_F(OccupancyMonth, AMoveTwentyMinutesAfterMidnightCountsInTheNextMonth) {
  t.at("2025-10-31T16:20:00Z");
  t.move_owner_in("2-1-0703", "2025-11-01");
  EXPECT_EQ(total(month("2025-10"), "household"), 0);
  EXPECT_THAT(month("2025-10").at("transitions").as_array(), IsEmpty());
  const auto november = month("2025-11");
  EXPECT_EQ(total(november, "household"), 1);
  EXPECT_EQ(total(november, "household", "opening"), 0);
  EXPECT_EQ(total(november, "vacant", "opening"), 3);
  EXPECT_EQ(november.at("balanced"), true);
  EXPECT_THAT(column(november, "transitions", "from"), ElementsAre("VACANT"));
  EXPECT_THAT(column(november, "transitions", "to"), ElementsAre("HOUSEHOLD"));
  EXPECT_THAT(column(november, "transitions", "units"), ElementsAre("2-1-0703"));
  EXPECT_THAT(column(november, "events", "event"), ElementsAre("MoveInRegistered"));
}

TEST_F(OccupancyMonth, GivesARowForEveryEntranceBuildingAndTheProject) {
  t.on("2025-10-05");
  t.move_owner_in("2-1-0703", "2025-10-05");
  const auto report = month("2025-10");
  EXPECT_THAT(column(report, "rows", "scope"),
              ElementsAre("ENTRANCE", "ENTRANCE", "ENTRANCE", "BUILDING", "BUILDING", "PROJECT"));
  EXPECT_THAT(column(report, "rows", "units"), ElementsAre("2", "1", "1", "3", "1", "4"));
  EXPECT_THAT(column(report, "rows", "vacant"), ElementsAre("1", "1", "0", "2", "0", "2"));
  EXPECT_THAT(column(report, "rows", "household"), ElementsAre("1", "0", "0", "1", "0", "1"));
  EXPECT_THAT(column(report, "rows", "occupancy_bp"),
              ElementsAre("5000", "0", "0", "3333", "0", "2500"));
  EXPECT_EQ(row(report, "rows", 0).at("records").at("household").as_array().at(0),
            number(t.newest()));
}

TEST_F(OccupancyMonth, CountsAMoveInThatDoesNotChangeTheCategory) {
  t.on("2025-01-02").hand_over(house_unit);
  t.decorate();
  t.on("2025-01-20");
  t.move_owner_in(house_unit, "2025-01-20");
  const auto report = month("2025-01");
  EXPECT_EQ(total(report, "decorating"), 1);
  EXPECT_THAT(column(report, "events", "event"),
              ElementsAre("HandoverCompleted", "DecorationEntryInspected", "MoveInRegistered"));
  EXPECT_THAT(column(report, "events", "count"), ElementsAre("4", "1", "1"));
}

TEST_F(OccupancyMonth, ASignedTableStaysAndLateFactsCorrectTheNextOpening) {
  t.on("2025-11-03");
  compile_and_sign("2025-10", october_counts);
  const auto before = month("2025-10");
  EXPECT_EQ(before.at("signed"), true);
  EXPECT_EQ(before.at("counts_agree"), true);
  EXPECT_EQ(before.at("records").at("signed").as_array().at(0), number(signed_at));
  EXPECT_THAT(before.at("late_facts").as_array(), IsEmpty());
  t.on("2025-11-05");
  t.move_owner_in("2-1-0703", "2025-10-30");
  const RecordIndex late = t.newest();
  const auto after = month("2025-10");
  EXPECT_EQ(after.at("rows"), before.at("rows"));
  EXPECT_EQ(after.at("transitions"), before.at("transitions"));
  EXPECT_EQ(after.at("events"), before.at("events"));
  EXPECT_EQ(after.at("digest"), before.at("digest"));
  EXPECT_EQ(after.at("balanced"), true);
  EXPECT_THAT(column(after, "late_facts", "unit"), ElementsAre("2-1-0703"));
  EXPECT_THAT(column(after, "late_facts", "effective"), ElementsAre("2025-10-30"));
  EXPECT_THAT(column(after, "late_facts", "index"), ElementsAre(std::to_string(number(late))));
  const auto november = month("2025-11");
  EXPECT_EQ(total(november, "household", "opening"), 1);
  EXPECT_EQ(total(november, "household"), 1);
  EXPECT_EQ(november.at("balanced"), true);
  EXPECT_EQ(november.at("records").at("previous_signed").as_array().at(0), number(signed_at));
  EXPECT_THAT(column(november, "opening_corrections", "index"),
              ElementsAre(std::to_string(number(late))));
}

TEST_F(OccupancyMonth, SaysWhenTheCompiledCountsDifferFromTheRecords) {
  t.on("2025-11-03");
  compile_and_sign("2025-10", R"({"building":"2","entrance":"1","category":"VACANT","units":3})");
  EXPECT_EQ(month("2025-10").at("counts_agree"), false);
}

TEST_F(OccupancyMonth, ShowsTheCensusItsDiscrepanciesAndWhetherItWasInTime) {
  t.on("2025-02-28");
  t.given("CSM",
          "OccupancyCensusAssigned",
          R"({"ym":"2025-02","building":"2","entrance":"1","person":"S-CSA"})");
  const RecordIndex seen =
      t.given("CSA",
              "UnitOccupancyObserved",
              R"({"unit":"2-1-0703","category":"HOUSEHOLD","occupant":"OWNER","source":"CENSUS",)"
              R"("at":"2025-02-28T09:00:00+08:00","ym":"2025-02"})");
  t.given("CSA",
          "OccupancyCensusCompleted",
          R"({"ym":"2025-02","building":"2","entrance":"1","units":2,"discrepancies":[)"
          R"({"unit":"2-1-0703","observed":"HOUSEHOLD","derived":"VACANT"}]})");
  t.on("2025-03-01");
  t.given("CSA",
          "OccupancyCensusCompleted",
          R"({"ym":"2025-02","building":"2","entrance":"2","units":1})");
  const auto report = month("2025-02");
  EXPECT_EQ(report.at("census_due"), "2025-02-28");
  EXPECT_THAT(column(report, "census", "assigned"), ElementsAre("S-CSA", "null", "null"));
  EXPECT_THAT(column(report, "census", "on_time"), ElementsAre("true", "false", "null"));
  EXPECT_THAT(column(report, "census", "discrepancies"), ElementsAre("1", "0", "null"));
  EXPECT_THAT(column(report, "discrepancies", "derived"), ElementsAre("VACANT"));
  EXPECT_EQ(row(report, "discrepancies", 0).at("records").at("unit").as_array().at(0),
            number(seen));
  const auto then = month("2025-02", {{"as_of", std::to_string(number(seen))}});
  EXPECT_THAT(column(then, "census", "done"), ElementsAre("false", "false", "false"));
  EXPECT_EQ(then.at("discrepancies"), report.at("discrepancies"));
}

}  // namespace
}  // namespace juanzong::testing
