// SPDX-License-Identifier: Apache-2.0
// Fee desk: charges, payments and their corrections, entered by the cashier and into the
// simulation's own books alike.
#pragma once

#include "tools/simulate/town.h"

namespace juanzong::simulate {

// A charge to assess. Its unit and party are the unit's resident's unless said otherwise.
struct NewCharge {
  std::string purpose;  // "WATER"
  std::int64_t fen = 0;
  std::string calc;
  std::string party;          // id; empty: the resident
  std::string kind = "";      // "OWNER", "TENANT", "CONTRACTOR"; empty: as party
  std::string case_ref = "";  // "deco:…"
  std::string from = "";      // of a period, half-open
  std::string to = "";
  int days_to_pay = 15;
  std::string corrects = "";  // the charge that was reversed
  bool pm_signs = false;
};

// The statement of the charge, which counts in the books from now on.
[[nodiscard]] Line charge_line(Town& town, Unit& unit, const NewCharge& charge);
// Entered alone; its id.
std::string assess(Town& town, Unit& unit, const NewCharge& charge);
// Pays these open charges of the unit in full.
std::string pay(Town& town,
                Unit& unit,
                const std::vector<std::string>& charge_ids,
                const std::string& payer,
                const std::string& case_ref = "");
// Everything that the party owes there, if anything; how much it was.
std::int64_t pay_all(Town& town, Unit& unit, const std::string& party);
// Says that the open charge was wrong and enters it anew with another amount; the new id.
std::string correct_charge(Town& town, Unit& unit, const std::string& charge_id, std::int64_t fen);

[[nodiscard]] std::int64_t owed(const Unit& unit, std::string_view party);
[[nodiscard]] std::string payment_method(Town& town);

}  // namespace juanzong::simulate
