// SPDX-License-Identifier: Apache-2.0
// Whose duty something is, where it is that of every member of staff, or of those with a role.
#pragma once

#include "events/procedures/parties.h"
#include "events/procedures/rolls.h"

#include <set>
#include <string>
#include <vector>

namespace juanzong {

// Everybody but the server, who has any role at all.
[[nodiscard]] inline std::vector<std::string> all_staff(const World& world) {
  std::vector<std::string> staff;
  for (const std::string& member : roll_of(world, staff_roll)) {
    if (member != server_staff && world.get<StaffState>(member).roles != RoleSet{}) {
      staff.push_back(member);
    }
  }
  return staff;
}

[[nodiscard]] inline std::vector<std::string> staff_with(const World& world, Role role) {
  std::vector<std::string> staff = all_staff(world);
  std::erase_if(staff, [&](const std::string& each) { return !staff_has_role(world, each, role); });
  return staff;
}

// As subjects of a duty (DutyRule::subjects).
[[nodiscard]] inline std::vector<std::string> everybody(const World& world, CivilDate /*first*/) {
  return all_staff(world);
}
template <Role role>
[[nodiscard]] std::vector<std::string> everybody_as(const World& world, CivilDate /*first*/) {
  return staff_with(world, role);
}

// Departments that somebody works in.
[[nodiscard]] inline std::vector<std::string> every_department(const World& world,
                                                               CivilDate /*first*/) {
  std::set<std::string> found;
  for (const std::string& each : all_staff(world)) {
    found.insert(world.get<StaffState>(each).department);
  }
  found.erase("");
  return {found.begin(), found.end()};
}

}  // namespace juanzong
