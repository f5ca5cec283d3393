// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/management/management.h"
#include "events/procedures/management/management_generated.h"
#include "events/procedures/staff_duties.h"

#include <array>

namespace juanzong {
namespace {

void mark_week(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& report = *flatbuffers::GetRoot<body::DailyWeeklyReportFiled>(event.body);
  if (report.period() == body::ReportPeriod::WEEK) {
    marks.push_back({text_of(report.dept()), {}, date_of(report.first_day())});
  }
}

void mark_month(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& report = *flatbuffers::GetRoot<body::DepartmentReportFiled>(event.body);
  marks.push_back({text_of(report.dept()), {}, first_day(*parse_month(view_of(report.month())))});
}

// A plan of a whole year: "2025".
void mark_plan(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& plan = *flatbuffers::GetRoot<body::AnnualPlanApproved>(event.body);
  const auto first = parse_date(text_of(plan.period()) + "-01-01");
  if (first && plan.kind() == body::WorkPlanKind::PLAN) {
    marks.push_back({text_of(plan.dept()), {}, first});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-MGT-1",
             .clause = "S0§7.9, S0§8.6",
             .zh = "每周填报《部门日、周汇报表》,含投诉与回访统计(D-CMP-8、D-RV-3)",
             .en = "every department reports its week, with complaints and return visits",
             .period = Period::week,
             .policy = "duty.department_report",
             .events = {{{"DailyWeeklyReportFiled", mark_week}}},
             .responsible = Role::csm,
             .subjects = every_department},
    DutyRule{.id = "D-MGT-2",
             .clause = "S2·3§8",
             .zh = "每月上报部门月报(重大维修、投诉、欠费)",
             .en = "every department reports its month by the end of the next",
             .period = Period::month,
             .policy = "duty.department_month",
             .events = {{{"DepartmentReportFiled", mark_month}}},
             .responsible = Role::csm,
             .due_in_next = true,
             .subjects = every_department},
    DutyRule{.id = "D-MGT-3",
             .clause = "S2·1§1",
             .zh = "每年制定部门工作计划",
             .en = "every department has a plan of the year",
             .period = Period::year,
             .policy = "duty.annual_plan",
             .events = {{{"AnnualPlanApproved", mark_plan}}},
             .responsible = Role::pm,
             .subjects = every_department},
};

}  // namespace

std::span<const DutyRule> management_duties() {
  return rules;
}

}  // namespace juanzong
