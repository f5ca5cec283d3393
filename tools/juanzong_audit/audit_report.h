// SPDX-License-Identifier: Apache-2.0
// The audit's answer, one a ledger: a table by the four properties of electronic records, the
// finding in plain words, what to know besides; and the same as JSON (docs/AUDIT.md).
#pragma once

#include "tools/juanzong_audit/ledger_audit.h"

#include <string>

namespace juanzong::audit {

[[nodiscard]] std::string to_text(const LedgerAudit& audit);
// One line.
[[nodiscard]] std::string to_json(const LedgerAudit& audit);

}  // namespace juanzong::audit
