// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/repair_cases.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/charges.h"

#include <algorithm>

namespace juanzong {
namespace {

std::string stream_of(std::string_view id) {
  return std::string(repair_stream).append(":").append(id);
}

}  // namespace

RepairStage repair_stage(const World& world, std::string_view id) {
  const CaseFileState* file = find_case(world, repair_stream, id);
  return file == nullptr ? RepairStage::none : static_cast<RepairStage>(file->stage);
}

std::string_view code_of(RepairStage stage) {
  return repair_stages[static_cast<std::size_t>(stage)].code;
}

std::string_view zh_of(RepairStage stage) {
  return repair_stages[static_cast<std::size_t>(stage)].zh;
}

void set_repair_stage(WorldChange& world, std::string_view id, RepairStage stage) {
  world.edit<CaseFileState>(stream_of(id)).stage = static_cast<std::uint8_t>(stage);
}

bool lacks_charge(const World& world, std::string_view id) {
  const auto repair = world.get<RepairState>(id);
  const auto charges = world.get<OpenChargesState>(stream_of(id)).assessed;
  const bool assessed = std::ranges::any_of(charges, [&world](const std::string& charge_id) {
    return !world.get<ChargeState>(charge_id).reversed;
  });
  return repair.materials + repair.labour > zero_fen && !assessed;
}

void visit_repair(WorldChange& world, std::string_view id, UnixMicros at) {
  world.edit<RepairState>(id).visited_at = at;
  set_repair_stage(world, id, lacks_charge(world, id) ? RepairStage::visited : RepairStage::closed);
}

void rework_repair(WorldChange& world, std::string_view id) {
  RepairState& repair = world.edit<RepairState>(id);
  repair.visited_at.reset();
  repair.returned = false;
  ++repair.reworks;
}

}  // namespace juanzong
