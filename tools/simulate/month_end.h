// SPDX-License-Identifier: Apache-2.0
// The three-way checks at the end of a month: what the simulation booked itself, what the states of
// the ledger say, and what its accounts say must be the same to the fen.
#pragma once

#include "tools/simulate/town.h"

#include <cstdint>
#include <string>
#include <vector>

namespace juanzong::simulate {

struct MonthEndCheck {
  std::string name;  // "deposits", "receivables", "cash"
  std::int64_t booked_fen = 0;
  std::int64_t states_fen = 0;
  std::int64_t accounts_fen = 0;
  bool balanced = false;  // all three agree, and the view's own check holds
};

struct MonthEnd {
  CivilMonth month;
  std::uint64_t records = 0;
  std::vector<MonthEndCheck> checks;
  [[nodiscard]] bool balanced() const;
};

// Asks the views `deposits`, `arrears` and `ledger` as of now.
[[nodiscard]] Result<MonthEnd> check_month_end(const Town& town, CivilMonth month);

}  // namespace juanzong::simulate
