// SPDX-License-Identifier: Apache-2.0
#include "events/storage/journal_salvage.h"

#include "events/log/anchor.h"
#include "events/storage/durable_file.h"
#include "events/storage/journal_database.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace juanzong {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& directory, const std::string& suffix) {
  return directory.string() + suffix;
}

Result<std::vector<fs::path>> files_of(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(directory, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    if (at->is_regular_file()) {
      files.push_back(at->path());
    }
  }
  if (error) {
    return fail(ErrorCode::io_failure, "listing the journal: " + error.message());
  }
  return files;
}

Outcome make_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::create_directory(folder, error)) {
    return fail(ErrorCode::io_failure, folder.filename().string() + ": cannot be created");
  }
  return Done{};
}

// Tables never change once written: a link is enough, and a copy of all would not fit the disk.
Outcome copy_or_link(const fs::path& from, const fs::path& to) {
  if (from.extension() == ".sst" && ::link(from.c_str(), to.c_str()) == 0) {
    return Done{};
  }
  return copy_file_synced(from, to);
}

bool belongs_to_data(const fs::path& file) {
  const std::string name = file.filename().string();
  return name != "LOCK" && !name.starts_with("LOG");
}

Outcome copy_journal(const fs::path& from, const fs::path& to) {
  const Result<std::vector<fs::path>> files = files_of(from);
  if (!files) {
    return fail(files.error());
  }
  if (Outcome made = make_folder(to); !made) {
    return made;
  }
  for (const fs::path& file : *files) {
    if (!belongs_to_data(file)) {
      continue;
    }
    if (Outcome copied = copy_or_link(file, to / file.filename()); !copied) {
      return copied;
    }
  }
  return sync_folder(to);
}

// Fills in where the write-ahead log as found is kept, and how much it is.
Outcome keep_evidence(const fs::path& directory, JournalRecovery& recovery) {
  fs::path evidence;
  for (int n = 1; evidence.empty() || fs::exists(evidence); ++n) {
    evidence = beside(directory, ".evidence-" + std::to_string(n));
  }
  const Result<std::vector<fs::path>> files = files_of(directory);
  if (!files) {
    return fail(files.error());
  }
  if (Outcome made = make_folder(evidence); !made) {
    return made;
  }
  for (const fs::path& file : *files) {
    if (file.extension() != ".log") {
      continue;
    }
    if (Outcome copied = copy_file_synced(file, evidence / file.filename()); !copied) {
      return copied;
    }
    std::error_code unknown;
    const std::uintmax_t size = fs::file_size(evidence / file.filename(), unknown);
    recovery.log_bytes += unknown ? 0 : size;
  }
  recovery.evidence_directory = evidence.string();
  return sync_folder(evidence);
}

// Opens the copy, drops what follows the damage, and answers where it now ends.
Result<JournalHead> cut_damage(const fs::path& copy, const JournalHead& anchored) {
  Result<DatabaseHandle> database = open_database(copy, JournalOpening::write_salvaged);
  if (!database) {
    return fail(ErrorCode::corruption, "salvage: " + database.error().detail);
  }
  const Result<StoredHead> stored = read_head(**database);
  if (!stored) {
    return fail(stored.error());
  }
  const auto journal = make_rocksdb_journal(std::move(*database), *stored, false);
  if (const Outcome reached = check_against_anchor(*journal, anchored); !reached) {
    return fail(reached.error());
  }
  return journal->head();
}

// The copy must now open in the strict mode, to the same head, and be wholly on disk.
Outcome check_copy(const fs::path& copy, const JournalHead& expected) {
  Result<DatabaseHandle> database = open_database(copy, JournalOpening::read_only);
  if (!database) {
    return fail(database.error());
  }
  const Result<StoredHead> stored = read_head(**database);
  if (!stored) {
    return fail(stored.error());
  }
  return stored->head == expected ? sync_folder(copy)
                                  : fail(ErrorCode::corruption, "salvage: the copy changed");
}

void remove_folder(const fs::path& folder) {
  std::error_code ignored;  // a stale copy is deleted by the next salvage
  fs::remove_all(folder, ignored);
}

Outcome salvage_into(const fs::path& directory, const fs::path& copy, const JournalHead& anchored) {
  if (Outcome copied = copy_journal(directory, copy); !copied) {
    return copied;
  }
  const Result<JournalHead> head = cut_damage(copy, anchored);
  if (!head) {
    return fail(head.error());
  }
  if (Outcome whole = check_copy(copy, *head); !whole) {
    return whole;
  }
  JournalRecovery recovery;
  recovery.anchored_next_position = anchored.next_position;
  recovery.recovered_next_position = head->next_position;
  if (Outcome kept = keep_evidence(directory, recovery); !kept) {
    return kept;
  }
  if (Outcome noted = write_recovery(copy, recovery); !noted) {
    return noted;
  }
  return exchange_folders(copy, directory);
}

}  // namespace

Outcome salvage_journal(const fs::path& directory, const JournalHead& anchored) {
  const fs::path copy = beside(directory, ".salvage");
  remove_folder(copy);
  Outcome salvaged = salvage_into(directory, copy, anchored);
  remove_folder(copy);
  return salvaged;
}

}  // namespace juanzong
