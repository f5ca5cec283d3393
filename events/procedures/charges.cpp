// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/charges.h"

#include "events/procedures/deposits.h"
#include "events/procedures/units.h"

#include <map>

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

// A charge that is open again (payment or refund reversed) returns to its place. A new one is the
// newest: the search from the end stops at once.
void list_open_charge(WorldChange& world, std::string_view key, std::string_view charge_id) {
  const auto assessed = [&world](std::string_view id) {
    const auto* charge = world.find<ChargeState>(id);
    return charge == nullptr ? RecordIndex{} : charge->assessed;
  };
  const RecordIndex own = assessed(charge_id);
  auto& ids = world.edit<OpenChargesState>(key).charge_ids;
  auto place = ids.end();
  while (place != ids.begin() && assessed(*std::prev(place)) > own) {
    --place;
  }
  ids.emplace(place, charge_id);
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

// The payment's share in a charge that is being reversed becomes an advance of the payer.
void release_share(WorldChange& world,
                   std::string_view payment_id,
                   std::string_view charge_id,
                   CivilDate on) {
  PaymentState& payment = world.edit<PaymentState>(payment_id);
  const auto share = std::ranges::find(payment.allocations, charge_id, &Allocation::charge_id);
  if (share == payment.allocations.end()) {
    return;
  }
  post_entry(world,
             receivable_account(world.get<ChargeState>(charge_id)),
             advance_account(payment.unit, payment.party),
             share->amount,
             on);
  payment.allocations.erase(share);
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
  constexpr std::size_t digits_min = 6;
  const std::string digits = std::to_string(world.get<ReceiptBookState>(book).issued + 1);
  const std::size_t zeros = digits.size() < digits_min ? digits_min - digits.size() : 0;
  return std::string(book) + "-" + std::string(zeros, '0') + digits;
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
  make_calculations_stale(world, charge.unit);
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
    world.edit<ChargeState>(part.charge_id).payments.emplace_back(payment_id);
  }
  post_payment(world, payment, Fen{1}, context.today);
  make_calculations_stale(world, payment.unit);
}

void reallocate_payment(WorldChange& world,
                        std::string_view payment_id,
                        const std::vector<Allocation>& allocations,
                        const EventContext& context) {
  const auto payment = world.get<PaymentState>(payment_id);
  std::map<std::string, Fen> changes;
  for (const Allocation& part : payment.allocations) {
    changes[part.charge_id] -= part.amount;
    std::erase(world.edit<ChargeState>(part.charge_id).payments, payment_id);
  }
  for (const Allocation& part : allocations) {
    changes[part.charge_id] += part.amount;
    world.edit<ChargeState>(part.charge_id).payments.emplace_back(payment_id);
  }
  for (const auto& [charge_id, change] : changes) {
    settle_charge(world, charge_id, change, zero_fen);
    post_entry(world,
               advance_account(payment.unit, payment.party),
               receivable_account(world.get<ChargeState>(charge_id)),
               change,
               context.today);
  }
  world.edit<PaymentState>(payment_id).allocations = allocations;
  make_calculations_stale(world, payment.unit);
}

void reverse_payment(WorldChange& world, std::string_view payment_id, const EventContext& context) {
  const auto payment = world.get<PaymentState>(payment_id);
  world.edit<PaymentState>(payment_id).reversed = true;
  for (const Allocation& part : payment.allocations) {
    settle_charge(world, part.charge_id, -part.amount, zero_fen);
    std::erase(world.edit<ChargeState>(part.charge_id).payments, payment_id);
  }
  post_payment(world, payment, Fen{-1}, context.today);
  make_calculations_stale(world, payment.unit);
}

void reverse_charge(WorldChange& world, std::string_view charge_id, const EventContext& context) {
  const auto charge = world.get<ChargeState>(charge_id);
  post_entry(world,
             income_account(charge.purpose),
             receivable_account(charge),
             charge.amount,
             context.today);
  for (const std::string& payment_id : charge.payments) {
    release_share(world, payment_id, charge_id, context.today);
  }
  ChargeState& state = world.edit<ChargeState>(charge_id);
  const bool was_open = state.open() > zero_fen;
  state.reversed = true;
  state.paid = zero_fen;
  state.payments.clear();
  relist(world, charge_id, was_open);
  make_calculations_stale(world, charge.unit);
}

void book_refund(
    WorldChange& world, std::string_view deposit_id, std::uint8_t method, Fen sign, CivilDate on) {
  const auto deposit = world.get<DepositState>(deposit_id);
  if (!deposit.calculation) {
    return;
  }
  const std::string account = deposit_account(deposit_id);
  const auto signed_by = [sign](Fen amount) { return Fen{amount.value * sign.value}; };
  post_entry(world, account, cash_account(method), signed_by(deposit.calculation->net), on);
  for (const DeductionLine& line : deposit.calculation->lines) {
    const auto* charge = world.find<ChargeState>(line.ref);
    // A violation's penalty and a charge may have the same id: they differ in purpose.
    if (charge == nullptr || charge->purpose != line.purpose || charge->unit != deposit.unit) {
      post_entry(world, account, penalty_deducted_account, signed_by(line.applied), on);
      continue;
    }
    post_entry(world, account, receivable_account(*charge), signed_by(line.applied), on);
    settle_charge(world, line.ref, zero_fen, signed_by(line.applied));
  }
}

void make_calculations_stale(WorldChange& world, std::string_view unit, std::string_view except) {
  for (const std::string& deposit_id : world.get<UnitState>(unit).deposits) {
    if (deposit_id != except && world.find<DepositState>(deposit_id) != nullptr) {
      make_calculation_stale(world.edit<DepositState>(deposit_id));
    }
  }
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
