// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/rolls.h"

#include <array>

namespace juanzong {
namespace {

using Department = body::DecorationDepartment;
constexpr std::array departments{Department::CS, Department::ENG, Department::SEC};

std::vector<std::string> departments_on_patrol(const World& /*world*/, CivilDate /*first*/) {
  std::vector<std::string> names;
  for (const Department each : departments) {
    names.emplace_back(body::EnumNameDecorationDepartment(each));
  }
  return names;
}

std::set<std::string> sites(const World& world, CivilDate /*first*/) {
  return roll_of(world, site_roll);
}

void mark_patrol(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& patrol = *flatbuffers::GetRoot<body::DecorationPatrolRecorded>(event.body);
  marks.push_back(
      {body::EnumNameDecorationDepartment(patrol.dept()), text_of(patrol.deco_id()), {}});
}

// A site that is accepted needs no patrol any more, nor on the day of its acceptance.
void mark_acceptance(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& passed = *flatbuffers::GetRoot<body::CompletionAcceptancePassed>(event.body);
  for (const Department each : departments) {
    marks.push_back({body::EnumNameDecorationDepartment(each), text_of(passed.deco_id()), {}});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-DEC-2",
             .clause = "S0§2.13(1)",
             .zh = "客服、工程、护卫每日巡视每个装修现场",
             .en = "each of three departments looks at every site every day",
             .period = Period::day,
             .policy = "duty.deco_patrol",
             .events = {{{"DecorationPatrolRecorded", mark_patrol},
                         {"CompletionAcceptancePassed", mark_acceptance}}},
             .responsible = Role::csm,
             .subjects = departments_on_patrol,
             .items = sites},
};

}  // namespace

std::span<const DutyRule> decoration_duties() {
  return rules;
}

}  // namespace juanzong
