// SPDX-License-Identifier: Apache-2.0
// Handing a ledger over, the successor's part: the package becomes a data directory of its own that
// goes on under the successor's keys. Made beside as DIR.importing and renamed at the end: a crash
// leaves nothing that a server would open, and the package as it was.
//
// Verified before anything goes on: the package's own seals; the log (journal_verifier.h); that its
// last record hands it over to the keys of the offer; that the former company's checkpoint is over
// exactly this log. The rules are run again by juanzong-audit --deep, which the command calls.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/juanzong/handover_seal.h"

#include <filesystem>
#include <functional>
#include <string>

namespace juanzong::cli {

struct HandoverImport {
  std::filesystem::path package;
  std::filesystem::path offer;  // the folder with the private keys
  std::filesystem::path directory;
  UnixMicros now;
  // Whether the restored log, in this folder, is good: rules, signatures, day closes.
  std::function<Outcome(const std::filesystem::path&)> judge;
};

struct ImportedLedger {
  std::string ledger;
  std::string origin;
  std::string verifier_key;
  std::uint64_t records = 0;
};

// corruption: the package was altered, or is not of this offer; environment: the directory exists.
[[nodiscard]] Result<ImportedLedger> import_handover(const HandoverImport& wanted);

}  // namespace juanzong::cli
