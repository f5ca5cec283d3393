// SPDX-License-Identifier: Apache-2.0
// Several ledgers in one journal: founding the next one, and naming one of them.
#include "projections/state/ledger_list.h"

#include "events/log/record.h"
#include "events/model/limits.h"
#include "events/storage/memory_row_store.h"

#include "tests/support/further_ledger.h"
#include "tests/support/memory_journal.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class Ledgers : public ::testing::Test {
 protected:
  Result<LedgerBatch> found(const std::string& name, const std::string& origin) {
    return found_ledger(set_, founding_of(name, origin), {key_}, *parse_instant(opening_time));
  }
  void add(const std::string& name, const std::string& origin) {
    Result<LedgerBatch> batch = found(name, origin);
    ASSERT_TRUE(batch.has_value()) << to_text(batch.error());
    const Frame frame = append_founding(journal_, std::move(*batch));
    rows_.publish(set_.drain(frame, ++generation_), 3);
    set_.durable(generation_);
  }

  static constexpr const char* opening_time = "2025-01-02T08:00:00+08:00";
  const crypto::PrivateKey key_ = crypto::PrivateKey::generate();
  MemoryJournal journal_;
  DerivedRows rows_{make_memory_row_store()};
  LedgerSet set_{rows_, catalogue()};
  std::uint64_t generation_ = 0;
};

TEST_F(Ledgers, AreListedAsTheyWereFounded) {
  add("south", "test.example/south");
  add("north", "test.example/north");
  const auto list = list_ledgers(DerivedRows::Snapshot(rows_));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].head.name, "south");
  EXPECT_EQ(list[1].head.name, "north");
  EXPECT_EQ(list[1].head.origin, "test.example/north");
  EXPECT_EQ(list[1].head.size(), 3U);
  EXPECT_EQ(list[1].verifier_key, "test.example/north+key");
}

TEST_F(Ledgers, TheOnlyOneNeedsNoName) {
  add("south", "test.example/south");
  EXPECT_TRUE(find_ledger(DerivedRows::Snapshot(rows_), "").has_value());
  EXPECT_TRUE(find_ledger(DerivedRows::Snapshot(rows_), "south").has_value());
}

TEST_F(Ledgers, OneOfSeveralIsNamedOrTheAnswerListsThem) {
  add("south", "test.example/south");
  add("north", "test.example/north");
  const DerivedRows::Snapshot rows(rows_);
  EXPECT_EQ(*find_ledger(rows, "north"), LedgerOrdinal{1});
  const auto unnamed = find_ledger(rows, "");
  ASSERT_FALSE(unnamed.has_value());
  EXPECT_EQ(unnamed.error().code, ErrorCode::ledger_not_named);
  EXPECT_EQ(unnamed.error().detail, "south, north");
  const auto unknown = find_ledger(rows, "west");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, ErrorCode::unknown_ledger);
  EXPECT_THAT(unknown.error().detail, HasSubstr("south, north"));
}

TEST_F(Ledgers, ANameOrOriginIsGivenOnce) {
  add("south", "test.example/south");
  EXPECT_EQ(found("south", "test.example/other").error().code, ErrorCode::ledger_name_taken);
  EXPECT_EQ(found("other", "test.example/south").error().code, ErrorCode::ledger_origin_taken);
  EXPECT_EQ(found("..", "test.example/dots").error().code, ErrorCode::environment);
}

TEST_F(Ledgers, AreAtMostSoMany) {
  for (std::size_t i = 0; i < limits::ledgers_max; ++i) {
    set_.create(ledger_id_of("test.example/" + std::to_string(i)));
  }
  EXPECT_EQ(found("more", "test.example/more").error().code, ErrorCode::limit_exceeded);
}

TEST_F(Ledgers, AreFoldedFromTheJournalInTheSameOrder) {
  add("south", "test.example/south");
  add("north", "test.example/north");
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet set(rebuilt, catalogue());
  const Outcome done = set.catch_up(
      journal_, [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  EXPECT_EQ(*find_ledger(DerivedRows::Snapshot(rebuilt), "south"), LedgerOrdinal{0});
  EXPECT_EQ(*find_ledger(DerivedRows::Snapshot(rebuilt), "north"), LedgerOrdinal{1});
}

}  // namespace
}  // namespace juanzong::testing
