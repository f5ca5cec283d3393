// SPDX-License-Identifier: Apache-2.0
// What the server puts on record when it opens a ledger, before anybody else's request: the rules
// it decides by, a repair of its storage, a clock that is far from the newest record.
#pragma once

#include "events/storage/journal_recovery.h"

#include "projections/state/own_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

struct OpeningFacts {
  std::optional<JournalRecovery> recovery;
  std::optional<std::int64_t> clock_skew_ms;
};

// In the order in which they are stated; empty where there is nothing to say. program_too_old if
// the ledger was already judged by newer rules than this program has.
[[nodiscard]] Result<std::vector<OwnStatement>> opening_statements(const LedgerMachine& machine,
                                                                   const OpeningFacts& facts);

}  // namespace juanzong
