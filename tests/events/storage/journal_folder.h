// SPDX-License-Identifier: Apache-2.0
// A small journal on disk with known frames, and ways to damage its write-ahead log.
#pragma once

#include "events/log/journal.h"
#include "events/storage/durable_file.h"
#include "events/storage/rocksdb_journal.h"

#include "tests/support/frame_writer.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace juanzong::testing {

inline constexpr std::size_t any_size = std::size_t{1} << 30U;

inline Bytes content_of(const std::filesystem::path& file) {
  const auto bytes = read_file(file, any_size);
  EXPECT_TRUE(bytes) << file;
  return bytes ? *bytes : Bytes{};
}

inline void put_content(const std::filesystem::path& file, ByteView bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text_of(bytes);
}

// The write-ahead log; a young journal has exactly one.
inline std::filesystem::path wal_of(const std::filesystem::path& directory) {
  std::filesystem::path found;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) {
      EXPECT_TRUE(found.empty()) << "more than one write-ahead log";
      found = entry.path();
    }
  }
  return found;
}

inline void replace_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

// Frames that were appended, and the heads after each: heads[n] is the head of n frames.
struct KnownFrames {
  std::vector<Frame> frames;
  std::vector<JournalHead> heads{JournalHead{}};
};

inline void append_all(Journal& journal, KnownFrames& known, const std::vector<Frame>& frames) {
  for (const Frame& frame : frames) {
    ASSERT_EQ(journal.append(frame), AppendOutcome::ok);
    known.frames.push_back(frame);
    known.heads.push_back(journal.head());
  }
}

// All frames of the journal from `from`, or the first error.
inline Result<std::vector<Frame>> read_frames(const Journal& journal, std::uint64_t from = 0) {
  std::vector<Frame> frames;
  const auto cursor = journal.tail(from);
  for (;;) {
    auto frame = cursor->next();
    if (!frame) {
      return fail(frame.error());
    }
    if (!frame->has_value()) {
      return frames;
    }
    if (const Outcome checked = check_frame((*frame)->chunks); !checked) {
      return fail(checked.error());
    }
    frames.push_back(std::move(**frame));
  }
}

// What a reader sees is the beginning of what was appended; answers how many frames.
inline std::size_t expect_prefix(const Journal& journal, const KnownFrames& known) {
  const auto frames = read_frames(journal);
  EXPECT_TRUE(frames) << (frames ? "" : to_text(frames.error()));
  if (!frames || frames->size() > known.frames.size()) {
    ADD_FAILURE() << "not a prefix";
    return 0;
  }
  for (std::size_t i = 0; i < frames->size(); ++i) {
    EXPECT_EQ((*frames)[i].chunks, known.frames[i].chunks) << i;
  }
  EXPECT_EQ(journal.head(), known.heads[frames->size()]);
  return frames->size();
}

}  // namespace juanzong::testing
