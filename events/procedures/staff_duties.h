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

// Those that somebody works in.
[[nodiscard]] inline std::vector<std::string> departments(const World& world) {
  std::set<std::string> found;
  for (const std::string& each : all_staff(world)) {
    found.insert(world.get<StaffState>(each).department);
  }
  found.erase("");
  return {found.begin(), found.end()};
}

}  // namespace juanzong
