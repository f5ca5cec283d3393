// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/parties.h"
#include "events/procedures/patrols/patrols.h"
#include "events/procedures/patrols/patrols_generated.h"
#include "events/procedures/policy.h"
#include "events/procedures/rolls.h"
#include "events/procedures/staff_duties.h"

#include <array>

namespace juanzong {
namespace {

// Every public area of the form, and as many floors as the policy asks for, or all there are.
bool is_whole(const body::BuildingPatrolled& patrol, const EventView& event, const World& world) {
  const auto& areas = *patrol.areas();
  const bool all_areas = areas.site() && areas.greening() && areas.hall() && areas.garage();
  const auto wanted = policy_number(world, "patrol.floors", event.context.today).value_or(5);
  const auto there =
      static_cast<std::int64_t>(roll_of(world, floor_roll(view_of(patrol.building()))).size());
  const auto seen = static_cast<std::int64_t>(patrol.floors()->size());
  return all_areas && seen >= std::min(wanted, there == 0 ? wanted : there);
}

void mark_patrol(const EventView& event, const World& world, DutyMarks& marks) {
  const auto& patrol = *flatbuffers::GetRoot<body::BuildingPatrolled>(event.body);
  if (is_whole(patrol, event, world)) {
    const CivilDate day = world.zone().date_of(*parse_instant(view_of(patrol.started())));
    marks.push_back({std::string(event.context.actor), text_of(patrol.patrol_id()), day});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-PAT-1",
             .clause = "S0§10.1",
             .zh = "客户助理每日巡视楼宇一次,公共区域齐全并抽查楼层",
             .en = "each assistant patrols once a day, all areas and five floors",
             .period = Period::day,
             .policy = "duty.patrol_daily",
             .events = {{{"BuildingPatrolled", mark_patrol}}},
             .count_policy = "patrol.csa_per_day",
             .responsible = Role::csa,
             .subjects = everybody_as<Role::csa>},
};

}  // namespace

std::span<const DutyRule> patrol_duties() {
  return rules;
}

}  // namespace juanzong
