// SPDX-License-Identifier: Apache-2.0
// Facilities and the fabric of the buildings (设施设备、房屋本体, P35): what there is, what is
// planned for it, what was done, and how long it did not work.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& facilities_procedure();

enum class EquipmentStage : std::uint8_t { none, in_service, failed };

// Key: the equipment's stream, "equipment:…", or "plan:…" with the system's name.
struct EquipmentState {
  static constexpr StateKind kind = StateKind::equipment;
  std::uint8_t system = 0;          // body::FacilitySystem
  std::uint32_t interval_days = 0;  // of a plan
  std::string model;
  std::string location;
  CivilDate installed_on;
  std::optional<UnixMicros> maintained_at;
  std::optional<UnixMicros> failed_at;  // while it has failed
  std::uint64_t downtime_min = 0;       // of all failures
  std::uint32_t failures = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(system,
       interval_days,
       model,
       location,
       installed_on,
       maintained_at,
       failed_at,
       downtime_min,
       failures);
  }
};

[[nodiscard]] std::string equipment_key(std::string_view id);
[[nodiscard]] std::string plan_key(std::uint8_t system);
// Days between two services of this equipment; 0: there is no plan for its system.
[[nodiscard]] std::uint32_t interval_of(const World& world, const EquipmentState& equipment);

}  // namespace juanzong
