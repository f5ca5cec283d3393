// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/rosters/rosters.h"
#include "events/procedures/rosters/rosters_generated.h"
#include "events/procedures/staff_duties.h"

#include <array>

namespace juanzong {
namespace {

void mark_prepared(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& roster = *flatbuffers::GetRoot<body::RosterPrepared>(event.body);
  marks.push_back({text_of(roster.dept()), {}, first_day(*parse_month(view_of(roster.month())))});
}

constexpr std::array rules{
    DutyRule{.id = "D-ROS-1",
             .clause = "S0§18.1",
             .zh = "每月初编制排班表",
             .en = "the roster of a month is prepared at its start",
             .period = Period::month,
             .policy = "duty.roster",
             .events = {{{"RosterPrepared", mark_prepared}}},
             .responsible = Role::csm,
             .due_day = 1,
             .subjects = every_department},
};

}  // namespace

std::span<const DutyRule> roster_duties() {
  return rules;
}

}  // namespace juanzong
