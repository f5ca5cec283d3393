// SPDX-License-Identifier: Apache-2.0
// Damage to the embedded journal: nothing that the anchor saw is ever lost silently. Every case
// must end refused, with the folder as it was found, or opened with all anchored frames.
#include "events/storage/journal_database.h"
#include "events/storage/rocksdb_journal.h"

#include "tests/events/storage/journal_folder.h"
#include "tests/support/fixed_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <unistd.h>
#include <vector>

namespace juanzong {
namespace {

namespace fs = std::filesystem;
using testing::append_all;
using testing::content_of;
using testing::expect_prefix;
using testing::FixedRandom;
using testing::put_content;
using testing::replace_folder;
using testing::wal_of;

constexpr std::size_t frame_count = 6;
constexpr std::size_t anchored_count = 3;
constexpr int flips = 200;

class JournalDamage : public ::testing::Test {
 protected:
  void SetUp() override { make({1, 1, 1, 1, 1, 1}, 64); }

  // A pristine journal whose frames all lie in one write-ahead log.
  void make(const std::vector<std::size_t>& records, std::size_t record_bytes) {
    fs::remove_all(pristine());
    known_ = {};
    testing::FrameWriter writer;
    const auto journal = create_rocksdb_journal(pristine());
    ASSERT_TRUE(journal);
    for (const std::size_t count : records) {
      append_all(**journal, known_, {writer.next(count, record_bytes)});
    }
    next_ = writer.next();
  }
  fs::path pristine() const { return folder_.path() / "pristine"; }
  fs::path victim() const { return folder_.path() / "log"; }

  // A fresh copy, its write-ahead log replaced; answers the path of that log.
  fs::path copy_with_wal(ByteView wal) const {
    replace_folder(pristine(), victim());
    const fs::path file = wal_of(victim());
    put_content(file, wal);
    return file;
  }

