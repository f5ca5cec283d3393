// SPDX-License-Identifier: Apache-2.0
// Reports as CSV and as workbooks: what a spreadsheet reads is what the view said, and nothing
// runs.
#include "tools/spreadsheet/csv_report.h"
#include "tools/spreadsheet/report_pages.h"
#include "tools/spreadsheet/sheet_names.h"
#include "tools/spreadsheet/sheet_text.h"
#include "tools/spreadsheet/xlsx_report.h"

#include "tests/tools/workbook_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::spreadsheet {
namespace {

using testing::cells_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::SheetCell;
using testing::unzip;

constexpr const char* root_of_zeros =
    "0000000000000000000000000000000000000000000000000000000000000000";

ReportTable table_of_texts(const std::vector<std::string>& texts) {
  ReportTable table{"list", "清单", {{"text", "文本"}}, {}};
  for (const std::string& text : texts) {
    table.rows.push_back({{text, {}}});
  }
  return table;
}

Report sample() {
  Report report;
  report.view = "deposit";
  report.zh = "押金结算单";
  report.en = "Deposit statement";
  report.as_of.ledger = "jinxiu";
  report.as_of.tree_size = 42;
  report.as_of.last_recorded_at = *parse_instant("2025-06-16T01:30:00.999999Z");
  report.facts = {{"paid_fen", "已收", {Fen{200000}, {RecordIndex{7}, RecordIndex{9}}}},
                  {"open", "未结", {true, {}}}};
  report.tables = {{"violations",
                    "违约",
                    {{"date", "日期"},
                     {"amount_fen", "金额"},
                     {"at", "时间"},
                     {"count", "数量"},
                     {"what", "事项"}},
                    {{{*parse_date("2025-03-14"), {}},
                      {Fen{-38640}, {}},
                      {*parse_instant("2025-03-14T16:00:05Z"), {}},
                      {std::int64_t{1234567}, {}},
                      {std::string("砸墙,\"承重\"\n二次"), {}}},
                     {{std::monostate(), {}},
                      {Fen{5}, {}},
                      {std::monostate(), {}},
                      {std::int64_t{-1}, {}},
                      {CellCode{"FIXED", "已整改"}, {}}}}}};
  report.notes = {"仅供核对", "for checking"};
  return report;
}

std::string csv_of(const std::vector<std::string>& texts) {
  Report report = sample();
  report.tables = {table_of_texts(texts)};
  return csv_report(report, CivilZone());
}

TEST(CsvReport, IsTheGoldenText) {
  EXPECT_EQ(
      csv_report(sample(), CivilZone()),
      std::string("\xEF\xBB\xBF"
                  "报表,押金结算单 Deposit statement,\r\n"
                  "卷宗,jinxiu,\r\n"
                  "截至记录数,42,\r\n"
                  "根,") +
          root_of_zeros +
          ",\r\n"
          "最后记录时间,2025-06-16 09:30:00 +08:00,\r\n"
          "时区,UTC+08:00,\r\n"
          "已收(元),2000.00,7 9\r\n"
          "未结,是,\r\n"
          "说明,仅供核对,\r\n"
          "说明,for checking,\r\n"
          "\r\n"
          "日期,金额(元),时间,数量,事项\r\n"
          "2025-03-14,-386.40,2025-03-15 00:00:05 +08:00,1234567,\"砸墙,\"\"承重\"\"\n二次\"\r\n"
          ",0.05,,-1,已整改\r\n");
}

TEST(CsvReport, NamesEachTableOfSeveral) {
  Report report = sample();
  EXPECT_THAT(csv_report(report, CivilZone()), Not(HasSubstr("\r\n违约\r\n")));
  report.tables.push_back(table_of_texts({"a"}));
  const std::string text = csv_report(report, CivilZone());
  EXPECT_THAT(text, HasSubstr("\r\n\r\n违约\r\n日期,金额(元),"));
  EXPECT_TRUE(text.ends_with("\r\n\r\n清单\r\n文本\r\na\r\n")) << text;
}

TEST(CsvReport, MakesFormulasHarmlessAndLeavesNumbersAlone) {
  for (const char* formula : {"=cmd|' /C calc'!A0",
                              "+1",
                              "-1+2",
                              "@SUM(A1)",
                              "\t=1",
                              "  =1",
                              "\r1",
                              "＝1+1",
                              "＋1",
                              "－1",
                              "＠A1"}) {
    EXPECT_EQ(inert(formula), "'" + std::string(formula));
  }
  for (const char* plain : {"", "1-2-0803", "张**", "a=b", "'=1", " 1"}) {
    EXPECT_EQ(inert(plain), plain);
  }
  EXPECT_THAT(csv_of({"=1+1", "=HYPERLINK(\"http://x\",\"y\")"}),
              HasSubstr("\r\n'=1+1\r\n\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n"));
  EXPECT_EQ(text_of(Fen{-38640}, CivilZone()), "-386.40");
  EXPECT_EQ(text_of(Fen{INT64_MIN}, CivilZone()), "-92233720368547758.08");
}

TEST(XlsxReport, HoldsNumbersDatesAndTexts) {
  const Result<Bytes> bytes = xlsx_report(sample(), CivilZone());
  ASSERT_TRUE(bytes.has_value()) << to_text(bytes.error());
  const auto book = unzip(*bytes);
  EXPECT_THAT(book.at("xl/workbook.xml"), HasSubstr(R"(<sheet name="概要" sheetId="1")"));
  EXPECT_THAT(book.at("xl/workbook.xml"), HasSubstr(R"(<sheet name="违约" sheetId="2")"));
  auto summary = cells_of(book, 1);
  EXPECT_EQ(summary.at("A1").text, "项目");
  EXPECT_EQ(summary.at("B3"), (SheetCell{"jinxiu", "s", ""}));
  EXPECT_EQ(summary.at("A8").text, "已收(元)");
  EXPECT_EQ(summary.at("B8").text, "2000");
  EXPECT_EQ(summary.at("C8").text, "7 9");
  auto rows = cells_of(book, 2);
  EXPECT_EQ(rows.at("B1").text, "金额(元)");
  EXPECT_EQ(rows.at("A2").text, "45730");  // 2025-03-14
  EXPECT_EQ(rows.at("B2").text, "-386.4");
  EXPECT_EQ(rows.at("C2").text.substr(0, 12), "45731.000057");  // five seconds after midnight
  EXPECT_EQ(rows.at("D2"), (SheetCell{"1234567", "", ""}));
  EXPECT_EQ(rows.at("E2").text, "砸墙,\"承重\"\n二次");
  EXPECT_FALSE(rows.contains("A3"));
  EXPECT_EQ(rows.at("E3").text, "已整改");
  const std::string& styles = book.at("xl/styles.xml");
  for (const char* format : {"yyyy-mm-dd\"", "yyyy-mm-dd hh:mm:ss", "#,##0.00"}) {
    EXPECT_THAT(styles, HasSubstr(format));
  }
  EXPECT_THAT(rows.at("B2").style, Not(rows.at("A2").style));
  EXPECT_THAT(
      book.at("xl/worksheets/sheet2.xml"),
      HasSubstr(R"(<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>)"));
}

TEST(XlsxReport, TakesATextThatReadsAsADateForOne) {
  Report report = sample();
  report.tables = {table_of_texts({"2025-03-14", "2025-02-30", "2025-03-14 "})};
  const Result<Bytes> bytes = xlsx_report(report, CivilZone());
  ASSERT_TRUE(bytes.has_value());
  const auto cells = cells_of(unzip(*bytes), 2);
  EXPECT_EQ(cells.at("A2").text, "45730");
  EXPECT_EQ(cells.at("A3").type, "s") << "no such day";
  EXPECT_EQ(cells.at("A4").type, "s");
}

TEST(XlsxReport, RunsNoFormula) {
  Report report = sample();
  report.tables = {table_of_texts({"=1+1", "@SUM(A1)", "<v>&"})};
  const Result<Bytes> bytes = xlsx_report(report, CivilZone());
  ASSERT_TRUE(bytes.has_value());
  const auto book = unzip(*bytes);
  EXPECT_EQ(cells_of(book, 2).at("A2"), (SheetCell{"=1+1", "s", ""}));
  EXPECT_EQ(cells_of(book, 2).at("A4").text, "<v>&");
  EXPECT_THAT(book.at("xl/worksheets/sheet2.xml"), Not(HasSubstr("<f>")));
}

TEST(XlsxReport, CountsWideCharactersTwiceInColumnWidths) {
  Report report = sample();
  report.tables = {table_of_texts({"0123456789"}),
                   table_of_texts({"物业服务中心管理处甲"}),
                   table_of_texts({std::string(500, 'x')})};
  const Result<Bytes> bytes = xlsx_report(report, CivilZone());
  ASSERT_TRUE(bytes.has_value());
  const auto book = unzip(*bytes);
  EXPECT_THAT(book.at("xl/worksheets/sheet2.xml"),
              HasSubstr(R"(<col min="1" max="1" width="12.7)"));
  EXPECT_THAT(book.at("xl/worksheets/sheet3.xml"),
              HasSubstr(R"(<col min="1" max="1" width="22.7)"));
  EXPECT_THAT(book.at("xl/worksheets/sheet4.xml"),
              HasSubstr(R"(<col min="1" max="1" width="60.7)"));
}

TEST(XlsxReport, MakesEqualBytesOfEqualReports) {
  const Result<Bytes> first = xlsx_report(sample(), CivilZone());
  const Result<Bytes> second = xlsx_report(sample(), CivilZone());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_THAT(unzip(*first).at("docProps/core.xml"),
              HasSubstr("2025-06-16T01:30:00Z</dcterms:created>"));
  Report later = sample();
  later.as_of.last_recorded_at.value += micros_per_second;
  EXPECT_NE(*xlsx_report(later, CivilZone()), *first);
}

TEST(XlsxReport, WritesAsTextWhatItsNumbersCannotHold) {
  Report report = sample();
  report.tables = {{"t", "表", {{"a", "甲"}, {"b_fen", "乙"}, {"c", "丙"}}, {}}};
  report.tables[0].rows = {
      {{std::int64_t{1'000'000'000'000'000}, {}},
       {Fen{INT64_MIN}, {}},
       {*parse_date("1900-02-28"), {}}},
      {{std::int64_t{999'999'999'999'999}, {}}, {Fen{1}, {}}, {*parse_date("1900-03-01"), {}}}};
  const Result<Bytes> bytes = xlsx_report(report, CivilZone());
  ASSERT_TRUE(bytes.has_value());
  const auto cells = cells_of(unzip(*bytes), 2);
  EXPECT_EQ(cells.at("A2"), (SheetCell{"1000000000000000", "s", ""}));
  EXPECT_EQ(cells.at("B2").text, "-92233720368547758.08");
  EXPECT_EQ(cells.at("C2").text, "1900-02-28");
  EXPECT_EQ(cells.at("A3"), (SheetCell{"999999999999999", "", ""}));
  EXPECT_EQ(cells.at("C3").text, "61");
}

TEST(XlsxReport, SaysWhichSheetIsTooLarge) {
  Report report = sample();
  report.tables = {table_of_texts({std::string(32'768, 'x')})};
  const Result<Bytes> bytes = xlsx_report(report, CivilZone());
  ASSERT_FALSE(bytes.has_value());
  EXPECT_EQ(bytes.error().code, ErrorCode::limit_exceeded);
  EXPECT_THAT(bytes.error().detail, HasSubstr("清单"));
}

TEST(SheetNames, KeepTheRulesOfTheFormat) {
  const auto named = [](const std::vector<std::string>& titles) {
    std::vector<ReportTable> tables;
    for (const std::string& title : titles) {
      tables.push_back({"t", title, {}, {}});
    }
    return sheet_names(tables);
  };
  std::string long_title;
  std::string cut;
  for (int i = 0; i < 40; ++i) {
    long_title += "房";
    cut += i < 31 ? "房" : "";
  }
  EXPECT_EQ(
      named({"日/周", "日/周", "", long_title, long_title}),
      (std::vector<std::string>{"日_周", "日_周 (2)", "_", cut, cut.substr(0, 27 * 3) + " (2)"}));
}

Report page_of(const std::vector<std::string>& texts, std::string next) {
  Report report = sample();
  report.tables.push_back(table_of_texts(texts));
  report.next = std::move(next);
  return report;
}

TEST(ReportPages, JoinsTheListAndKeepsWhatEachPageRepeats) {
  Report whole = page_of({"a", "b"}, "b");
  const std::vector<std::size_t> first = row_counts(whole);
  ASSERT_TRUE(join_page(whole, first, page_of({"c", "d"}, "d")));
  ASSERT_TRUE(join_page(whole, first, page_of({"e"}, "")));
  EXPECT_EQ(whole.tables[0].rows.size(), 2U);
  ASSERT_EQ(whole.tables[1].rows.size(), 5U);
  EXPECT_EQ(whole.tables[1].rows[4][0].value, CellValue(std::string("e")));
  EXPECT_EQ(whole.next, "");
  EXPECT_EQ(rows_of(whole), 7U);
}

TEST(ReportPages, RefusesPagesOfOtherRecordsOrTables) {
  Report whole = page_of({"a"}, "a");
  const std::vector<std::size_t> first = row_counts(whole);
  Report other = page_of({"b"}, "");
  other.as_of.tree_size = 43;
  EXPECT_FALSE(join_page(whole, first, other));
  Report fewer = page_of({"b"}, "");
  fewer.tables.pop_back();
  EXPECT_FALSE(join_page(whole, first, fewer));
  Report renamed = page_of({"b"}, "");
  renamed.tables[1].columns[0].key = "other";
  EXPECT_FALSE(join_page(whole, first, renamed));
  EXPECT_EQ(whole.tables[1].rows.size(), 1U);
}

}  // namespace
}  // namespace juanzong::spreadsheet
