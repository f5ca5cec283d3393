// SPDX-License-Identifier: Apache-2.0
// Deposits (押金). The stage of a decoration deposit is computed from the facts, not from the order
// in which they arrived (DOMAIN 4.5); the facts stand here because fees, decoration, ownership
// transfer and later parking all touch them.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

enum class DepositKind : std::uint8_t { decoration = 1, parking_card = 2 };

struct DeductionLine {
  std::string ref;           // violation id or charge id
  std::uint8_t purpose = 0;  // body::Purpose; PENALTY for violations
  Fen owed;
  Fen applied;
  template <class Ar>
  void visit(Ar& ar) {
    ar(ref, purpose, owed, applied);
  }
};

struct RefundInspection {
  RecordIndex index{};
  CivilDate on;
  bool harm = false;  // any of the four flags
  bool resolved = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, harm, resolved);
  }
};

struct RefundCalculation {
  RecordIndex index{};
  std::string by;  // staff, H-SOD-1
  Fen net;
  std::vector<DeductionLine> lines;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, by, net, lines);
  }
};

struct RefundStep {
  RecordIndex index{};
  std::string by;
  CivilDate on;
  Fen amount;
  std::uint8_t method = 0;  // of a payout, body::PaymentMethod; its reversal mirrors it
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, by, on, amount, method);
  }
};

struct RefundRequest {
  RecordIndex index{};
  bool by_contractor = false;
  CivilDate on;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, by_contractor, on);
  }
};

// Owner's latest word: consent (possibly naming a request) or objection.
struct OwnerWord {
  RecordIndex index{};
  bool consents = false;
  std::optional<RecordIndex> request;
  CivilDate on;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, consents, request, on);
  }
};

// Key: deposit id.
struct DepositState {
  static constexpr StateKind kind = StateKind::deposit;
  DepositKind deposit_kind = DepositKind::decoration;
  std::string case_id;  // deco id or parking rental, by kind
  std::string unit;     // empty: an outsider's card
  std::string payer;    // person or contractor
  bool payer_is_contractor = false;
  std::string beneficiary;  // = payer unless reassigned
  Fen amount;
  std::uint8_t method = 0;
  std::string receipt_no;
  RecordIndex paid{};
  CivilDate paid_on;
  bool payment_reversed = false;
  std::optional<RefundRequest> request;
  std::optional<OwnerWord> owner_word;
  std::optional<RecordIndex> notified;
  std::optional<RefundInspection> inspection;
  std::optional<RefundCalculation> calculation;  // absent when stale
  std::optional<RefundStep> approval;
  std::optional<RefundStep> refund;
  bool changed_since_refund = false;  // what the calculation rests on; counts if it is reversed
  template <class Ar>
  void visit(Ar& ar) {
    ar(deposit_kind,
       case_id,
       unit,
       payer,
       payer_is_contractor,
       beneficiary,
       amount,
       method,
       receipt_no,
       paid,
       paid_on,
       payment_reversed,
       request,
       owner_word,
       notified,
       inspection,
       calculation,
       approval,
       refund,
       changed_since_refund);
  }
  [[nodiscard]] bool exists() const { return !payer.empty(); }
  [[nodiscard]] bool held() const { return exists() && !payment_reversed && !refund; }
};

// A fact that changes the sum (penalty, charge, payment) makes calculation and approval stale
// (H-DEC-17): the deposit falls back to INSPECTED. A paid refund keeps its calculation, but should
// the refund be reversed, the calculation no longer counts.
inline void make_calculation_stale(DepositState& deposit) {
  if (deposit.refund) {
    deposit.changed_since_refund = true;
    return;
  }
  deposit.calculation.reset();
  deposit.approval.reset();
}

// A reversed refund leaves the deposit APPROVED, or INSPECTED if the sum changed meanwhile.
inline void take_refund_back(DepositState& deposit) {
  deposit.refund.reset();
  if (deposit.changed_since_refund) {
    make_calculation_stale(deposit);
    deposit.changed_since_refund = false;
  }
}

}  // namespace juanzong
