// SPDX-License-Identifier: Apache-2.0
// A batch owns what its rows say: sources may go, batches may be joined and cut, and the memory
// that is taken from a batch keeps its rows readable.
#include "events/storage/row_batch.h"

#include "tests/support/row_changes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace juanzong::testing {
namespace {

TEST(RowBatch, OwnsItsKeysAndValues) {
  RowBatch batch;
  std::vector<std::string> keys;
  for (int i = 0; i < 1'000; ++i) {
    std::string key = "key " + std::to_string(i);
    std::string value(static_cast<std::size_t>(i), 'v');
    batch.put(key, value);
    keys.push_back(key);
    key.assign(key.size(), 'x');
    value.assign(value.size(), 'x');
  }
  ASSERT_EQ(batch.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(batch.rows()[i].first, keys[i]);
    EXPECT_EQ(batch.rows()[i].second, std::string(i, 'v'));
  }
}

TEST(RowBatch, AppendsTheRowsOfAnotherAfterItsOwn) {
  RowBatch batch = row_batch({{"a", "1"}});
  {
    RowBatch other = row_batch({{"b", "2"}, {"a", std::nullopt}});
    batch.append(std::move(other));
    EXPECT_EQ(other.size(), 0U);
    other.put("still", "usable");
  }
  batch.put("c", "3");
  const std::vector<RowChange> expected{{"a", "1"}, {"b", "2"}, {"a", std::nullopt}, {"c", "3"}};
  EXPECT_EQ(std::vector<RowChange>(batch.rows().begin(), batch.rows().end()), expected);
}

TEST(RowBatch, ForgetsRowsAfterAMark) {
  RowBatch batch = row_batch({{"a", "1"}, {"b", "2"}});
  batch.truncate(1);
  batch.put("c", "");
  const std::vector<RowChange> expected{{"a", "1"}, {"c", ""}};
  EXPECT_EQ(std::vector<RowChange>(batch.rows().begin(), batch.rows().end()), expected);
}

TEST(RowBatch, TakenMemoryKeepsTheRowsReadable) {
  RowBatch batch = row_batch({{"key of some length", "value of some length"}});
  const RowChange row = batch.rows().front();
  const RowBatch::Memory memory = batch.take_memory();
  EXPECT_EQ(batch.size(), 0U);
  batch.put("another", "row");
  EXPECT_EQ(row.first, "key of some length");
  EXPECT_EQ(row.second, "value of some length");
}

}  // namespace
}  // namespace juanzong::testing
