// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/operation/operation_generated.h"
#include "events/procedures/operation/operation_schema.h"
#include "events/procedures/operation/outside_time_rules.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule version_rule{
    "H-OPS-1", "PX", "规则版本只能前进", "the version of the rules only goes forward"};
constexpr Rule behind_rule{"H-OPS-2",
                           "PX",
                           "更正时间须早于本记录的入卷时间",
                           "the true time lies before the time this record is stamped with"};
constexpr Rule wrong_from_rule{"H-OPS-3",
                               "PX",
                               "须指明从哪条已有记录起时间有误",
                               "name the existing record that is wrong first"};

constexpr Rule breach_rule{
    "H-OPS-4",
    "PX",
    "逾期须在期限过后、按期限先后逐一登记,每项一次",
    "breaches are stated once each, after their moment, in the order in which they came due"};

constexpr Rule day_rule{"H-OPS-5",
                        "PX",
                        "日结须逐日进行,且该日已经结束",
                        "days are closed one after the other, each when it is over"};

void decide_rules(const body::RulesActivated& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  if (event.catalogue_digest()->size() != crypto::Digest::size_bytes) {
    decision.refuse_schema("catalogue_digest", "须为 32 字节", "a digest has 32 bytes");
  }
  const auto state = world.get<OperationState>(operation_key);
  if (event.version() < state.rules_version) {
    decision.refuse(version_rule, {fact("in_force", std::to_string(state.rules_version))});
  }
}

void apply_rules(const body::RulesActivated& event, const EventContext&, WorldChange& world) {
  OperationState& state = world.edit<OperationState>(operation_key);
  state.rules_version = event.version();
  std::copy_n(event.catalogue_digest()->begin(),
              std::min<std::size_t>(event.catalogue_digest()->size(), crypto::Digest::size_bytes),
              state.catalogue_digest.bytes.begin());
}

void decide_correction(const body::ClockCorrected& event,
                       const EventContext& context,
                       const World&,
                       Decision& decision) {
  if (*parse_instant(view_of(event.true_time())) >= context.recorded_at) {
    decision.refuse(behind_rule, {fact("recorded_at", to_rfc3339(context.recorded_at))});
  }
  if (record_index(*event.wrong_from(), context) >= context.index) {
    decision.refuse(wrong_from_rule, {fact("index", std::to_string(number(context.index)))});
  }
}

void apply_correction(const body::ClockCorrected& event,
                      const EventContext& context,
                      WorldChange& world) {
  OperationState& state = world.edit<OperationState>(operation_key);
  state.clock_corrected = context.index;
  state.true_time = *parse_instant(view_of(event.true_time()));
}

// The next one of the list and no other: an audit that runs the rules again must find the same.
void decide_breach(const body::SlaBreached& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const std::vector<Breach> next = breaches_before(world, context.recorded_at, 1);
  const Breach stated{
      text_of(event.rule()), text_of(event.case_stream()), *parse_instant(view_of(event.due()))};
  if (next.empty() || next.front() != stated) {
    decision.refuse(breach_rule,
                    {fact("rule", stated.rule),
                     fact("case", stated.case_stream),
                     fact("next", next.empty() ? "" : next.front().rule),
                     fact("next_case", next.empty() ? "" : next.front().case_stream)});
  }
}

void apply_breach_stated(const body::SlaBreached& event,
                         const EventContext& context,
                         WorldChange& world) {
  apply_breach(view_of(event.rule()), view_of(event.case_stream()), context.index, world);
}

void check_day_digests(const body::DayClosed& event, Decision& decision) {
  const auto fits = [](const auto* bytes) { return bytes->size() == crypto::Digest::size_bytes; };
  if (!fits(event.root())) {
    decision.refuse_schema("root", "须为 32 字节", "a digest has 32 bytes");
  }
  if (!fits(event.streams_root())) {
    decision.refuse_schema("streams_root", "须为 32 字节", "a digest has 32 bytes");
  }
}

// That the figures are right only a fold of the records can say: the audit makes it.
void decide_day(const body::DayClosed& event,
                const EventContext& context,
                const World& world,
                Decision& decision) {
  check_day_digests(event, decision);
  const auto state = world.get<OperationState>(operation_key);
  const CivilDate day = *date_of(event.day());
  const bool follows = !state.closed_day || day == add_days(*state.closed_day, 1);
  if (!follows || day >= context.today) {
    decision.refuse(
        day_rule,
        {fact("day", day), fact("closed", state.closed_day ? to_text(*state.closed_day) : "")});
  }
  if (event.size() > number(context.index) || event.size() < state.closed_size) {
    decision.refuse_schema("size",
                           "条数须在上次日结与本记录之间",
                           "the size lies between the last close and this record");
  }
}

void apply_day(const body::DayClosed& event, const EventContext&, WorldChange& world) {
  OperationState& state = world.edit<OperationState>(operation_key);
  state.closed_day = date_of(event.day());
  state.closed_size = event.size();
}

constexpr std::array own_handlers{
    event<body::RulesActivated, decide_rules, apply_rules>("RulesActivated"),
    event<body::RecoveryPerformed, decide_nothing, apply_nothing>("RecoveryPerformed"),
    event<body::ClockAnomalyDetected, decide_nothing, apply_nothing>("ClockAnomalyDetected"),
    event<body::ClockCorrected, decide_correction, apply_correction>("ClockCorrected"),
    event<body::SlaBreached, decide_breach, apply_breach_stated>("SlaBreached"),
    event<body::DayClosed, decide_day, apply_day>("DayClosed"),
};

constexpr std::array rules{version_rule,
                           behind_rule,
                           wrong_from_rule,
                           breach_rule,
                           day_rule,
                           operation::stamp_rule,
                           operation::witness_rule};

constexpr std::array states{state_type<OperationState>("operation")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({own_handlers, operation::outside_time_handlers()});
}

}  // namespace

const Procedure& operation_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{
      "PX-S", "operation", "系统运行", "Operation", operation_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
