// SPDX-License-Identifier: Apache-2.0
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

TEST(Log, WritesOneEscapedObjectALine) {
  std::string line;
  Log log([&line](std::string_view text) { line = text; });
  log.info("login",
           {{"client", std::string_view("a\"\\\n\t\x01\xFF卷")},
            {"count", std::int64_t{-3}},
            {"size", std::uint64_t{7}},
            {"tls", true}});
  EXPECT_THAT(line, HasSubstr(R"({"level":"info","time":")"));
  EXPECT_THAT(line, HasSubstr(R"("event":"login","client":"a\"\\\n\t\u0001�卷")"));
  EXPECT_THAT(line, HasSubstr(R"("count":-3,"size":7,"tls":true})"));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
}

TEST(Log, LevelsChangeWhileItRuns) {
  int lines = 0;
  Log log([&lines](std::string_view) { ++lines; });
  log.write(LogLevel::debug, "a");
  log.set_level(LogLevel::debug);
  log.write(LogLevel::debug, "b");
  log.set_level(LogLevel::off);
  log.error("c");
  EXPECT_EQ(lines, 1);
  EXPECT_EQ(log_level_from_name("warning"), LogLevel::warning);
  EXPECT_FALSE(log_level_from_name("loud"));
}

TEST(Metrics, PrintsPrometheusText) {
  Metrics metrics;
  metrics.appends.add(2);
  metrics.refusals.add("H-DEC-13");
  metrics.count_error(ErrorCode::busy);
  metrics.append_latency.observe(std::chrono::microseconds(100));
  metrics.append_latency.observe(std::chrono::microseconds(300));
  metrics.append_latency.observe(std::chrono::seconds(100));
  const std::string text = prometheus_text(metrics);
  EXPECT_THAT(text, HasSubstr("# TYPE juanzong_appends_total counter\njuanzong_appends_total 2\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_refusals_total{rule=\"H-DEC-13\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_errors_total{code=\"busy\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_append_latency_seconds_bucket{le=\"0.000125\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_append_latency_seconds_bucket{le=\"0.000500\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_append_latency_seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("juanzong_append_latency_seconds_sum 100.000400\n"));
}

TEST(Metrics, LabelsAreBounded) {
  LabelledCounter counter;
  for (std::size_t i = 0; i < LabelledCounter::values_max + 10; ++i) {
    counter.add(std::to_string(i));
  }
  EXPECT_EQ(counter.values().size(), LabelledCounter::values_max + 1);
  EXPECT_EQ(counter.values().at("other"), 10U);
}

}  // namespace
}  // namespace juanzong::testing
