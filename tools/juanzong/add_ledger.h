// SPDX-License-Identifier: Apache-2.0
// A further ledger in a data directory that exists: offline, under the journal's lock. In this
// order, with what a crash leaves behind:
//
//   1 key files, synced            no ledger; the keys are of no use and are set aside next time
//   2 founding frame, one sync     before: as above; during: all or nothing; after: the ledger is
//                                  there, whole, and its keys are on disk
//   3 anchor                       the ledger is there; the anchor is one frame old, which is
//                                  harmless
//
// The derived rows are not written: the next start folds the frame.
#pragma once

#include "tools/juanzong/new_ledger.h"

#include <filesystem>
#include <string>
#include <vector>

namespace juanzong::cli {

struct AddLedger : NewLedger {
  std::filesystem::path directory;
  bool clock_accepted = false;  // the operator has looked at the clock
};

struct AddedLedger {
  std::string verifier_key;
  LedgerKeyFiles files;
  std::vector<std::filesystem::path> set_aside;  // keys that an interrupted attempt had left
};

// already_running while a server has the directory; ledger_name_taken, ledger_origin_taken;
// writes_stopped if the clock is far past the newest record, as for a server.
[[nodiscard]] Result<AddedLedger> add_ledger(const AddLedger& wanted);

}  // namespace juanzong::cli
