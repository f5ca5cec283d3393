// SPDX-License-Identifier: Apache-2.0
// Corrections (更正与作废, PX): what was said later about a record. Neither event changes the
// record or any state of the business; views show them beside it.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <optional>
#include <string_view>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& corrections_procedure();

// Key: index of the record in decimal.
struct EntryState {
  static constexpr StateKind kind = StateKind::entry;
  std::vector<RecordIndex> corrected_by;
  std::optional<RecordIndex> voided_by;
  template <class Ar>
  void visit(Ar& ar) {
    ar(corrected_by, voided_by);
  }
};

// The record that an EntryCorrected or EntryVoided speaks of; nothing for other events.
[[nodiscard]] std::optional<RecordIndex> correction_target(std::string_view event,
                                                           const std::uint8_t* body,
                                                           const EventContext& context);

// Events that only stand in their streams: no rule and no fold rests on them, so they may be
// voided. Ascending.
[[nodiscard]] bool is_register_entry(std::string_view event);

}  // namespace juanzong
