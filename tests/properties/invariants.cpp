// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/invariants.h"

#include "crypto/merkle_tree.h"

#include "events/model/byte_io.h"
#include "events/storage/memory_row_store.h"

#include "projections/engine/row_keys.h"
#include "projections/state/record_reader.h"

#include "tests/support/record_drafts.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

// Table byte and ledger ordinal, then the view.
RowKey prefix_of(Table table, PostingView view) {
  return KeyBuilder(table, LedgerOrdinal{0}).number(static_cast<std::uint8_t>(view)).take();
}

std::int64_t number_in(std::string_view value, std::size_t at) {
  ByteReader in(bytes_of(value).subspan(at));
  return static_cast<std::int64_t>(in.take<std::uint64_t>());
}

// All rows, those of tables that are never scanned too.
std::map<std::string, std::string> every_row(DerivedRows& rows) {
  const std::vector<RowChange> fresh = rows.freeze();
  EXPECT_TRUE(rows.store().write(fresh));
  rows.thaw();
  std::map<std::string, std::string> all;
  for (const auto at = rows.store().seek(""); at->valid(); at->next()) {
    all.emplace(at->key(), at->value());
  }
  return all;
}

}  // namespace

Totals totals(const DerivedRows& rows, PostingView view) {
  const DerivedRows::Snapshot snapshot(rows);
  const RowKey prefix = prefix_of(Table::account, view);
  Totals all;
  snapshot.scan(prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
    all[std::string(key.substr(prefix.size()))] = number_in(value, 0);
    return true;
  });
  return all;
}

std::int64_t sum_of(const Totals& totals, std::string_view prefix) {
  std::int64_t sum = 0;
  for (const auto& [account, total] : totals) {
    sum += account.starts_with(prefix) ? total : 0;
  }
  return sum;
}

Totals totals_as_of(const DerivedRows& rows, PostingView view, RecordIndex upto) {
  constexpr std::size_t tail_bytes = 1 + sizeof(std::uint64_t) + sizeof(std::uint16_t);
  const DerivedRows::Snapshot snapshot(rows);
  const RowKey prefix = prefix_of(Table::posting, view);
  Totals all;
  snapshot.scan(prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
    const std::size_t end = key.size() - tail_bytes;
    const RecordIndex index{number_at(key, end + 1, sizeof(std::uint64_t))};
    if (index <= upto) {
      all[std::string(key.substr(prefix.size(), end - prefix.size()))] += number_in(value, 0);
    }
    return true;
  });
  return all;
}

void expect_record_stands(TestLedger& ledger, RecordIndex index) {
  const DerivedRows::Snapshot rows(ledger.rows());
  const RecordReader reader(rows, ledger.journal(), LedgerOrdinal{0});
  const auto bytes = reader.record(index);
  ASSERT_TRUE(bytes.has_value()) << number(index);
  const auto record = parse_record(*bytes);
  ASSERT_TRUE(record.has_value()) << number(index);
  EXPECT_EQ(encode_record(draft_of(*record)), *bytes);
  EXPECT_EQ(encode_header(record->header),
            Bytes(record->header_bytes.begin(), record->header_bytes.end()));
  const LedgerHead& head = ledger.machine().head();
  const auto path = reader.inclusion_proof(index, head.size());
  ASSERT_TRUE(path.has_value());
  EXPECT_TRUE(crypto::verify_inclusion(
      number(index), head.size(), crypto::leaf_hash(*bytes), *path, head.tree.root()));
}

void expect_replay_gives_the_same_rows(TestLedger& ledger) {
  DerivedRows replayed(make_memory_row_store());
  LedgerSet set(replayed, catalogue());
  const Outcome done = set.catch_up(
      ledger.journal(), [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  const auto expected = every_row(replayed);
  const auto found = every_row(ledger.rows());
  EXPECT_EQ(found.size(), expected.size());
  for (const auto& [key, value] : expected) {
    const auto row = found.find(key);
    ASSERT_TRUE(row != found.end()) << "table " << int{key.front()};
    ASSERT_EQ(row->second, value) << "table " << int{key.front()} << " " << key.substr(3);
  }
}

}  // namespace juanzong::testing
