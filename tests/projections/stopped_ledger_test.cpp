// SPDX-License-Identifier: Apache-2.0
// A projection that breaks an invariant of its own stops its ledger while the journal is caught up;
// the other ledgers are whole, and a program without the fault rebuilds the rows.
#include "events/model/check.h"
#include "events/procedures/actor_keys/actor_keys.h"
#include "events/procedures/registry/registry.h"
#include "events/procedures/units.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/founding.h"

#include "tests/support/further_ledger.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

void break_down(const std::uint8_t*, const EventContext&, WorldChange& world) {
  world.edit<UnitState>("half a record").registered = true;
  check(false, "units are never registered");
}

// The registry with a fault in one fold.
const Procedure& faulty_registry() {
  static const std::vector<EventHandler> handlers = [] {
    const auto whole = registry_procedure().handlers;
    std::vector<EventHandler> list(whole.begin(), whole.end());
    for (EventHandler& handler : list) {
      handler.apply = handler.event == "UnitRegistered" ? break_down : handler.apply;
    }
    return list;
  }();
  static const Procedure procedure = [] {
    Procedure copy = registry_procedure();
    copy.handlers = handlers;
    return copy;
  }();
  return procedure;
}

constexpr const Procedure& (*with_fault[])() = {&faulty_registry, &actor_keys_procedure};

class StoppedLedger : public ::testing::Test {
 protected:
  StoppedLedger() {
    t.must_append("ARC",
                  "UnitRegistered",
                  R"({"unit":"1-1-101","building":"1","entrance":"1","floor":1,"number":"101"})");
    DerivedRows scratch(make_memory_row_store());
    LedgerSet ledgers(scratch, catalogue());
    auto batch = found_ledger(ledgers,
                              founding_of("other", "test.example/other"),
                              {crypto::PrivateKey::generate()},
                              t.now());
    EXPECT_TRUE(batch.has_value());
    static_cast<void>(append_founding(t.journal(), std::move(*batch)));
  }

  Outcome catch_up(LedgerSet& set) {
    return set.catch_up(
        t.journal(), [](std::uint64_t) {}, [] {});
  }

  TestLedger t;
  Catalogue faulty{with_fault};
  DerivedRows rows{make_memory_row_store()};
};

TEST_F(StoppedLedger, StopsAloneAndSaysWhy) {
  LedgerSet set(rows, faulty);
  const Outcome done = catch_up(set);
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  ASSERT_EQ(set.broken().size(), 1U);
  EXPECT_EQ(set.broken().begin()->first, "estate");
  EXPECT_THAT(set.broken().begin()->second, ::testing::HasSubstr("units are never registered"));
  EXPECT_TRUE(set.is_stopped(*set.find("estate")));
  EXPECT_FALSE(set.is_stopped(*set.find("other")));
  EXPECT_EQ(set.find("other")->head().size(), 3U);
  EXPECT_EQ(set.running().size(), 1U);
}

TEST_F(StoppedLedger, LeavesRowsThatNoProgramTakes) {
  {
    LedgerSet set(rows, faulty);
    ASSERT_TRUE(catch_up(set).has_value());
  }
  EXPECT_FALSE(rows_fit(rows, t.journal())) << "they lack records that the position says they have";
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet mended(rebuilt, catalogue());
  ASSERT_TRUE(catch_up(mended).has_value());
  EXPECT_TRUE(mended.broken().empty());
  EXPECT_TRUE(rows_fit(rebuilt, t.journal()));
  EXPECT_NE(mended.find("estate")->world().find<UnitState>("1-1-101"), nullptr);
}

TEST(CheckDeathTest, OutsideARuleScopeABrokenInvariantEndsTheProcess) {
  EXPECT_DEATH(check(false, "never"), "broken invariant: never");
  const RuleScope scope;
  EXPECT_THROW(check(false, "never"), BrokenInvariant);
  EXPECT_DEATH(check_shared(false, "storage"), "broken invariant: storage");
}

}  // namespace
}  // namespace juanzong::testing
