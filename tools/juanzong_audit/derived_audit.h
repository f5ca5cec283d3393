// SPDX-License-Identifier: Apache-2.0
// The derived rows of a data directory against a fold of its journal: what the server answers from
// must be what the records make of it. Rows that lie behind the journal are compared with the fold
// of the frames they stand for. Nothing is written; the fold stands in memory.
#pragma once

#include "events/log/journal.h"
#include "events/model/ids.h"

#include "tools/juanzong_audit/audit_finding.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>

namespace juanzong::audit {

struct DerivedVerdict {
  std::uint64_t rows = 0;  // of the ledger that were compared
  std::optional<AuditFinding> finding;
};

struct DerivedComparison {
  std::optional<NotChecked> not_checked;  // there is nothing to compare, or the server rebuilds it
  std::map<LedgerId, DerivedVerdict> ledgers;
};

// `progress`: records folded so far.
[[nodiscard]] DerivedComparison compare_derived(const Journal& journal,
                                                const std::filesystem::path& folder,
                                                const std::function<void(std::uint64_t)>& progress);

}  // namespace juanzong::audit
