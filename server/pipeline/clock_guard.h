// SPDX-License-Identifier: Apache-2.0
// One wrong boot clock must not poison a ledger: recorded_at never falls again unless two
// administrators say so on record (ClockCorrected). Writing stops when the clock leaps ahead.
#pragma once

#include "events/model/civil_time.h"

#include "server/pipeline/clock.h"

#include <cstdint>
#include <optional>
#include <string>

namespace juanzong {

class ClockGuard {
 public:
  explicit ClockGuard(const Clock& clock) : clock_(clock) {}

  // At the start: why nothing may be written, or "". `accepted`: the operator has looked at it.
  [[nodiscard]] std::string problem_at_start(UnixMicros now,
                                             std::optional<UnixMicros> newest,
                                             bool accepted);
  // While running: the same, against the time that really passed since the last call of either.
  [[nodiscard]] std::string problem(UnixMicros now);
  // How far `now` is from a ledger's newest record, in milliseconds, where that is so far that it
  // belongs on record; nullopt: nothing remarkable, or a test's clock, which jumps on purpose.
  [[nodiscard]] std::optional<std::int64_t> remarkable_skew_ms(UnixMicros now,
                                                               UnixMicros newest) const;

 private:
  const Clock& clock_;
  std::int64_t last_wall_us_ = 0;
  std::int64_t last_steady_us_ = 0;
};

}  // namespace juanzong
