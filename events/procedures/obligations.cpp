// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/obligations.h"

#include "events/procedures/calendar.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/due_list.h"
#include "events/procedures/policy.h"

#include <algorithm>
#include <vector>

namespace juanzong {
namespace {

constexpr std::string_view office_hours_key = "calendar.office_hours";
constexpr std::int64_t micros_per_minute = 60 * micros_per_second;
constexpr int working_days_max = 400;  // a calendar without working days must not loop for ever

// Minutes of a civil day, from and to.
struct Opening {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

// -1: no time of a day.
std::int64_t minute_of(std::string_view text) {
  const auto digit = [text](std::size_t at) { return text[at] - '0'; };
  const auto is_digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !is_digit(0) || !is_digit(1) || !is_digit(3) ||
      !is_digit(4)) {
    return -1;
  }
  const std::int64_t hour = digit(0) * 10 + digit(1);
  const std::int64_t minute = digit(3) * 10 + digit(4);
  return hour > 24 || minute > 59 ? -1 : hour * 60 + minute;
}

// "08:30-12:20 13:30-17:10": ascending, none reaching into the next; empty where it is no such
// list.
std::vector<Opening> openings_of(std::string_view text) {
  std::vector<Opening> openings;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::int64_t from = minute_of(word.substr(0, word.find('-')));
    const std::int64_t to = word.size() == 11 ? minute_of(word.substr(6)) : -1;
    const std::int64_t earliest = openings.empty() ? 0 : openings.back().to;
    if (from < earliest || to <= from) {
      return {};
    }
    openings.push_back({from, to});
  }
  return openings;
}

// What was adopted, or the seed's hours where that is no list of times.
std::vector<Opening> openings_on(const World& world, CivilDate day) {
  const std::string fallback(find_policy_parameter(office_hours_key)->fallback);
  auto openings = openings_of(policy_text(world, office_hours_key, day).value_or(fallback));
  return openings.empty() ? openings_of(fallback) : openings;
}

// What runs stands in the list of what comes due, and nothing else does: from there its breach is
// stated.
void list_due(ObligationState& state,
              const std::string& key,
              UnixMicros due_at,
              CivilDate on,
              WorldChange& world) {
  state.due_at = due_at;
  state.notice_at = UnixMicros{due_at.value + clock_skew_micros(world, on)};
  add_due({state.notice_at, key}, world);
}

void end_obligation(std::string_view rule,
                    std::string_view case_stream,
                    RecordIndex index,
                    ObligationEnd end,
                    WorldChange& world) {
  const std::string key = obligation_key(rule, case_stream);
  auto& state = world.edit<ObligationState>(key);
  state.ended = index;
  state.end = end;
  remove_due({state.notice_at, key}, world);
}

}  // namespace

UnixMicros after_office_minutes(const World& world, UnixMicros at, std::int64_t minutes) {
  std::int64_t left = minutes * micros_per_minute;
  CivilDate day = world.zone().date_of(at);
  for (int days = 0; days < working_days_max; ++days, day = add_days(day, 1)) {
    if (!is_working_day(world, day)) {
      continue;
    }
    const std::int64_t midnight = world.zone().start_of(day).value;
    for (const Opening& opening : openings_on(world, day)) {
      const std::int64_t from = std::max(at.value, midnight + opening.from * micros_per_minute);
      const std::int64_t open = midnight + opening.to * micros_per_minute - from;
      if (open >= left) {
        return UnixMicros{from + left};
      }
      left -= std::max<std::int64_t>(open, 0);
    }
  }
  return UnixMicros{at.value + left};
}

const ObligationState* running_obligation(const World& world,
                                          std::string_view rule,
                                          std::string_view case_stream) {
  const auto* state = world.find<ObligationState>(obligation_key(rule, case_stream));
  const bool runs = state != nullptr && state->rounds > 0 && state->end == ObligationEnd::running;
  return runs ? state : nullptr;
}

void begin_obligation(const ObligationTerm& term, RecordIndex index, WorldChange& world) {
  const std::string key = obligation_key(term.rule, term.case_stream);
  if (const auto* before = world.find<ObligationState>(key)) {
    remove_due({before->notice_at, key}, world);
  }
  auto& state = world.edit<ObligationState>(key);
  state.unit = term.unit;
  state.begun_at = term.begun_at;
  state.begun = index;
  state.ended.reset();
  state.end = ObligationEnd::running;
  ++state.rounds;
  state.breached.reset();
  list_due(state, key, term.due_at, world.zone().date_of(term.begun_at), world);
}

void meet_obligation(std::string_view rule,
                     std::string_view case_stream,
                     RecordIndex index,
                     UnixMicros at,
                     WorldChange& world) {
  const auto* running = running_obligation(world, rule, case_stream);
  if (running != nullptr) {
    const bool in_time = at <= running->due_at;
    end_obligation(
        rule, case_stream, index, in_time ? ObligationEnd::met : ObligationEnd::met_late, world);
  }
}

void lapse_obligation(std::string_view rule,
                      std::string_view case_stream,
                      RecordIndex index,
                      WorldChange& world) {
  if (running_obligation(world, rule, case_stream) != nullptr) {
    end_obligation(rule, case_stream, index, ObligationEnd::lapsed, world);
  }
}

void extend_obligation(std::string_view rule,
                       std::string_view case_stream,
                       UnixMicros due_at,
                       UnixMicros at,
                       WorldChange& world) {
  const auto* running = running_obligation(world, rule, case_stream);
  if (running == nullptr || at > running->due_at) {
    return;
  }
  const std::string key = obligation_key(rule, case_stream);
  if (running->breached) {  // stated already, once a round
    world.edit<ObligationState>(key).due_at = due_at;
    return;
  }
  remove_due({running->notice_at, key}, world);
  list_due(world.edit<ObligationState>(key), key, due_at, world.zone().date_of(at), world);
}

}  // namespace juanzong
