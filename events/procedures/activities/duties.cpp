// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/activities/activities.h"
#include "events/procedures/activities/activities_generated.h"

#include <array>

namespace juanzong {
namespace {

void mark_plan(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& plan = *flatbuffers::GetRoot<body::ActivityPlanApproved>(event.body);
  marks.push_back({{}, {}, parse_date(text_of(plan.year()) + "-01-01")});
}

void mark_held(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& held = *flatbuffers::GetRoot<body::ActivityHeld>(event.body);
  marks.push_back({{}, text_of(held.activity_id()), date_of(held.held_on())});
}

constexpr std::array rules{
    DutyRule{.id = "D-ACT-1",
             .clause = "S0§19.1",
             .zh = "每年制定社区文化活动安排",
             .en = "the activities of a year are planned",
             .period = Period::year,
             .policy = "duty.activity_plan",
             .events = {{{"ActivityPlanApproved", mark_plan}}},
             .responsible = Role::pm},
    DutyRule{.id = "D-ACT-2",
             .clause = "S0§19.1",
             .zh = "重点项目每两个月举办一次活动",
             .en = "important estates hold an activity every two months",
             .period = Period::two_months,
             .policy = "duty.activity_held",
             .events = {{{"ActivityHeld", mark_held}}},
             .responsible = Role::csm},
};

}  // namespace

std::span<const DutyRule> activity_duties() {
  return rules;
}

}  // namespace juanzong
