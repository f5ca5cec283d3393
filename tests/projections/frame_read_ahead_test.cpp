// SPDX-License-Identifier: Apache-2.0
// Reading ahead gives what a cursor gives, in order; damage comes after all that is whole, and a
// reader may go away at any moment.
#include "projections/state/frame_read_ahead.h"

#include "crypto/merkle_tree.h"

#include "tests/support/test_ledger.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

void append_units(TestLedger& ledger, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string room = std::to_string(1'000 + i);
    ledger.must_append("ARC",
                       "UnitRegistered",
                       R"({"unit":"1-1-)" + room +
                           R"(","building":"1","entrance":"1","floor":1,"number":")" + room +
                           "\"}");
  }
}

TEST(FrameReadAhead, GivesEveryRecordWithItsLeaf) {
  TestLedger ledger;
  append_units(ledger, 30);
  FrameReadAhead frames(ledger.journal(), 0);
  std::uint64_t records = 0;
  std::uint64_t position = 0;
  while (true) {
    const FrameReadAhead::Next next = frames.next();
    ASSERT_TRUE(next) << to_text(next.error());
    if (!next->has_value()) {
      break;
    }
    EXPECT_EQ((*next)->frame.head.position, position++);
    for (const std::vector<ReadyRecord>& batch : (*next)->batches) {
      for (const ReadyRecord& record : batch) {
        EXPECT_EQ(record.view.index, RecordIndex{records++});
        EXPECT_EQ(record.leaf, crypto::leaf_hash(record.view.bytes));
      }
    }
  }
  EXPECT_EQ(position, ledger.journal().head().next_position);
  EXPECT_GT(records, 30U);
  EXPECT_FALSE(frames.next()->has_value()) << "the end stays the end";
}

TEST(FrameReadAhead, TellsOfDamageAfterAllThatIsWhole) {
  TestLedger ledger;
  append_units(ledger, 5);
  MemoryJournal damaged;
  const auto cursor = ledger.journal().tail(0);
  std::uint64_t whole = 0;
  while (auto frame = *cursor->next()) {
    const bool is_last = frame->head.position + 2 == ledger.journal().head().next_position;
    if (is_last) {
      frame->chunks[1].front() ^= 0xFF;  // the kind of the chunk
    }
    ASSERT_EQ(damaged.append(*frame), AppendOutcome::ok);
    if (is_last) {
      break;
    }
    ++whole;
  }
  FrameReadAhead frames(damaged, 0);
  for (std::uint64_t i = 0; i < whole; ++i) {
    ASSERT_TRUE(frames.next()) << i;
  }
  for (int again = 0; again < 2; ++again) {
    const FrameReadAhead::Next next = frames.next();
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().code, ErrorCode::corruption);
    EXPECT_TRUE(next.error().detail.starts_with("frame " + std::to_string(whole)))
        << next.error().detail;
  }
}

TEST(FrameReadAhead, MayBeLeftBeforeTheEnd) {
  TestLedger ledger;
  append_units(ledger, 100);
  for (int taken = 0; taken < 3; ++taken) {
    FrameReadAhead frames(ledger.journal(), 0);
    for (int i = 0; i < taken; ++i) {
      ASSERT_TRUE(frames.next());
    }
  }
}

}  // namespace
}  // namespace juanzong::testing
