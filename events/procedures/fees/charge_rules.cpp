// SPDX-License-Identifier: Apache-2.0
// ChargeAssessed and ChargeReversed: what is owed, and that it was not.
#include "events/procedures/fees/fees_rules.h"
#include "events/procedures/policy.h"
#include "events/procedures/signatures.h"
#include "events/procedures/tariffs.h"

namespace juanzong::fees {
namespace {

// The policy key whose amount a charge must have; empty if the purpose has no tariff there.
std::string_view tariff_key(body::Purpose purpose, std::string_view case_ref) {
  if (!case_ref.starts_with("deco:")) {
    return {};
  }
  switch (purpose) {
    case body::Purpose::WASTE_REMOVAL:
      return "tariff.deco.waste_removal_fen";
    case body::Purpose::PASS_FEE:
      return "tariff.deco.pass_fen";
    default:
      return {};
  }
}

void check_tariff(const body::ChargeAssessed& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  const std::string_view key = tariff_key(event.purpose(), view_of(event.case_ref()));
  if (!key.empty()) {
    check_tariff_amount(key,
                        policy_amount(world, key, context.today),
                        Fen{event.amount_fen()},
                        event.signatures(),
                        world,
                        decision);
  }
}

void check_corrects(const body::ChargeAssessed& event, const World& world, Decision& decision) {
  if (event.corrects() == nullptr) {
    return;
  }
  const auto* corrected = world.find<ChargeState>(view_of(event.corrects()));
  if (corrected == nullptr || corrected->unit != view_of(event.unit())) {
    decision.refuse(original_rule, {fact("corrects", view_of(event.corrects()))});
  } else if (!corrected->reversed) {
    refuse_reversal({fact("not_reversed_yet", view_of(event.corrects()))}, decision);
  }
}

bool needs_pm(const ChargeState& charge, const EventContext& context, const World& world) {
  const auto limit = policy_number(world, "fee.reversal_limit_fen", context.today);
  return !limit || charge.amount > Fen{*limit};
}

}  // namespace

void decide_charge_assessed(const body::ChargeAssessed& event,
                            const EventContext& context,
                            const World& world,
                            Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit(view_of(event.unit()), world, decision);
  check_period(event.period_from(), event.period_to(), decision);
  if (world.find<ChargeState>(view_of(event.charge_id())) != nullptr) {
    decision.refuse(once_rule, {fact("charge_id", view_of(event.charge_id()))});
  }
  check_tariff(event, context, world, decision);
  check_corrects(event, world, decision);
}

void apply_charge_assessed(const body::ChargeAssessed& event,
                           const EventContext& context,
                           WorldChange& world) {
  ChargeState charge;
  charge.unit = text_of(event.unit());
  charge.party = text_of(event.party());
  charge.purpose = static_cast<std::uint8_t>(event.purpose());
  charge.case_ref = text_of(event.case_ref());
  charge.amount = Fen{event.amount_fen()};
  charge.due = date_of(event.due()).value_or(CivilDate{});
  charge.period_from = date_of(event.period_from());
  charge.period_to = date_of(event.period_to());
  assess_charge(world, view_of(event.charge_id()), charge, context);
}

void decide_charge_reversed(const body::ChargeReversed& event,
                            const EventContext& context,
                            const World& world,
                            Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto* charge = world.find<ChargeState>(view_of(event.charge_id()));
  if (charge == nullptr) {
    decision.refuse(original_rule, {fact("charge_id", view_of(event.charge_id()))});
    return;
  }
  check_same_case(
      view_of(event.unit()), view_of(event.case_ref()), charge->unit, charge->case_ref, decision);
  std::vector<Fact> wrong;
  if (Fen{event.amount_fen()} != charge->amount) {
    wrong.push_back(fact("original_amount", charge->amount));
  }
  if (charge->reversed) {
    wrong.push_back(fact("reversed_before", view_of(event.charge_id())));
  }
  if (charge->applied != zero_fen) {
    wrong.push_back(fact("deducted_from_a_deposit", charge->applied));
  }
  if (needs_pm(*charge, context, world) && !signed_by_staff(event.signatures(), Role::pm, world)) {
    wrong.push_back(fact("missing_signature", "STAFF:PM"));
  }
  refuse_reversal(std::move(wrong), decision);
}

void apply_charge_reversed(const body::ChargeReversed& event,
                           const EventContext& context,
                           WorldChange& world) {
  reverse_charge(world, view_of(event.charge_id()), context);
}

}  // namespace juanzong::fees
