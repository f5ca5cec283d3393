// SPDX-License-Identifier: Apache-2.0
// Obligations that procedures run themselves: what runs stands in the list of what comes due, once
// and at its newest term, and what does not run does not.
#include "events/procedures/obligations.h"

#include "events/procedures/due_list.h"

#include "projections/state/memory_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view rule = "D-CMP-4";
constexpr std::string_view of_case = "complaint:TS-1";
constexpr UnixMicros begun{1'000 * micros_per_second};
constexpr UnixMicros much_later{100 * micros_per_day};

class ObligationsTest : public ::testing::Test {
 protected:
  void begin_for(std::int64_t minutes) {
    begin_obligation(
        {rule, of_case, "1-1-0101", begun, after_minutes(begun, minutes)}, RecordIndex{7}, world_);
  }
  std::vector<Breach> to_state() { return breaches_before(world_, much_later, 9); }
  MemoryWorld world_;
};

TEST_F(ObligationsTest, WhatRunsComesDue) {
  begin_for(60);
  ASSERT_THAT(to_state(), SizeIs(1));
  EXPECT_EQ(to_state().front().due_at, after_minutes(begun, 60));
  EXPECT_THAT(breaches_before(world_, after_minutes(begun, 60), 9), IsEmpty()) << "not yet";
}

TEST_F(ObligationsTest, WhatIsMetOrLapsedDoesNot) {
  begin_for(60);
  meet_obligation(rule, of_case, RecordIndex{8}, after_minutes(begun, 5), world_);
  EXPECT_THAT(to_state(), IsEmpty());
  begin_for(60);
  EXPECT_THAT(to_state(), SizeIs(1)) << "another round";
  lapse_obligation(rule, of_case, RecordIndex{9}, world_);
  EXPECT_THAT(to_state(), IsEmpty());
}

TEST_F(ObligationsTest, ANewTermTakesThePlaceOfTheOld) {
  begin_for(60);
  begin_for(90);
  ASSERT_THAT(to_state(), SizeIs(1));
  EXPECT_EQ(to_state().front().due_at, after_minutes(begun, 90));
  extend_obligation(rule, of_case, after_minutes(begun, 300), after_minutes(begun, 80), world_);
  ASSERT_THAT(to_state(), SizeIs(1));
  EXPECT_EQ(to_state().front().due_at, after_minutes(begun, 300));
}

// A stated breach leaves the list for good: the server would state it again and again.
TEST_F(ObligationsTest, ABreachIsStatedOnceARound) {
  begin_for(60);
  apply_breach(rule, of_case, RecordIndex{8}, world_);
  EXPECT_THAT(to_state(), IsEmpty());
  extend_obligation(rule, of_case, after_minutes(begun, 90), begun, world_);
  EXPECT_THAT(to_state(), IsEmpty()) << "a breach stays one";
  begin_for(90);
  EXPECT_THAT(to_state(), SizeIs(1)) << "another round";
}

}  // namespace
}  // namespace juanzong::testing
