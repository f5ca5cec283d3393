// SPDX-License-Identifier: Apache-2.0
// Nonconformity and corrective measures (不合格、纠正预防, P28): what did not conform, by process
// and month, until a measure was found to work.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& nonconformities_procedure();

struct ProcessMonth {
  std::uint32_t found = 0;
  std::uint32_t complaints = 0;  // of them, found by a complaint
  std::uint32_t planned = 0;     // measures planned for those found in this month
  std::optional<RecordIndex> first_plan;
  template <class Ar>
  void visit(Ar& ar) {
    ar(found, complaints, planned, first_plan);
  }
};

// Key: process. Folded from the stream "process:" + key.
struct ProcessState {
  static constexpr StateKind kind = StateKind::nonconformity;
  std::map<CivilMonth, ProcessMonth> months;
  std::map<std::string, CivilMonth> found;  // nonconformity -> month in which it was found
  template <class Ar>
  void visit(Ar& ar) {
    ar(months, found);
  }
};

// More than nonconform.limit nonconformities, or nonconform.complaints complaints and more.
[[nodiscard]] bool needs_plan(const ProcessMonth& month, const World& world, CivilDate on);
// The day by which the plan for a month is owed: after its analysis, the month after that.
[[nodiscard]] CivilDate plan_due(CivilMonth month, const World& world);

}  // namespace juanzong
