// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "events/procedures/calendar.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/due_list.h"
#include "events/procedures/duties.h"
#include "events/procedures/policy.h"
#include "events/procedures/procedure.h"

#include <algorithm>

namespace juanzong {
namespace {

// Without its prefix's colon a stream is of another kind.
bool is_case_of(const DeadlineRule& rule, std::string_view stream) {
  return stream.size() > rule.stream.size() && stream.starts_with(rule.stream) &&
         stream[rule.stream.size()] == ':';
}

bool is_running(const ObligationState& state) {
  return state.rounds > 0 && state.end == ObligationEnd::running;
}

void begin(const DeadlineRule& rule,
           const EventView& event,
           std::string_view case_stream,
           WorldChange& world) {
  if (rule.applies != nullptr && !rule.applies(event.body, world)) {
    return;
  }
  const UnixMicros begun_at = moment_of_fact(event.context, world);
  if (rule.due_at != nullptr && rule.due_at(event.body, world) <= begun_at) {
    return;
  }
  const std::string key = obligation_key(rule.id, case_stream);
  ObligationState& state = world.edit<ObligationState>(key);
  if (is_running(state)) {
    return;
  }
  const auto from = rule.counts_from == nullptr
                        ? std::nullopt
                        : rule.counts_from(event.body, event.context, world);
  state.unit = unit_of(event.streams);
  state.begun_at = begun_at;
  state.due_at = rule.due_at != nullptr ? rule.due_at(event.body, world)
                                        : due_instant(rule, begun_at, from, world);
  state.begun = event.context.index;
  state.ended.reset();
  state.end = ObligationEnd::running;
  ++state.rounds;
  state.notice_at = UnixMicros{state.due_at.value + clock_skew_micros(world, event.context.today)};
  state.breached.reset();
  add_due({state.notice_at, key}, world);
}

void end(const DeadlineRule& rule,
         const EventView& event,
         std::string_view case_stream,
         bool lapsed,
         WorldChange& world) {
  const std::string key = obligation_key(rule.id, case_stream);
  const auto* running = world.find<ObligationState>(key);
  const bool enough = lapsed || rule.ends_if == nullptr || rule.ends_if(event.body, world);
  if (running == nullptr || !is_running(*running) || !enough) {
    return;
  }
  const bool in_time = moment_of_fact(event.context, world) <= running->due_at;
  ObligationState& state = world.edit<ObligationState>(key);
  state.ended = event.context.index;
  state.end = lapsed    ? ObligationEnd::lapsed
              : in_time ? ObligationEnd::met
                        : ObligationEnd::met_late;
  remove_due({state.notice_at, key}, world);
}

}  // namespace

std::string obligation_key(std::string_view rule, std::string_view case_stream) {
  return std::string(rule).append("|").append(case_stream);
}

std::vector<Breach> breaches_before(const World& world, UnixMicros moment, std::size_t most) {
  std::vector<Breach> breaches;
  for (const DueEntry& entry : due_before(world, moment, most)) {
    const std::size_t bar = entry.key.find('|');
    const auto* duty = world.find<DutyState>(entry.key);
    breaches.push_back(
        {entry.key.substr(0, bar),
         entry.key.substr(bar + 1),
         duty != nullptr ? duty->due_at : world.get<ObligationState>(entry.key).due_at});
  }
  return breaches;
}

void apply_breach(std::string_view rule,
                  std::string_view case_stream,
                  RecordIndex index,
                  WorldChange& world) {
  const std::string key = obligation_key(rule, case_stream);
  const auto state_in = [&key, index, &world](auto& state) {
    state.breached = index;
    remove_due({state.notice_at, key}, world);
  };
  if (world.find<DutyState>(key) != nullptr) {
    state_in(world.edit<DutyState>(key));
  } else {
    state_in(world.edit<ObligationState>(key));
  }
}

UnixMicros due_instant(const DeadlineRule& rule,
                       UnixMicros begun_at,
                       std::optional<CivilDate> counts_from,
                       const World& world) {
  const CivilDate first = counts_from.value_or(world.zone().date_of(begun_at));
  const std::int64_t limit =
      rule.limit_policy.empty()
          ? rule.limit
          : policy_number(world, rule.limit_policy, first).value_or(rule.limit);
  if (rule.clock == DeadlineClock::minutes || rule.clock == DeadlineClock::hours) {
    const std::int64_t seconds = rule.clock == DeadlineClock::hours ? 3'600 : 60;
    return UnixMicros{begun_at.value + limit * seconds * micros_per_second};
  }
  const CivilDate last = rule.clock == DeadlineClock::working_days
                             ? add_working_days(world, first, static_cast<int>(limit))
                             : add_days(first, static_cast<std::int32_t>(limit));
  return world.zone().start_of(add_days(last, 1));
}

// What an event ends comes before what it begins: the same event may do both. It may end what is
// owed in several cases; it begins something in one, the first.
void follow_deadlines(std::span<const DeadlineUse> uses,
                      const EventView& event,
                      WorldChange& world) {
  for (const DeadlineUse& use : uses) {
    for (const std::string_view stream : event.streams) {
      if (!is_case_of(*use.rule, stream)) {
        continue;
      }
      if (use.what == DeadlineUse::What::begins) {
        begin(*use.rule, event, stream, world);
        break;
      }
      end(*use.rule, event, stream, use.what == DeadlineUse::What::lapses, world);
    }
  }
}

std::vector<DeadlineUse> deadline_uses(std::span<const DeadlineRule> rules,
                                       std::string_view event) {
  using What = DeadlineUse::What;
  std::vector<DeadlineUse> uses;
  for (const DeadlineRule& rule : rules) {
    if (std::ranges::find(rule.ends, event) != rule.ends.end()) {
      uses.push_back({&rule, What::ends});
    }
    if (std::ranges::find(rule.lapses, event) != rule.lapses.end()) {
      uses.push_back({&rule, What::lapses});
    }
    if (rule.begins == event) {
      uses.push_back({&rule, What::begins});
    }
  }
  std::ranges::stable_sort(uses, {}, &DeadlineUse::what);
  return uses;
}

}  // namespace juanzong
