// SPDX-License-Identifier: Apache-2.0
// What a sweep takes and what it leaves.
#include "projections/state/text_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace juanzong::testing {
namespace {

struct Entry {
  std::uint64_t generation = 0;
  bool changed = false;
  bool used = false;
};
using Cache = SweptCache<Entry>;

TEST(SweptCache, KeepsWhatIsUsedAndLosesWhatCameOnce) {
  Cache cache;
  cache.entries["hot"] = {1, false, false};
  for (int i = 0; i < 1'000; ++i) {
    cache.entries["once " + std::to_string(i)] = {2, false, false};
    ASSERT_NE(cache.find("hot", 2), nullptr);
    cache.sweep(100, 2);
    ASSERT_LE(cache.entries.size(), 160U);
  }
  EXPECT_NE(cache.find("hot", 2), nullptr);
  EXPECT_EQ(cache.find("once 0", 2), nullptr);
}

TEST(SweptCache, NeverTakesWhatIsNotDurable) {
  Cache cache;
  cache.entries["in flight"] = {5, false, false};
  cache.entries["changed"] = {1, true, false};
  cache.entries["durable"] = {4, false, false};
  cache.sweep(2, 4);
  EXPECT_NE(cache.find("in flight", 6), nullptr);
  EXPECT_NE(cache.find("changed", 6), nullptr);
  EXPECT_EQ(cache.find("durable", 6), nullptr);
}

TEST(SweptCache, WhatABatchBroughtIsNotUsedByTheSameBatch) {
  Cache cache;
  cache.entries["new"] = {3, false, false};
  static_cast<void>(cache.find("new", 3));
  cache.sweep(0, 3);
  EXPECT_EQ(cache.find("new", 4), nullptr);
}

}  // namespace
}  // namespace juanzong::testing
