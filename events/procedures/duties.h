// SPDX-License-Identifier: Apache-2.0
// Duties (周期职责): obligations that the calendar begins, every day, week, month, quarter or year.
// Declared beside the rules of a procedure like deadlines; a duty is owed once the project has
// taken it on by a record (policy flag duty.…), from the first whole period after that.
//
// The first record of a civil day begins the duties of that day and of the days since the last
// record, before it is judged: a replay begins the same ones at the same index. They come due by
// the list that deadlines use, and SlaBreached names one by rule and "duty:<first day>[.subject]".
#pragma once

#include "events/procedures/deadlines.h"
#include "events/procedures/periods.h"
#include "events/procedures/roles.h"
#include "events/procedures/world.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// What an event does for a duty.
struct DutyMark {
  std::string subject = {};           // whose duty; empty: the project's
  std::string item = {};              // what was done; the same thing counts once. Empty: always
  std::optional<CivilDate> day = {};  // of the period that it counts for; absent: day of the fact
};
using DutyMarks = std::vector<DutyMark>;

struct DutyEvent {
  std::string_view name = {};
  // Absent: one mark of the project's duty on the day of the fact.
  void (*marks)(const EventView& event, const World& world, DutyMarks& marks) = nullptr;
};

struct DutyRule {
  std::string_view id = {};  // "D-PAT-1"
  std::string_view clause = {};
  std::string_view zh = {};
  std::string_view en = {};
  Period period = Period::day;
  std::string_view policy = {};  // flag that takes it on: "duty.patrol_daily"
  std::array<DutyEvent, 3> events = {};
  std::int64_t count = 1;  // how many marks meet it
  std::string_view count_policy = {};
  Role responsible = Role::pm;
  // Due at the end of the period; or of its n-th day, clamped to the last; or of the n-th day of
  // the next period. due_minute: of that day, instead of its end.
  std::int32_t due_day = 0;
  std::string_view due_day_policy = {};
  bool due_in_next = false;
  std::int32_t due_minute = 24 * 60;
  // The day where none of these says it.
  CivilDate (*due_on)(const PeriodSpan& span, const World& world) = nullptr;
  // Whose duty it is in the period that begins; absent: the project's alone.
  std::vector<std::string> (*subjects)(const World& world, CivilDate first) = nullptr;
  // What must all be done, instead of a count; with none of it there is no duty.
  std::set<std::string> (*items)(const World& world, CivilDate first) = nullptr;
};

// Key: rule id, '|', "duty:<first day>[.subject]".
struct DutyState {
  static constexpr StateKind kind = StateKind::duty;
  UnixMicros begun_at;
  UnixMicros due_at;
  UnixMicros notice_at;  // as in ObligationState
  RecordIndex begun{};   // the record that was the first of its day
  std::uint64_t needed = 1;
  std::set<std::string> items;              // empty: any count
  std::map<std::string, RecordIndex> done;  // by item, else by index
  std::optional<RecordIndex> ended;
  ObligationEnd end = ObligationEnd::running;
  std::optional<RecordIndex> breached;
  template <class Ar>
  void visit(Ar& ar) {
    ar(begun_at, due_at, notice_at, begun, needed, items, done, ended, end, breached);
  }
};

[[nodiscard]] std::string duty_case(CivilDate first, std::string_view subject);

// Begins what is owed of the periods that begin on the days after `last` up to `today`.
void begin_duties(std::span<const DutyRule* const> rules,
                  CivilDate last,
                  CivilDate today,
                  RecordIndex index,
                  WorldChange& world);

// What an event is to a rule.
struct DutyUse {
  const DutyRule* rule = nullptr;
  const DutyEvent* event = nullptr;
};
[[nodiscard]] std::vector<DutyUse> duty_uses(std::span<const DutyRule> rules,
                                             std::string_view event);
void follow_duties(std::span<const DutyUse> uses, const EventView& event, WorldChange& world);

}  // namespace juanzong
