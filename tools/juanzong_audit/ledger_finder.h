// SPDX-License-Identifier: Apache-2.0
// Which ledgers a journal holds, from the frame headers and records 0 alone: a look ahead of an
// audit. Nothing is verified here.
#pragma once

#include "events/log/journal.h"
#include "events/model/ids.h"

#include <optional>
#include <string>
#include <vector>

namespace juanzong::audit {

struct FoundLedger {
  LedgerId id;
  std::string name;  // empty if record 0 cannot be read
};

struct FoundLedgers {
  std::vector<FoundLedger> ledgers;  // in the order in which they were founded
  bool whole = true;                 // false: some frame or record 0 could not be read
};

[[nodiscard]] FoundLedgers find_ledgers(const Journal& journal);

// The ledger of the first batch; nullopt if there is none or it cannot be read.
[[nodiscard]] std::optional<LedgerId> first_ledger(const Journal& journal);

}  // namespace juanzong::audit
