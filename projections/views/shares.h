// SPDX-License-Identifier: Apache-2.0
// Shares and averages of statistics: whole basis points (5000 = 50 %) and whole minutes, absent
// where there is nothing to share or to average.
#pragma once

#include "projections/views/report_builder.h"

#include <cstdint>

namespace juanzong {

[[nodiscard]] inline CellValue cell_share_bp(std::size_t part, std::size_t whole) {
  return whole == 0 ? CellValue() : CellValue(static_cast<std::int64_t>(part * 10'000 / whole));
}

// Sums of elapsed time.
struct ElapsedSum {
  std::int64_t micros = 0;
  std::size_t count = 0;
  void add(UnixMicros from, UnixMicros to) {
    micros += to.value - from.value;
    ++count;
  }
  [[nodiscard]] CellValue average_minutes() const {
    constexpr std::int64_t micros_per_minute = 60 * micros_per_second;
    return count == 0 ? CellValue()
                      : CellValue(micros / static_cast<std::int64_t>(count) / micros_per_minute);
  }
};

// Monday of the week.
[[nodiscard]] inline CivilDate week_of(CivilDate day) {
  return add_days(day, -weekday_of(day));
}

}  // namespace juanzong
