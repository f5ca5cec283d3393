// SPDX-License-Identifier: Apache-2.0
// The cashier's word on what a party owes. It is judged on the ledger, and again when the slip is
// issued.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/goods_release/rules.h"
#include "events/procedures/signatures.h"

#include <array>

namespace juanzong::goods_release {
namespace {

struct Owed {
  Fen water;
  Fen elec;
  Fen gas;
  Fen property_fee;
  Fen other;
  bool operator==(const Owed&) const = default;
};

Fen& part_of(Owed& owed, body::Purpose purpose) {
  switch (purpose) {
    case body::Purpose::WATER:
      return owed.water;
    case body::Purpose::ELEC:
      return owed.elec;
    case body::Purpose::GAS:
      return owed.gas;
    case body::Purpose::PROPERTY_FEE:
      return owed.property_fee;
    default:
      return owed.other;
  }
}

Owed owed_by_ledger(const Arrears& arrears, const World& world) {
  Owed owed;
  for (const std::string& charge_id : arrears.charge_ids) {
    const auto charge = world.get<ChargeState>(charge_id);
    part_of(owed, static_cast<body::Purpose>(charge.purpose)) += charge.open();
  }
  return owed;
}

Owed owed_by_form(const body::ArrearsClearanceConfirmed& event) {
  return {Fen{event.water_fen()},
          Fen{event.elec_fen()},
          Fen{event.gas_fen()},
          Fen{event.property_fee_fen()},
          Fen{event.other_fen()}};
}

void check_figures(const body::ArrearsClearanceConfirmed& event,
                   const Arrears& arrears,
                   const World& world,
                   Decision& decision) {
  const Owed owed = owed_by_ledger(arrears, world);
  if (owed_by_form(event) != owed || Fen{event.total_due_fen()} != arrears.total) {
    decision.refuse_schema("total_due_fen",
                           "与账册不符:水 " + to_text(owed.water) + ",电 " + to_text(owed.elec) +
                               ",气 " + to_text(owed.gas) + ",物管费 " +
                               to_text(owed.property_fee) + ",其他 " + to_text(owed.other),
                           "not what the ledger shows: " + to_text(arrears.total));
  }
}

void decide_clearance(const body::ArrearsClearanceConfirmed& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  const CivilDate as_of = *date_of(event.as_of());
  check_unit_registered(world, unit, decision);
  check_signature_blocks(event.signatures(), decision);
  check_not_in_future("as_of", as_of, context, decision);
  const Arrears arrears = arrears_of_mover(world, unit, view_of(event.party()), as_of);
  auto owing = facts_of(arrears, as_of);
  if (event.cleared() && !owing.empty()) {
    decision.refuse(clearance_rule, std::move(owing));
  } else {
    check_figures(event, arrears, world, decision);
  }
  check_signature(signed_by_staff(event.signatures(), Role::cas, world),
                  "须由收银员签名",
                  "the cashier must sign",
                  decision);
}

void apply_clearance(const body::ArrearsClearanceConfirmed& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<ClearanceState>(view_of(event.unit())).by_party[text_of(event.party())] = {
      context.index, *date_of(event.as_of()), event.cleared(), Fen{event.total_due_fen()}};
}

constexpr std::array handlers{
    event<body::ArrearsClearanceConfirmed, decide_clearance, apply_clearance>(
        "ArrearsClearanceConfirmed"),
};

}  // namespace

std::span<const EventHandler> clearance_handlers() {
  return handlers;
}

}  // namespace juanzong::goods_release
