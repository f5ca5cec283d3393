// SPDX-License-Identifier: Apache-2.0
// Reports from their JSON: what a person reads is what the view said, for every view.
#include "projections/views/report_parse.h"

#include "tools/spreadsheet/csv_report.h"
#include "tools/spreadsheet/xlsx_report.h"
#include "tools/terminal/report_text.h"

#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

TEST(ReportParse, ShowsAndWritesTheSameForEveryView) {
  ViewLedger t;
  t.on("2025-01-02").hand_over(house_unit);
  t.hand_over("2-1-0703");
  t.decorate();
  t.accept("2025-03-14");
  t.on("2025-06-16");
  const CivilZone zone = t.ledger.machine().world().zone();
  const std::vector<std::pair<std::string, QueryArguments>> asked{
      {"deposit", {{"deposit", t.forms.deposit}}},
      {"deposits", {{"month", "2025-01"}}},
      {"owner_file", {{"unit", std::string(house_unit)}, {"limit", "3"}}},
      {"arrears", {}},
      {"ledger", {}},
      {"receipts", {}},
      {"occupancy", {{"month", "2025-01"}}},
      {"units", {}},
      {"policy", {}},
      {"log_head", {}},
      {"handovers", {}},
      {"decorations", {{"month", "2025-01"}}},
      {"department_report", {{"date", "2025-01-08"}}},
      {"signatures", {{"unit", std::string(house_unit)}}},
      {"badge", {{"person", "S-CSA"}}}};
  for (const auto& [view, arguments] : asked) {
    const Result<Report> report = t.ask(view, arguments);
    ASSERT_TRUE(report.has_value()) << view << to_text(report.error());
    const Result<ParsedReport> parsed = report_from_json(to_json(*report, zone, Labels::yes));
    ASSERT_TRUE(parsed.has_value()) << view << to_text(parsed.error());
    EXPECT_EQ(terminal::format_report(parsed->report, parsed->zone),
              terminal::format_report(*report, zone))
        << view;
    EXPECT_EQ(spreadsheet::csv_report(parsed->report, parsed->zone),
              spreadsheet::csv_report(*report, zone))
        << view;
    EXPECT_EQ(*spreadsheet::xlsx_report(parsed->report, parsed->zone),
              *spreadsheet::xlsx_report(*report, zone))
        << view;
  }
}

TEST(ReportParse, AddsLabelsOnlyWhenAsked) {
  ViewLedger t;
  const Result<Report> report = t.ask("units", {});
  ASSERT_TRUE(report.has_value());
  const CivilZone zone = t.ledger.machine().world().zone();
  EXPECT_THAT(to_json(*report, zone), ::testing::Not(::testing::HasSubstr("\"labels\"")));
  const auto labelled = boost::json::parse(to_json(*report, zone, Labels::yes)).as_object();
  EXPECT_EQ(labelled.at("labels").at("units.unit"), "房屋");
}

TEST(ReportParse, NamesWhatDoesNotFit) {
  EXPECT_FALSE(report_from_json("").has_value());
  EXPECT_FALSE(report_from_json("[]").has_value());
  EXPECT_FALSE(report_from_json("{}").has_value());
  const std::string frame =
      R"({"view":"x","title":{"zh":"","en":""},"as_of":{"ledger":"l","origin":"o","tree_size":1,)"
      R"("root":"0000000000000000000000000000000000000000000000000000000000000000",)"
      R"("last_recorded_at":"2025-06-16T09:30:00.000000+08:00"},"notes":[])";
  EXPECT_TRUE(report_from_json(frame + "}").has_value());
  const auto bad = report_from_json(frame + R"(,"amount":1.5})");
  ASSERT_FALSE(bad.has_value());
  EXPECT_THAT(bad.error().detail, ::testing::HasSubstr("amount"));
}

}  // namespace
}  // namespace juanzong::testing
