// SPDX-License-Identifier: Apache-2.0
// The embedded journal: RocksDB in DIR/log, write-ahead log and sync on every append, nothing
// derived in it. Any write error means "unknown": the process must stop, and the restart tells.
#pragma once

#include "events/log/journal.h"
#include "events/model/result.h"
#include "events/storage/journal_recovery.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace juanzong {

struct OpenedJournal {
  std::unique_ptr<Journal> journal;
  // A torn tail was cut off, now or at an earlier opening, and is not on record yet.
  std::optional<JournalRecovery> recovery;
};

// Opens for writing (RocksDB's lock file keeps a second server out: already_running). Refuses a
// damaged log, except a torn tail behind the anchor: then the write-ahead log is copied aside, the
// copy is opened in point-in-time mode, and accepted only if it reaches `anchored`.
[[nodiscard]] Result<OpenedJournal> open_rocksdb_journal(const std::filesystem::path& directory,
                                                         const JournalHead& anchored);
[[nodiscard]] Result<std::unique_ptr<Journal>> create_rocksdb_journal(
    const std::filesystem::path& directory);
// For offline tools: sees what was durable when it opened; never writes.
[[nodiscard]] Result<std::unique_ptr<Journal>> open_rocksdb_journal_read_only(
    const std::filesystem::path& directory);

}  // namespace juanzong
