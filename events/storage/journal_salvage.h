// SPDX-License-Identifier: Apache-2.0
// Salvage of a journal whose write-ahead log is damaged, without losing what was acknowledged:
// only a copy is opened in the mode that drops what follows the damage, and it takes the place of
// the original only if it still holds everything that the anchor saw. Included by this folder only.
//
//   DIR               as found until the last step; then the salvaged journal
//   DIR.salvage       the copy (tables hard-linked, the rest copied); afterwards the original
//   DIR.evidence-N    the write-ahead log as found, kept for people
//
// A crash before the exchange leaves DIR as found; one after it leaves DIR salvaged and a stale
// DIR.salvage, which the next salvage deletes.
#pragma once

#include "events/log/journal.h"
#include "events/model/result.h"
#include "events/storage/rocksdb_journal.h"

#include <filesystem>

namespace juanzong {

// The caller holds the database's lock. ledger_behind_anchor or corruption: nothing was changed.
// Afterwards read_recovery() says what was done.
[[nodiscard]] Outcome salvage_journal(const std::filesystem::path& directory,
                                      const JournalHead& anchored);

}  // namespace juanzong
