// SPDX-License-Identifier: Apache-2.0
// Which ledgers of a folder are audited, and what of that which the auditor brought speaks of which
// one: verifier keys and checkpoints name their origin. What speaks of none of them is held against
// the first, where it will not fit.
#pragma once

#include "crypto/note_key.h"

#include "events/model/result.h"

#include "tools/juanzong_audit/audit_input.h"
#include "tools/juanzong_audit/ledger_audit.h"

#include <optional>
#include <string>
#include <vector>

namespace juanzong::audit {

struct Brought {
  std::vector<crypto::VerifierKey> keys;
  std::vector<GivenCheckpoint> checkpoints;
};

struct AuditTarget {
  std::optional<LedgerId> ledger;  // nullopt: the first of the journal, or the export's
  AuditOptions options;
};

struct AuditPlan {
  std::vector<AuditTarget> targets;
  bool and_others = false;  // ledgers that the first audit meets are audited too
};

// `name`: the one ledger to audit; "" for all. unknown_ledger; environment for two keys of one log,
// or a name with an export; corruption if the name may stand behind damage.
[[nodiscard]] Result<AuditPlan> plan_audit(const AuditInput& input,
                                           const std::string& name,
                                           const AuditOptions& common,
                                           const Brought& brought);

}  // namespace juanzong::audit
