// SPDX-License-Identifier: Apache-2.0
#include "projections/views/inspection_figures.h"

#include "events/procedures/policy.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>

namespace juanzong {
namespace {

using Kind = InspectionKind;
constexpr std::int32_t months_a_year = 12;

// The months or weeks that a kind is counted over, and how many it asks for.
struct Period {
  CivilMonth first;
  CivilMonth last;
};

Period period_of(Kind kind, CivilMonth month) {
  const std::int32_t january = month.months - month.months % months_a_year;
  switch (kind) {
    case Kind::quarterly: {
      const CivilMonth first{month.months - month.months % 3};
      return {first, {first.months + 2}};
    }
    case Kind::spot:
    case Kind::annual:
      return {{january}, {january + months_a_year - 1}};
    default:
      return {month, month};
  }
}

bool is_daily(Kind kind) {
  return kind == Kind::daily_full || kind == Kind::daily_specialist || kind == Kind::daily_patrol;
}

void add(InspectionSlot& slot, const InspectionTally& tally) {
  slot.done += is_daily(slot.kind) ? std::popcount(tally.days) : tally.count;
  slot.inspections += tally.count;
  slot.findings += tally.findings;
  slot.failed += tally.failed;
  slot.weather_alerts += tally.weather_alerts;
  slot.last = std::max(slot.last, tally.last);
}

std::string_view subject_in(std::string_view key, Kind kind) {
  const std::string_view name = name_of(kind);
  const bool is_its = key.starts_with(name) && key.substr(name.size()).starts_with('|');
  return is_its ? key.substr(name.size() + 1) : std::string_view();
}

bool is_of(std::string_view key, Kind kind) {
  return key.starts_with(tally_key(kind, {}));
}

// Subjects that the year knows up to the month.
std::set<std::string> subjects_of(const World& world,
                                  Kind kind,
                                  const std::vector<std::string>& periods) {
  std::set<std::string> subjects;
  for (const std::string& period : periods) {
    for (const auto& [key, tally] : world.get<InspectionPeriodState>(period).tallies) {
      if (is_of(key, kind)) {
        subjects.emplace(subject_in(key, kind));
      }
    }
  }
  return subjects;
}

InspectionTally tally_of(const World& world,
                         const std::string& period,
                         Kind kind,
                         std::string_view subject) {
  const auto* state = world.find<InspectionPeriodState>(period);
  if (state == nullptr) {
    return {};
  }
  const auto found = state->tallies.find(tally_key(kind, subject));
  return found == state->tallies.end() ? InspectionTally{} : found->second;
}

std::int64_t asked_for(Kind kind, const World& world, CivilDate on) {
  switch (kind) {
    case Kind::monthly:
    case Kind::quarterly:
    case Kind::annual:
      return 1;
    case Kind::spot:
      return policy_number(world, "inspection.spot_year", on).value_or(4);
    case Kind::night_post:
      return policy_number(world, "inspection.night_month", on).value_or(4);
    default:
      return 0;
  }
}

// Days of the month that are over on the day of the question.
std::int64_t days_over(CivilMonth month, CivilDate on) {
  const CivilDate end = std::min(add_days(last_day(month), 1), on);
  return std::max(0, end.days - first_day(month).days);
}

// A day counts as done when it was inspected; the day of the question is not due yet.
void judge_days(InspectionSlot& slot, std::uint32_t days, CivilMonth month, CivilDate on) {
  const std::int64_t over = days_over(month, on);
  const std::uint32_t due =
      over >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << static_cast<unsigned>(over)) - 1;
  slot.due = over;
  slot.missed = over - std::popcount(days & due);
}

InspectionSlot month_slot(
    const World& world, Kind kind, const std::string& subject, CivilMonth month, CivilDate on) {
  InspectionSlot slot{.kind = kind, .subject = subject};
  const Period period = period_of(kind, month);
  for (std::int32_t at = period.first.months; at <= period.last.months; ++at) {
    add(slot, tally_of(world, to_text(CivilMonth{at}), kind, subject));
  }
  if (is_daily(kind)) {
    judge_days(slot, tally_of(world, to_text(month), kind, subject).days, month, on);
    return slot;
  }
  slot.due = asked_for(kind, world, std::min(on, last_day(period.last)));
  slot.missed = on > last_day(period.last) ? std::max<std::int64_t>(0, slot.due - slot.done) : 0;
  return slot;
}

InspectionSlot week_slot(const World& world,
                         const std::string& subject,
                         const std::vector<CivilDate>& weeks,
                         CivilDate on) {
  InspectionSlot slot{.kind = Kind::weekly, .subject = subject};
  for (const CivilDate monday : weeks) {
    const InspectionTally tally = tally_of(world, week_key(monday), Kind::weekly, subject);
    add(slot, tally);
    slot.done += (tally.count > 0 ? 1 : 0) - static_cast<std::int64_t>(tally.count);
    const bool is_over = on > add_days(monday, 6);
    slot.due += is_over ? 1 : 0;
    slot.missed += is_over && tally.count == 0 ? 1 : 0;
  }
  return slot;
}

std::vector<std::string> periods_of_year(CivilMonth month) {
  std::vector<std::string> periods;
  const std::int32_t january = month.months - month.months % months_a_year;
  for (std::int32_t at = january; at <= month.months; ++at) {
    periods.push_back(to_text(CivilMonth{at}));
    for (const CivilDate monday : weeks_of(CivilMonth{at})) {
      periods.push_back(week_key(monday));
    }
  }
  return periods;
}

}  // namespace

std::vector<CivilDate> weeks_of(CivilMonth month) {
  std::vector<CivilDate> weeks;
  for (CivilDate monday = add_days(monday_of(first_day(month)), 0);
       add_days(monday, 6) <= last_day(month);
       monday = add_days(monday, 7)) {
    weeks.push_back(monday);
  }
  return weeks;
}

std::vector<InspectionSlot> inspection_slots(const World& world, CivilMonth month, CivilDate on) {
  const std::vector<std::string> periods = periods_of_year(month);
  const std::vector<CivilDate> weeks = weeks_of(month);
  std::vector<InspectionSlot> slots;
  for (std::size_t at = 0; at < inspection_kind_count; ++at) {
    const auto kind = static_cast<Kind>(at);
    if (kind == Kind::assessment) {
      continue;  // by person, in a table of their own
    }
    std::set<std::string> subjects = subjects_of(world, kind, periods);
    if (subjects.empty()) {
      subjects.emplace();
    }
    for (const std::string& subject : subjects) {
      slots.push_back(kind == Kind::weekly ? week_slot(world, subject, weeks, on)
                                           : month_slot(world, kind, subject, month, on));
    }
  }
  return slots;
}

}  // namespace juanzong
