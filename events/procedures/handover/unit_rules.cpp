// SPDX-License-Identifier: Apache-2.0
// Events about the unit: acceptance, defects, document receipt, and how the case ends.
#include "events/procedures/case_checks.h"
#include "events/procedures/handover/handover_generated.h"
#include "events/procedures/handover/handover_rules.h"
#include "events/procedures/handovers.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong::handover {
namespace {

// Without a verified owner H-HOV-1 is the reason, not his signature.
bool owner_has_signed(const SignatureList* signatures, std::string_view unit, const World& world) {
  const std::string owner = owner_of_handover(world, unit);
  return owner.empty() || signed_by_owner(signatures, owner);
}

void check_owner_signature(const SignatureList* signatures,
                           std::string_view unit,
                           const World& world,
                           Decision& decision) {
  check_signature_blocks(signatures, decision);
  check_signature(
      owner_has_signed(signatures, unit, world), "须由业主签名", "the owner must sign", decision);
}

void decide_acceptance(const body::UnitAcceptanceInspected& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  check_identity(view_of(event.unit()), context, world, decision);
  check_owner_signature(event.signatures(), view_of(event.unit()), world, decision);
  const bool negative = std::ranges::any_of(
      *event.meters(), [](const body::MeterReading* meter) { return meter->reading_milli() < 0; });
  if (negative) {
    decision.refuse_schema("meters", "读数不得为负", "a meter reading is not negative");
  }
}

void decide_defect(const body::HandoverDefectRecorded& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_identity(view_of(event.unit()), context, world, decision);
  check_not_in_future("found_on", date_of(event.found_on()), context, decision);
  const auto state = world.get<HandoverState>(view_of(event.unit()));
  if (state.defects.contains(text_of(event.defect_id()))) {
    decision.refuse_schema("defect_id", "编号已使用", "this number is taken");
  }
}

void apply_defect(const body::HandoverDefectRecorded& event,
                  const EventContext&,
                  WorldChange& world) {
  HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
  state.defects[text_of(event.defect_id())] = {
      static_cast<std::uint8_t>(event.responsible()), *date_of(event.found_on()), std::nullopt};
}

void decide_rectified(const body::HandoverDefectRectified& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_identity(view_of(event.unit()), context, world, decision);
  check_owner_signature(event.signatures(), view_of(event.unit()), world, decision);
  check_not_in_future("done_on", date_of(event.done_on()), context, decision);
  const auto state = world.get<HandoverState>(view_of(event.unit()));
  const auto defect = state.defects.find(text_of(event.defect_id()));
  if (defect == state.defects.end()) {
    decision.refuse_schema("defect_id", "无此整改项目", "no such defect of the unit");
    return;
  }
  if (defect->second.rectified_on) {
    decision.refuse_state("RECTIFIED", "RECORDED");
  }
  if (*date_of(event.done_on()) < defect->second.found_on) {
    decision.refuse_schema("done_on", "早于发现日期", "before the defect was found");
  }
}

void apply_rectified(const body::HandoverDefectRectified& event,
                     const EventContext&,
                     WorldChange& world) {
  HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
  state.defects[text_of(event.defect_id())].rectified_on = date_of(event.done_on());
}

void decide_issued(const body::HandoverDocumentsIssued& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_signature_blocks(event.signatures(), decision);
  check_identity(unit, context, world, decision);
  const auto state = world.get<HandoverState>(unit);
  const HandoverStage stage = handover_stage(world, unit, context.today);
  if (stage != HandoverStage::ready && state.verified) {
    decision.refuse_state(code_of(stage), code_of(HandoverStage::ready));
  }
  if (!owner_has_signed(event.signatures(), unit, world)) {
    decision.refuse(handover_receipt_rule, {fact("owner_signature", "none")});
  }
}

void apply_issued(const body::HandoverDocumentsIssued& event,
                  const EventContext& context,
                  WorldChange& world) {
  world.edit<HandoverState>(view_of(event.unit())).receipt = context.index;
}

const Rule& rule_of(Formality formality) {
  switch (formality) {
    case Formality::identity:
      return identity_rule;
    case Formality::document_receipt:
      return handover_receipt_rule;
    default:
      return handover_formalities_rule;
  }
}

void check_half_year(const body::HandoverCompleted& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const CivilDate start = *date_of(event.fee_period_start());
  const CivilDate end = prepaid_end(world, unit, start, context.today);
  if (start != *date_of(event.handed_over_on())) {
    decision.refuse(half_year_rule,
                    {fact("fee_period_start", start),
                     fact("handed_over_on", *date_of(event.handed_over_on()))});
  }
  if (*date_of(event.fee_period_end()) != add_days(end, -1)) {
    decision.refuse(half_year_rule, {fact("fee_period_end_expected", add_days(end, -1))});
  }
  const bool must_be_paid = fee_before_key(world, unit, context.today);
  if (event.fee_charge_id() == nullptr) {
    if (must_be_paid) {
      decision.refuse(half_year_rule, {fact("fee_charge_id", "none")});
    }
    return;
  }
  const HalfYear expected{
      std::string(unit), world.get<HandoverState>(unit).owner, start, end, must_be_paid};
  auto problems = half_year_problems(world, view_of(event.fee_charge_id()), expected);
  if (!problems.empty()) {
    decision.refuse(half_year_rule, std::move(problems));
  }
}

// What the form calls issued does not lie in the house. Keys that never stood in the register are
// the form's word alone.
void check_keys_out(const body::HandoverCompleted& event, const World& world, Decision& decision) {
  for (const flatbuffers::String* key_no : *event.keys_issued()) {
    if (world.find<KeyState>(view_of(key_no)) != nullptr) {
      check_key(world,
                view_of(key_no),
                view_of(event.unit()),
                KeyStage::with_owner | KeyStage::lost,
                decision);
    }
  }
}

void decide_completed(const body::HandoverCompleted& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const auto state = world.get<HandoverState>(unit);
  check_signature_blocks(event.signatures(), decision);
  if (state.completed) {
    decision.refuse_state("COMPLETED", "DOCS_SIGNED, KEYS_OUT");
  }
  for (const Formality missing : key_issue_obstacles(world, unit, context.today)) {
    decision.refuse(rule_of(missing), {fact("unit", unit), fact("missing", code_of(missing))});
  }
  if (!owner_has_signed(event.signatures(), unit, world)) {
    decision.refuse(handover_receipt_rule, {fact("owner_signature", "none")});
  }
  if (state.receipt && record_index(*event.docs_issued(), context) != *state.receipt) {
    decision.refuse(handover_receipt_rule,
                    {fact("docs_issued_expected", std::to_string(number(*state.receipt)))});
  }
  check_half_year(event, context, world, decision);
  check_keys_out(event, world, decision);
  check_not_in_future("handed_over_on", date_of(event.handed_over_on()), context, decision);
  if (event.defects_open() != state.open_defects()) {
    decision.refuse_schema("defects_open",
                           "未整改项目应为 " + std::to_string(state.open_defects()),
                           "open defects: " + std::to_string(state.open_defects()));
  }
}

void apply_completed(const body::HandoverCompleted& event,
                     const EventContext& context,
                     WorldChange& world) {
  HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
  state.completed = context.index;
  state.fee_from = date_of(event.fee_period_start());
  state.fee_last = date_of(event.fee_period_end());
  const CivilDate on = *date_of(event.handed_over_on());
  change_unit(world, view_of(event.unit()), on, context, [on](UnitState& unit) {
    unit.handed_over = true;
    unit.handed_over_on = on;
  });
}

void decide_declined(const body::HandoverDeclined& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_not_in_future("attempted_on", date_of(event.attempted_on()), context, decision);
  if (world.get<HandoverState>(view_of(event.unit())).completed) {
    decision.refuse_state("COMPLETED", "NONE, VERIFIED, READY, DOCS_SIGNED, KEYS_OUT, DECLINED");
  }
  if (event.reason() == nullptr) {
    decision.refuse(decline_rule, {fact("unit", view_of(event.unit()))});
  }
}

void apply_declined(const body::HandoverDeclined& event,
                    const EventContext& context,
                    WorldChange& world) {
  HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
  if (!state.begun_on) {
    state.begun_on = context.today;
  }
  state.declined = context.index;
  state.verified.reset();
}

constexpr std::array handlers{
    event<body::UnitAcceptanceInspected, decide_acceptance, apply_nothing>(
        "UnitAcceptanceInspected"),
    event<body::HandoverDefectRecorded, decide_defect, apply_defect>("HandoverDefectRecorded"),
    event<body::HandoverDefectRectified, decide_rectified, apply_rectified>(
        "HandoverDefectRectified"),
    event<body::HandoverDocumentsIssued, decide_issued, apply_issued>("HandoverDocumentsIssued"),
    event<body::HandoverCompleted, decide_completed, apply_completed>("HandoverCompleted"),
    event<body::HandoverDeclined, decide_declined, apply_declined>("HandoverDeclined"),
};

}  // namespace

std::span<const EventHandler> unit_handlers() {
  return handlers;
}

}  // namespace juanzong::handover
