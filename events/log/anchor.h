// SPDX-License-Identifier: Apache-2.0
// Anchor: a small file outside log/ that remembers how far the journal was when the last reply
// left, because a database cannot see from inside that its tail is gone (an old copy put back, a
// write-ahead log deleted). Preallocated 1,024 bytes, two slots of 512 written in turn by pwrite,
// never renamed (docs/FORMATS.md, section 7):
//   "JZAN" ‖ format u32 = 1 ‖ generation u64 ‖ next position u64 ‖ tip 32 ‖
//   SHA-256 of the bytes before, zeros to 512
// Exact after the death of the process; at most 100 ms old after a power loss, and old is
// harmless: a journal at or past the anchor passes if the tip before its position matches.
#pragma once

#include "events/log/journal.h"
#include "events/model/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace juanzong {

class Anchor {
 public:
  // Creates the file with one slot for an empty journal; io_failure if it exists.
  [[nodiscard]] static Result<std::unique_ptr<Anchor>> create(const std::filesystem::path& file);
  // corruption if no slot is valid.
  [[nodiscard]] static Result<std::unique_ptr<Anchor>> open(const std::filesystem::path& file);

  Anchor(const Anchor&) = delete;
  Anchor& operator=(const Anchor&) = delete;
  ~Anchor();

  [[nodiscard]] JournalHead newest() const { return newest_; }
  // Written after the journal synced and before any reply leaves. False: stop the process.
  [[nodiscard]] bool write(const JournalHead& head);
  // fdatasync; called by a timer at most 100 ms after a write, and at exit.
  [[nodiscard]] bool sync();

 private:
  Anchor(int descriptor, std::uint64_t generation, JournalHead newest);
  int descriptor_;
  std::uint64_t generation_;
  JournalHead newest_;
};

// Whether the journal holds everything that the anchor saw. ledger_behind_anchor (exit 78) if it
// ends earlier or another frame stands at the anchored position.
[[nodiscard]] Outcome check_against_anchor(const Journal& journal, const JournalHead& anchored);

}  // namespace juanzong
