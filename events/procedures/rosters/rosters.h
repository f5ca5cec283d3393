// SPDX-License-Identifier: Apache-2.0
// Rosters and attendance (排班考勤, P18): who was to work when, and who did.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <set>
#include <string>

namespace juanzong {

[[nodiscard]] const Procedure& rosters_procedure();
[[nodiscard]] std::span<const DutyRule> roster_duties();

// Key: roster id, "CS-2025-03". What attendance is compared with.
struct RosterState {
  static constexpr StateKind kind = StateKind::roster;
  CivilMonth month;
  std::set<std::string> staff;
  template <class Ar>
  void visit(Ar& ar) {
    ar(month, staff);
  }
};

}  // namespace juanzong