  static std::vector<std::string> names_in(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  enum class End { refused, opened, salvaged };

  // Opens the victim against the anchor and holds the promise.
  End judge(const JournalHead& anchored) const {
    const fs::path wal = wal_of(victim());
    const Bytes before = wal.empty() ? Bytes{} : content_of(wal);
    const std::vector<std::string> names = names_in(victim());
    const auto opened = open_rocksdb_journal(victim(), anchored);
    if (!opened) {
      const ErrorCode code = opened.error().code;
      EXPECT_TRUE(code == ErrorCode::corruption || code == ErrorCode::ledger_behind_anchor)
          << to_text(opened.error());
      EXPECT_TRUE(wal.empty() || content_of(wal) == before) << "a refused folder was changed";
      EXPECT_EQ(names_in(victim()), names);
      EXPECT_FALSE(fs::exists(victim().string() + ".salvage"));
      return End::refused;
    }
    EXPECT_GE(expect_prefix(*opened->journal, known_), anchored.next_position);
    if (!opened->recovery) {
      return End::opened;
    }
    const fs::path evidence(opened->recovery->evidence_directory);
    EXPECT_EQ(content_of(evidence / wal.filename()), before);
    EXPECT_EQ(opened->recovery->log_bytes, before.size());
    EXPECT_EQ(opened->recovery->anchored_next_position, anchored.next_position);
    EXPECT_EQ(opened->recovery->recovered_next_position, opened->journal->head().next_position);
    fs::remove_all(evidence);
    return End::salvaged;
  }

  testing::KnownFrames known_;
  Frame next_;

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(JournalDamage, CutAtEveryByteNeverLosesAnAnchoredFrame) {
  const Bytes wal = content_of(wal_of(pristine()));
  std::size_t opened = 0;
  std::size_t refused = 0;
  for (std::size_t size = 0; size < wal.size(); ++size) {
    copy_with_wal(ByteView(wal).first(size));
    const End end = judge(known_.heads[anchored_count]);
    ++(end == End::refused ? refused : opened);
    ASSERT_FALSE(HasFailure()) << "cut at " << size;
  }
  EXPECT_GT(opened, wal.size() / 4);
  EXPECT_GT(refused, wal.size() / 4);
}

TEST_F(JournalDamage, CutAnywhereIsRefusedWhenEverythingWasAnchored) {
  const Bytes wal = content_of(wal_of(pristine()));
  for (std::size_t size = 0; size < wal.size(); size += 7) {
    copy_with_wal(ByteView(wal).first(size));
    ASSERT_EQ(judge(known_.heads[frame_count]), End::refused) << size;
  }
}

TEST_F(JournalDamage, ADeletedLogIsRefused) {
  replace_folder(pristine(), victim());
  fs::remove(wal_of(victim()));
  EXPECT_EQ(open_rocksdb_journal(victim(), known_.heads[1]).error().code,
            ErrorCode::ledger_behind_anchor);
}

TEST_F(JournalDamage, ADeletedFolderIsRefused) {
  EXPECT_EQ(open_rocksdb_journal(victim(), known_.heads[1]).error().code,
            ErrorCode::ledger_behind_anchor);
}

TEST_F(JournalDamage, AnOldCopyPutBackIsRefused) {
  replace_folder(pristine(), victim());
  {
    const auto opened = open_rocksdb_journal(victim(), known_.heads.back());
    ASSERT_TRUE(opened);
    append_all(*opened->journal, known_, {next_});
  }
  replace_folder(pristine(), victim());
  EXPECT_EQ(open_rocksdb_journal(victim(), known_.heads.back()).error().code,
            ErrorCode::ledger_behind_anchor);
}

TEST_F(JournalDamage, AnotherHistoryOfTheSameLengthIsRefused) {
  const JournalHead anchored = known_.heads.back();
  make({1, 1, 1, 1, 1, 1}, 72);
  replace_folder(pristine(), victim());
  ASSERT_EQ(known_.heads.back().next_position, anchored.next_position);
  EXPECT_EQ(open_rocksdb_journal(victim(), anchored).error().code, ErrorCode::ledger_behind_anchor);
}

TEST_F(JournalDamage, FlippedBitsNeverShortenTheJournalBelowTheAnchor) {
  const Bytes wal = content_of(wal_of(pristine()));
  FixedRandom random(20'260'305);
  std::size_t refused = 0;
  std::size_t kept = 0;
  for (int round = 0; round < flips; ++round) {
    Bytes damaged = wal;
    const std::uint64_t at = random.below(wal.size());
    damaged[at] ^= static_cast<std::uint8_t>(1U << random.below(8));
    copy_with_wal(damaged);
    const End end = judge(known_.heads[anchored_count]);
    ++(end == End::refused ? refused : kept);
    ASSERT_FALSE(HasFailure()) << "flip at " << at;
    copy_with_wal(damaged);
    ASSERT_EQ(judge(known_.heads[frame_count]), End::refused) << "flip at " << at;
  }
  EXPECT_GT(refused, flips / 4U);
  EXPECT_GT(kept, flips / 4U);
}

// The control: what RocksDB's default mode does to the same flips when no anchor is asked. If this
// ever fails, the test above proves nothing.
TEST_F(JournalDamage, WithoutModeAndAnchorTheSameFlipsLoseFramesSilently) {
  const Bytes wal = content_of(wal_of(pristine()));
  FixedRandom random(20'260'305);
  int silently_shorter = 0;
  for (int round = 0; round < flips; ++round) {
    Bytes damaged = wal;
    const std::uint64_t at = random.below(wal.size());
    damaged[at] ^= static_cast<std::uint8_t>(1U << random.below(8));
    copy_with_wal(damaged);
    const auto database = open_database(victim(), JournalOpening::write_salvaged);
    const auto head = database ? read_head(**database) : Result<StoredHead>(StoredHead{});
    const bool shorter = database && head && head->head.next_position < frame_count;
    silently_shorter += shorter ? 1 : 0;
  }
  EXPECT_GT(silently_shorter, flips * 9 / 10);
}

TEST_F(JournalDamage, ATornLargeFrameBehindTheAnchorIsCutOffAndKeptAsEvidence) {
  make({1, 1, 1, 1'000}, 304);
  const Bytes wal = content_of(wal_of(pristine()));
  ASSERT_GT(wal.size(), 5U * 32'768);
  Bytes torn = wal;
  std::fill_n(torn.begin() + 2 * 32'768 + 100, 4'096, std::uint8_t{0});  // a page not written
  copy_with_wal(torn);
  fs::create_directory(victim().string() + ".salvage");  // left over from a crash
  put_content(victim().string() + ".salvage/000009.sst", bytes_of("stale"));
  ASSERT_EQ(judge(known_.heads[3]), End::salvaged);
  {
    const auto again = open_rocksdb_journal(victim(), known_.heads[3]);
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_TRUE(again->recovery.has_value()) << "not on record yet, so not forgotten";
    EXPECT_TRUE(forget_recovery(victim()).has_value());
    EXPECT_TRUE(forget_recovery(victim()).has_value()) << "once more does no harm";
    EXPECT_EQ(again->journal->head(), known_.heads[3]);
    EXPECT_EQ(again->journal->append(known_.frames[3]), AppendOutcome::ok);
  }
  copy_with_wal(torn);
  EXPECT_EQ(judge(known_.heads[4]), End::refused);
}

TEST_F(JournalDamage, ASalvagedJournalGoesOnFromItsHead) {
  Bytes wal = content_of(wal_of(pristine()));
  wal[wal.size() / 4 * 3] ^= 0x10;
  copy_with_wal(wal);
  const auto opened = open_rocksdb_journal(victim(), known_.heads[anchored_count]);
  ASSERT_TRUE(opened) << to_text(opened.error());
  ASSERT_TRUE(opened->recovery.has_value());
  const std::uint64_t kept = opened->journal->head().next_position;
  ASSERT_LT(kept, frame_count);
  for (std::size_t i = kept; i < frame_count; ++i) {
    EXPECT_EQ(opened->journal->append(known_.frames[i]), AppendOutcome::ok);
  }
  EXPECT_EQ(expect_prefix(*opened->journal, known_), frame_count);
}

// After a reopening the frames lie in a table; damage there must show or change nothing.
TEST_F(JournalDamage, FlippedBitsInATableAreNoticedOrHarmless) {
  ASSERT_TRUE(open_rocksdb_journal(pristine(), known_.heads.back()));
  fs::path table;
  for (const auto& entry : fs::directory_iterator(pristine())) {
    table = entry.path().extension() == ".sst" ? entry.path() : table;
  }
  ASSERT_FALSE(table.empty());
  const Bytes bytes = content_of(table);
  FixedRandom random(20'260'306);
  int noticed = 0;
  for (int round = 0; round < 150; ++round) {
    replace_folder(pristine(), victim());
    Bytes damaged = bytes;
    damaged[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
    put_content(victim() / table.filename(), damaged);
    const auto opened = open_rocksdb_journal(victim(), known_.heads.back());
    const auto frames = opened ? testing::read_frames(*opened->journal)
                               : Result<std::vector<Frame>>(fail(opened.error()));
    if (frames) {
      ASSERT_EQ(expect_prefix(*opened->journal, known_), frame_count);
    } else {
      ASSERT_EQ(frames.error().code, ErrorCode::corruption) << to_text(frames.error());
      ++noticed;
    }
  }
  EXPECT_GT(noticed, 100);
}

// RocksDB 7.8.3 can skip keys after a read error in a lower level: a hole must stop the reader.
TEST_F(JournalDamage, AHoleOrAStrangerAmongTheKeysStopsTheReader) {
  for (const ChunkKey& lost : {ChunkKey{2, 0}, ChunkKey{2, 1}, ChunkKey{0, 0}}) {
    replace_folder(pristine(), victim());
    {
      const auto database = open_database(victim(), JournalOpening::write);
      ASSERT_TRUE(database);
      const auto key = lost.encode();
      ASSERT_TRUE((*database)
                      ->Delete(rocksdb::WriteOptions(), rocksdb::Slice(key.data(), key.size()))
                      .ok());
    }
    const auto journal = open_rocksdb_journal_read_only(victim());
    ASSERT_TRUE(journal);
    const auto frames = testing::read_frames(**journal);
    ASSERT_FALSE(frames);
    EXPECT_EQ(frames.error().code, ErrorCode::corruption);
  }
}

}  // namespace
}  // namespace juanzong
