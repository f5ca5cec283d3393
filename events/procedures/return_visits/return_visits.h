// SPDX-License-Identifier: Apache-2.0
// Return visits (回访, P08): the customer is asked whether what he reported was dealt with. The
// case that is visited belongs to another procedure; what was answered is kept here for all.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& return_visits_procedure();
[[nodiscard]] std::span<const DutyRule> return_visit_duties();

struct ReturnVisit {
  std::uint8_t kind = 0;     // body::VisitSource
  std::uint8_t level = 0;    // body::VisitLevel
  std::uint8_t channel = 0;  // body::VisitChannel
  bool handled = false;
  bool satisfied = false;
  UnixMicros at;
  RecordIndex index{};
  std::string visitor;
  template <class Ar>
  void visit(Ar& ar) {
    ar(kind, level, channel, handled, satisfied, at, index, visitor);
  }
};

// Key: the stream that was visited, or that of a week's sample.
struct ReturnVisitState {
  static constexpr StateKind kind = StateKind::return_visit;
  std::vector<ReturnVisit> visits;
  std::vector<std::string> delegates;  // staff who may visit in the front desk's place
  std::uint32_t attempts = 0;          // in vain since the newest visit
  std::uint32_t failures = 0;          // all of them
  std::uint32_t follow_ups = 0;        // of large defects
  std::uint32_t population = 0;        // of a sample
  std::vector<std::string> sample;
  template <class Ar>
  void visit(Ar& ar) {
    ar(visits, delegates, attempts, failures, follow_ups, population, sample);
  }
};

}  // namespace juanzong
