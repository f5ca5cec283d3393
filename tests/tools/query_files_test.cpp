// SPDX-License-Identifier: Apache-2.0
// `juanzong query … --csv --xlsx`: all pages in one file, no file replaced unasked.
#include "tests/tools/audit_ledger.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class QueryFiles : public Commands {
 protected:
  QueryFiles() {
    TestLedger ledger;
    for (int number = 1; number <= 5; ++number) {
      ledger.must_append("ARC", "UnitRegistered", unit_body(number));
    }
    write_data(ledger, data_);
  }
  Ran query(std::vector<std::string> options) {
    std::vector<std::string> words{"query", "units", "--data", data_};
    words.insert(words.end(), options.begin(), options.end());
    return run(words);
  }
};

TEST_F(QueryFiles, FollowAllPages) {
  const Ran paged = query({"--limit", "2", "--csv", path("paged.csv")});
  ASSERT_EQ(paged.exit_code, 0) << paged.err;
  EXPECT_THAT(paged.out, HasSubstr("5 行"));
  const std::string text = read_all(path("paged.csv"));
  for (const char* unit : {"1-1-101", "1-1-102", "1-1-103", "1-1-104", "1-1-105"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\r\n") + unit + ","));
  }
  ASSERT_EQ(query({"--csv", path("whole.csv")}).exit_code, 0);
  EXPECT_EQ(read_all(path("whole.csv")), text);
  ASSERT_EQ(query({"--limit", "2", "--xlsx", path("paged.xlsx")}).exit_code, 0);
  ASSERT_EQ(query({"--xlsx", path("whole.xlsx")}).exit_code, 0);
  EXPECT_EQ(read_all(path("whole.xlsx")), read_all(path("paged.xlsx")));
  EXPECT_TRUE(read_all(path("whole.xlsx")).starts_with("PK"));
}

TEST_F(QueryFiles, AreNotReplacedUnlessForced) {
  const std::string file = path("units.csv");
  write_all(file, "mine");
  const Ran refused = query({"--csv", file, "--xlsx", path("units.xlsx")});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(read_all(file), "mine");
  EXPECT_FALSE(std::filesystem::exists(path("units.xlsx")));
  EXPECT_EQ(query({"--csv", file, "--force"}).exit_code, 0);
  EXPECT_THAT(read_all(file), HasSubstr("1-1-105"));
}

TEST_F(QueryFiles, LeaveNothingBehindOnErrors) {
  EXPECT_EQ(query({"--month", "2025-01", "--csv", path("units.csv")}).exit_code, 1);
  EXPECT_EQ(query({"--csv", path("nowhere/units.csv")}).exit_code, 1);
  EXPECT_EQ(query({"--json", "--csv", path("units.csv")}).exit_code, 1);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_THAT(entry.path().string(), EndsWith("data"));
  }
}

}  // namespace
}  // namespace juanzong::testing
