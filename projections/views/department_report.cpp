// SPDX-License-Identifier: Apache-2.0
// R16: 《部门日、周汇报表》. Of the week of the business date, Monday to Sunday, by department:
// what came in, what was answered, visited, repaired, patrolled; how the units changed day by day;
// what is open; and what the weekly meeting put on the agenda.
#include "events/procedures/case_machine.h"
#include "events/procedures/meetings/meetings_generated.h"
#include "events/procedures/parties.h"

#include "projections/views/department_figures.h"
#include "projections/views/labels.h"
#include "projections/views/occupancy_figures.h"
#include "projections/views/shares.h"
#include "projections/views/views.h"

#include <array>
#include <cstdio>

namespace juanzong {
namespace {

constexpr int days_to_thursday = 3;
constexpr int days_of_week = 7;
constexpr std::size_t year_digits = 4;

// "2025-W43": the week of ISO 8601, which belongs to the year of its Thursday.
std::string iso_week(CivilDate monday) {
  const CivilDate thursday = add_days(monday, days_to_thursday);
  const std::string year = to_text(thursday).substr(0, year_digits);
  const int of_year = thursday.days - parse_date(year + "-01-01")->days;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%s-W%02d", year.c_str(), of_year / days_of_week + 1);
  return text.data();
}

ReportTable occupancy_of(const ViewContext& context, const Week& week) {
  TableBuilder table("occupancy",
                     "物业动态变更",
                     {{"date", "日期"}, {"unit", "房屋"}, {"from", "原类别"}, {"to", "现类别"}});
  for (const OccupancyMove& move : moves_until(context, add_days(week.monday, days_of_week - 1))) {
    if (week.holds(move.effective)) {
      table.row()
          .add(move.effective)
          .add(cell_text(move.unit), {move.index})
          .add(move.from ? CellValue(label_of(*move.from)) : CellValue())
          .add(label_of(move.to));
    }
  }
  return table.take();
}

// The agenda of the departments' weekly meetings, and the minutes that say more.
Result<ReportTable> meetings_of(const ViewContext& context, const Week& week) {
  TableBuilder table("meetings",
                     "部门周例会",
                     {{"date", "日期"},
                      {"meeting_id", "会议编号"},
                      {"department", "部门"},
                      {"agenda", "议题"},
                      {"topics", "计划与事项"}});
  const std::string prefix = "meeting:";
  for (const std::string& stream : context.state_keys(StateKind::case_file, prefix)) {
    const std::vector<RecordIndex> indexes = context.stream(stream);
    if (indexes.empty()) {
      continue;
    }
    const Result<StoredRecord> stored = context.record(indexes.front());
    if (!stored) {
      return fail(stored.error());
    }
    const auto& body = *flatbuffers::GetRoot<body::MeetingHeld>(stored->view.statement.body.data());
    const CivilDate day = context.zone().date_of(*parse_instant(view_of(body.begun())));
    if (body.kind() != body::MeetingKind::DEPT_WEEKLY || !week.holds(day)) {
      continue;
    }
    std::string topics;
    for (std::uint32_t i = 0; body.topics() != nullptr && i < body.topics()->size(); ++i) {
      topics.append(i == 0 ? "" : "; ").append(view_of(body.topics()->Get(i)));
    }
    const auto convenor = context.newest().get<StaffState>(view_of(body.convenor()));
    table.row()
        .add(day)
        .add(cell_text(stream.substr(prefix.size())), {indexes.front()})
        .add(cell_text(convenor.department))
        .add(cell_text(view_of(body.agenda())))
        .add(cell_text(topics));
  }
  return table.take();
}

}  // namespace

Result<Report> view_department_report(const ViewContext& context) {
  const Week week{week_of(context.date())};
  const std::string name = iso_week(week.monday);
  const Result<DepartmentSums> sums = department_sums(context, week);
  Result<ReportTable> meetings = sums ? meetings_of(context, week) : fail(sums.error());
  if (!meetings) {
    return fail(meetings.error());
  }
  const std::vector<RecordIndex> summary = context.stream("request_week:" + name);
  ReportBuilder out(context);
  out.fact("date", "日期", context.date())
      .fact("week", "周", cell_text(name))
      .fact("from", "周一", week.monday)
      .fact("to", "周日", add_days(week.monday, days_of_week - 1))
      .fact("request_summary", "受理事项周汇总已报", !summary.empty(), summary)
      .table(sums->weekly())
      .table(sums->daily())
      .table(occupancy_of(context, week))
      .table(sums->open())
      .table(*std::move(meetings));
  return out.take();
}

}  // namespace juanzong
