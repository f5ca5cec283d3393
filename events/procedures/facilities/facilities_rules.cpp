// SPDX-License-Identifier: Apache-2.0
// The ledger of equipment: its stages, the service that its system's plan asks for, and the length
// of failures.
#include "events/procedures/case_checks.h"
#include "events/procedures/facilities/facilities.h"
#include "events/procedures/facilities/facilities_generated.h"
#include "events/procedures/facilities/facilities_schema.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::int64_t micros_per_minute = 60 * micros_per_second;

constexpr std::array<CaseStage, 3> stages{
    {{"NONE", "未登记"}, {"IN_SERVICE", "完好"}, {"FAILED", "故障"}}};
constexpr auto registered = from_to(EquipmentStage::in_service, EquipmentStage::failed);
constexpr std::array steps{
    opens("EquipmentRegistered", EquipmentStage::in_service),
    note("EquipmentDataChanged", registered),
    note("MaintenancePerformed", registered),
    note("FacilityInspected", registered),
    step("EquipmentFailed", EquipmentStage::in_service, EquipmentStage::failed),
    step("EquipmentRestored", EquipmentStage::failed, EquipmentStage::in_service),
};

constexpr std::string_view readers = "CSA CSM PS PM ENG ENGM SECM CL MDM QD AUD";
constexpr std::array machines{
    CaseMachine{"equipment", "设备", "Equipment", readers, stages, steps},
};

// The day until which the next service is due, if its system has a plan.
template <class Body>
std::optional<CivilDate> next_service(const std::uint8_t* body,
                                      const EventContext& context,
                                      const World& world) {
  const auto& event = *flatbuffers::GetRoot<Body>(body);
  const auto equipment = world.get<EquipmentState>(equipment_key(view_of(event.equip_id())));
  const std::uint32_t days = interval_of(world, equipment);
  const CivilDate from = equipment.maintained_at ? world.zone().date_of(*equipment.maintained_at)
                                                 : day_of_fact(context, world);
  return add_days(from, static_cast<std::int32_t>(days));
}

template <class Body>
bool is_planned(const std::uint8_t* body, const World& world) {
  const auto& event = *flatbuffers::GetRoot<Body>(body);
  const auto equipment = world.get<EquipmentState>(equipment_key(view_of(event.equip_id())));
  return interval_of(world, equipment) > 0;
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-FAC-1",
                 .clause = "S4§3.2",
                 .zh = "设备按计划维护保养",
                 .en = "equipment is serviced as planned",
                 .begins = "MaintenancePerformed",
                 .ends = {"MaintenancePerformed"},
                 .stream = "equipment",
                 .responsible = Role::eng,
                 .applies = is_planned<body::MaintenancePerformed>,
                 .counts_from = next_service<body::MaintenancePerformed>},
    DeadlineRule{.id = "D-FAC-1-FIRST",
                 .clause = "S4§3.2",
                 .zh = "新登记设备按计划首次维护保养",
                 .en = "newly registered equipment has its first service as planned",
                 .begins = "EquipmentRegistered",
                 .ends = {"MaintenancePerformed"},
                 .stream = "equipment",
                 .responsible = Role::eng,
                 .applies = is_planned<body::EquipmentRegistered>,
                 .counts_from = next_service<body::EquipmentRegistered>},
};

void decide_registered(const body::EquipmentRegistered& event,
                       const EventContext& context,
                       const World&,
                       Decision& decision) {
  check_not_in_future("installed_on", date_of(event.installed_on()), context, decision);
}

void apply_registered(const body::EquipmentRegistered& event,
                      const EventContext&,
                      WorldChange& world) {
  EquipmentState& equipment = world.edit<EquipmentState>(equipment_key(view_of(event.equip_id())));
  equipment.system = static_cast<std::uint8_t>(event.system());
  equipment.model = text_of(event.model());
  equipment.location = text_of(event.location());
  equipment.installed_on = *date_of(event.installed_on());
}

void decide_changed(const body::EquipmentDataChanged& event,
                    const EventContext&,
                    const World&,
                    Decision& decision) {
  const bool changes = event.model() != nullptr || event.parameters() != nullptr ||
                       event.maintenance() != nullptr || event.location() != nullptr;
  if (!changes) {
    decision.refuse_schema("equip_id", "没有更改内容", "nothing changes");
  }
}

void apply_changed(const body::EquipmentDataChanged& event,
                   const EventContext&,
                   WorldChange& world) {
  EquipmentState& equipment = world.edit<EquipmentState>(equipment_key(view_of(event.equip_id())));
  equipment.model = event.model() == nullptr ? equipment.model : text_of(event.model());
  equipment.location = event.location() == nullptr ? equipment.location : text_of(event.location());
}

