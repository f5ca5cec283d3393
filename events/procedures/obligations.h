// SPDX-License-Identifier: Apache-2.0
// Obligations that a procedure runs itself from apply(), where a DeadlineRule alone cannot say it:
// the limit follows from what is judged later and counts from what was earlier (a complaint's class
// and its arrival), or a promise moves it. The rule stands in the procedure's table all the same,
// so that the board knows it, with `applies = begun_in_apply`; `ends` and `lapses` work as always.
#pragma once

#include "events/procedures/deadlines.h"

#include <string>
#include <string_view>

namespace juanzong {

// DeadlineRule::applies of a rule whose event begins it from apply().
[[nodiscard]] constexpr bool begun_in_apply(const std::uint8_t* /*body*/, const World& /*world*/) {
  return false;
}

struct ObligationTerm {
  std::string_view rule;
  std::string_view case_stream;
  std::string_view unit;
  UnixMicros begun_at;
  UnixMicros due_at;
};

// Runs until `due_at`; in place of what ran under that rule for that case.
void begin_obligation(const ObligationTerm& term, RecordIndex index, WorldChange& world);
// What runs is met by that record, whose fact was at `at`. Nothing runs: nothing happens.
void meet_obligation(std::string_view rule,
                     std::string_view case_stream,
                     RecordIndex index,
                     UnixMicros at,
                     WorldChange& world);
// Nothing is owed any more.
void lapse_obligation(std::string_view rule,
                      std::string_view case_stream,
                      RecordIndex index,
                      WorldChange& world);
// A new term, if the old one was not over at `at`: a breach stays one.
void extend_obligation(std::string_view rule,
                       std::string_view case_stream,
                       UnixMicros due_at,
                       UnixMicros at,
                       WorldChange& world);
// The obligation that runs for the case; nullptr: none does.
[[nodiscard]] const ObligationState* running_obligation(const World& world,
                                                        std::string_view rule,
                                                        std::string_view case_stream);

[[nodiscard]] constexpr UnixMicros after_minutes(UnixMicros at, std::int64_t minutes) {
  return UnixMicros{at.value + minutes * 60 * micros_per_second};
}
[[nodiscard]] constexpr UnixMicros after_hours(UnixMicros at, std::int64_t hours) {
  return after_minutes(at, hours * 60);
}
// After that much time in which the office is open (policy calendar.office_hours, working days).
[[nodiscard]] UnixMicros after_office_minutes(const World& world,
                                              UnixMicros at,
                                              std::int64_t minutes);

}  // namespace juanzong
