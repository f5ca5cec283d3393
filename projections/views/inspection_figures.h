// SPDX-License-Identifier: Apache-2.0
// What the inspection regimes ask for in a month, and what was done: one slot for each kind and
// subject. A slot is missed when its period is over and less was done than is due.
#pragma once

#include "events/procedures/inspections/inspections.h"

#include <cstdint>
#include <string>
#include <vector>

namespace juanzong {

struct InspectionSlot {
  InspectionKind kind{};
  std::string subject;
  std::int64_t due = 0;  // days, weeks or inspections; 0: nobody says how many
  std::int64_t done = 0;
  std::int64_t missed = 0;
  std::int64_t inspections = 0;  // sheets, of which a day may have several
  std::int64_t findings = 0;
  std::int64_t failed = 0;
  std::int64_t weather_alerts = 0;
  RecordIndex last{};
};

// All slots of the month, judged on that day; sorted by kind and subject.
[[nodiscard]] std::vector<InspectionSlot> inspection_slots(const World& world,
                                                           CivilMonth month,
                                                           CivilDate on);
// The Mondays of the weeks that end in the month.
[[nodiscard]] std::vector<CivilDate> weeks_of(CivilMonth month);

}  // namespace juanzong
