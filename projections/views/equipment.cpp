// SPDX-License-Identifier: Apache-2.0
// The ledger of equipment (设备台账): what is in service, when it is due for service, and how long
// it did not work. 设备完好率 is what is in service of all, in hundredths of a percent.
#include "events/procedures/facilities/facilities.h"
#include "events/procedures/facilities/facilities_generated.h"

#include "projections/views/case_content.h"
#include "projections/views/views.h"

namespace juanzong {
namespace {

constexpr std::string_view prefix = "equipment:";

struct Counts {
  std::size_t all = 0;
  std::size_t in_service = 0;
  std::size_t overdue = 0;
};

// When the next service is due, as its system's plan says.
std::optional<CivilDate> next_service(const ViewContext& context,
                                      const World& world,
                                      const CaseFileState& file,
                                      const EquipmentState& equipment) {
  const std::uint32_t days = interval_of(world, equipment);
  if (days == 0) {
    return std::nullopt;
  }
  const UnixMicros from = equipment.maintained_at.value_or(file.opened_at);
  return add_days(context.zone().date_of(from), static_cast<std::int32_t>(days));
}

bool is_overdue(const std::optional<CivilDate>& due, CivilDate on) {
  return due && *due < on;
}

std::vector<ReportColumn> columns() {
  return {{"equip_id", "设备编号"},
          {"system", "系统"},
          {"model", "型号"},
          {"location", "位置"},
          {"installed_on", "安装日期"},
          {"state", "状态"},
          {"maintained_at", "最近维护"},
          {"next_due", "下次维护"},
          {"overdue", "逾期"},
          {"failures", "故障次数"},
          {"downtime_min", "停机分钟"}};
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const CaseMachine& machine,
             const World& world,
             const std::string& stream) {
  const auto file = world.get<CaseFileState>(stream);
  const auto equipment = world.get<EquipmentState>(stream);
  const auto due = next_service(context, world, file, equipment);
  table.row()
      .add(cell_text(stream.substr(prefix.size())), {file.opened})
      .add(cell_text(EnumNameFacilitySystem(static_cast<body::FacilitySystem>(equipment.system))))
      .add(cell_text(equipment.model))
      .add(cell_text(equipment.location))
      .add(equipment.installed_on)
      .add(stage_label(machine, file.stage), {file.last})
      .add(cell_maybe(equipment.maintained_at))
      .add(cell_maybe(due))
      .add(is_overdue(due, context.date()))
      .add(static_cast<std::int64_t>(equipment.failures))
      .add(static_cast<std::int64_t>(equipment.downtime_min));
}

// Those that stood in the ledger at the moment.
std::vector<std::string> listed(const ViewContext& context,
                                const std::vector<std::string>& streams,
                                const World& world,
                                Counts& counts) {
  std::vector<std::string> found;
  for (const std::string& stream : streams) {
    const auto* file = world.find<CaseFileState>(stream);
    if (file == nullptr || file->stage == 0) {
      continue;
    }
    const auto due = next_service(context, world, *file, world.get<EquipmentState>(stream));
    ++counts.all;
    counts.in_service +=
        file->stage == static_cast<std::uint8_t>(EquipmentStage::in_service) ? 1 : 0;
    counts.overdue += is_overdue(due, context.date()) ? 1 : 0;
    found.push_back(stream);
  }
  return found;
}

}  // namespace

Result<Report> view_equipment(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const CaseMachine*> machine = machine_for(context, "equipment");
  if (!page || !machine) {
    return fail(page ? machine.error() : page.error());
  }
  const auto streams = context.state_keys(StateKind::case_file, prefix);
  std::vector<std::string> folded = streams;
  folded.emplace_back("maintenance");
  const Result<const World*> world = context.world_of(folded);
  if (!world) {
    return fail(world.error());
  }
  Counts counts;
  const auto all = listed(context, streams, **world, counts);
  const PagedKeys part = page_of(all, *page);
  TableBuilder table("equipment", "设备", columns());
  for (const std::string& stream : part.keys) {
    add_row(table, context, **machine, **world, stream);
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "设备数", cell_count(counts.all))
      .fact("in_service", "完好", cell_count(counts.in_service))
      .fact("availability_bp",
            "设备完好率(万分之)",
            counts.all == 0 ? CellValue() : cell_count(counts.in_service * 10'000 / counts.all))
      .fact("overdue", "维护逾期", cell_count(counts.overdue))
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
