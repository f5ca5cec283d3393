// SPDX-License-Identifier: Apache-2.0
// Numbers that are unique in a register (key_no, slip_no …): who has one, and the last of a series.
// One state for all registers; each names itself by a word of its own.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace juanzong {

// Key: "slip_no/FX-0001", or of a series "key_no/K-#".
struct RegisterNumberState {
  static constexpr StateKind kind = StateKind::register_no;
  std::string holder;      // what has the number
  std::uint64_t last = 0;  // number of the series used last
  template <class Ar>
  void visit(Ar& ar) {
    ar(holder, last);
  }
};

[[nodiscard]] inline std::string register_key(std::string_view of, std::string_view number) {
  return std::string(of) + "/" + std::string(number);
}
[[nodiscard]] inline std::string series_key(std::string_view of, std::string_view series) {
  return register_key(of, series) + "#";
}

}  // namespace juanzong
