// SPDX-License-Identifier: Apache-2.0
// Case machines (案卷状态): the life of a case as a table beside the rules of its procedure. A step
// says in which stages an event is accepted and which stage follows; what is not accepted is
// refused before the event's own rules are heard. An event that only moves its case needs no code.
//
// The cases of an event are all streams of it that have the machine's prefix ("contact:2025-0017").
// Stages are an enumeration of the procedure with NONE = 0, "there is no such case".
#pragma once

#include "events/model/ids.h"
#include "events/procedures/stage_set.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

class Decision;
struct EventView;
struct Rule;

struct CaseStage {
  std::string_view code = {};  // "FORWARDED"
  std::string_view zh = {};
};

struct CaseStep {
  static constexpr std::uint8_t stays = 255;
  std::string_view event = {};
  std::uint32_t accepted_in = 0;  // StageSet bits; bit 0: where there is no such case yet
  std::uint8_t to = stays;        // stage afterwards
  // Where the body decides the stage (a verification that failed); takes the place of `to`.
  std::uint8_t (*goes_to)(const std::uint8_t* body) = nullptr;
  // Quoted in place of STATE_REFUSED, where the order is a rule of its own.
  const Rule* otherwise = nullptr;
};

struct CaseMachine {
  std::string_view stream = {};  // prefix of the case's stream
  std::string_view zh = {};      // "来电来访"
  std::string_view en = {};
  std::string_view readers = {};  // roles that may list the cases
  std::span<const CaseStage> stages = {};
  std::span<const CaseStep> steps = {};
};

// step("ContactForwarded", in(Stage::logged) | in(Stage::forwarded), Stage::forwarded)
template <class Stage>
constexpr CaseStep step(std::string_view event, StageSet<Stage> accepted_in, Stage to) {
  return {event, accepted_in.bits, static_cast<std::uint8_t>(to)};
}
template <class Stage>
constexpr CaseStep step(std::string_view event, Stage accepted_in, Stage to) {
  return step(event, StageSet<Stage>(accepted_in), to);
}
// The case stays where it is.
template <class Stage>
constexpr CaseStep note(std::string_view event, StageSet<Stage> accepted_in) {
  return {event, accepted_in.bits};
}
// The case begins: it must not exist.
template <class Stage>
constexpr CaseStep opens(std::string_view event, Stage to) {
  return {event, 1, static_cast<std::uint8_t>(to)};
}

// The newest record of an event in a case.
struct CaseMark {
  EventType event{};
  RecordIndex index{};
  UnixMicros at;  // of the fact
  std::uint32_t count = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(event, index, at, count);
  }
};

// Key: the case's stream.
struct CaseFileState {
  static constexpr StateKind kind = StateKind::case_file;
  std::uint8_t stage = 0;
  std::string unit;  // of the event that opened it, if it names one
  RecordIndex opened{};
  UnixMicros opened_at;
  RecordIndex last{};
  UnixMicros last_at;
  std::vector<CaseMark> marks;  // one an event of the machine, in the order of their first
  template <class Ar>
  void visit(Ar& ar) {
    ar(stage, unit, opened, opened_at, last, last_at, marks);
  }
};

// nullptr: there is no such case. `id` without the prefix.
[[nodiscard]] const CaseFileState* find_case(const World& world,
                                             std::string_view prefix,
                                             std::string_view id);
// The first unit among the streams, without its prefix; empty: none.
[[nodiscard]] std::string unit_of(std::span<const std::string_view> streams);
[[nodiscard]] const CaseMark* find_mark(const CaseFileState& file, EventType event);

// A step of a machine that an event is, found once when the catalogue is built.
struct CaseUse {
  const CaseMachine* machine = nullptr;
  const CaseStep* step = nullptr;
};
[[nodiscard]] std::vector<CaseUse> case_uses(std::span<const CaseMachine> machines,
                                             std::string_view event);
void check_cases(std::span<const CaseUse> uses,
                 const EventView& event,
                 const World& world,
                 Decision& decision);
void follow_cases(std::span<const CaseUse> uses,
                  EventType type,
                  const EventView& event,
                  WorldChange& world);

}  // namespace juanzong
