// SPDX-License-Identifier: Apache-2.0
// The overlay against the simplest model, a sorted map: whatever is active, frozen or stored, and
// in whatever order rows were published, a snapshot shows the newest value of each key.
#include "projections/engine/derived_rows.h"

#include "events/storage/memory_row_store.h"

#include "projections/engine/materialiser.h"
#include "projections/engine/row_keys.h"

#include "tests/support/row_changes.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace juanzong::testing {
namespace {

using Model = std::map<std::string, std::string>;

std::string key_of(Table table, unsigned number) {
  const auto n = static_cast<std::uint32_t>(number);
  return std::string(KeyBuilder(table, LedgerOrdinal{0}).number(n).take().view());
}

Model scanned(const DerivedRows& rows, Table table) {
  Model seen;
  const DerivedRows::Snapshot snapshot(rows);
  const RowKey prefix = KeyBuilder(table).take();
  std::string last;
  snapshot.scan(prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
    EXPECT_LT(last, std::string(key)) << "keys ascend, each once";
    last = key;
    seen.emplace(key, value);
    return true;
  });
  return seen;
}

class OverlayModel : public ::testing::TestWithParam<Table> {};

TEST_P(OverlayModel, ShowsTheNewestValueWhereverItLies) {
  constexpr unsigned seed = 20'250'616;
  std::mt19937 random(seed);
  DerivedRows rows(make_memory_row_store());
  Model model;
  bool frozen = false;
  for (int step = 0; step < 2'000; ++step) {
    const std::string key = key_of(GetParam(), static_cast<unsigned>(random() % 50));
    if (random() % 5 == 0) {
      rows.publish(row_batch({{key, std::nullopt}}), 1);
      model.erase(key);
    } else {
      model[key] = std::to_string(step);
      rows.publish(row_batch({{key, model[key]}}), 1);
    }
    if (random() % 20 == 0) {
      if (frozen) {
        rows.thaw();
      } else {
        ASSERT_TRUE(rows.store().write(rows.freeze()));
      }
      frozen = !frozen;
    }
    const auto found = rows.get(key);
    EXPECT_EQ(found.has_value(), model.contains(key)) << "seed " << seed << " step " << step;
    if (step % 40 == 0) {
      EXPECT_EQ(scanned(rows, GetParam()), model) << "seed " << seed << " step " << step;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(OrderedAndSortedOnDemand,
                         OverlayModel,
                         ::testing::Values(Table::list, Table::state));

TEST(DerivedRows, FindsTheLastKeyAtMostAcrossOverlaysAndStore) {
  DerivedRows rows(make_memory_row_store());
  rows.publish(row_batch({{key_of(Table::day, 10), "stored"}}), 1);
  ASSERT_TRUE(rows.store().write(rows.freeze()));
  rows.thaw();
  rows.publish(row_batch({{key_of(Table::day, 20), "frozen"}}), 1);
  ASSERT_TRUE(rows.store().write(rows.freeze()));
  rows.publish(row_batch({{key_of(Table::day, 30), "active"}}), 1);
  const DerivedRows::Snapshot snapshot(rows);
  const RowKey from = KeyBuilder(Table::day, LedgerOrdinal{0}).take();
  const auto at = [&](unsigned number) {
    const auto row = snapshot.last_at_most(from, key_of(Table::day, number));
    return row ? row->second : "none";
  };
  EXPECT_EQ(at(9), "none");
  EXPECT_EQ(at(10), "stored");
  EXPECT_EQ(at(29), "frozen");
  EXPECT_EQ(at(99), "active");
}

TEST(DerivedRows, EndOfPrefixIsAfterEveryKeyWithThePrefix) {
  EXPECT_EQ(end_of_prefix("ab"), "ac");
  EXPECT_EQ(end_of_prefix("a\xff"), "b");
  EXPECT_EQ(end_of_prefix("\xff"), "");
}

TEST(Materialiser, WritesWhatIsLeftWhenItEnds) {
  auto owned = make_memory_row_store();
  const RowStore* store = owned.get();
  DerivedRows rows(std::move(owned));
  {
    Materialiser materialiser(rows, [] { ADD_FAILURE() << "write failed"; });
    rows.publish(row_batch({{key_of(Table::list, 1), "x"}}), 1);
    materialiser.published();
  }
  EXPECT_EQ(store->get(key_of(Table::list, 1)), "x");
  EXPECT_EQ(rows.active_size().records, 0U);
}

}  // namespace
}  // namespace juanzong::testing
