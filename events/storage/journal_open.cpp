// SPDX-License-Identifier: Apache-2.0
// Opening the embedded journal. Everything is judged on a read-only look first, under the lock, so
// that a refused folder stays exactly as it was found: a successful open for writing would replay
// the write-ahead log into tables and delete the evidence.
#include "events/log/anchor.h"
#include "events/log/frame.h"
#include "events/storage/durable_file.h"
#include "events/storage/journal_database.h"
#include "events/storage/journal_salvage.h"
#include "events/storage/rocksdb_journal.h"
#include "events/storage/rocksdb_settings.h"

#include <rocksdb/env.h>

#include <string>
#include <system_error>
#include <utility>

namespace juanzong {
namespace {

namespace fs = std::filesystem;

// RocksDB's own lock, held while we look and salvage; released before RocksDB takes it itself.
class DatabaseLock {
 public:
  explicit DatabaseLock(const fs::path& directory)
      : status_(rocksdb::Env::Default()->LockFile((directory / "LOCK").string(), &lock_)) {}
  DatabaseLock(const DatabaseLock&) = delete;
  DatabaseLock& operator=(const DatabaseLock&) = delete;
  ~DatabaseLock() { release(); }

  [[nodiscard]] const rocksdb::Status& status() const { return status_; }
  void release() {
    if (lock_ != nullptr) {
      rocksdb::Env::Default()->UnlockFile(lock_).PermitUncheckedError();
      lock_ = nullptr;
    }
  }

 private:
  rocksdb::FileLock* lock_ = nullptr;
  rocksdb::Status status_;
};

Result<std::unique_ptr<Journal>> open_as(const fs::path& directory, JournalOpening opening) {
  Result<DatabaseHandle> database = open_database(directory, opening);
  if (!database) {
    return fail(database.error());
  }
  const Result<StoredHead> stored = read_head(**database);
  if (!stored) {
    return fail(stored.error());
  }
  const bool writable = opening != JournalOpening::read_only;
  return make_rocksdb_journal(std::move(*database), *stored, writable);
}

// Walks what lies after the anchor: frames that nothing outside vouches for.
Outcome check_after_anchor(const Journal& journal, const JournalHead& anchored) {
  const auto cursor = journal.tail(anchored.next_position);
  for (;;) {
    const Result<std::optional<Frame>> frame = cursor->next();
    if (!frame) {
      return fail(frame.error());
    }
    if (!frame->has_value()) {
      return Done{};
    }
    if (const Outcome checked = check_frame((*frame)->chunks); !checked) {
      return checked;
    }
  }
}

Outcome check_all(const Journal& journal, const JournalHead& anchored) {
  const Outcome reached = check_against_anchor(journal, anchored);
  return reached ? check_after_anchor(journal, anchored) : reached;
}

// Looks without touching; salvages only what RocksDB calls damaged.
Outcome inspect(const fs::path& directory, const JournalHead& anchored) {
  const auto journal = open_as(directory, JournalOpening::read_only);
  if (journal) {
    return check_all(**journal, anchored);
  }
  if (journal.error().code != ErrorCode::corruption) {
    return fail(journal.error());
  }
  return salvage_journal(directory, anchored);
}

// A folder that is gone, or has no database in it, although the anchor saw frames in one.
Failure missing(const JournalHead& anchored) {
  return anchored.next_position > 0
             ? fail(ErrorCode::ledger_behind_anchor, "the journal is missing")
             : fail(ErrorCode::not_found, "the journal is missing");
}

}  // namespace

Result<OpenedJournal> open_rocksdb_journal(const fs::path& directory, const JournalHead& anchored) {
  std::error_code ignored;
  if (!fs::exists(directory / "CURRENT", ignored)) {
    return missing(anchored);
  }
  DatabaseLock lock(directory);
  if (!lock.status().ok()) {
    return failure_of(lock.status(), "locking the journal");
  }
  const Outcome inspected = inspect(directory, anchored);
  lock.release();
  if (!inspected) {
    return fail(inspected.error());
  }
  Result<std::optional<JournalRecovery>> recovery = read_recovery(directory);
  if (!recovery) {
    return fail(recovery.error());
  }
  auto journal = open_as(directory, JournalOpening::write);
  if (!journal) {
    return fail(journal.error());
  }
  if (const Outcome whole = check_against_anchor(**journal, anchored); !whole) {
    return fail(whole.error());
  }
  return OpenedJournal{std::move(*journal), std::move(*recovery)};
}

Result<std::unique_ptr<Journal>> create_rocksdb_journal(const fs::path& directory) {
  auto journal = open_as(directory, JournalOpening::create);
  if (!journal) {
    return journal;
  }
  // RocksDB syncs inside its folder; the folder's own entry is ours to make durable.
  const Outcome synced = sync_folder(directory.parent_path());
  return synced ? std::move(journal) : fail(synced.error());
}

Result<std::unique_ptr<Journal>> open_rocksdb_journal_read_only(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::exists(directory / "CURRENT", ignored)) {
    return fail(ErrorCode::not_found, "the journal is missing");
  }
  return open_as(directory, JournalOpening::read_only);
}

}  // namespace juanzong
