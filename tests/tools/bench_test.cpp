// SPDX-License-Identifier: Apache-2.0
// The mathematics of `juanzong bench`, and what its commands take.
#include "tools/bench/load_result.h"
#include "tools/bench/mixed_load.h"
#include "tools/juanzong/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace juanzong::bench {
namespace {

using ::testing::AllOf;
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
  for (const char* command : {"append", "query", "local", "mixed"}) {
    const Ran help = run({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("示例 example")) << command;
  }
  EXPECT_EQ(run({}).exit_code, 1);
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
