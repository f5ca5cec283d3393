// SPDX-License-Identifier: Apache-2.0
// The order in the engineers' hands: collected against a signature, done, paper brought back
// (S0§13.2, §13.3).
#include "events/procedures/case_checks.h"
#include "events/procedures/quantities.h"
#include "events/procedures/repair_cases.h"
#include "events/procedures/repairs/repairs.h"
#include "events/procedures/repairs/repairs_generated.h"
#include "events/procedures/rolls.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::repairs {
namespace {

void decide_claimed(const body::RepairOrderClaimed& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const std::string_view engineer = view_of(event.engineer());
  check_signature_blocks(event.signatures(), decision);
  const bool is_engineer =
      staff_has_role(world, engineer, Role::eng) || staff_has_role(world, engineer, Role::engm);
  if (!is_engineer || !signed_by_member(event.signatures(), engineer, world)) {
    decision.refuse(claim_rule,
                    {fact("engineer", engineer), fact("missing_signature", "STAFF:ENG")});
  }
}

void apply_claimed(const body::RepairOrderClaimed& event, const EventContext&, WorldChange& world) {
  RepairState& repair = world.edit<RepairState>(view_of(event.repair_id()));
  repair.engineer = text_of(event.engineer());
  if (!repair.claimed_at) {
    repair.claimed_at = parse_instant(view_of(event.at()));
  }
}

bool costs_something(const body::RepairCompleted& event) {
  return event.labour_fen() > 0 || (event.materials() != nullptr && event.materials()->size() > 0);
}

// Explained when it was reported, or on the spot before the work was done.
bool is_explained(const body::RepairCompleted& event, const RepairState& repair) {
  if (repair.charge_explained) {
    return true;
  }
  if (!event.charge_explained() || event.explained_at() == nullptr) {
    return false;
  }
  const UnixMicros at = *parse_instant(view_of(event.explained_at()));
  return at >= repair.reported_at && at < *parse_instant(view_of(event.finished_at()));
}

// The customer himself, as whatever he signs; of an order that staff raised, who raised it.
bool reporter_signed(const SignatureList* signatures,
                     std::string_view reporter,
                     const World& world) {
  if (is_staff(world, reporter)) {
    return signed_by_member(signatures, reporter, world);
  }
  return std::ranges::any_of(
      std::array{body::Capacity::CUSTOMER, body::Capacity::OWNER, body::Capacity::TENANT},
      [&](body::Capacity capacity) { return signed_by(signatures, reporter, capacity); });
}

void check_amounts(const body::RepairCompleted& event, Decision& decision) {
  if (event.materials() == nullptr) {
    return;
  }
  const bool wrong =
      std::any_of(event.materials()->begin(), event.materials()->end(), [](const auto* each) {
        return !cost_of(Fen{each->unit_price_fen()}, each->qty_milli());
      });
  if (wrong) {
    decision.refuse_schema("materials", "数量须为正数", "a quantity is positive and not absurd");
  }
}

void decide_completed(const body::RepairCompleted& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const auto repair = world.get<RepairState>(view_of(event.repair_id()));
  check_signature_blocks(event.signatures(), decision);
  check_amounts(event, decision);
  if ((repair.paid || costs_something(event)) && !is_explained(event, repair)) {
    decision.refuse(charge_rule, {fact("missing", "charge_explained")});
  }
  if (!reporter_signed(event.signatures(), repair.reporter, world)) {
    decision.refuse(signed_rule,
                    {fact("reporter", repair.reporter), fact("missing_signature", "CUSTOMER")});
  }
}

void apply_completed(const body::RepairCompleted& event, const EventContext&, WorldChange& world) {
  RepairState& repair = world.edit<RepairState>(view_of(event.repair_id()));
  repair.completed_at = parse_instant(view_of(event.finished_at()));
  repair.labour += Fen{event.labour_fen()};
  if (event.materials() != nullptr) {
    for (const auto* each : *event.materials()) {
      repair.materials += *cost_of(Fen{each->unit_price_fen()}, each->qty_milli());
    }
  }
}

void apply_returned(const body::RepairOrderReturned& event,
                    const EventContext&,
                    WorldChange& world) {
  const std::string id = text_of(event.repair_id());
  world.edit<RepairState>(id).returned = true;
  leave_roll(repair_roll, id, world);
  if (repair_stage(world, id) == RepairStage::completed) {
    set_repair_stage(world, id, RepairStage::returned);
  }
}

void decide_returned(const body::RepairOrderReturned& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  if (world.get<RepairState>(view_of(event.repair_id())).returned) {
    decision.refuse_schema("repair_id", "维修单已返回", "the paper is back already");
  }
}

constexpr std::array handlers{
    event<body::RepairOrderClaimed, decide_claimed, apply_claimed>("RepairOrderClaimed"),
    event<body::RepairCompleted, decide_completed, apply_completed>("RepairCompleted"),
    event<body::RepairOrderReturned, decide_returned, apply_returned>("RepairOrderReturned"),
};

}  // namespace

std::span<const EventHandler> work_handlers() {
  return handlers;
}

}  // namespace juanzong::repairs
