// SPDX-License-Identifier: Apache-2.0
// Inspections of rooms in which nobody lives, and what they found.
#include "events/procedures/units.h"
#include "events/procedures/vacant_units/vacant_units.h"
#include "events/procedures/vacant_units/vacant_units_generated.h"
#include "events/procedures/vacant_units/vacant_units_schema.h"
#include "events/procedures/workers.h"

#include <array>

namespace juanzong {
namespace {

constexpr Rule vacancy_rule{"H-VAC-1",
                            "S2·3.6",
                            "房屋有人使用或正在装修,不属空置房",
                            "the unit is used or being decorated; it is not vacant"};

enum class Inspection : std::uint8_t { none, in_order, defective };
constexpr std::array<CaseStage, 3> stages{
    {{"NONE", "未登记"}, {"IN_ORDER", "完好"}, {"DEFECTIVE", "有问题"}}};

bool is_defective(const body::VacantUnitInspected& event) {
  return event.hygiene() != body::RoomHygiene::CLEAN || !event.works();
}
std::uint8_t inspected_stage(const std::uint8_t* body) {
  const auto& event = *flatbuffers::GetRoot<body::VacantUnitInspected>(body);
  return static_cast<std::uint8_t>(is_defective(event) ? Inspection::defective
                                                       : Inspection::in_order);
}
constexpr std::array steps{CaseStep{"VacantUnitInspected", 1, CaseStep::stays, inspected_stage}};
constexpr std::array machines{CaseMachine{"vacant_inspection",
                                          "样板房、空置房检查",
                                          "Inspections of vacant units",
                                          "CSA CSM PS PM ENG ENGM ENV AREA MKT MDM QD CL AUD",
                                          stages,
                                          steps}};

void decide_inspected(const body::VacantUnitInspected& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_defects(is_defective(event), event.defects(), decision);
  const auto* unit = world.find<UnitState>(view_of(event.unit()));
  if (unit == nullptr) {
    return;  // refused as unknown already
  }
  const UnitCategory category = category_of(*unit);
  if (category != UnitCategory::vacant && category != UnitCategory::not_handed_over) {
    decision.refuse(vacancy_rule,
                    {fact("unit", view_of(event.unit())), fact("category", code_of(category))});
  }
}

constexpr std::array handlers{
    event<body::VacantUnitInspected, decide_inspected, apply_nothing<body::VacantUnitInspected>>(
        "VacantUnitInspected"),
};

constexpr std::array rules{vacancy_rule};

}  // namespace

const Procedure& vacant_units_procedure() {
  static constexpr Procedure procedure{.code = "P48",
                                       .name = "vacant_units",
                                       .zh = "样板房、空置房",
                                       .en = "Show flats and vacant units",
                                       .schema = vacant_units_schema,
                                       .handlers = handlers,
                                       .rules = rules,
                                       .states = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
