// SPDX-License-Identifier: Apache-2.0
// What is known of the ledgers from elsewhere: checkpoints that were given out or cosigned, the
// anchor of the directory that a restored one replaces. A backup that ends before any of them is
// old: whoever holds a receipt would prove the restored log a forgery.
#pragma once

#include "crypto/checkpoint.h"

#include "events/log/journal.h"
#include "events/log/log_verifier.h"
#include "events/model/ids.h"
#include "events/model/result.h"

#include "tools/backup/record_facts.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

struct KnownCheckpoint {
  std::string file;
  std::string note;
  crypto::Checkpoint stated;  // not verified before the ledger's key is known
};

struct KnownHeads {
  std::vector<KnownCheckpoint> checkpoints;
  std::optional<JournalHead> anchored;

  // The sizes at which roots are needed.
  [[nodiscard]] std::vector<std::uint64_t> sizes() const;
};

// A signed note over a checkpoint, also with cosignatures: a witness's state file is one.
// environment: it cannot be read or is none.
[[nodiscard]] Result<KnownCheckpoint> read_known_checkpoint(const std::filesystem::path& file);

// Records that a known head says there were, and the backup lacks: first ‥ last + 1.
struct LostRange {
  LedgerId ledger;
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  std::string checkpoint;  // that says so
};

// Holds every checkpoint against the ledger whose origin it names: bad_signature if the log
// key of that origin did not sign it, corruption if the ledger has another root at its size,
// environment if there is no such ledger. Answers what is lost to it, the longest range a ledger.
[[nodiscard]] Result<std::vector<LostRange>> compare_with_known(
    const KnownHeads& known,
    const std::map<LedgerId, std::vector<OriginKey>>& origins,
    const std::map<LedgerId, LogVerification>& logs);

}  // namespace juanzong
