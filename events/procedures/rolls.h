// SPDX-License-Identifier: Apache-2.0
// Rolls (名册): who or what there is at an index, where a rule must go through all of them: staff,
// sites with works in progress, entrances. The world is asked by key and has no other lists.
#pragma once

#include "events/procedures/world.h"

#include <set>
#include <string>
#include <string_view>

namespace juanzong {

inline constexpr std::string_view staff_roll = "staff";          // staff ids
inline constexpr std::string_view site_roll = "site";            // decoration cases being worked on
inline constexpr std::string_view repair_roll = "repair";        // orders whose paper is out
inline constexpr std::string_view entrance_roll = "entrance";    // entrance_member()
inline constexpr std::string_view daily_area_roll = "area.day";  // areas inspected by the day
inline constexpr std::string_view weekly_area_roll = "area.week";  // and by the week

[[nodiscard]] inline std::string entrance_member(std::string_view building,
                                                 std::string_view entrance) {
  return std::string(building).append(".").append(entrance);
}
// The floors of a building.
[[nodiscard]] inline std::string floor_roll(std::string_view building) {
  return std::string("floor.").append(building);
}

// Key: name of the roll.
struct RollState {
  static constexpr StateKind kind = StateKind::roll;
  std::set<std::string> members;
  template <class Ar>
  void visit(Ar& ar) {
    ar(members);
  }
};

inline void enter_roll(std::string_view roll, std::string_view member, WorldChange& world) {
  const auto* state = world.find<RollState>(roll);
  if (state == nullptr || !state->members.contains(std::string(member))) {
    world.edit<RollState>(roll).members.emplace(member);
  }
}

inline void leave_roll(std::string_view roll, std::string_view member, WorldChange& world) {
  const auto* state = world.find<RollState>(roll);
  if (state != nullptr && state->members.contains(std::string(member))) {
    world.edit<RollState>(roll).members.erase(std::string(member));
  }
}

[[nodiscard]] inline std::set<std::string> roll_of(const World& world, std::string_view roll) {
  return world.get<RollState>(roll).members;
}

}  // namespace juanzong
