// SPDX-License-Identifier: Apache-2.0
// Agenda: what happens when, in one order. Things of the same instant happen in the order in which
// they were entered, so that a run is decided by its seed alone.
#pragma once

#include "events/model/civil_time.h"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace juanzong::simulate {

class Agenda {
 public:
  using Step = std::function<void()>;

  void at(UnixMicros when, Step step) { steps_.emplace(std::pair(when, next_++), std::move(step)); }
  // The instant of the first step; only if there is one.
  [[nodiscard]] UnixMicros next() const { return steps_.begin()->first.first; }
  [[nodiscard]] bool has_step_before(UnixMicros end) const {
    return !steps_.empty() && next() < end;
  }
  [[nodiscard]] Step take() { return std::move(steps_.extract(steps_.begin()).mapped()); }

 private:
  std::map<std::pair<UnixMicros, std::uint64_t>, Step> steps_;
  std::uint64_t next_ = 0;
};

}  // namespace juanzong::simulate
