// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/charges.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace juanzong {
namespace {

struct PurposeName {
  std::string_view code;
  std::string_view zh;
};

// In the order of common.fbs Purpose.
constexpr std::array<PurposeName, 13> purposes{{
    {"UNSPECIFIED", "未注明"},
    {"PROPERTY_FEE", "物管费"},
    {"WATER", "水费"},
    {"ELEC", "电费"},
    {"GAS", "燃气费"},
    {"WASTE_REMOVAL", "清运费"},
    {"PASS_FEE", "出入证费"},
    {"PARKING_RENT", "车位租金"},
    {"REPAIR", "维修费"},
    {"PAID_SERVICE", "有偿服务费"},
    {"COMPENSATION", "赔偿"},
    {"PENALTY", "违约金"},
    {"OTHER", "其他"},
}};

constexpr std::array<std::string_view, 5> methods{"UNSPECIFIED", "CASH", "CARD", "TRANSFER", "QR"};

void list_open_charge(WorldChange& world, std::string_view key, std::string_view charge_id) {
  world.edit<OpenChargesState>(key).charge_ids.emplace_back(charge_id);
}

void unlist_open_charge(WorldChange& world, std::string_view key, std::string_view charge_id) {
  OpenChargesState& open = world.edit<OpenChargesState>(key);
  std::erase(open.charge_ids, charge_id);
}

// Keeps the lists of open charges in step with whether the charge is open.
void relist(WorldChange& world, std::string_view charge_id, bool was_open) {
  const auto charge = world.get<ChargeState>(charge_id);
  const bool is_open = charge.open() > zero_fen;
  if (is_open == was_open) {
    return;
  }
  const auto move = is_open ? list_open_charge : unlist_open_charge;
  move(world, charge.unit, charge_id);
  if (!charge.case_ref.empty()) {
    move(world, charge.case_ref, charge_id);
  }
}

void post_payment(WorldChange& world, const PaymentState& payment, Fen sign, CivilDate on) {
  Fen rest = payment.amount;
  for (const Allocation& part : payment.allocations) {
    const auto charge = world.get<ChargeState>(part.charge_id);
    post_entry(world,
               cash_account(payment.method),
               receivable_account(charge),
               Fen{part.amount.value * sign.value},
               on);
    rest -= part.amount;
  }
  if (rest != zero_fen) {
    post_entry(world,
               cash_account(payment.method),
               advance_account(payment.unit, payment.party),
               Fen{rest.value * sign.value},
               on);
  }
}

}  // namespace

std::string_view purpose_code(std::uint8_t purpose) {
  return purposes[std::min<std::size_t>(purpose, purposes.size() - 1)].code;
}

std::string_view purpose_zh(std::uint8_t purpose) {
  return purposes[std::min<std::size_t>(purpose, purposes.size() - 1)].zh;
}

std::string receivable_account(const ChargeState& charge) {
  return "receivable:" + charge.unit + ":" + charge.party + ":" +
         std::string(purpose_code(charge.purpose));
}

std::string income_account(std::uint8_t purpose) {
  return "income:" + std::string(purpose_code(purpose));
}

std::string cash_account(std::uint8_t method) {
  return "cash:" + std::string(methods[std::min<std::size_t>(method, methods.size() - 1)]);
}

std::string advance_account(std::string_view unit, std::string_view party) {
  return "advance:" + std::string(unit) + ":" + std::string(party);
}

std::string deposit_account(std::string_view deposit_id) {
  return "deposit:" + std::string(deposit_id);
}

void post_entry(
    WorldChange& world, std::string_view debit, std::string_view credit, Fen amount, CivilDate on) {
  if (amount == zero_fen) {
    return;
  }
  world.post(PostingView::money, debit, amount.value, on);
  world.post(PostingView::money, credit, -amount.value, on);
}

std::string next_receipt_number(const World& world, std::string_view book) {
  const auto* state = world.find<ReceiptBookState>(book);
  const std::uint64_t next = (state == nullptr ? 0 : state->issued) + 1;
  std::array<char, 24> digits{};
  std::snprintf(digits.data(), digits.size(), "-%06llu", static_cast<unsigned long long>(next));
  return std::string(book) + digits.data();
}

void take_receipt_number(WorldChange& world, std::string_view book) {
  ++world.edit<ReceiptBookState>(book).issued;
}

void assess_charge(WorldChange& world,
                   std::string_view charge_id,
                   const ChargeState& charge,
                   const EventContext& context) {
  ChargeState& state = world.edit<ChargeState>(charge_id);
  state = charge;
  state.assessed = context.index;
  state.assessed_on = context.today;
  relist(world, charge_id, false);
  if (!charge.case_ref.empty()) {
    world.edit<OpenChargesState>(charge.case_ref).assessed.emplace_back(charge_id);
  }
  post_entry(world,
             receivable_account(charge),
             income_account(charge.purpose),
             charge.amount,
             context.today);
}

void settle_charge(WorldChange& world, std::string_view charge_id, Fen paid, Fen applied) {
  ChargeState& charge = world.edit<ChargeState>(charge_id);
  const bool was_open = charge.open() > zero_fen;
  charge.paid += paid;
  charge.applied += applied;
  relist(world, charge_id, was_open);
}

void book_payment(WorldChange& world,
                  std::string_view payment_id,
                  const PaymentState& payment,
                  const EventContext& context) {
  PaymentState& state = world.edit<PaymentState>(payment_id);
  state = payment;
  state.received = context.index;
  for (const Allocation& part : payment.allocations) {
    settle_charge(world, part.charge_id, part.amount, zero_fen);
  }
  post_payment(world, payment, Fen{1}, context.today);
}

void reverse_payment(WorldChange& world, std::string_view payment_id, const EventContext& context) {
  const auto payment = world.get<PaymentState>(payment_id);
  world.edit<PaymentState>(payment_id).reversed = true;
  for (const Allocation& part : payment.allocations) {
    settle_charge(world, part.charge_id, -part.amount, zero_fen);
  }
  post_payment(world, payment, Fen{-1}, context.today);
}

void reverse_charge(WorldChange& world, std::string_view charge_id, const EventContext& context) {
  ChargeState& charge = world.edit<ChargeState>(charge_id);
  const bool was_open = charge.open() > zero_fen;
  charge.reversed = true;
  const ChargeState copy = charge;
  relist(world, charge_id, was_open);
  post_entry(
      world, income_account(copy.purpose), receivable_account(copy), copy.amount, context.today);
}

std::vector<OpenCharge> open_charges(const World& world, std::string_view key) {
  std::vector<OpenCharge> list;
  const auto* open = world.find<OpenChargesState>(key);
  if (open == nullptr) {
    return list;
  }
  for (const std::string& charge_id : open->charge_ids) {
    list.push_back({charge_id, world.get<ChargeState>(charge_id)});
  }
  return list;
}

}  // namespace juanzong
