// SPDX-License-Identifier: Apache-2.0
// Periods of the civil calendar, as reports and duties are counted by: a day, a week from Monday
// to Sunday, a month, two of them (January and February, …), a quarter, half a year, a year.
#pragma once

#include "events/model/civil_time.h"

#include <cstdint>

namespace juanzong {

enum class Period : std::uint8_t { day, week, month, two_months, quarter, half_year, year };

struct PeriodSpan {
  CivilDate first;
  CivilDate last;  // included
};

// The one that the day lies in.
[[nodiscard]] PeriodSpan period_of(Period period, CivilDate day);

}  // namespace juanzong
