// SPDX-License-Identifier: Apache-2.0
// Charges, payments and the ledger postings of DOMAIN P31: the one place where money moves. Every
// procedure that assesses, collects, applies or reverses money calls these functions from apply().
//
// Accounts (debit positive, credit negative; every entry sums to zero):
//   receivable:UNIT:PARTY:PURPOSE   income:PURPOSE   cash:METHOD   advance:UNIT:PARTY
//   deposit:DEPOSIT_ID              (credit: what is held for that deposit)
//   income:PENALTY_DEDUCTED         (penalties applied to a deposit)
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Key: charge id.
struct ChargeState {
  static constexpr StateKind kind = StateKind::charge;
  std::string unit;
  std::string party;
  std::uint8_t purpose = 0;  // body::Purpose
  std::string case_ref;      // "deco:2025-0031", or empty
  Fen amount;
  Fen paid;     // by payments, net of reversals
  Fen applied;  // deducted from deposits
  bool reversed = false;
  RecordIndex assessed{};
  CivilDate assessed_on;
  CivilDate due;
  std::optional<CivilDate> period_from;
  std::optional<CivilDate> period_to;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit,
       party,
       purpose,
       case_ref,
       amount,
       paid,
       applied,
       reversed,
       assessed,
       assessed_on,
       due,
       period_from,
       period_to);
  }
  [[nodiscard]] Fen open() const { return reversed ? zero_fen : amount - paid - applied; }
};

struct Allocation {
  std::string charge_id;
  Fen amount;
  template <class Ar>
  void visit(Ar& ar) {
    ar(charge_id, amount);
  }
};

// Key: payment id.
struct PaymentState {
  static constexpr StateKind kind = StateKind::payment;
  std::string unit;
  std::string party;
  std::uint8_t method = 0;  // body::PaymentMethod
  Fen amount;
  std::vector<Allocation> allocations;
  std::string receipt_no;
  RecordIndex received{};
  bool reversed = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit, party, method, amount, allocations, receipt_no, received, reversed);
  }
};

// Key: receipt book ("A"). Numbers are issued by the server without holes (H-FEE-3).
struct ReceiptBookState {
  static constexpr StateKind kind = StateKind::receipt_book;
  std::uint64_t issued = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(issued);
  }
};

// Key: unit code or case ("deco:2025-0031"): its charges that are not settled, in assessed order.
struct OpenChargesState {
  static constexpr StateKind kind = StateKind::open_charges;
  std::vector<std::string> charge_ids;
  std::vector<std::string> assessed;  // of a case only: every charge, settled and reversed ones too
  template <class Ar>
  void visit(Ar& ar) {
    ar(charge_ids, assessed);
  }
};

// Account names.
[[nodiscard]] std::string receivable_account(const ChargeState& charge);
[[nodiscard]] std::string income_account(std::uint8_t purpose);
[[nodiscard]] std::string cash_account(std::uint8_t method);
[[nodiscard]] std::string advance_account(std::string_view unit, std::string_view party);
[[nodiscard]] std::string deposit_account(std::string_view deposit_id);
inline constexpr std::string_view penalty_deducted_account = "income:PENALTY_DEDUCTED";
[[nodiscard]] std::string_view purpose_code(std::uint8_t purpose);
[[nodiscard]] std::string_view purpose_zh(std::uint8_t purpose);

// One entry: debit + amount, credit − amount.
void post_entry(
    WorldChange& world, std::string_view debit, std::string_view credit, Fen amount, CivilDate on);

// The next number of a book, for decide(): "A-000017". apply() calls take_receipt_number().
[[nodiscard]] std::string next_receipt_number(const World& world, std::string_view book);
void take_receipt_number(WorldChange& world, std::string_view book);

void assess_charge(WorldChange& world,
                   std::string_view charge_id,
                   const ChargeState& charge,
                   const EventContext& context);
// Settles `amount` of a charge from a payment (paid) or from a deposit (applied). Posts nothing:
// the caller posts the entry of its own event. Negative amounts take it back.
void settle_charge(WorldChange& world, std::string_view charge_id, Fen paid, Fen applied);
// Books a payment: cash against receivables, the rest as an advance.
void book_payment(WorldChange& world,
                  std::string_view payment_id,
                  const PaymentState& payment,
                  const EventContext& context);
void reverse_payment(WorldChange& world, std::string_view payment_id, const EventContext& context);
void reverse_charge(WorldChange& world, std::string_view charge_id, const EventContext& context);

// Open charges of a key (unit or case) with their ids, in assessed order.
struct OpenCharge {
  std::string charge_id;
  ChargeState charge;
};
[[nodiscard]] std::vector<OpenCharge> open_charges(const World& world, std::string_view key);

}  // namespace juanzong
