// SPDX-License-Identifier: Apache-2.0
// Conferences received in a month (会务接待一览, 《茶水出单统计表》): whether the room was ready
// half an hour ahead, how soon tea came, and what of the china came back.
#include "events/procedures/conferences/conferences.h"

#include "events/procedures/policy.h"

#include "projections/views/case_content.h"
#include "projections/views/views.h"

namespace juanzong {
namespace {

constexpr std::string_view prefix = "conference:";
constexpr std::int64_t micros_per_minute = 60 * micros_per_second;

// Both the message to the environment department and the second look were early enough (D-CNF-1).
bool is_ready_in_time(const ConferenceState& conference, const World& world, CivilDate on) {
  const std::int64_t minutes =
      policy_number(world, "conference.prepare_min", on).value_or(30) * micros_per_minute;
  const UnixMicros latest{conference.arrival.value - minutes};
  return conference.env_notified_at && conference.ready_at &&
         *conference.env_notified_at <= latest && *conference.ready_at <= latest;
}

// Minutes begun count whole.
CellValue tea_minutes(const ConferenceState& conference) {
  if (!conference.tea_at || !conference.seated_at) {
    return {};
  }
  const std::int64_t after = conference.tea_at->value - conference.seated_at->value;
  return (after + micros_per_minute - 1) / micros_per_minute;
}

std::vector<ReportColumn> columns() {
  return {{"conf_id", "会务编号"},
          {"organisation", "来访单位"},
          {"persons", "人数"},
          {"arrival", "预计抵达"},
          {"state", "状态"},
          {"ready_at", "准备完成"},
          {"ready_in_time", "按时准备"},
          {"seated_at", "入座"},
          {"tea_minutes", "上茶(分钟)"},
          {"rounds", "入场服务次数"},
          {"utensils_out", "出单器皿"},
          {"utensils_back", "回收器皿"}};
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const CaseMachine& machine,
             const World& world,
             const std::string& stream) {
  const auto file = world.get<CaseFileState>(stream);
  const auto conference = world.get<ConferenceState>(stream);
  const CivilDate on = context.zone().date_of(conference.arrival);
  table.row()
      .add(cell_text(stream.substr(prefix.size())), {file.opened})
      .add(cell_text(conference.organisation))
      .add(static_cast<std::int64_t>(conference.persons))
      .add(conference.arrival)
      .add(stage_label(machine, file.stage), {file.last})
      .add(cell_maybe(conference.ready_at))
      .add(is_ready_in_time(conference, world, on))
      .add(cell_maybe(conference.seated_at))
      .add(tea_minutes(conference))
      .add(static_cast<std::int64_t>(conference.rounds))
      .add(conference.utensils_out)
      .add(conference.utensils_back);
}

struct Sums {
  std::size_t late = 0;
  std::int64_t out = 0;
  std::int64_t missing = 0;  // of conferences that are over
};

void add_to(Sums& sums, const CaseFileState& file, const ConferenceState& conference, bool ready) {
  const bool is_over = file.stage == static_cast<std::uint8_t>(ConferenceStage::closed);
  sums.late += ready ? 0 : 1;
  sums.out += conference.utensils_out;
  sums.missing += is_over ? conference.utensils_out - conference.utensils_back : 0;
}

}  // namespace

Result<Report> view_conferences(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<CivilMonth> month = context.month();
  const Result<const CaseMachine*> machine = machine_for(context, "conference");
  if (!page || !month || !machine) {
    return fail(!page ? page.error() : !month ? month.error() : machine.error());
  }
  const auto streams = context.state_keys(StateKind::case_file, prefix);
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  Sums sums;
  std::vector<std::string> found;
  for (const std::string& stream : streams) {
    const auto* file = (*world)->find<CaseFileState>(stream);
    const auto conference = (*world)->get<ConferenceState>(stream);
    const CivilDate on = context.zone().date_of(conference.arrival);
    if (file != nullptr && file->stage != 0 && month_of(on) == *month) {
      add_to(sums, *file, conference, is_ready_in_time(conference, **world, on));
      found.push_back(stream);
    }
  }
  const PagedKeys part = page_of(found, *page);
  TableBuilder table("conferences", "会务接待", columns());
  for (const std::string& stream : part.keys) {
    add_row(table, context, **machine, **world, stream);
  }
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("count", "会务次数", cell_count(found.size()))
      .fact("not_ready_in_time", "未按时准备", cell_count(sums.late))
      .fact("utensils_out", "出单器皿", sums.out)
      .fact("utensils_missing", "未回收器皿", sums.missing)
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
