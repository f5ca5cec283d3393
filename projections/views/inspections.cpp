// SPDX-License-Identifier: Apache-2.0
// R13, the register of inspections (检查登记) of a month: what was due, done and missed,
// assessments of each person, defects that are open, processes above their threshold, papers of the
// month.
#include "events/procedures/nonconformities/nonconformities.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"

#include "projections/views/case_content.h"
#include "projections/views/inspection_figures.h"
#include "projections/views/inspection_labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::uint8_t defect_verified = 3;

// Everything that the register is made of, as it was at the moment.
Result<const World*> world_at(const ViewContext& context, CivilMonth month) {
  std::vector<std::string> streams{std::string(inspections_stream)};
  for (const std::string& stream : context.state_keys(StateKind::case_file, "defect:")) {
    streams.push_back(stream);
  }
  for (const std::string& process : context.state_keys(StateKind::nonconformity)) {
    streams.push_back("process:" + process);
  }
  streams.push_back("analysis:" + to_text(month));
  streams.push_back("bulletin:" + to_text(month));
  streams.push_back("warehouse_month:" + to_text(month));
  return context.world_of(streams);
}

Records last_of(const InspectionSlot& slot) {
  return slot.inspections == 0 ? Records{} : Records{slot.last};
}

ReportTable register_of(const std::vector<InspectionSlot>& slots) {
  TableBuilder table("register",
                     "检查登记",
                     {{"kind", "检查"},
                      {"subject", "对象"},
                      {"due", "应检"},
                      {"done", "已检"},
                      {"missed", "漏检"},
                      {"inspections", "记录数"},
                      {"findings", "问题"},
                      {"failed", "不合格"},
                      {"weather_alerts", "异常天气"}});
  for (const InspectionSlot& slot : slots) {
    table.row()
        .add(label_of(slot.kind), last_of(slot))
        .add(cell_text(slot.subject))
        .add(slot.due)
        .add(slot.done)
        .add(slot.missed)
        .add(slot.inspections)
        .add(slot.findings)
        .add(slot.failed)
        .add(slot.weather_alerts);
  }
  return table.take();
}

// Members of staff who were registered when the last record that counts was written.
std::vector<std::string> staff_at(const ViewContext& context) {
  std::vector<std::string> staff = context.state_keys(StateKind::staff);
  std::erase_if(staff, [&context](const std::string& id) {
    const auto state = context.newest().get<StaffState>(id);
    return id == server_staff || !state.registered || state.since > context.upto();
  });
  return staff;
}

TableBuilder assessment_table() {
  return {"assessments",
          "书面考评",
          {{"staff", "人员"},
           {"week", "周"},
           {"due", "应评"},
           {"done", "已评"},
           {"missed", "漏评"},
           {"nonconform", "不合格项"},
           {"failed", "不合格"}}};
}

// A week is owed by whoever was registered before it began, once it is over.
Outcome add_weeks(TableBuilder& table,
                  const ViewContext& context,
                  const World& world,
                  const std::string& staff,
                  CivilMonth month) {
  const Result<StoredRecord> since = context.record(context.newest().get<StaffState>(staff).since);
  if (!since) {
    return fail(since.error());
  }
  const CivilDate registered = context.zone().date_of(since->view.recorded_at);
  for (const CivilDate monday : weeks_of(month)) {
    const auto state = world.get<InspectionPeriodState>(week_key(monday));
    const auto found = state.tallies.find(tally_key(InspectionKind::assessment, staff));
    const InspectionTally tally = found == state.tallies.end() ? InspectionTally{} : found->second;
    const bool is_owed = registered < monday && context.date() > add_days(monday, 6);
    const std::int64_t due =
        is_owed ? policy_number(world, "inspection.assess_week_per_person", monday).value_or(2) : 0;
    const auto done = static_cast<std::int64_t>(tally.count);
    table.row()
        .add(cell_text(staff))
        .add(monday)
        .add(due)
        .add(done, done == 0 ? Records{} : Records{tally.last})
        .add(std::max<std::int64_t>(0, due - done))
        .add(static_cast<std::int64_t>(tally.findings))
        .add(static_cast<std::int64_t>(tally.failed));
  }
  return Done{};
}

TableBuilder defect_table() {
  return {"defects",
          "未消项缺陷",
          {{"defect_id", "编号"},
           {"stage", "状态"},
           {"found_at", "登记"},
           {"age_days", "已历天数"},
           {"content", "内容"}}};
}

