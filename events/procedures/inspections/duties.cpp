// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/inspections/inspections.h"
#include "events/procedures/inspections/inspections_generated.h"
#include "events/procedures/rolls.h"
#include "events/procedures/staff_duties.h"

#include <array>

namespace juanzong {
namespace {

std::vector<std::string> daily_areas(const World& world, CivilDate /*first*/) {
  const auto areas = roll_of(world, daily_area_roll);
  return {areas.begin(), areas.end()};
}

std::vector<std::string> weekly_areas(const World& world, CivilDate /*first*/) {
  const auto areas = roll_of(world, weekly_area_roll);
  return {areas.begin(), areas.end()};
}

void mark_daily(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<body::DailyInspectionRecorded>(event.body);
  marks.push_back({text_of(sheet.scope()), {}, date_of(sheet.on())});
}

void mark_weekly(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<body::WeeklyInspectionRecorded>(event.body);
  marks.push_back({text_of(sheet.area()), {}, date_of(sheet.on())});
}

template <class Body>
void mark_sheet(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<Body>(event.body);
  marks.push_back({{}, text_of(sheet.inspection_id()), date_of(sheet.on())});
}

void mark_night(const EventView& event, const World& world, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<body::NightPostChecked>(event.body);
  const CivilDate day = world.zone().date_of(*parse_instant(view_of(sheet.at())));
  marks.push_back({{}, text_of(sheet.inspection_id()), day});
}

void mark_assessed(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<body::StaffAssessed>(event.body);
  marks.push_back({text_of(sheet.staff()), text_of(sheet.inspection_id()), date_of(sheet.week())});
}

// The analysis of a month counts for the month after it, in which it is due.
void mark_analysis(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& analysis = *flatbuffers::GetRoot<body::MonthlyAnalysisPublished>(event.body);
  const CivilMonth month = *parse_month(view_of(analysis.ym()));
  marks.push_back({{}, {}, first_day(CivilMonth{month.months + 1})});
}

void mark_annual(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& sheet = *flatbuffers::GetRoot<body::AnnualEvaluationRecorded>(event.body);
  marks.push_back({{}, {}, parse_date(std::to_string(sheet.year()) + "-01-01")});
}

// Reported when the half year is over: "2025-H1" counts for the half year after it.
void mark_utility(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& report = *flatbuffers::GetRoot<body::UtilityIndicatorsReported>(event.body);
  const std::string half = text_of(report.half());
  const auto first = parse_date(half.substr(0, 4) + (half.ends_with('1') ? "-07-01" : "-12-31"));
  if (first) {
    marks.push_back({{}, {}, half.ends_with('1') ? first : add_days(*first, 1)});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-INS-1",
             .clause = "S0·3§4.2.1",
             .zh = "每日检查各责任区域",
             .en = "every area is inspected every day",
             .period = Period::day,
             .policy = "duty.inspection_daily",
             .events = {{{"DailyInspectionRecorded", mark_daily}}},
             .responsible = Role::area,
             .subjects = daily_areas},
    DutyRule{.id = "D-INS-2",
             .clause = "S0·3§4.2.2",
             .zh = "每周检查各责任区域",
             .en = "every area is inspected every week",
             .period = Period::week,
             .policy = "duty.inspection_weekly",
             .events = {{{"WeeklyInspectionRecorded", mark_weekly}}},
             .responsible = Role::area,
             .subjects = weekly_areas},
    DutyRule{
        .id = "D-INS-3",
        .clause = "S0·3§4.2.3",
        .zh = "每月进行管理状态检查",
        .en = "the state of the management is inspected every month",
        .period = Period::month,
        .policy = "duty.inspection_monthly",
        .events = {{{"MonthlyInspectionRecorded", mark_sheet<body::MonthlyInspectionRecorded>}}},
        .responsible = Role::qd},
    DutyRule{
        .id = "D-INS-4",
        .clause = "S3/009§三",
        .zh = "每季度评估物业状态",
        .en = "the property is assessed every quarter",
        .period = Period::quarter,
        .policy = "duty.inspection_quarterly",
        .events = {{{"QuarterlyPropertyInspected", mark_sheet<body::QuarterlyPropertyInspected>}}},
        .responsible = Role::qd},
    DutyRule{.id = "D-INS-5",
             .clause = "S0·3§4.2.4",
             .zh = "每年抽检不少于 4 次",
             .en = "there are four spot checks a year",
             .period = Period::year,
             .policy = "duty.inspection_spot",
             .events = {{{"SpotCheckRecorded", mark_sheet<body::SpotCheckRecorded>}}},
             .count_policy = "inspection.spot_year",
             .responsible = Role::qd},
    DutyRule{.id = "D-INS-5-QUARTER",
             .clause = "S0·4§4.2.3.2",
             .zh = "品质部每季度抽检",
             .en = "the quality department checks every quarter",
             .period = Period::quarter,
             .policy = "duty.inspection_spot",
             .events = {{{"SpotCheckRecorded", mark_sheet<body::SpotCheckRecorded>}}},
             .responsible = Role::qd},
    DutyRule{.id = "D-INS-6",
             .clause = "S3/009§三",
             .zh = "每月夜间查岗不少于 4 次",
             .en = "posts are checked on four nights a month",
             .period = Period::month,
             .policy = "duty.inspection_night",
             .events = {{{"NightPostChecked", mark_night}}},
             .count_policy = "inspection.night_month",
             .responsible = Role::pm},
    DutyRule{.id = "D-INS-7",
             .clause = "S0·4§4.2.3.1",
             .zh = "每周对每名员工书面考评不少于 2 次",
             .en = "everybody is assessed twice a week",
             .period = Period::week,
             .policy = "duty.inspection_assess",
             .events = {{{"StaffAssessed", mark_assessed}}},
             .count_policy = "inspection.assess_week_per_person",
             .responsible = Role::csm,
             .subjects = everybody},
    DutyRule{.id = "D-INS-8",
             .clause = "S0·4§4.2.3.3",
             .zh = "每月 26 日前发布上月检验汇总分析",
             .en = "the analysis of a month is published by the 26th of the next",
             .period = Period::month,
             .policy = "duty.inspection_analysis",
             .events = {{{"MonthlyAnalysisPublished", mark_analysis}}},
             .responsible = Role::qd,
             .due_day = 26,
             .due_day_policy = "nonconform.sheet_day"},
    DutyRule{.id = "D-INS-9",
             .clause = "S3/009§三",
             .zh = "每年进行年度评比",
             .en = "there is an evaluation every year",
             .period = Period::year,
             .policy = "duty.inspection_annual",
             .events = {{{"AnnualEvaluationRecorded", mark_annual}}},
             .responsible = Role::qd},
    DutyRule{.id = "D-INS-10",
             .clause = "S3/009§三",
             .zh = "每半年上报水电指标",
             .en = "the figures of water and electricity are reported every half year",
             .period = Period::half_year,
             .policy = "duty.inspection_utility",
             .events = {{{"UtilityIndicatorsReported", mark_utility}}},
             .responsible = Role::fin},
};

}  // namespace

std::span<const DutyRule> inspection_duties() {
  return rules;
}

}  // namespace juanzong
