// SPDX-License-Identifier: Apache-2.0
// Owner rosters from CSV: encodings, headers, every complaint with its line, and the requests.
#include "events/procedures/catalogue.h"

#include "tools/client/request_builder.h"
#include "tools/import/csv_rows.h"
#include "tools/import/roster_file.h"
#include "tools/import/roster_requests.h"
#include "tools/import/roster_values.h"
#include "tools/import/text_decoding.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <unicode/ucnv.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string header = "栋,单元,楼层,房号,面积,业主,电话,合同号\n";

RosterFile read(const std::string& text) {
  return read_roster(bytes_of(text));
}

std::string sample() {
  std::ifstream in(std::string(JUANZONG_SOURCE_DIR) + "/tools/import/sample_roster.csv");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string to_gb18030(const std::string& utf8) {
  std::string out(utf8.size() * 2, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size = ucnv_convert("gb18030",
                                         "UTF-8",
                                         out.data(),
                                         static_cast<std::int32_t>(out.size()),
                                         utf8.data(),
                                         static_cast<std::int32_t>(utf8.size()),
                                         &status);
  EXPECT_TRUE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// "line column" of each error.
std::vector<std::string> places(const RosterFile& file) {
  std::vector<std::string> list;
  for (const LineError& error : file.errors) {
    list.push_back(std::to_string(error.line) + " " + error.column);
  }
  return list;
}

TEST(RosterImport, ReadsTheSampleInEveryEncoding) {
  const std::string utf8 = sample();
  const RosterFile plain = read(utf8);
  EXPECT_THAT(plain.errors, IsEmpty());
  EXPECT_EQ(plain.encoding, "UTF-8");
  ASSERT_THAT(plain.rows, SizeIs(39));
  EXPECT_EQ(plain.rows[0].unit(), "5-1-0101");
  EXPECT_EQ(plain.rows[0].area_cm2, 1'021'300);
  EXPECT_EQ(plain.rows[0].owner, "李子轩");
  EXPECT_EQ(read("\xEF\xBB\xBF" + utf8).encoding, "UTF-8 BOM");
  const RosterFile chinese = read(to_gb18030(utf8));
  EXPECT_EQ(chinese.encoding, "GB18030");
  ASSERT_THAT(chinese.rows, SizeIs(39));
  EXPECT_EQ(chinese.rows[38].owner, plain.rows[38].owner);
}

TEST(RosterImport, NamesTheLineOfABadByte) {
  EXPECT_THAT(places(read(header + "3,1,12,1202,,\xFF\xFF,,HT-1\n")), ElementsAre("2 "));
  EXPECT_THAT(places(read("\xEF\xBB\xBF" + header + "\n3,1,12,1202,,\xC3(,,HT-1\n")),
              ElementsAre("3 "));
  EXPECT_THAT(places(read(std::string("\xFF\xFE\x0B\x68", 4))), ElementsAre("0 "));
  EXPECT_THAT(places(read(header + "3,1,12,1202,,陈\x01静,,HT-1\n")), ElementsAre("2 "));
}

TEST(RosterImport, TakesOtherHeadersAndFullWidthText) {
  const RosterFile file = read(
      "幢,门,所在层,室号,建筑面积(㎡),备注,产权人,手机号码,合同编号\n"
      "３幢,１门,12层,１２０２室,89.50㎡,无,  陈静 ,138 0000 0001,HT-2024-1\n");
  EXPECT_THAT(file.errors, IsEmpty());
  EXPECT_THAT(file.ignored_columns, ElementsAre("备注"));
  ASSERT_THAT(file.rows, SizeIs(1));
  EXPECT_EQ(file.rows[0].unit(), "3-1-1202");
  EXPECT_EQ(file.rows[0].floor, 12);
  EXPECT_EQ(file.rows[0].area_cm2, 895'000);
  EXPECT_EQ(file.rows[0].owner, "陈静");
  EXPECT_EQ(file.rows[0].phone, "13800000001");
}

TEST(RosterImport, ListsEveryErrorWithItsLine) {
  const RosterFile file = read(header +
                               "3,1,12,1201,89.5,陈静,13800000001,HT-1\n"
                               ",1,12,1202,89.5,陈静,13800000001,HT-2\n"
                               "3,1,0,1203,89.12345,,123,合同\n"
                               "3,1,12,1201,,王芳,,HT-4\n"
                               "\n"
                               "3,1-2,twelve,1204,,王芳,021-55550000,HT-5,more\n");
  EXPECT_THAT(places(file),
              ElementsAre("3 栋",
                          "4 楼层",
                          "4 面积",
                          "4 业主",
                          "4 电话",
                          "4 合同号",
                          "5 房号",
                          "7 ",
                          "7 单元",
                          "7 楼层"));
  EXPECT_THAT(file.rows, SizeIs(1));
}

TEST(RosterImport, ListsMissingAndRepeatedColumns) {
  EXPECT_THAT(places(read("栋,单元,栋,房号,业主\n3,1,3,1202,陈静\n")),
              ElementsAre("1 栋", "1 楼层", "1 合同号"));
  EXPECT_THAT(places(read(header)), ElementsAre("0 "));
  EXPECT_THAT(places(read("")), ElementsAre("0 "));
}

TEST(RosterImport, ParsesQuotedFieldsAndKeepsLineNumbers) {
  const auto parsed = parse_csv("a,\"b\"\"1\nb2\",c\r\n\r\nd,e,f");
  const auto* rows = std::get_if<std::vector<CsvRow>>(&parsed);
  ASSERT_NE(rows, nullptr);
  ASSERT_THAT(*rows, SizeIs(2));
  EXPECT_THAT((*rows)[0].fields, ElementsAre("a", "b\"1\nb2", "c"));
  EXPECT_EQ((*rows)[0].line, 1U);
  EXPECT_THAT((*rows)[1].fields, ElementsAre("d", "e", "f"));
  EXPECT_EQ((*rows)[1].line, 4U);
  for (const std::string_view bad : {"a\nb,\"c", "a\nb,\"c\"d\n", "a\nb\"c\n"}) {
    const auto refused = parse_csv(bad);
    const auto* error = std::get_if<LineError>(&refused);
    ASSERT_NE(error, nullptr) << bad;
    EXPECT_EQ(error->line, 2U) << bad;
  }
}

TEST(RosterImport, TakesAreasExactly) {
  EXPECT_EQ(area_cm2("89.5"), 895'000);
  EXPECT_EQ(area_cm2("100"), 1'000'000);
  EXPECT_EQ(area_cm2("0.0001"), 1);
  for (const std::string_view bad : {"", "0", "-1", "1.", ".5", "1e3", "1,000", "9999999"}) {
    EXPECT_EQ(area_cm2(bad), std::nullopt) << bad;
  }
}

TEST(RosterImport, MakesRequestsThatTheBuilderTakes) {
  std::string text = header;
  for (int i = 0; i < 460; ++i) {
    text += "3,1,12," + std::to_string(1'000 + i) + ",89.5,陈静,13800000001,HT-1\n";
  }
  const RosterFile file = read(text);
  const auto requests = make_requests(file.rows, {"R-1", "DEV-1", {}});
  ASSERT_THAT(requests, SizeIs(2));
  const auto statements = boost::json::parse(requests[0].line).as_array();
  ASSERT_EQ(statements.size(), 450U + 30U);
  EXPECT_EQ(statements[449].at("type"), "UnitRegistered");
  const auto& entries = statements[450].at("body").at("entries").as_array();
  EXPECT_EQ(entries.size(), 15U);
  EXPECT_EQ(entries[0].at("owner"), entries[14].at("owner"));  // one name, one phone: one person
  EXPECT_THAT(requests[1].rows, SizeIs(10));
  RequestBuilder::Environment environment;
  environment.now = [] { return UnixMicros{1'740'000'000'000'000}; };
  RequestBuilder builder(catalogue(), "test.example/estate", environment);
  const auto draft = builder.build(requests[0].line);
  ASSERT_TRUE(draft.has_value()) << to_text(draft.error());
  EXPECT_EQ(draft->request.openings.size(), 450U * 2 + 30U);
}

}  // namespace
}  // namespace juanzong::testing
