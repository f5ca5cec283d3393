// SPDX-License-Identifier: Apache-2.0
// The journal verifier over frames of two ledgers: what it answers, and the first fault of each
// kind.
#include "events/log/journal_verifier.h"

#include "events/storage/memory_row_store.h"

#include "tests/support/further_ledger.h"
#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class JournalVerifierTest : public ::testing::Test {
 protected:
  JournalVerifierTest() {
    for (int i = 0; i < 3; ++i) {
      t.must_append("ARC", "UnitRegistered", unit_body(i));
    }
    DerivedRows rows(make_memory_row_store());
    LedgerSet ledgers(rows, catalogue());
    auto batch = found_ledger(
        ledgers, founding_of("annex", second_origin), {crypto::PrivateKey::generate()}, t.now());
    EXPECT_TRUE(batch.has_value());
    static_cast<void>(append_founding(t.journal(), std::move(*batch)));
    t.must_append("ARC", "UnitRegistered", unit_body(3));
    const auto cursor = t.journal().tail(0);
    for (auto frame = cursor->next(); frame && frame->has_value(); frame = cursor->next()) {
      frames.push_back(**frame);
    }
  }

  // "" or what is wrong.
  static std::string verify(const std::vector<Frame>& frames, JournalVerifierOptions options = {}) {
    JournalVerifier verifier(std::move(options));
    for (const Frame& frame : frames) {
      if (const Outcome added = verifier.add(frame); !added) {
        return to_text(added.error());
      }
    }
    const Outcome finished = verifier.finish();
    return finished ? "" : to_text(finished.error());
  }

  // The last frame of the first ledger with another header.
  std::string with_last_batch(const std::function<void(LedgerBatch&)>& change) {
    const ParsedFrameHeader header = *parse_frame_header(frames.back().chunks.front());
    const BatchHead& head = header.batches.front();
    LedgerBatch batch;
    batch.ledger = head.ledger;
    batch.first = head.first;
    batch.prev_leaf = head.prev_leaf;
    batch.last_leaf = head.last_leaf;
    batch.tree_size = head.tree_size;
    batch.root = head.root;
    batch.state_digest = head.state_digest;
    batch.apply_version = head.apply_version;
    const RecordChunk records = *parse_record_chunk(frames.back().chunks.at(1));
    for (const ByteView record : records.records) {
      batch.records.emplace_back(record.begin(), record.end());
    }
    change(batch);
    std::vector<Frame> changed = frames;
    changed.back() = seal_frame(header.head, {batch});
    return verify(changed);
  }

  static constexpr const char* second_origin = "test.example/annex";
  const LedgerId second_id = ledger_id_of(second_origin);
  TestLedger t;
  std::vector<Frame> frames;
};

TEST_F(JournalVerifierTest, AnswersEveryLedgersSizeAndRoots) {
  JournalVerifierOptions options;
  options.watched_sizes = {4, 1};
  JournalVerifier verifier(options);
  const auto cursor = t.journal().tail(0);
  ASSERT_TRUE(verify_frames(*cursor, t.journal().head(), verifier, {}));
  const auto ledgers = verifier.ledgers();
  ASSERT_EQ(ledgers.size(), 2U);
  const LogVerification& first = ledgers.at(ledger_id_of(TestLedger::origin));
  crypto::CompactRange tree;
  for (const Bytes& record : records_of(t)) {
    tree.append(crypto::leaf_hash(record));
    if (tree.size() == 4) {
      EXPECT_EQ(first.roots.at(4), tree.root());
    }
  }
  EXPECT_EQ(first.size, tree.size());
  EXPECT_EQ(first.root, tree.root());
  EXPECT_EQ(first.roots.size(), 2U) << "of the watched sizes only";
  EXPECT_EQ(ledgers.at(second_id).origin, second_origin);
  EXPECT_EQ(verifier.head(), t.journal().head());
}

TEST_F(JournalVerifierTest, NamesFramesThatAreMissingOrMoved) {
  EXPECT_EQ(verify(frames), "");
  std::vector<Frame> fewer = frames;
  fewer.erase(fewer.begin() + 2);
  EXPECT_THAT(verify(fewer), HasSubstr("frame 2"));
  std::vector<Frame> moved = frames;
  std::swap(moved[2], moved[3]);
  EXPECT_THAT(verify(moved), HasSubstr("frame 2"));
}

TEST_F(JournalVerifierTest, NamesAnAlteredRecordOfEitherLedger) {
  for (const std::size_t at : {std::size_t{2}, frames.size() - 2}) {
    std::vector<Frame> altered = frames;
    altered[at].chunks[1].back() ^= 1U;
    EXPECT_THAT(verify(altered), HasSubstr("record ")) << at;
  }
}

TEST_F(JournalVerifierTest, HoldsEveryBatchToTheRootThatItStates) {
  EXPECT_EQ(with_last_batch([](LedgerBatch&) {}), "");
  EXPECT_THAT(with_last_batch([](LedgerBatch& batch) { batch.root.bytes[0] ^= 1U; }),
              HasSubstr("another root"));
}

TEST_F(JournalVerifierTest, EndsAtTheHeadThatIsWanted) {
  JournalHead beyond = t.journal().head();
  ++beyond.next_position;
  JournalHead other = t.journal().head();
  other.tip.bytes[0] ^= 1U;
  for (const JournalHead& end : {beyond, other}) {
    JournalVerifier verifier(JournalVerifierOptions{});
    const auto cursor = t.journal().tail(0);
    const Outcome verified = verify_frames(*cursor, end, verifier, {});
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, ErrorCode::ledger_behind_anchor);
  }
}

}  // namespace
}  // namespace juanzong::testing
