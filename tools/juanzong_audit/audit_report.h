// SPDX-License-Identifier: Apache-2.0
// The audit's answer: a table by the four properties of electronic records (DA/T 70: 真实性,
// 完整性, 可用性, 安全性), the finding in plain words, and the same as JSON.
#pragma once

#include "tools/juanzong_audit/ledger_audit.h"

#include <string>

namespace juanzong::audit {

[[nodiscard]] std::string to_text(const LedgerAudit& audit, const AuditOptions& options);
// One line.
[[nodiscard]] std::string to_json(const LedgerAudit& audit, const AuditOptions& options);

}  // namespace juanzong::audit
