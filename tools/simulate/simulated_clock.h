// SPDX-License-Identifier: Apache-2.0
// The clock of a simulation: it stands still until the simulation moves it, and never goes back.
#pragma once

#include "server/pipeline/clock.h"

#include <atomic>

namespace juanzong::simulate {

class SimulatedClock final : public Clock {
 public:
  explicit SimulatedClock(UnixMicros start) : now_us_(start.value) {}
  [[nodiscard]] UnixMicros now() const override { return UnixMicros{now_us_.load()}; }
  [[nodiscard]] bool guards_jumps() const override { return false; }
  // An earlier instant changes nothing.
  void go_to(UnixMicros at) {
    if (at.value > now_us_.load()) {
      now_us_.store(at.value);
    }
  }

 private:
  std::atomic<std::int64_t> now_us_;
};

}  // namespace juanzong::simulate
