// SPDX-License-Identifier: Apache-2.0
// What the two owners pay: the former one's costs up to the handover moment, the new one's half
// year. Both are judged on the ledger, not on what the form says.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/handovers.h"
#include "events/procedures/ownership_transfer/ownership_transfer_generated.h"
#include "events/procedures/ownership_transfer/transfer_rules.h"
#include "events/procedures/policy.h"
#include "events/procedures/signatures.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace juanzong::ownership_transfer {
namespace {

// What this payment settled of the party's charges on the unit; zero if it did not.
Fen settled_by(const PaymentState& payment, const TransferState& transfer, const World& world) {
  Fen sum;
  if (payment.reversed || payment.unit != transfer.unit) {
    return sum;
  }
  for (const Allocation& share : payment.allocations) {
    const auto* charge = world.find<ChargeState>(share.charge_id);
    sum += charge != nullptr && charge->party == transfer.old_owner ? share.amount : zero_fen;
  }
  return sum;
}

// The total is the sum of the named payments' shares in the former owner's charges.
void check_total(const body::FormerOwnerSettled& event,
                 const TransferState& transfer,
                 const World& world,
                 Decision& decision) {
  Fen sum;
  std::vector<Fact> wrong;
  std::set<std::string_view> named;
  if (event.payments() != nullptr) {
    for (const flatbuffers::String* id : *event.payments()) {
      const auto payment = world.get<PaymentState>(view_of(id));
      const Fen settled = settled_by(payment, transfer, world);
      if (settled == zero_fen || !named.insert(view_of(id)).second) {
        wrong.push_back(fact("not_his_payment", view_of(id)));
      }
      sum += settled;
    }
  }
  if (sum != Fen{event.total_fen()}) {
    wrong.push_back(fact("total_expected", sum));
  }
  if (!wrong.empty()) {
    decision.refuse(settlement_rule, std::move(wrong));
  }
}

void decide_settled(const body::FormerOwnerSettled& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto transfer = check_stage(event, TransferStage::verified, world, decision);
  if (!transfer.submitted) {
    return;
  }
  check_unit_of_transfer(event, transfer, decision);
  if (transfer.settled &&
      transfer_stage(world, view_of(event.transfer_id())) == TransferStage::verified) {
    decision.refuse_state("VERIFIED, settled before", "VERIFIED, not settled yet");
  }
  const CivilDate up_to = world.zone().date_of(*parse_instant(view_of(event.up_to())));
  check_not_in_future("up_to", up_to, context, decision);
  const auto unit = world.get<UnitState>(transfer.unit);
  if (!unit.metered || *unit.metered < *transfer.submitted) {
    decision.refuse(settlement_rule, {fact("missing", "meter_reading")});
  }
  check_former_owner(transfer, up_to, world, decision);
  check_total(event, transfer, world, decision);
  check_signature(signed_by_staff(event.signatures(), Role::cas, world),
                  "须由收银员签名",
                  "the cashier must sign",
                  decision);
}

void apply_settled(const body::FormerOwnerSettled& event,
                   const EventContext& context,
                   WorldChange& world) {
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  transfer.settled = context.index;
  transfer.settled_up_to = parse_instant(view_of(event.up_to()));
  transfer.settled_total = Fen{event.total_fen()};
}

// H-TRF-3 where the period is shorter than the handover's (half a year, unless the policy of the
// day of the submission says otherwise).
void check_months(const body::NewOwnerPrepaid& event,
                  const TransferState& transfer,
                  const World& world,
                  Decision& decision) {
  constexpr std::int64_t half_year = 6;
  constexpr std::int64_t months_max = 1200;
  const std::int64_t months = std::min(
      policy_number(world, "handover.prepay_months", transfer.submitted_on).value_or(half_year),
      months_max);
  const CivilDate from = *date_of(event.from());
  const CivilDate last_min = add_days(add_months(from, static_cast<std::int32_t>(months)), -1);
  if (*date_of(event.to()) < last_min) {
    decision.refuse(prepayment_rule,
                    {fact("months", std::to_string(months)),
                     fact("to", *date_of(event.to())),
                     fact("to_min", last_min)});
  }
}

void decide_prepaid(const body::NewOwnerPrepaid& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const auto transfer = check_stage(event, TransferStage::verified, world, decision);
  if (!transfer.submitted) {
    return;
  }
  check_unit_of_transfer(event, transfer, decision);
  if (prepayment_stands(world, transfer) &&
      transfer_stage(world, view_of(event.transfer_id())) == TransferStage::verified) {
    decision.refuse_state("VERIFIED, prepaid before", "VERIFIED, not prepaid yet");
  }
  check_months(event, transfer, world, decision);
  const CivilDate end = add_days(*date_of(event.to()), 1);
  auto problems = half_year_problems(
      world,
      view_of(event.charge_id()),
      {transfer.unit, transfer.new_owner, *date_of(event.from()), end, /*settled=*/false});
  const Fen open = world.get<ChargeState>(view_of(event.charge_id())).open();
  if (open != Fen{event.amount_fen()}) {
    problems.push_back(fact("amount_expected", open));
  }
  if (!problems.empty()) {
    decision.refuse(prepayment_rule, std::move(problems));
  }
  if (world.find<PaymentState>(view_of(event.payment_id())) != nullptr) {
    decision.refuse_schema("payment_id", "编号已使用", "this payment id is taken");
  }
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

void apply_prepaid(const body::NewOwnerPrepaid& event,
                   const EventContext& context,
                   WorldChange& world) {
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  transfer.prepaid = context.index;
  transfer.prepaid_charge = text_of(event.charge_id());
  transfer.prepaid_from = date_of(event.from());
  transfer.prepaid_last = date_of(event.to());
  PaymentState payment;
  payment.unit = transfer.unit;
  payment.party = transfer.new_owner;
  payment.method = static_cast<std::uint8_t>(event.method());
  payment.amount = Fen{event.amount_fen()};
  payment.allocations = {{transfer.prepaid_charge, payment.amount}};
  payment.receipt_no = context.receipt_no;
  take_receipt_number(world, view_of(event.book()));
  book_payment(world, view_of(event.payment_id()), payment, context);
}

constexpr std::array handlers{
    event<body::FormerOwnerSettled, decide_settled, apply_settled>("FormerOwnerSettled"),
    event<body::NewOwnerPrepaid, decide_prepaid, apply_prepaid>("NewOwnerPrepaid"),
};

}  // namespace

void check_former_owner(const TransferState& transfer,
                        CivilDate up_to,
                        const World& world,
                        Decision& decision) {
  const Arrears arrears = arrears_of(world, transfer.unit, transfer.old_owner, up_to);
  if (!arrears.charge_ids.empty()) {
    decision.refuse(settlement_rule, facts_of(arrears, up_to));
  }
}

std::span<const EventHandler> money_handlers() {
  return handlers;
}

}  // namespace juanzong::ownership_transfer
