// SPDX-License-Identifier: Apache-2.0
// PaymentReceived and PaymentReallocated: money that came in, and which charges it settles.
#include "events/procedures/fees/fees_rules.h"

#include <algorithm>

namespace juanzong::fees {
namespace {

// A payment as the guards see it: what it brings, and the shares it gives up (reallocation).
struct Sharing {
  std::string_view unit;
  std::string_view case_ref;  // empty, or the case of one of the charges
  Fen amount;
  std::vector<Allocation> next;
  std::vector<Allocation> present;
};

Fen share_in(const std::vector<Allocation>& list, std::string_view charge_id) {
  const auto found = std::ranges::find(list, charge_id, &Allocation::charge_id);
  return found == list.end() ? zero_fen : found->amount;
}

void check_list(const Sharing& sharing, const World& world, Decision& decision) {
  if (sharing.next.size() > allocations_max) {
    decision.refuse_schema("charges", "一次收款最多分摊 12 项", "a payment has at most 12 shares");
  }
  std::vector<std::string> ids;
  bool case_named = sharing.case_ref.empty();
  for (const Allocation& share : sharing.next) {
    ids.push_back(share.charge_id);
    const auto* charge = world.find<ChargeState>(share.charge_id);
    case_named = case_named || (charge != nullptr && charge->case_ref == sharing.case_ref);
  }
  std::ranges::sort(ids);
  if (std::ranges::adjacent_find(ids) != ids.end()) {
    decision.refuse_schema("charges", "同一应收只能列一次", "each charge is listed once");
  }
  if (!case_named) {
    decision.refuse(original_rule, {fact("case_ref", sharing.case_ref)});
  }
}

void check_shares(const Sharing& sharing, const World& world, Decision& decision) {
  check_list(sharing, world, decision);
  Fen allocated;
  for (const Allocation& share : sharing.next) {
    allocated += share.amount;
    const auto* charge = world.find<ChargeState>(share.charge_id);
    if (charge == nullptr || charge->unit != sharing.unit) {
      decision.refuse(original_rule,
                      {fact("charge_id", share.charge_id), fact("unit", sharing.unit)});
      continue;
    }
    const Fen open = charge->open() + share_in(sharing.present, share.charge_id);
    if (share.amount > open) {
      decision.refuse(allocation_rule,
                      {fact("charge_id", share.charge_id),
                       fact("open", open),
                       fact("allocated", share.amount)});
    }
  }
  if (allocated > sharing.amount) {
    decision.refuse(allocation_rule,
                    {fact("allocated", allocated), fact("amount", sharing.amount)});
  }
}

}  // namespace

void decide_payment_received(const body::PaymentReceived& event,
                             const EventContext&,
                             const World& world,
                             Decision& decision) {
  check_unit(view_of(event.unit()), world, decision);
  if (world.find<PaymentState>(view_of(event.payment_id())) != nullptr) {
    decision.refuse(once_rule, {fact("payment_id", view_of(event.payment_id()))});
  }
  check_shares({view_of(event.unit()),
                view_of(event.case_ref()),
                Fen{event.amount_fen()},
                allocations_of(event.charges()),
                {}},
               world,
               decision);
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

void apply_payment_received(const body::PaymentReceived& event,
                            const EventContext& context,
                            WorldChange& world) {
  PaymentState payment;
  payment.unit = text_of(event.unit());
  payment.party = text_of(event.payer());
  payment.method = static_cast<std::uint8_t>(event.method());
  payment.amount = Fen{event.amount_fen()};
  payment.allocations = allocations_of(event.charges());
  payment.receipt_no = context.receipt_no;
  take_receipt_number(world, view_of(event.book()));
  book_payment(world, view_of(event.payment_id()), payment, context);
}

void decide_payment_reallocated(const body::PaymentReallocated& event,
                                const EventContext&,
                                const World& world,
                                Decision& decision) {
  const auto* payment = world.find<PaymentState>(view_of(event.payment_id()));
  if (payment == nullptr || payment->unit != view_of(event.unit())) {
    decision.refuse(
        original_rule,
        {fact("payment_id", view_of(event.payment_id())), fact("unit", view_of(event.unit()))});
    return;
  }
  if (payment->reversed) {
    decision.refuse_state("REVERSED", "RECEIVED");
  }
  check_shares({view_of(event.unit()),
                view_of(event.case_ref()),
                payment->amount,
                allocations_of(event.allocations()),
                payment->allocations},
               world,
               decision);
}

void apply_payment_reallocated(const body::PaymentReallocated& event,
                               const EventContext& context,
                               WorldChange& world) {
  reallocate_payment(
      world, view_of(event.payment_id()), allocations_of(event.allocations()), context);
}

}  // namespace juanzong::fees
