// SPDX-License-Identifier: Apache-2.0
// Sets of stages for the tables of state machines: which stages accept an event, and how a refusal
// names them. A procedure gives its enumeration a name_of().
#pragma once

#include <cstdint>
#include <string>

namespace juanzong {

// A set of stages that can stand as a template argument.
template <class Stage>
struct StageSet {
  std::uint32_t bits = 0;
  constexpr StageSet() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a stage is the set of itself
  constexpr StageSet(Stage stage) : bits(std::uint32_t{1} << static_cast<unsigned>(stage)) {}
  [[nodiscard]] constexpr bool has(Stage stage) const { return (bits & StageSet(stage).bits) != 0; }
  friend constexpr StageSet operator|(StageSet a, StageSet b) {
    StageSet both;
    both.bits = a.bits | b.bits;
    return both;
  }
};

template <class Stage>
constexpr StageSet<Stage> from_to(Stage first, Stage last) {
  StageSet<Stage> set;
  for (auto at = static_cast<unsigned>(first); at <= static_cast<unsigned>(last); ++at) {
    set = set | static_cast<Stage>(at);
  }
  return set;
}

// Names in order, separated by spaces.
template <class Stage>
[[nodiscard]] std::string names_of(StageSet<Stage> set, int count) {
  std::string names;
  for (int at = 0; at < count; ++at) {
    if (set.has(static_cast<Stage>(at))) {
      names.append(names.empty() ? "" : " ").append(name_of(static_cast<Stage>(at)));
    }
  }
  return names;
}

}  // namespace juanzong
