// SPDX-License-Identifier: Apache-2.0
// Charges, payments and the ledger postings of DOMAIN P31: the one place where money moves. Every
// procedure that assesses, collects, applies or reverses money calls these functions from apply().
// They keep three sums in step, whatever the order of events (fees_property_test):
//   account receivable:… = Σ open() of its charges        a charge's paid = Σ shares of payments
//   account advance:…    = −Σ what payments have left     deposit:… = −amount while it is held
// and make the calculations of the unit's deposits stale (H-DEC-17).
//
// Accounts (debit positive, credit negative; every entry sums to zero):
//   receivable:UNIT:PARTY:PURPOSE   income:PURPOSE   cash:METHOD   advance:UNIT:PARTY
//   deposit:DEPOSIT_ID              (credit: what is held for that deposit)
//   income:PENALTY_DEDUCTED         (penalties applied to a deposit)
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <algorithm>
#include <array>
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
  std::vector<std::string> payments;  // ids of those with a share in `paid`
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
       period_to,
       payments);
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

// Lists the charge as open and books it: receivable against income.
void assess_charge(WorldChange& world,
                   std::string_view charge_id,
                   const ChargeState& charge,
                   const EventContext& context);
// Cancels an unpaid, partly or fully paid charge by the mirror of its assessment. What was paid on
// it becomes an advance of the payers (receivable against advance), to be reallocated. The rule has
// refused charges that a deposit was applied to.
void reverse_charge(WorldChange& world, std::string_view charge_id, const EventContext& context);

// Books a payment: cash against receivables, the rest as an advance. The rule has checked that no
// share exceeds its open charge, that all charges are the unit's, each named once (H-FEE-4).
void book_payment(WorldChange& world,
                  std::string_view payment_id,
                  const PaymentState& payment,
                  const EventContext& context);
// Gives a payment new shares in place of its present ones: receivables against its advance.
void reallocate_payment(WorldChange& world,
                        std::string_view payment_id,
                        const std::vector<Allocation>& allocations,
                        const EventContext& context);
// The mirror of the payment as it is allocated now; its charges are open again.
void reverse_payment(WorldChange& world, std::string_view payment_id, const EventContext& context);

// Settles `amount` of a charge from a payment (paid) or from a deposit (applied). Posts nothing and
// makes nothing stale: the caller does. Negative amounts take it back. Payments go through
// book_payment, which also remembers them with the charge.
void settle_charge(WorldChange& world, std::string_view charge_id, Fen paid, Fen applied);

// Books the refund of a deposit as its calculation says: the whole deposit against cash (net),
// receivables (applied charges) and deducted penalties. sign Fen{-1}: the exact mirror.
void book_refund(
    WorldChange& world, std::string_view deposit_id, std::uint8_t method, Fen sign, CivilDate on);
// The one answer to "open charges of the unit have changed": H-DEC-17 for all its deposits but
// `except` (the deposit whose own refund changed them).
void make_calculations_stale(WorldChange& world,
                             std::string_view unit,
                             std::string_view except = {});

// Open charges of a key (unit or case) with their ids, in assessed order.
struct OpenCharge {
  std::string charge_id;
  ChargeState charge;
};
[[nodiscard]] std::vector<OpenCharge> open_charges(const World& world, std::string_view key);

// The events of P31's postings table, and the waiver of a penalty. They are corrected by
// ChargeReversed, PaymentReversed and PaymentReallocated only (H-FEE-7), whatever procedure they
// belong to.
inline constexpr std::array<std::string_view, 14> money_events{"ChargeAssessed",
                                                               "PaymentReceived",
                                                               "ChargeReversed",
                                                               "PaymentReallocated",
                                                               "PaymentReversed",
                                                               "DecorationDepositPaid",
                                                               "DecorationPenaltyConfirmed",
                                                               "DecorationPenaltyWaived",
                                                               "DepositRefunded",
                                                               "ParkingRentPaid",
                                                               "ParkingCardDepositPaid",
                                                               "ParkingCardDepositRefunded",
                                                               "TemporaryParkingFeePaid",
                                                               "NewOwnerPrepaid"};
[[nodiscard]] constexpr bool is_money_event(std::string_view name) {
  return std::ranges::find(money_events, name) != money_events.end();
}

}  // namespace juanzong