// Those that are not verified yet, oldest number first.
Outcome add_defects(TableBuilder& table, const ViewContext& context, const World& world) {
  const Result<const CaseMachine*> machine = machine_for(context, "defect");
  if (!machine) {
    return fail(machine.error());
  }
  ContentPrinter printer(context);
  for (const std::string& stream : context.state_keys(StateKind::case_file, "defect:")) {
    const auto* file = world.find<CaseFileState>(stream);
    if (file == nullptr || file->stage == 0 || file->stage == defect_verified) {
      continue;
    }
    const Result<StoredRecord> record = context.record(file->opened);
    if (!record) {
      return fail(record.error());
    }
    const CivilDate since = context.zone().date_of(file->opened_at);
    table.row()
        .add(cell_text(stream.substr(stream.find(':') + 1)), {file->opened})
        .add(stage_label(**machine, file->stage), {file->last})
        .add(file->opened_at)
        .add(static_cast<std::int64_t>(std::max(0, context.date().days - since.days)))
        .add(cell_text(printer.content_of(record->view, "defect")));
  }
  return Done{};
}

ReportTable processes_of(const ViewContext& context, const World& world, CivilMonth month) {
  TableBuilder table("processes",
                     "过程不合格统计",
                     {{"process", "过程"},
                      {"month", "月份"},
                      {"found", "不合格项"},
                      {"complaints", "投诉"},
                      {"above_threshold", "超限"},
                      {"plan_due", "措施截止"},
                      {"planned", "措施已定"},
                      {"overdue", "逾期"}});
  const CivilMonth january{month.months - month.months % 12};
  for (const std::string& process : context.state_keys(StateKind::nonconformity)) {
    const auto state = world.get<ProcessState>(process);
    for (const auto& [at, counts] : state.months) {
      if (at < january || at > month || counts.found == 0) {
        continue;
      }
      const bool above = needs_plan(counts, world, last_day(at));
      const CivilDate due = plan_due(at, world);
      table.row()
          .add(cell_text(process))
          .add(cell_text(to_text(at)))
          .add(static_cast<std::int64_t>(counts.found))
          .add(static_cast<std::int64_t>(counts.complaints))
          .add(above)
          .add(above ? CellValue(due) : CellValue())
          .add(counts.planned > 0, records_of(counts.first_plan))
          .add(above && counts.planned == 0 && context.date() > due);
    }
  }
  return table.take();
}

// The analysis is owed on the 26th of the following month, the others within the month (D-WHS-1).
ReportTable papers_of(const World& world, CivilMonth month) {
  TableBuilder table(
      "papers",
      "月度文件",
      {{"paper", "文件"}, {"due_on", "截止"}, {"issued_at", "发出"}, {"late", "逾期发出"}});
  const CivilMonth next{month.months + 1};
  const std::int64_t day =
      policy_number(world, "nonconform.sheet_day", first_day(next)).value_or(26);
  const auto add = [&](std::string_view stream, std::string_view zh, CivilDate due) {
    const auto* file = find_case(world, stream, to_text(month));
    const bool issued = file != nullptr && file->stage != 0;
    table.row()
        .add(cell_code(stream, zh))
        .add(due)
        .add(issued ? CellValue(file->opened_at) : CellValue(),
             issued ? Records{file->opened} : Records{})
        .add(issued && world.zone().date_of(file->opened_at) > due);
  };
  add("analysis",
      "月检验汇总分析",
      std::min(add_days(first_day(next), static_cast<std::int32_t>(day) - 1), last_day(next)));
  add("bulletin", "月检通报", last_day(month));
  add("warehouse_month", "仓库月检", last_day(month));
  return table.take();
}

std::int64_t missed_in(const std::vector<InspectionSlot>& slots) {
  std::int64_t missed = 0;
  for (const InspectionSlot& slot : slots) {
    missed += slot.missed;
  }
  return missed;
}

}  // namespace

Result<Report> view_inspections(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  const Result<Page> page = context.page();
  if (!month || !page) {
    return fail(month ? page.error() : month.error());
  }
  const Result<const World*> world = world_at(context, *month);
  if (!world) {
    return fail(world.error());
  }
  const std::vector<InspectionSlot> slots = inspection_slots(**world, *month, context.date());
  const PagedKeys staff = page_of(staff_at(context), *page);
  TableBuilder assessments = assessment_table();
  for (const std::string& each : staff.keys) {
    if (const Outcome added = add_weeks(assessments, context, **world, each, *month); !added) {
      return fail(added.error());
    }
  }
  TableBuilder defects = defect_table();
  if (const Outcome added = add_defects(defects, context, **world); !added) {
    return fail(added.error());
  }
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("date", "计算日期", context.date())
      .fact("missed", "漏检", missed_in(slots))
      .table(register_of(slots))
      .table(assessments)
      .table(defects)
      .table(processes_of(context, **world, *month))
      .table(papers_of(**world, *month))
      .next(staff.next);
  return out.take();
}

}  // namespace juanzong
