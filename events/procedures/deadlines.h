// SPDX-License-Identifier: Apache-2.0
// Deadlines (时限): obligations that one event begins and another meets. They are declared beside
// the rules of a procedure, never refused on: a late record is better than none (DOMAIN 0.2).
// Folded like every state, so an auditor's replay has the same ones running at every index.
//
// The cases of an event are its streams that have the rule's prefix ("deco:2025-0031"), mostly one;
// at most one obligation of a rule runs for a case at a time.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/procedures/roles.h"
#include "events/procedures/world.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct EventContext;
struct EventView;

// How a limit is counted from the moment of the beginning (DOMAIN 0.6).
enum class DeadlineClock : std::uint8_t {
  minutes,       // elapsed wall time
  hours,         // the same
  working_days,  // until 24:00 of the n-th working day after the day of the beginning
  civil_days,    // until 24:00 of the n-th day after it; 0: of the same day
};

struct DeadlineRule {
  std::string_view id = {};      // "D-DEC-1"
  std::string_view clause = {};  // "S0§2.4(1)"
  std::string_view zh = {};
  std::string_view en = {};
  std::string_view begins = {};               // event
  std::array<std::string_view, 3> ends = {};  // any of these meets it; empty names are none
  std::string_view stream = {};               // prefix of the stream that is the case
  DeadlineClock clock = DeadlineClock::civil_days;
  std::int64_t limit = 0;              // in the clock's unit
  std::string_view limit_policy = {};  // a policy key that takes the limit's place
  Role responsible = Role::pm;
  // Events after which nothing is owed any more, as a case that is withdrawn.
  std::array<std::string_view, 2> lapses = {};
  // Asked of the beginning event's body: no obligation if false. Absent: always one.
  bool (*applies)(const std::uint8_t* body, const World& world) = nullptr;
  // The day from whose end the limit counts, where that is not the day of the beginning.
  std::optional<CivilDate> (*counts_from)(const std::uint8_t* body,
                                          const EventContext& context,
                                          const World& world) = nullptr;
  // The moment itself, where the beginning event states what it lies before; clock and limit then
  // only say what it is for readers. Nothing is owed if it is over when the event happens.
  UnixMicros (*due_at)(const std::uint8_t* body, const World& world) = nullptr;
  // Asked of an ending event's body after it was applied: not enough if false. Absent: always.
  bool (*ends_if)(const std::uint8_t* body, const World& world) = nullptr;
};

enum class ObligationEnd : std::uint8_t { running, met, met_late, lapsed };

// Key: rule id, '|', case.
struct ObligationState {
  static constexpr StateKind kind = StateKind::obligation;
  std::string unit;  // of the beginning event, if it names one
  UnixMicros begun_at;
  UnixMicros due_at;
  RecordIndex begun{};
  std::optional<RecordIndex> ended;
  ObligationEnd end = ObligationEnd::running;
  std::uint32_t rounds = 0;  // how often it began
  // When its breach is stated: later than due_at by as much as clocks may differ, so that nothing
  // that was done in time is ever said to be late.
  UnixMicros notice_at;
  std::optional<RecordIndex> breached;  // SlaBreached of this round
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit, begun_at, due_at, begun, ended, end, rounds, notice_at, breached);
  }
};

[[nodiscard]] std::string obligation_key(std::string_view rule, std::string_view case_stream);

// A breach that the server must state (SlaBreached): a running obligation whose notice has come,
// or a duty (duties.h).
struct Breach {
  std::string rule;
  std::string case_stream;
  UnixMicros due_at;
  bool operator==(const Breach&) const = default;
};
// Before `moment`, in the order in which they must be stated, at most `most`.
[[nodiscard]] std::vector<Breach> breaches_before(const World& world,
                                                  UnixMicros moment,
                                                  std::size_t most);
void apply_breach(std::string_view rule,
                  std::string_view case_stream,
                  RecordIndex index,
                  WorldChange& world);

// The instant until which the obligation is met in time.
[[nodiscard]] UnixMicros due_instant(const DeadlineRule& rule,
                                     UnixMicros begun_at,
                                     std::optional<CivilDate> counts_from,
                                     const World& world);

// What an event is to a rule. In the order in which they are followed.
struct DeadlineUse {
  enum class What : std::uint8_t { ends, lapses, begins };
  const DeadlineRule* rule = nullptr;
  What what = What::begins;
};
[[nodiscard]] std::vector<DeadlineUse> deadline_uses(std::span<const DeadlineRule> rules,
                                                     std::string_view event);
void follow_deadlines(std::span<const DeadlineUse> uses,
                      const EventView& event,
                      WorldChange& world);

}  // namespace juanzong
