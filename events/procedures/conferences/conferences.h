// SPDX-License-Identifier: Apache-2.0
// Conference reception (会务接待, P40): how guests were received, never what they spoke of.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>

namespace juanzong {

[[nodiscard]] const Procedure& conferences_procedure();

enum class ConferenceStage : std::uint8_t { none, requested, prepared, seated, closed };

// Key: the conference's stream, "conference:…". Times of the fact, for the list of conferences.
struct ConferenceState {
  static constexpr StateKind kind = StateKind::conference;
  std::string organisation;
  std::int32_t persons = 0;
  UnixMicros arrival;
  std::optional<UnixMicros> env_notified_at;
  std::optional<UnixMicros> ready_at;
  std::optional<UnixMicros> seated_at;
  std::optional<UnixMicros> tea_at;  // the first
  std::int64_t utensils_out = 0;
  std::int64_t utensils_back = 0;
  std::uint32_t rounds = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(organisation,
       persons,
       arrival,
       env_notified_at,
       ready_at,
       seated_at,
       tea_at,
       utensils_out,
       utensils_back,
       rounds);
  }
};

[[nodiscard]] std::string conference_key(std::string_view id);

}  // namespace juanzong