void apply_plan(const body::MaintenancePlanSet& event, const EventContext&, WorldChange& world) {
  const auto system = static_cast<std::uint8_t>(event.system());
  world.edit<EquipmentState>(plan_key(system)).interval_days = event.interval_days();
}

// Ten years: a longer interval is a slip of the pen.
constexpr std::uint32_t interval_days_max = 3'660;

void decide_plan(const body::MaintenancePlanSet& event,
                 const EventContext&,
                 const World&,
                 Decision& decision) {
  if (event.interval_days() > interval_days_max) {
    decision.refuse_schema("interval_days", "周期不得超过十年", "at most ten years");
  }
}

void apply_performed(const body::MaintenancePerformed& event,
                     const EventContext&,
                     WorldChange& world) {
  EquipmentState& equipment = world.edit<EquipmentState>(equipment_key(view_of(event.equip_id())));
  const UnixMicros at = *parse_instant(view_of(event.at()));
  equipment.maintained_at = std::max(equipment.maintained_at.value_or(at), at);
}

void decide_inspected(const body::FacilityInspected& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  if ((event.equip_id() == nullptr) == (event.place() == nullptr)) {
    decision.refuse_schema("place", "设备和部位填一项", "a piece of equipment, or a place");
  }
}

void apply_failed(const body::EquipmentFailed& event, const EventContext&, WorldChange& world) {
  EquipmentState& equipment = world.edit<EquipmentState>(equipment_key(view_of(event.equip_id())));
  equipment.failed_at = *parse_instant(view_of(event.failed_at()));
  ++equipment.failures;
}

void decide_restored(const body::EquipmentRestored& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const auto equipment = world.get<EquipmentState>(equipment_key(view_of(event.equip_id())));
  if (!equipment.failed_at) {
    return;  // the machine refuses
  }
  const UnixMicros restored = *parse_instant(view_of(event.restored_at()));
  if (restored < *equipment.failed_at) {
    decision.refuse_schema("restored_at", "恢复早于故障", "restored before it failed");
    return;
  }
  const std::int64_t minutes = (restored.value - equipment.failed_at->value) / micros_per_minute;
  if (event.downtime_min() != static_cast<std::uint64_t>(minutes)) {
    decision.refuse_schema("downtime_min",
                           "停机时间应为 " + std::to_string(minutes) + " 分钟",
                           "it was down for " + std::to_string(minutes) + " minutes");
  }
}

void apply_restored(const body::EquipmentRestored& event, const EventContext&, WorldChange& world) {
  EquipmentState& equipment = world.edit<EquipmentState>(equipment_key(view_of(event.equip_id())));
  equipment.failed_at.reset();
  equipment.downtime_min += event.downtime_min();
}

constexpr std::array handlers{
    event<body::EquipmentRegistered, decide_registered, apply_registered>("EquipmentRegistered"),
    event<body::EquipmentDataChanged, decide_changed, apply_changed>("EquipmentDataChanged"),
    event<body::MaintenancePlanSet, decide_plan, apply_plan>("MaintenancePlanSet"),
    event<body::MaintenancePerformed, decide_nothing<body::MaintenancePerformed>, apply_performed>(
        "MaintenancePerformed"),
    event<body::FacilityInspected, decide_inspected, apply_nothing<body::FacilityInspected>>(
        "FacilityInspected"),
    plain("FabricInspected"),
    event<body::EquipmentFailed, decide_nothing<body::EquipmentFailed>, apply_failed>(
        "EquipmentFailed"),
    event<body::EquipmentRestored, decide_restored, apply_restored>("EquipmentRestored"),
};

constexpr std::array states{state_type<EquipmentState>("equipment")};

}  // namespace

std::string equipment_key(std::string_view id) {
  return "equipment:" + std::string(id);
}

std::string plan_key(std::uint8_t system) {
  return std::string("plan:") + EnumNameFacilitySystem(static_cast<body::FacilitySystem>(system));
}

std::uint32_t interval_of(const World& world, const EquipmentState& equipment) {
  return world.get<EquipmentState>(plan_key(equipment.system)).interval_days;
}

const Procedure& facilities_procedure() {
  static constexpr Procedure procedure{.code = "P35",
                                       .name = "facilities",
                                       .zh = "设施设备",
                                       .en = "Facilities and buildings",
                                       .schema = facilities_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = states,
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
