// SPDX-License-Identifier: Apache-2.0
// Building patrols of a day (D-PAT-1): who walked, where, how completely, and which customer
// assistants still owe their round.
#include "events/procedures/parties.h"
#include "events/procedures/patrols/patrols_generated.h"
#include "events/procedures/policy.h"
#include "events/procedures/units.h"

#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>
#include <set>

namespace juanzong {
namespace {

struct Patrol {
  RecordIndex index{};
  std::string id;
  std::string by;
  std::string building;
  UnixMicros started;
  UnixMicros ended;
  std::size_t floors = 0;
  bool all_areas = false;
  bool complete = false;
};

// Floors of each building, from the registered units.
std::map<std::string, std::set<std::int32_t>> floors_of(const ViewContext& context) {
  std::map<std::string, std::set<std::int32_t>> floors;
  for (const std::string& code : context.state_keys(StateKind::unit)) {
    const auto unit = context.newest().get<UnitState>(code);
    floors[unit.building].insert(unit.floor);
  }
  return floors;
}

Patrol patrol_of(const ViewContext& context, const StoredRecord& stored) {
  const auto& event =
      *flatbuffers::GetRoot<body::BuildingPatrolled>(stored.view.statement.body.data());
  Patrol patrol;
  patrol.index = stored.view.index;
  patrol.id = text_of(event.patrol_id());
  patrol.by = context.actor_of(stored.view.header.key_id);
  patrol.building = text_of(event.building());
  patrol.started = *parse_instant(view_of(event.started()));
  patrol.ended = *parse_instant(view_of(event.ended()));
  patrol.floors = event.floors()->size();
  const auto& areas = *event.areas();
  patrol.all_areas = areas.site() && areas.greening() && areas.hall() && areas.garage();
  return patrol;
}

// Those that began on the business date.
Result<std::vector<Patrol>> patrols_of(const ViewContext& context, std::size_t floors_min) {
  const auto floors = floors_of(context);
  std::vector<Patrol> patrols;
  for (const RecordIndex index : context.stream("patrols")) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    Patrol patrol = patrol_of(context, *stored);
    if (context.zone().date_of(patrol.started) == context.date()) {
      const auto found = floors.find(patrol.building);
      const std::size_t needed =
          found == floors.end() ? floors_min : std::min(floors_min, found->second.size());
      patrol.complete = patrol.all_areas && patrol.floors >= needed;
      patrols.push_back(std::move(patrol));
    }
  }
  return patrols;
}

ReportTable patrol_table(const std::vector<Patrol>& patrols) {
  TableBuilder table("patrols",
                     "巡视",
                     {{"patrol_id", "巡视编号"},
                      {"by", "客户助理"},
                      {"building", "楼栋"},
                      {"started", "开始"},
                      {"ended", "结束"},
                      {"floors", "抽查楼层数"},
                      {"all_areas", "区域齐全"},
                      {"complete", "符合要求"}});
  for (const Patrol& patrol : patrols) {
    table.row()
        .add(cell_text(patrol.id), {patrol.index})
        .add(cell_text(patrol.by))
        .add(cell_text(patrol.building))
        .add(patrol.started)
        .add(patrol.ended)
        .add(cell_count(patrol.floors))
        .add(patrol.all_areas)
        .add(patrol.complete);
  }
  return table.take();
}

// A customer assistant of that day, whether he walked or not.
struct Assistant {
  std::string staff;
  std::int64_t made = 0;
  std::int64_t complete = 0;
  std::int64_t owed = 0;
};

std::vector<Assistant> assistants(const std::vector<std::string>& staff,
                                  const World& world,
                                  const std::vector<Patrol>& patrols,
                                  std::int64_t quota) {
  std::vector<Assistant> found;
  for (const std::string& who : staff) {
    if (!staff_has_role(world, who, Role::csa)) {
      continue;
    }
    Assistant& assistant = found.emplace_back();
    assistant.staff = who;
    assistant.made = std::ranges::count(patrols, who, &Patrol::by);
    assistant.complete = std::ranges::count_if(
        patrols, [&who](const Patrol& each) { return each.by == who && each.complete; });
    assistant.owed = std::max<std::int64_t>(0, quota - assistant.complete);
  }
  return found;
}

ReportTable assistant_table(const std::vector<Assistant>& assistants) {
  TableBuilder table("assistants",
                     "客户助理",
                     {{"staff", "客户助理"},
                      {"patrols", "巡视次数"},
                      {"complete", "符合要求次数"},
                      {"owed", "欠巡视次数"}});
  for (const Assistant& each : assistants) {
    table.row().add(cell_text(each.staff)).add(each.made).add(each.complete).add(each.owed);
  }
  return table.take();
}

}  // namespace

Result<Report> view_patrols(const ViewContext& context) {
  const CivilDate on = context.date();
  const auto staff = context.keys_with_stream(StateKind::staff, "staff:");
  std::vector<std::string> streams{"patrols"};
  for (const std::string& who : staff) {
    streams.push_back("staff:" + who);
  }
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  const auto floors = policy_number(**world, "patrol.floors", on).value_or(5);
  const auto quota = policy_number(**world, "patrol.csa_per_day", on).value_or(1);
  const Result<std::vector<Patrol>> patrols = patrols_of(context, static_cast<std::size_t>(floors));
  if (!patrols) {
    return fail(patrols.error());
  }
  const std::vector<Assistant> all = assistants(staff, **world, *patrols, quota);
  std::int64_t owed = 0;
  for (const Assistant& each : all) {
    owed += each.owed;
  }
  ReportBuilder out(context);
  out.fact("date", "日期", on)
      .fact("count", "巡视次数", cell_count(patrols->size()))
      .fact("owed", "欠巡视次数", owed)
      .table(patrol_table(*patrols))
      .table(assistant_table(all));
  return out.take();
}

}  // namespace juanzong
