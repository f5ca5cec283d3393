// SPDX-License-Identifier: Apache-2.0
// What departments report by the month, the week and the day.
#include "events/procedures/case_checks.h"
#include "events/procedures/complaint_cases.h"
#include "events/procedures/management/management.h"
#include "events/procedures/management/management_generated.h"
#include "events/procedures/repair_cases.h"
#include "events/procedures/tenancies.h"

#include <array>

namespace juanzong {
namespace {

using TextList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

void refuse_contradiction(std::string_view field, Decision& decision) {
  decision.refuse_schema(field, "数字自相矛盾", "the figures contradict each other");
}

void check_number(std::string_view number, const std::string& expected, Decision& decision) {
  if (number != expected) {
    decision.refuse_schema(
        "report_id", "编号须为部门加期间", "the number is department and period");
  }
}

void check_cases_known(std::string_view field,
                       std::string_view prefix,
                       const TextList* ids,
                       const World& world,
                       Decision& decision) {
  for (flatbuffers::uoffset_t at = 0; ids != nullptr && at < ids->size(); ++at) {
    if (find_case(world, prefix, view_of(ids->Get(at))) == nullptr) {
      decision.refuse_schema(field, "所指案卷未登记", "it names a case that is not registered");
    }
  }
}

void decide_month(const body::DepartmentReportFiled& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  check_number(
      view_of(event.report_id()), text_of(event.dept()) + "-" + text_of(event.month()), decision);
  if (*parse_month(view_of(event.month())) > month_of(context.today)) {
    decision.refuse_schema("month", "该月尚未到", "the month has not come yet");
  }
  check_cases_known("major_repairs", repair_stream, event.major_repairs(), world, decision);
  check_cases_known(
      "major_complaints", complaint_stream, event.major_complaints(), world, decision);
  if (event.major_arrears() != nullptr) {
    for (const body::MajorArrear* arrear : *event.major_arrears()) {
      check_unit_registered(world, view_of(arrear->unit()), decision);
    }
  }
}

// In 64 bits: the sum of four counts of 32 does not overflow.
void check_figures(const body::DailyWeeklyReportFiled& event, Decision& decision) {
  if (const auto* is = event.complaints()) {
    const std::uint64_t classified =
        std::uint64_t{is->minor()} + is->important() + is->major() + is->invalid();
    if (classified > is->received()) {
      refuse_contradiction("complaints", decision);
    }
  }
  if (const auto* is = event.return_visits()) {
    if (is->done() > is->due() || is->satisfied() > is->done()) {
      refuse_contradiction("return_visits", decision);
    }
  }
  if (const auto* is = event.requests()) {
    if (is->in_time() > is->answered()) {
      refuse_contradiction("requests", decision);
    }
  }
}

void check_change(const body::ReportedOccupancyChange& change,
                  body::ReportPeriod period,
                  const World& world,
                  Decision& decision) {
  check_unit_registered(world, view_of(change.unit()), decision);
  if (change.from() == change.to()) {
    decision.refuse_schema("occupancy_changes", "动态未变更", "the occupancy did not change");
  }
  if (change.tenancy_id() == nullptr) {
    return;
  }
  if (period != body::ReportPeriod::DAY) {
    decision.refuse_schema("occupancy_changes.tenancy_id",
                           "租赁变更写入当日汇报",
                           "tenancies are named in the report of the day");
  }
  const auto* tenancy = world.find<TenancyState>(view_of(change.tenancy_id()));
  if (tenancy == nullptr || tenancy->unit != view_of(change.unit())) {
    decision.refuse_schema(
        "occupancy_changes.tenancy_id", "不是该房屋的租赁", "not a tenancy of this unit");
  }
}

void decide_report(const body::DailyWeeklyReportFiled& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  const bool weekly = event.period() == body::ReportPeriod::WEEK;
  check_number(view_of(event.report_id()),
               text_of(event.dept()) + (weekly ? "-W" : "-") + text_of(event.first_day()),
               decision);
  if (weekly && weekday_of(*date_of(event.first_day())) != 0) {
    decision.refuse_schema("first_day", "周汇报从星期一起", "a week begins on Monday");
  }
  if (weekly && event.complaints() == nullptr) {
    decision.refuse(weekly_figures_rule, {fact("missing", "complaints")});
  }
  if (weekly && event.return_visits() == nullptr) {
    decision.refuse(weekly_figures_rule, {fact("missing", "return_visits")});
  }
  check_figures(event, decision);
  if (event.occupancy_changes() != nullptr) {
    for (const body::ReportedOccupancyChange* change : *event.occupancy_changes()) {
      check_change(*change, event.period(), world, decision);
    }
  }
}

constexpr std::array handlers{
    event<body::DepartmentReportFiled, decide_month, apply_nothing<body::DepartmentReportFiled>>(
        "DepartmentReportFiled"),
    event<body::DailyWeeklyReportFiled, decide_report, apply_nothing<body::DailyWeeklyReportFiled>>(
        "DailyWeeklyReportFiled"),
};

}  // namespace

std::span<const EventHandler> management_report_handlers() {
  return handlers;
}

}  // namespace juanzong
