// SPDX-License-Identifier: Apache-2.0
// Refusal: an append that a rule of the business does not allow. Not an error: the caller is told
// which rule, from which clause, on which facts, and from which day on it could pass.
#pragma once

#include "events/model/civil_time.h"

#include <optional>
#include <string>
#include <vector>

namespace juanzong {

// A fact the rule was judged on; never a vault value.
struct Fact {
  std::string name;
  std::string value;
  bool operator==(const Fact&) const = default;
};

struct Refusal {
  std::string rule;  // "H-DEC-13", or one of ROLE, SCHEMA, STATE_REFUSED, VERSION_CONFLICT
  std::string zh;
  std::string en;
  std::string clause;  // clause of the source document, e.g. "S0§2.18"
  std::vector<Fact> facts;
  std::optional<CivilDate> earliest;  // first civil day on which this rule can pass
  bool operator==(const Refusal&) const = default;
};

// All broken rules of one statement, in the order in which they were asked.
using Refusals = std::vector<Refusal>;

}  // namespace juanzong
