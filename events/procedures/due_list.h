// SPDX-License-Identifier: Apache-2.0
// What comes due and when, ascending: of thousands of running obligations the next one is found
// without looking at the others. Entries of an hour stand together, in parts, so that a change
// writes little; hours with entries stand in one list.
#pragma once

#include "events/model/civil_time.h"
#include "events/procedures/world.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct DueEntry {
  UnixMicros at;
  std::string key;
  auto operator<=>(const DueEntry&) const = default;
  template <class Ar>
  void visit(Ar& ar) {
    ar(at, key);
  }
};

// Key: "due". Numbers of the parts that have entries: hour of `at` * parts + part.
struct DueHoursState {
  static constexpr StateKind kind = StateKind::due_hours;
  std::set<std::uint64_t> numbers;
  template <class Ar>
  void visit(Ar& ar) {
    ar(numbers);
  }
};

// Key: number of the hour's part, in decimal.
struct DueHourState {
  static constexpr StateKind kind = StateKind::due_hour;
  std::set<DueEntry> entries;
  template <class Ar>
  void visit(Ar& ar) {
    ar(entries);
  }
};

void add_due(const DueEntry& entry, WorldChange& world);
// Nothing happens if it is not there.
void remove_due(const DueEntry& entry, WorldChange& world);
[[nodiscard]] bool is_anything_due(const World& world, UnixMicros moment);
// Entries due before `moment`, by (at, key), at most `most` of them.
[[nodiscard]] std::vector<DueEntry> due_before(const World& world,
                                               UnixMicros moment,
                                               std::size_t most);

}  // namespace juanzong
