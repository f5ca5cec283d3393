// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duties.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/due_list.h"
#include "events/procedures/policy.h"
#include "events/procedures/procedure.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::int64_t micros_per_minute = 60 * micros_per_second;

std::int64_t number_of(std::string_view policy,
                       std::int64_t fallback,
                       const World& world,
                       CivilDate on) {
  return policy.empty() ? fallback : policy_number(world, policy, on).value_or(fallback);
}

CivilDate due_day_of(const DutyRule& rule, const PeriodSpan& span, const World& world) {
  if (rule.due_on != nullptr) {
    return rule.due_on(span, world);
  }
  const auto due_day =
      static_cast<std::int32_t>(number_of(rule.due_day_policy, rule.due_day, world, span.first));
  const PeriodSpan in = rule.due_in_next ? period_of(rule.period, add_days(span.last, 1)) : span;
  return due_day == 0 ? in.last : std::min(in.last, add_days(in.first, due_day - 1));
}

UnixMicros due_of(const DutyRule& rule, const PeriodSpan& span, const World& world) {
  const CivilDate day = due_day_of(rule, span, world);
  return {world.zone().start_of(day).value + rule.due_minute * micros_per_minute};
}

void begin_one(const DutyRule& rule,
               const PeriodSpan& span,
               std::string_view subject,
               RecordIndex index,
               WorldChange& world) {
  const std::string key = obligation_key(rule.id, duty_case(span.first, subject));
  if (world.find<DutyState>(key) != nullptr) {
    return;  // a corrected clock passes the same midnight twice
  }
  DutyState duty;
  if (rule.items != nullptr) {
    duty.items = rule.items(world, span.first);
    if (duty.items.empty()) {
      return;
    }
    duty.needed = duty.items.size();
  } else {
    duty.needed =
        static_cast<std::uint64_t>(number_of(rule.count_policy, rule.count, world, span.first));
  }
  duty.begun_at = world.zone().start_of(span.first);
  duty.due_at = due_of(rule, span, world);
  duty.notice_at = {duty.due_at.value + clock_skew_micros(world, span.first)};
  duty.begun = index;
  add_due({duty.notice_at, key}, world);
  world.edit<DutyState>(key) = std::move(duty);
}

void begin_of_day(const DutyRule& rule, CivilDate day, RecordIndex index, WorldChange& world) {
  const PeriodSpan span = period_of(rule.period, day);
  if (span.first != day || !policy_flag(world, rule.policy, day).value_or(false)) {
    return;
  }
  if (rule.subjects == nullptr) {
    begin_one(rule, span, {}, index, world);
    return;
  }
  for (const std::string& subject : rule.subjects(world, day)) {
    begin_one(rule, span, subject, index, world);
  }
}

void follow_mark(const DutyRule& rule,
                 const DutyMark& mark,
                 const EventContext& context,
                 WorldChange& world) {
  const UnixMicros moment = moment_of_fact(context, world);
  const CivilDate day = mark.day.value_or(world.zone().date_of(moment));
  const std::string key =
      obligation_key(rule.id, duty_case(period_of(rule.period, day).first, mark.subject));
  const auto* found = world.find<DutyState>(key);
  if (found == nullptr || found->ended ||
      (!found->items.empty() && !found->items.contains(mark.item))) {
    return;
  }
  DutyState& duty = world.edit<DutyState>(key);
  duty.done.emplace(mark.item.empty() ? std::to_string(number(context.index)) : mark.item,
                    context.index);
  if (duty.done.size() < duty.needed) {
    return;
  }
  duty.ended = context.index;
  duty.end = moment <= duty.due_at ? ObligationEnd::met : ObligationEnd::met_late;
  remove_due({duty.notice_at, key}, world);
}

}  // namespace

std::string duty_case(CivilDate first, std::string_view subject) {
  std::string name = "duty:" + to_text(first);
  return subject.empty() ? name : name.append(".").append(subject);
}

void begin_duties(std::span<const DutyRule* const> rules,
                  CivilDate last,
                  CivilDate today,
                  RecordIndex index,
                  WorldChange& world) {
  for (CivilDate day = add_days(last, 1); day <= today; day = add_days(day, 1)) {
    for (const DutyRule* rule : rules) {
      begin_of_day(*rule, day, index, world);
    }
  }
}

std::vector<DutyUse> duty_uses(std::span<const DutyRule> rules, std::string_view event) {
  std::vector<DutyUse> uses;
  for (const DutyRule& rule : rules) {
    for (const DutyEvent& each : rule.events) {
      if (each.name == event) {
        uses.push_back({&rule, &each});
      }
    }
  }
  return uses;
}

void follow_duties(std::span<const DutyUse> uses, const EventView& event, WorldChange& world) {
  for (const DutyUse& use : uses) {
    DutyMarks marks;
    if (use.event->marks == nullptr) {
      marks.emplace_back();
    } else {
      use.event->marks(event, world, marks);
    }
    for (const DutyMark& mark : marks) {
      follow_mark(*use.rule, mark, event.context, world);
    }
  }
}

}  // namespace juanzong
