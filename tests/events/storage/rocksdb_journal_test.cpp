// SPDX-License-Identifier: Apache-2.0
#include "events/storage/rocksdb_journal.h"

#include "tests/events/storage/journal_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace juanzong {
namespace {

using testing::append_all;
using testing::expect_prefix;
using testing::FrameWriter;
using testing::KnownFrames;
using testing::read_frames;

class RocksdbJournal : public ::testing::Test {
 protected:
  std::filesystem::path directory() const { return folder_.path() / "log"; }

  std::unique_ptr<Journal> create() const {
    auto journal = create_rocksdb_journal(directory());
    EXPECT_TRUE(journal) << (journal ? "" : to_text(journal.error()));
    return std::move(*journal);
  }
  Result<OpenedJournal> open(const JournalHead& anchored = {}) const {
    return open_rocksdb_journal(directory(), anchored);
  }

  FrameWriter writer_;
  KnownFrames known_;

 private:
  testing::TemporaryFolder folder_;
};

// Runs in a process of its own, because RocksDB's lock and resource limits belong to a process.
int in_child(const std::function<int()>& run) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(run());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

TEST_F(RocksdbJournal, KeepsFramesAcrossReopening) {
  {
    const auto journal = create();
    EXPECT_EQ(journal->head(), JournalHead{});
    append_all(*journal, known_, {writer_.next(1), writer_.next(300), writer_.next(7)});
    EXPECT_EQ(journal->head(), writer_.head());
    EXPECT_EQ(expect_prefix(*journal, known_), 3U);
  }
  for (int round = 0; round < 3; ++round) {
    const auto opened = open(known_.heads.back());
    ASSERT_TRUE(opened) << to_text(opened.error());
    EXPECT_FALSE(opened->recovery.has_value());
    EXPECT_EQ(expect_prefix(*opened->journal, known_), known_.frames.size());
    append_all(*opened->journal, known_, {writer_.next(2)});
  }
}

TEST_F(RocksdbJournal, IsNeitherMadeTwiceNorOpenedWhenMissing) {
  EXPECT_EQ(open().error().code, ErrorCode::not_found);
  EXPECT_EQ(open({3, {}}).error().code, ErrorCode::ledger_behind_anchor);
  EXPECT_EQ(open_rocksdb_journal_read_only(directory()).error().code, ErrorCode::not_found);
  create();
  EXPECT_FALSE(create_rocksdb_journal(directory()));
}

TEST_F(RocksdbJournal, RefusesAFrameThatDoesNotFollow) {
  const auto journal = create();
  const Frame first = writer_.next();
  const Frame second = writer_.next();
  EXPECT_EQ(journal->append(second), AppendOutcome::conflict);
  append_all(*journal, known_, {first});
  EXPECT_EQ(journal->append(first), AppendOutcome::conflict);
  FrameHead other = second.head;
  other.prev_tip.bytes[0] ^= 1;
  EXPECT_EQ(journal->append(seal_frame(other, {})), AppendOutcome::conflict);
  append_all(*journal, known_, {second});
  EXPECT_EQ(expect_prefix(*journal, known_), 2U);
  EXPECT_EQ(journal->resolve(second)->next_position, 2U);
}

TEST_F(RocksdbJournal, FencesAnOlderEpochAlsoAfterReopening) {
  writer_.epoch = 5;
  append_all(*create(), known_, {writer_.next()});
  const auto opened = open(known_.heads.back());
  ASSERT_TRUE(opened);
  writer_.epoch = 4;
  EXPECT_EQ(opened->journal->append(writer_.next()), AppendOutcome::fenced);
  EXPECT_EQ(expect_prefix(*opened->journal, known_), 1U);
}

TEST_F(RocksdbJournal, GivesSingleChunks) {
  const auto journal = create();
  append_all(*journal, known_, {writer_.next(), writer_.next(300)});
  const Frame& frame = known_.frames[1];
  for (std::uint16_t i = 0; i < frame.chunks.size(); ++i) {
    EXPECT_EQ(*journal->chunk(1, i), frame.chunks[i]);
  }
  const auto beyond = static_cast<std::uint16_t>(frame.chunks.size());
  EXPECT_EQ(journal->chunk(1, beyond).error().code, ErrorCode::not_found);
  EXPECT_EQ(journal->chunk(2, 0).error().code, ErrorCode::not_found);
}

TEST_F(RocksdbJournal, ACursorStartsAnywhereAndGoesOnWhenTheJournalGrows) {
  const auto journal = create();
  append_all(*journal, known_, {writer_.next(), writer_.next(), writer_.next()});
  EXPECT_EQ(read_frames(*journal, 2)->size(), 1U);
  EXPECT_EQ(read_frames(*journal, 3)->size(), 0U);
  const auto cursor = journal->tail(1);
  EXPECT_EQ((*cursor->next())->head.position, 1U);
  EXPECT_EQ((*cursor->next())->head.position, 2U);
  EXPECT_FALSE(*cursor->next());
  append_all(*journal, known_, {writer_.next(200), writer_.next()});
  EXPECT_EQ((*cursor->next())->head.position, 3U);
  EXPECT_EQ((*cursor->next())->head.position, 4U);
  EXPECT_FALSE(*cursor->next());
}

TEST_F(RocksdbJournal, IsReadWhileItIsWritten) {
  const auto journal = create();
  constexpr std::size_t frames = 200;
  std::size_t seen = 0;
  std::thread reader([&] {
    const auto cursor = journal->tail(0);
    while (seen < frames) {
      const auto frame = cursor->next();
      ASSERT_TRUE(frame);
      seen += frame->has_value() ? 1 : 0;
    }
  });
  for (std::size_t i = 0; i < frames; ++i) {
    EXPECT_EQ(journal->append(writer_.next(3)), AppendOutcome::ok);
  }
  reader.join();
  EXPECT_EQ(seen, frames);
}

TEST_F(RocksdbJournal, ASecondOpenerIsTurnedAway) {
  const auto journal = create();
  append_all(*journal, known_, {writer_.next()});
  EXPECT_EQ(open().error().code, ErrorCode::already_running);
  const int code = in_child([this] { return static_cast<int>(open().error().code); });
  EXPECT_EQ(code, static_cast<int>(ErrorCode::already_running));
}

TEST_F(RocksdbJournal, AReadOnlyOpenerSeesWhatIsDurableBesideTheWriter) {
  const auto journal = create();
  append_all(*journal, known_, {writer_.next(), writer_.next(300)});
  const auto reader = open_rocksdb_journal_read_only(directory());
  ASSERT_TRUE(reader) << to_text(reader.error());
  EXPECT_EQ(expect_prefix(**reader, known_), 2U);
  const Frame third = writer_.next();
  EXPECT_EQ((*reader)->append(third), AppendOutcome::unavailable);
  append_all(*journal, known_, {third});
  EXPECT_EQ((*reader)->head().next_position, 2U);  // as it was when it opened
  EXPECT_EQ(expect_prefix(**open_rocksdb_journal_read_only(directory()), known_), 3U);
}

// A file size limit makes the write-ahead log fail as a bad disk would.
TEST_F(RocksdbJournal, TheFirstFailedWriteIsUnknownAndTheLast) {
  append_all(*create(), known_, {writer_.next(), writer_.next()});
  const int code = in_child([this] {
    const auto opened = open(known_.heads.back());
    if (!opened) {
      return 1;
    }
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{64UL * 1024, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const Frame large = writer_.next(1'000);
    if (opened->journal->append(large) != AppendOutcome::unknown) {
      return 2;
    }
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &none);  // RocksDB could go on now; the journal must not
    if (opened->journal->append(large) != AppendOutcome::unavailable) {
      return 3;
    }
    const auto resolved = opened->journal->resolve(large);
    if (resolved || resolved.error().code != ErrorCode::io_failure) {
      return 4;
    }
    return opened->journal->head() == known_.heads.back() ? 0 : 5;
  });
  ASSERT_EQ(code, 0);
  const auto again = open(known_.heads.back());
  ASSERT_TRUE(again) << to_text(again.error());
  EXPECT_EQ(read_frames(*again->journal)->size(), 2U);
}

// The process ends without closing anything, as by SIGKILL.
TEST_F(RocksdbJournal, AcknowledgedFramesSurviveTheDeathOfTheProcess) {
  create();
  for (int round = 0; round < 10; ++round) {
    const std::vector<Frame> frames{writer_.next(3), writer_.next(40)};
    const int code = in_child([&] {
      auto opened = open(known_.heads.back());
      bool fine = static_cast<bool>(opened);
      for (const Frame& frame : frames) {
        fine = fine && opened->journal->append(frame) == AppendOutcome::ok;
      }
      ::kill(::getpid(), fine ? SIGKILL : SIGABRT);
      return 0;
    });
    ASSERT_EQ(code, 255);
    for (const Frame& frame : frames) {
      known_.frames.push_back(frame);
      known_.heads.push_back({frame.head.position + 1, frame.tip});
    }
    const auto opened = open(known_.heads.back());
    ASSERT_TRUE(opened) << to_text(opened.error());
    ASSERT_EQ(expect_prefix(*opened->journal, known_), known_.frames.size());
  }
}

}  // namespace
}  // namespace juanzong
