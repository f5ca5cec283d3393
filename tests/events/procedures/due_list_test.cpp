// SPDX-License-Identifier: Apache-2.0
// The list of what comes due against a sorted set, with entries that share hours and moments.
#include "events/procedures/due_list.h"

#include "projections/state/memory_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t hour = 3'600 * micros_per_second;

TEST(DueList, GivesWhatIsDueBeforeTheMomentAndNotAtIt) {
  MemoryWorld world;
  const DueEntry late{{5 * hour}, "b"};
  const DueEntry same{{5 * hour}, "a"};
  const DueEntry early{{2 * hour + 7}, "z"};
  for (const DueEntry& entry : {late, same, early}) {
    add_due(entry, world);
  }
  EXPECT_THAT(due_before(world, {2 * hour + 7}, 9), IsEmpty());
  EXPECT_FALSE(is_anything_due(world, {2 * hour + 7}));
  EXPECT_TRUE(is_anything_due(world, {2 * hour + 8}));
  EXPECT_THAT(due_before(world, {5 * hour}, 9), ElementsAre(early));
  EXPECT_THAT(due_before(world, {5 * hour + 1}, 9), ElementsAre(early, same, late));
  EXPECT_THAT(due_before(world, {5 * hour + 1}, 2), ElementsAre(early, same));
  remove_due(early, world);
  remove_due(early, world);
  EXPECT_THAT(due_before(world, {5 * hour + 1}, 1), ElementsAre(same));
}

TEST(DueList, LeavesNothingBehind) {
  MemoryWorld world;
  const DueEntry entry{{hour}, "a"};
  add_due(entry, world);
  add_due(entry, world);
  remove_due(entry, world);
  EXPECT_EQ(world.get<DueHoursState>("due").numbers.size(), 0U);
  EXPECT_EQ(world.encoded_states().size(), 1U);  // the empty list of hours
}

TEST(DueList, AgreesWithASortedSet) {
  constexpr unsigned seed = 20'261'125;
  std::mt19937 random(seed);
  const auto pick = [&random](std::uint32_t below) {
    return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random);
  };
  MemoryWorld world;
  std::set<DueEntry> model;
  for (int step = 0; step < 5'000; ++step) {
    const DueEntry entry{{pick(40) * (hour / 8)}, "k" + std::to_string(pick(60))};
    if (pick(3) == 0) {
      remove_due(entry, world);
      model.erase(entry);
    } else {
      add_due(entry, world);
      model.insert(entry);
    }
    const UnixMicros moment{pick(45) * (hour / 8)};
    const std::size_t most = 1 + pick(30);
    std::vector<DueEntry> expected;
    for (const DueEntry& each : model) {
      if (each.at < moment && expected.size() < most) {
        expected.push_back(each);
      }
    }
    ASSERT_EQ(due_before(world, moment, most), expected) << "seed " << seed << " step " << step;
    ASSERT_EQ(is_anything_due(world, moment), !expected.empty());
  }
}

}  // namespace
}  // namespace juanzong::testing
