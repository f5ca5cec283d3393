// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/customer_visits/customer_visits.h"
#include "events/procedures/customer_visits/customer_visits_generated.h"
#include "events/procedures/staff_duties.h"

#include <array>

namespace juanzong {
namespace {

const body::CustomerVisited& visit_of(const EventView& event) {
  return *flatbuffers::GetRoot<body::CustomerVisited>(event.body);
}

// Persons count once a month (PROPOSED: 访问客户不少于10人).
void mark_department(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& visit = visit_of(event);
  marks.push_back({{}, text_of(visit.customer()), date_of(visit.visited_on())});
}

void mark_assistant(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& visit = visit_of(event);
  marks.push_back(
      {text_of(visit.visitor()), text_of(visit.customer()), date_of(visit.visited_on())});
}

constexpr std::array rules{
    DutyRule{.id = "D-VIS-1",
             .clause = "S0§9.2(1)",
             .zh = "部门每月访问客户不少于 10 人",
             .en = "the department visits ten customers a month",
             .period = Period::month,
             .policy = "duty.visit_department",
             .events = {{{"CustomerVisited", mark_department}}},
             .count_policy = "visit.dept_month",
             .responsible = Role::csm},
    DutyRule{.id = "D-VIS-2",
             .clause = "S0§9.2(2)",
             .zh = "每名客户助理每月访问客户不少于 20 人",
             .en = "each assistant visits twenty customers a month",
             .period = Period::month,
             .policy = "duty.visit_assistant",
             .events = {{{"CustomerVisited", mark_assistant}}},
             .count_policy = "visit.csa_month",
             .responsible = Role::csa,
             .subjects = everybody_as<Role::csa>},
};

}  // namespace

std::span<const DutyRule> customer_visit_duties() {
  return rules;
}

}  // namespace juanzong
