// SPDX-License-Identifier: Apache-2.0
// The mathematics of `juanzong bench`, and what its commands take.
#include "tools/bench/growth_load.h"
#include "tools/bench/load_result.h"
#include "tools/bench/mixed_load.h"
#include "tools/bench/process_figures.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/growth_report.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace juanzong::bench {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;

TEST(BenchHistogram, GivesTheShareWithinSixPerCent) {
  LatencyHistogram histogram;
  EXPECT_EQ(histogram.at_per_mille(990), 0U);
  for (std::uint64_t micros = 1; micros <= 10'000; ++micros) {
    histogram.add(micros);
  }
  EXPECT_EQ(histogram.count(), 10'000U);
  EXPECT_THAT(histogram.at_per_mille(500), AllOf(Ge(5'000U), Le(5'320U)));
  EXPECT_THAT(histogram.at_per_mille(990), AllOf(Ge(9'900U), Le(10'500U)));
  EXPECT_THAT(histogram.at_per_mille(1'000), AllOf(Ge(10'000U), Le(10'640U)));
}

TEST(BenchHistogram, MergesWhatTwoConnectionsSaw) {
  LatencyHistogram quick;
  LatencyHistogram slow;
  for (int i = 0; i < 99; ++i) {
    quick.add(3);
  }
  slow.add(1'000'000);
  quick.merge(slow);
  EXPECT_EQ(quick.count(), 100U);
  EXPECT_EQ(quick.at_per_mille(990), 3U);
  EXPECT_THAT(quick.at_per_mille(999), AllOf(Ge(1'000'000U), Le(1'060'000U)));
}

TEST(BenchResult, CountsEventsASecond) {
  LoadResult result;
  EXPECT_EQ(result.per_second(), 0U);
  result.events = 3'000;
  result.seconds = 1.5;
  EXPECT_EQ(result.per_second(), 2'000U);
}

TEST(BenchMixed, SpreadsItsRequestsEvenly) {
  MixedOptions options;
  options.events_per_second = 10'000;
  options.seconds = 2;
  options.events_per_request = 10;
  EXPECT_EQ(options.requests(), 2'000U);
  EXPECT_EQ(options.due(0).count(), 0);
  EXPECT_EQ(options.due(1), std::chrono::milliseconds(1));
  EXPECT_EQ(options.due(1'999), std::chrono::milliseconds(1'999));
  options.events_per_request = 300;
  options.events_per_second = 7;
  options.seconds = 1;
  EXPECT_EQ(options.requests(), 1U);
}

TEST(BenchMixed, RefusesWhatItCannotSignAhead) {
  MixedOptions options;
  options.seconds = 600;
  const auto refused = run_mixed_load(options);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
}

TEST(BenchGrowth, TakesFiguresAtEachDoublingAndAtTheEnd) {
  EXPECT_THAT(growth_marks(100, 1'000), ElementsAre(100U, 200U, 400U, 800U, 1'000U));
  EXPECT_THAT(growth_marks(100, 800), ElementsAre(100U, 200U, 400U, 800U));
  EXPECT_THAT(growth_marks(100'000, 5'000), ElementsAre(5'000U));
}

TEST(BenchGrowth, ReadsMemoryAndTimeOfAProcess) {
  const auto memory =
      parse_process_memory("VmPeak:\t  900 kB\nVmHWM:\t     300 kB\nVmRSS:\t     200 kB\n");
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->resident_bytes, 200U * 1'024);
  EXPECT_EQ(memory->peak_bytes, 300U * 1'024);
  EXPECT_FALSE(parse_process_memory("VmRSS:\t 200 kB\n").has_value());
  const auto ticks = parse_cpu_ticks("7 (a) b) S 1 2 3 4 5 6 7 8 9 10 300 40 0 0 20 0\n");
  ASSERT_TRUE(ticks.has_value());
  EXPECT_EQ(*ticks, 340U);
  EXPECT_FALSE(parse_cpu_ticks("7 (juanzongd) S 1 2\n").has_value());
  EXPECT_GT(memory_of(::getpid())->resident_bytes, 0U);
  EXPECT_GE(*cpu_seconds_of(::getpid()), 0.0);
}

TEST(BenchGrowth, CountsTheBlocksOfAFolder) {
  const testing::TemporaryFolder folder;
  const std::uint64_t empty = disk_bytes_of(folder.path());
  std::filesystem::create_directory(folder.path() / "inner");
  std::ofstream(folder.path() / "inner" / "file") << std::string(100'000, 'x') << std::flush;
  EXPECT_GE(disk_bytes_of(folder.path()), empty + 100'000);
  EXPECT_EQ(disk_bytes_of(folder.path() / "missing"), 0U);
}

TEST(BenchGrowth, PrintsRowsBelowEachOther) {
  cli::GrowthPoint point;
  point.records = 10'000'000;
  point.segment.events = 1'000;
  point.segment.seconds = 0.5;
  point.cpu_seconds = 0.04;
  point.log_bytes = 150;
  point.statement_bytes = 100;
  EXPECT_EQ(point.cpu_nanos_per_record(), 40'000U);
  EXPECT_EQ(point.log_per_statement_percent(), 150U);
  const std::string titled = cli::growth_row(point, true);
  const std::string row = cli::growth_row(point, false);
  EXPECT_THAT(titled, ::testing::EndsWith("\n" + row));
  EXPECT_THAT(row, AllOf(HasSubstr("10,000,000"), HasSubstr("2,000"), HasSubstr("40.00")));
  point.records = 100;
  point.segment.seconds = 50;
  EXPECT_EQ(cli::growth_row(point, false).size(), row.size());
}

struct Ran {
  int exit_code = 0;
  std::string out;
  std::string err;
};

Ran run(std::vector<const char*> words) {
  words.insert(words.begin(), {"juanzong", "bench"});
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::run_command_line(
      cli::server_commands(), static_cast<int>(words.size()), words.data(), out, err);
  return {code, out.str(), err.str()};
}

TEST(BenchCommands, SayHowTheyAreUsed) {
  for (const char* command : {"append", "query", "local", "mixed", "growth"}) {
    const Ran help = run({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("示例 example")) << command;
  }
  EXPECT_EQ(run({}).exit_code, 1);
  EXPECT_EQ(run({"growth", "--records", "1"}).exit_code, 1);
}

TEST(BenchCommands, MixedTakesOneServerAndADeposit) {
  EXPECT_EQ(run({"mixed"}).exit_code, 1);
  EXPECT_EQ(run({"mixed", "--local", "--server", "127.0.0.1:1"}).exit_code, 1);
  EXPECT_EQ(run({"mixed", "--local", "--rate", "0"}).exit_code, 1);
  const Ran unnamed = run({"mixed", "--server", "127.0.0.1:1"});
  EXPECT_EQ(unnamed.exit_code, 1);
  EXPECT_THAT(unnamed.err, HasSubstr("--arguments"));
}

}  // namespace
}  // namespace juanzong::bench
