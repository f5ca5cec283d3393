// SPDX-License-Identifier: Apache-2.0
// The declared recovery of a ledger whose newest records are lost for good: RecoveryDeclared,
// signed by two people, appended offline under the journal's lock to a directory that was restored
// with
// --accept-loss. Until then no server opens the directory (server/data/owed_recovery.h). The log
// goes on under another origin and key. In this order, with what a crash leaves behind:
//
//   1 LOG.KEY.next, synced    the directory is as it was; the file is replaced next time
//   2 the frame, one sync     during: all or nothing; after: the next origin is in force
//   3 anchor                  one frame old: harmless
//   4 former key set aside, LOG.KEY.next over LOG.KEY, its public half beside
//   5 the owed recovery is struck off
//
// Doing it again after 2 finds the key in force in LOG.KEY.next, or in its place, and goes on at 4.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "projections/state/succession.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace juanzong::cli {

struct Recovery {
  std::filesystem::path directory;
  std::string ledger;                   // "" for the only one
  std::string origin;                   // the next one
  std::filesystem::path administrator;  // key files
  std::filesystem::path second;
  LossReason reason = LossReason::old_copy;
  UnixMicros now;
};

struct DeclaredRecovery {
  std::string verifier_key;  // of the next origin
  std::uint64_t size = 0;    // before the declaration
  std::uint64_t known = 0;   // of the newest head known: the records from `size` to here are lost
};

// environment: no recovery is owed there; already_running; not_permitted if a rule refuses.
[[nodiscard]] Result<DeclaredRecovery> declare_recovery(const Recovery& wanted);

}  // namespace juanzong::cli
