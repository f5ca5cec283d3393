// SPDX-License-Identifier: Apache-2.0
// What a reader of an audit must know besides its checks: what rests on whose word, what was not
// looked at, what is claimed about keys, what was erased.
#pragma once

#include "tools/juanzong_audit/ledger_audit.h"

#include <string>
#include <vector>

namespace juanzong::audit {

struct Note {
  std::string kind;  // permanent name, snake_case
  std::string zh;
  std::string en;
};

[[nodiscard]] std::vector<Note> notes_of(const LedgerAudit& audit);

// First 16 digits of a key id, as findings and notes name it.
[[nodiscard]] std::string short_name(const KeyId& key);

}  // namespace juanzong::audit
