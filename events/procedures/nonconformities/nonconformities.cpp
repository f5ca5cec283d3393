// SPDX-License-Identifier: Apache-2.0
// Stages of a nonconformity, the counts that make a plan due, and its deadlines.
#include "events/procedures/nonconformities/nonconformities.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/nonconformities/nonconformities_generated.h"
#include "events/procedures/nonconformities/nonconformities_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Stage : std::uint8_t { none, found, planned, verified };
constexpr std::array<CaseStage, 4> stages{
    {{"NONE", "未登记"}, {"FOUND", "已登记"}, {"PLANNED", "措施已定"}, {"VERIFIED", "已验证"}}};

// A measure that did not work asks for another.
std::uint8_t after_verification(const std::uint8_t* body) {
  const bool ok = flatbuffers::GetRoot<body::CorrectiveMeasureVerified>(body)->ok();
  return static_cast<std::uint8_t>(ok ? Stage::verified : Stage::found);
}

constexpr std::array steps{
    opens("NonconformityFound", Stage::found),
    step("CorrectiveMeasurePlanned", Stage::found, Stage::planned),
    CaseStep{"CorrectiveMeasureVerified",
             StageSet<Stage>(Stage::planned).bits,
             CaseStep::stays,
             after_verification},
};

constexpr std::array machines{
    CaseMachine{"nc", "不合格项", "Nonconformities", "*", stages, steps},
};

const body::NonconformityFound& found_in(const std::uint8_t* body) {
  return *flatbuffers::GetRoot<body::NonconformityFound>(body);
}

// Asked after the event was counted.
bool is_above_threshold(const std::uint8_t* body, const World& world) {
  const CivilDate on = *date_of(found_in(body).found_on());
  const auto state = world.get<ProcessState>(view_of(found_in(body).process()));
  const auto month = state.months.find(month_of(on));
  return month != state.months.end() && month->second.planned == 0 &&
         needs_plan(month->second, world, on);
}

std::optional<CivilDate> day_of_plan(const std::uint8_t* body,
                                     const EventContext& /*context*/,
                                     const World& world) {
  return plan_due(month_of(*date_of(found_in(body).found_on())), world);
}

std::optional<CivilDate> day_of_measure(const std::uint8_t* body,
                                        const EventContext& /*context*/,
                                        const World& /*world*/) {
  return date_of(flatbuffers::GetRoot<body::CorrectiveMeasurePlanned>(body)->due());
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-NC-1",
                 .clause = "S0·4§4.2.3.4",
                 .zh = "超限过程的纠正(预防)措施次次月 5 日前上交",
                 .en = "a plan for a process above the threshold by the 5th after its analysis",
                 .begins = "NonconformityFound",
                 .ends = {"CorrectiveMeasurePlanned"},
                 .stream = "process",
                 .responsible = Role::csm,
                 .applies = is_above_threshold,
                 .counts_from = day_of_plan},
    DeadlineRule{.id = "D-NC-2",
                 .clause = "S0·3§4.2.2",
                 .zh = "纠正措施到期跟踪验证",
                 .en = "a measure is verified by the day for which it was planned",
                 .begins = "CorrectiveMeasurePlanned",
                 .ends = {"CorrectiveMeasureVerified"},
                 .stream = "nc",
                 .responsible = Role::qd,
                 .counts_from = day_of_measure},
};

void apply_found(const body::NonconformityFound& event, const EventContext&, WorldChange& world) {
  ProcessState& state = world.edit<ProcessState>(view_of(event.process()));
  const CivilMonth month = month_of(*date_of(event.found_on()));
  ++state.months[month].found;
  state.months[month].complaints +=
      event.source() == body::NonconformitySource::COMPLAINT ? 1U : 0U;
  state.found[text_of(event.nc_id())] = month;
}

void decide_planned(const body::CorrectiveMeasurePlanned& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto* state = world.find<ProcessState>(view_of(event.process()));
  const bool is_its = state != nullptr && state->found.contains(text_of(event.nc_id()));
  if (find_case(world, "nc", view_of(event.nc_id())) != nullptr && !is_its) {
    decision.refuse_schema("process", "不是该不合格项的过程", "not the process in which it was");
  }
  if (*date_of(event.due()) < day_of_fact(context, world)) {
    decision.refuse_schema("due", "期限早于制定之日", "due before the day on which it is planned");
  }
}

void apply_planned(const body::CorrectiveMeasurePlanned& event,
                   const EventContext& context,
                   WorldChange& world) {
  ProcessState& state = world.edit<ProcessState>(view_of(event.process()));
  ProcessMonth& month = state.months[state.found[text_of(event.nc_id())]];
  ++month.planned;
  month.first_plan = month.first_plan.value_or(context.index);
}

constexpr std::array handlers{
    event<body::NonconformityFound, decide_nothing<body::NonconformityFound>, apply_found>(
        "NonconformityFound"),
    event<body::CorrectiveMeasurePlanned, decide_planned, apply_planned>(
        "CorrectiveMeasurePlanned"),
    plain("CorrectiveMeasureVerified"),
};

constexpr std::array states{state_type<ProcessState>("process")};

}  // namespace

bool needs_plan(const ProcessMonth& month, const World& world, CivilDate on) {
  const std::int64_t limit = policy_number(world, "nonconform.limit", on).value_or(5);
  const std::int64_t complaints = policy_number(world, "nonconform.complaints", on).value_or(3);
  return month.found > limit || month.complaints >= complaints;
}

CivilDate plan_due(CivilMonth month, const World& world) {
  const CivilMonth owed{month.months + 2};
  const CivilDate first = first_day(owed);
  const std::int64_t day = policy_number(world, "nonconform.plan_day", first).value_or(5);
  return std::min(add_days(first, static_cast<std::int32_t>(day) - 1), last_day(owed));
}

const Procedure& nonconformities_procedure() {
  static constexpr Procedure procedure{.code = "P28",
                                       .name = "nonconformities",
                                       .zh = "不合格与纠正",
                                       .en = "Nonconformity",
                                       .schema = nonconformities_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = states,
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
