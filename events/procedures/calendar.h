// SPDX-License-Identifier: Apache-2.0
// Working days (工作日): weekdays that are no holiday, and make-up days (调休), from the calendar
// that the project adopted by records.
#pragma once

#include "events/procedures/world.h"

#include <map>
#include <string_view>

namespace juanzong {

// Key: "calendar".
struct CalendarState {
  static constexpr StateKind kind = StateKind::calendar;
  std::map<std::int32_t, bool> working;  // exceptions only: day -> is it a working day
  template <class Ar>
  void visit(Ar& ar) {
    ar(working);
  }
};
inline constexpr std::string_view calendar_key = "calendar";

[[nodiscard]] inline bool is_working_day(const World& world, CivilDate day) {
  if (const auto* calendar = world.find<CalendarState>(calendar_key)) {
    const auto exception = calendar->working.find(day.days);
    if (exception != calendar->working.end()) {
      return exception->second;
    }
  }
  return weekday_of(day) < 5;
}

// The last day of a limit of `count` working days; the start day does not count (DOMAIN 0.6).
[[nodiscard]] inline CivilDate add_working_days(const World& world, CivilDate start, int count) {
  CivilDate day = start;
  while (count > 0) {
    day = add_days(day, 1);
    count -= is_working_day(world, day) ? 1 : 0;
  }
  return day;
}

}  // namespace juanzong
