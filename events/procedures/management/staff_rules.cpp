// SPDX-License-Identifier: Apache-2.0
// Plans of departments, and the training, qualification and appraisal of their people.
#include "events/procedures/management/management.h"
#include "events/procedures/management/management_generated.h"
#include "events/procedures/parties.h"

#include <array>
#include <set>

namespace juanzong {
namespace {

// "2025", "2025Q1", "2025-03".
bool is_period(std::string_view text) {
  const bool quarter = text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4';
  return quarter || text.size() == 4
             ? parse_month(std::string(text.substr(0, 4)) + "-01").has_value()
             : parse_month(text).has_value();
}

void check_period(std::string_view text, Decision& decision) {
  if (!is_period(text)) {
    decision.refuse_schema("period",
                           "期间须为年、季或月,如 2025、2025Q1、2025-03",
                           "a period is a year, quarter or month");
  }
}

void decide_plan(const body::AnnualPlanApproved& event,
                 const EventContext&,
                 const World&,
                 Decision& decision) {
  check_period(view_of(event.period()), decision);
  if (event.kind() == body::WorkPlanKind::PLAN && event.budget_fen() != 0) {
    decision.refuse_schema("budget_fen", "预算金额写入部门预算", "only a budget has an amount");
  }
}

void check_result(const body::TrainingResult& result, const World& world, Decision& decision) {
  if (!is_staff(world, view_of(result.staff()))) {
    decision.refuse_schema("results.staff", "员工未登记", "a member of staff is not registered");
  }
  const bool fits =
      result.examined() ? result.score() <= 100 : result.score() == 0 && !result.passed();
  if (!fits) {
    decision.refuse_schema(
        "results.score", "考核成绩为 0–100 分", "only an examination has a score, of 100");
  }
}

void decide_trained(const body::StaffTrained& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  std::set<std::string_view> seen;
  for (const body::TrainingResult* result : *event.results()) {
    check_result(*result, world, decision);
    if (!seen.insert(view_of(result->staff())).second) {
      decision.refuse_schema("results", "同一员工只列一次", "each person once");
    }
  }
}

void decide_qualified(const body::StaffQualified& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  const auto to = date_of(event.to());
  if (to && *to < *date_of(event.from())) {
    decision.refuse_schema("to", "结束早于开始", "it ends before it begins");
  }
}

void decide_appraised(const body::StaffAppraised& event,
                      const EventContext& context,
                      const World&,
                      Decision& decision) {
  check_period(view_of(event.period()), decision);
  if (view_of(event.staff()) == context.actor) {
    decision.refuse_schema("staff", "不得考核本人", "nobody appraises himself");
  }
}

constexpr std::array handlers{
    event<body::AnnualPlanApproved, decide_plan, apply_nothing<body::AnnualPlanApproved>>(
        "AnnualPlanApproved"),
    event<body::StaffTrained, decide_trained, apply_nothing<body::StaffTrained>>("StaffTrained"),
    event<body::StaffQualified, decide_qualified, apply_nothing<body::StaffQualified>>(
        "StaffQualified"),
    event<body::StaffAppraised, decide_appraised, apply_nothing<body::StaffAppraised>>(
        "StaffAppraised"),
};

}  // namespace

std::span<const EventHandler> management_staff_handlers() {
  return handlers;
}

}  // namespace juanzong
