// SPDX-License-Identifier: Apache-2.0
// The mathematics of `juanzong bench`, and what its commands take.
#include "tools/bench/load_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::bench {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
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

}  // namespace
}  // namespace juanzong::bench
