// SPDX-License-Identifier: Apache-2.0
// The report that an accountant files: one document of all ledgers of an audit, organised by the
// four properties, with what was not checked and why. HTML that stands alone and runs nothing, or
// text; by the end of the file's name.
#pragma once

#include "events/model/result.h"

#include "tools/juanzong_audit/audit_arguments.h"
#include "tools/juanzong_audit/ledger_audit.h"

#include <string>
#include <vector>

namespace juanzong::audit {

// Before hours of work: environment for another ending, or an existing file without --force.
[[nodiscard]] Outcome can_write_report(const Arguments& arguments);
[[nodiscard]] Outcome write_report(const std::vector<LedgerAudit>& audits,
                                   const Arguments& arguments);

[[nodiscard]] std::string to_html(const std::vector<LedgerAudit>& audits,
                                  const Arguments& arguments,
                                  const std::string& audited_at);

}  // namespace juanzong::audit
