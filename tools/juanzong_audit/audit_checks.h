// SPDX-License-Identifier: Apache-2.0
// The checks of an audit as its reports list them: by the four properties of electronic records
// (DA/T 70: 真实性, 完整性, 可用性, 安全性), each counted, with its result, and where it was not
// made why. docs/AUDIT.md lists the same keys; they are permanent.
#pragma once

#include "tools/juanzong_audit/ledger_audit.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace juanzong::audit {

enum class CheckState : std::uint8_t {
  passed,
  failed,
  not_checked,   // could not be made, or was not asked for: `why` says so
  not_finished,  // the audit stopped at a finding before
};

struct Property {
  std::string_view zh;
  std::string_view key;
};

struct CheckRow {
  Property property;
  Check check{};
  std::string_view key;
  std::string_view zh;
  std::string_view en;
  std::uint64_t count = 0;  // of what was looked at, in the unit that its name says
  CheckState state = {};
  NotChecked why = {};  // of not_checked
};

[[nodiscard]] std::vector<CheckRow> checks_of(const LedgerAudit& audit);

[[nodiscard]] std::string_view zh_of(CheckState state);
[[nodiscard]] std::string_view name_of(CheckState state);

}  // namespace juanzong::audit
