// SPDX-License-Identifier: Apache-2.0
// PaymentReversed: money that was booked and did not move, or came back. Three originals: a
// payment, the payment of a deposit, the refund of a deposit.
#include "events/procedures/fees/fees_rules.h"
#include "events/procedures/signatures.h"

#include <optional>

namespace juanzong::fees {
namespace {

// What the reversal is compared with.
struct Original {
  std::string unit;
  std::optional<std::string> case_ref;  // nullopt: a payment may name the case of its charges
  RecordIndex record{};
  Fen amount;
  bool reversible = false;  // it stands: not reversed before, not overtaken by a refund
};

std::optional<Original> find_payment(const body::PaymentReversed& event, const World& world) {
  const auto* payment = world.find<PaymentState>(view_of(event.target_payment()));
  if (payment == nullptr) {
    return std::nullopt;
  }
  return Original{
      payment->unit, std::nullopt, payment->received, payment->amount, !payment->reversed};
}

std::optional<Original> find_deposit(const body::PaymentReversed& event, const World& world) {
  const auto* deposit = world.find<DepositState>(view_of(event.target_deposit()));
  if (deposit == nullptr || !deposit->exists()) {
    return std::nullopt;
  }
  Original original{
      deposit->unit, case_of(*deposit), deposit->paid, deposit->amount, deposit->held()};
  if (event.kind() == body::ReversedMoney::DEPOSIT_REFUND) {
    const RefundStep refund = deposit->refund.value_or(RefundStep{});
    original.record = refund.index;
    original.amount = refund.amount;
    original.reversible = deposit->refund.has_value();
  }
  return original;
}

// Exactly the id that the kind asks for; else the record would stand in a stream it is not about.
bool names_one_target(const body::PaymentReversed& event) {
  const bool payment = event.target_payment() != nullptr;
  const bool deposit = event.target_deposit() != nullptr;
  return payment != deposit && payment == (event.kind() == body::ReversedMoney::PAYMENT);
}

std::vector<Fact> faults_of(const body::PaymentReversed& event,
                            const Original& original,
                            const EventContext& context) {
  std::vector<Fact> wrong;
  if (!original.reversible) {
    wrong.push_back(fact("standing", "已冲销或已退还/reversed or refunded"));
  }
  if (original.reversible && record_index(*event.target_event(), context) != original.record) {
    wrong.push_back(fact("original_record", std::to_string(number(original.record))));
  }
  if (original.reversible && Fen{event.amount_fen()} != original.amount) {
    wrong.push_back(fact("original_amount", original.amount));
  }
  return wrong;
}

void reverse_deposit_payment(WorldChange& world,
                             std::string_view deposit_id,
                             const EventContext& context) {
  DepositState& deposit = world.edit<DepositState>(deposit_id);
  make_calculation_stale(deposit);
  deposit.payment_reversed = true;
  const auto method = deposit.method;
  const Fen amount = deposit.amount;
  post_entry(world, deposit_account(deposit_id), cash_account(method), amount, context.today);
}

void reverse_deposit_refund(WorldChange& world,
                            std::string_view deposit_id,
                            const EventContext& context) {
  const auto deposit = world.get<DepositState>(deposit_id);
  book_refund(world, deposit_id, deposit.refund->method, Fen{-1}, context.today);
  take_refund_back(world.edit<DepositState>(deposit_id));
  make_calculations_stale(world, deposit.unit, deposit_id);
}

}  // namespace

void decide_payment_reversed(const body::PaymentReversed& event,
                             const EventContext& context,
                             const World& world,
                             Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const bool of_payment = event.kind() == body::ReversedMoney::PAYMENT;
  if (!names_one_target(event)) {
    decision.refuse_schema("target_payment, target_deposit",
                           "冲销须按类别指明一笔收款或一笔押金",
                           "name the payment or the deposit, as the kind says");
  }
  std::vector<Fact> wrong;
  const auto original = of_payment ? find_payment(event, world) : find_deposit(event, world);
  if (original) {
    check_same_case(view_of(event.unit()),
                    view_of(event.case_ref()),
                    original->unit,
                    original->case_ref.value_or(text_of(event.case_ref())),
                    decision);
    wrong = faults_of(event, *original, context);
  } else {
    decision.refuse(original_rule,
                    {fact("target_payment", view_of(event.target_payment())),
                     fact("target_deposit", view_of(event.target_deposit()))});
  }
  if (!signed_by_staff(event.signatures(), Role::pm, world)) {
    wrong.push_back(fact("missing_signature", "STAFF:PM"));
  }
  if (event.kind() == body::ReversedMoney::DEPOSIT_REFUND && event.proof() == nullptr) {
    wrong.push_back(fact("missing", "款项已退回的凭证/proof that the money came back"));
  }
  refuse_reversal(std::move(wrong), decision);
}

void apply_payment_reversed(const body::PaymentReversed& event,
                            const EventContext& context,
                            WorldChange& world) {
  switch (event.kind()) {
    case body::ReversedMoney::PAYMENT:
      reverse_payment(world, view_of(event.target_payment()), context);
      return;
    case body::ReversedMoney::DEPOSIT_PAYMENT:
      reverse_deposit_payment(world, view_of(event.target_deposit()), context);
      return;
    case body::ReversedMoney::DEPOSIT_REFUND:
      reverse_deposit_refund(world, view_of(event.target_deposit()), context);
      return;
    case body::ReversedMoney::UNSPECIFIED:
      return;
  }
}

}  // namespace juanzong::fees
