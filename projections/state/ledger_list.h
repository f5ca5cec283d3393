// SPDX-License-Identifier: Apache-2.0
// The ledgers of a data directory as its derived rows list them, and how one of them is named.
#pragma once

#include "events/model/result.h"
#include "events/procedures/world.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/ledger_head.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct LedgerEntry {
  LedgerOrdinal ordinal{};
  LedgerHead head;
  std::string verifier_key;   // of the log, for the origin in force
  std::string server_key;     // id of the server's own key; empty: it has none here
  std::string former_origin;  // the one before that in force; empty: none
  bool handed_over = false;   // nothing was recorded since another company takes the ledger over
};

// The verifier key of the log for the origin in force.
[[nodiscard]] std::string log_key_in_force(const World& world);

// In the order in which they were founded.
[[nodiscard]] std::vector<LedgerEntry> list_ledgers(const RowReader& rows);

// The ledger of that name, "" for the only one. unknown_ledger, or ledger_not_named where there are
// several; both say which there are. Names are no secret: they stand in the paths of the tiles.
[[nodiscard]] Result<LedgerOrdinal> find_ledger(const RowReader& rows, std::string_view name);

}  // namespace juanzong
