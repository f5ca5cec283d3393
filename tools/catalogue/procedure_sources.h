// SPDX-License-Identifier: Apache-2.0
// The procedures of the seed documents (P01 to P48, PX) with the clauses they are taken from. The
// seeds' own list, so that the reference can also name the ones the catalogue has no events for.
#pragma once

#include <span>
#include <string_view>

namespace juanzong {

struct ProcedureSource {
  std::string_view code;  // "P10"
  std::string_view zh;
  std::string_view en;
  std::string_view clauses;  // "S0§10"; document and clause, as rules cite them
};

// Ascending by code.
[[nodiscard]] std::span<const ProcedureSource> procedure_sources();
// The seeds' code of a procedure of the catalogue: a procedure that several folders share has a
// suffix there ("PX-K").
[[nodiscard]] std::string_view seed_code(std::string_view code);
// Empty for a code that is not in the list.
[[nodiscard]] std::string_view clauses_of(std::string_view code);

}  // namespace juanzong
