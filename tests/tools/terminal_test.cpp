// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/grouped_number.h"
#include "tools/terminal/progress_bar.h"
#include "tools/terminal/report_text.h"
#include "tools/terminal/text_table.h"
#include "tools/terminal/text_width.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::terminal {
namespace {

TEST(TextWidth, CountsChineseAsTwoAndMarksAsNone) {
  EXPECT_EQ(text_width("abc"), 3U);
  EXPECT_EQ(text_width("装修押金"), 8U);
  EXPECT_EQ(text_width("e\xCC\x81"), 1U);  // e with a combining acute accent
  EXPECT_EQ(text_width("，。"), 4U);
  EXPECT_EQ(text_width("\xF0\xA0\xAE\xB7"), 2U);  // an ideograph beyond 16 bits
  EXPECT_EQ(text_width("\xFF"), 1U);
}

TEST(TextTable, AlignsByColumnsOfTheTerminal) {
  EXPECT_EQ(format_table({{"项目"}, {"金额", Align::right}},
                         {{"押金", "1,613.60 元"}, {"deposit", "8.05 元"}}),
            "项目            金额\n"
            "-------  -----------\n"
            "押金     1,613.60 元\n"
            "deposit      8.05 元\n");
}

TEST(GroupedNumber, GroupsThousandsOfAnyNumber) {
  EXPECT_EQ(grouped(std::uint64_t{0}), "0");
  EXPECT_EQ(grouped(std::uint64_t{1'234'567}), "1,234,567");
  EXPECT_EQ(grouped(std::int64_t{-999}), "-999");
  EXPECT_EQ(grouped(INT64_MIN), "-9,223,372,036,854,775,808");
}

TEST(ProgressLine, ShowsShareCountAndRate) {
  EXPECT_EQ(progress_line("核对", 600'000, 1'000'000, 2.0),
            "核对  [##################............]  60%  600,000 / 1,000,000  300,000/s");
  EXPECT_EQ(progress_line("读取", 10, 0, 0), "读取  10");
}

TEST(ReportText, ShowsFactsTablesAndNotes) {
  Report report;
  report.zh = "押金结算单";
  report.en = "Deposit statement";
  report.as_of.ledger = "jinxiu";
  report.as_of.tree_size = 42;
  report.facts = {{"paid", "已收", {Fen{200000}, {RecordIndex{7}}}},
                  {"refund", "应退", {Fen{161360}, {}}},
                  {"open", "未结", {true, {}}}};
  report.tables = {{"violations",
                    "违约",
                    {{"date", "日期"}, {"fen", "金额"}},
                    {{{*parse_date("2025-03-14"), {}}, {Fen{-38640}, {}}}}}};
  report.notes = {"仅供核对", "for checking"};
  const std::string text = format_report(report, CivilZone());
  EXPECT_THAT(text, ::testing::HasSubstr("  已收  2,000.00 元  (记录 7)\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("  应退  1,613.60 元\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("  未结  是\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("2025-03-14  -386.40 元\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("\n仅供核对\nfor checking\n"));
}

}  // namespace
}  // namespace juanzong::terminal
