// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/fees/fees.h"

#include "events/procedures/fees/fees_generated.h"
#include "events/procedures/fees/fees_rules.h"
#include "events/procedures/fees/fees_schema.h"
#include "events/procedures/tariffs.h"
#include "events/procedures/units.h"

#include <array>

namespace juanzong {
namespace fees {

std::vector<Allocation> allocations_of(const Shares* shares) {
  std::vector<Allocation> list;
  if (shares != nullptr) {
    for (const body::FeeAllocation* share : *shares) {
      list.push_back({text_of(share->charge_id()), Fen{share->amount_fen()}});
    }
  }
  return list;
}

void check_unit(std::string_view unit, const World& world, Decision& decision) {
  const auto* state = world.find<UnitState>(unit);
  if (state == nullptr || !state->registered) {
    decision.refuse(unit_rule, {fact("unit", unit)});
  }
}

void check_period(const flatbuffers::String* from,
                  const flatbuffers::String* to,
                  Decision& decision) {
  const auto first = date_of(from);
  const auto last = date_of(to);
  if (first.has_value() != last.has_value() || (first && *last < *first)) {
    decision.refuse_schema("period", "期间起止日期不完整或颠倒", "a period has two dates in order");
  }
}

void check_same_case(std::string_view unit,
                     std::string_view case_ref,
                     std::string_view original_unit,
                     std::string_view original_case,
                     Decision& decision) {
  if (unit != original_unit) {
    decision.refuse(original_rule, {fact("unit", unit), fact("expected", original_unit)});
  }
  if (case_ref != original_case) {
    decision.refuse(original_rule, {fact("case_ref", case_ref), fact("expected", original_case)});
  }
}

std::string case_of(const DepositState& deposit) {
  if (deposit.case_id.empty()) {
    return {};
  }
  const bool decoration = deposit.deposit_kind == DepositKind::decoration;
  return (decoration ? "deco:" : "parking:") + deposit.case_id;
}

void refuse_reversal(std::vector<Fact> wrong, Decision& decision) {
  if (!wrong.empty()) {
    decision.refuse(reversal_rule, std::move(wrong));
  }
}

namespace {

constexpr std::array handlers{
    event<body::ChargeAssessed, decide_charge_assessed, apply_charge_assessed>("ChargeAssessed"),
    event<body::PaymentReceived, decide_payment_received, apply_payment_received>(
        "PaymentReceived"),
    event<body::ChargeReversed, decide_charge_reversed, apply_charge_reversed>("ChargeReversed"),
    event<body::PaymentReallocated, decide_payment_reallocated, apply_payment_reallocated>(
        "PaymentReallocated"),
    event<body::PaymentReversed, decide_payment_reversed, apply_payment_reversed>(
        "PaymentReversed"),
    event<body::DunningNoticeSent, decide_dunning, apply_nothing>("DunningNoticeSent"),
    event<body::MajorArrearsReported, decide_nothing, apply_nothing>("MajorArrearsReported"),
    event<body::FeeStatementIssued, decide_statement, apply_nothing>("FeeStatementIssued"),
    event<body::AccountsSettled, decide_settled, apply_nothing>("AccountsSettled"),
    event<body::FinancialAuditHeld, decide_audit, apply_nothing>("FinancialAuditHeld"),
    event<body::FinanceReportedToCommittee, decide_committee, apply_nothing>(
        "FinanceReportedToCommittee"),
    event<body::DepositBeneficiaryReassigned, decide_beneficiary, apply_beneficiary>(
        "DepositBeneficiaryReassigned"),
};

constexpr std::array rules{tariff_rule,
                           allocation_rule,
                           reversal_rule,
                           once_rule,
                           unit_rule,
                           original_rule,
                           signature_rule,
                           dunning_rule,
                           total_rule};

constexpr std::array states{state_type<ChargeState>("charge"),
                            state_type<PaymentState>("payment"),
                            state_type<ReceiptBookState>("receipt_book"),
                            state_type<OpenChargesState>("open_charges")};

}  // namespace
}  // namespace fees

const Procedure& fees_procedure() {
  static const Procedure procedure{.code = "P31",
                                   .name = "fees",
                                   .zh = "收费、财务",
                                   .en = "Fees and finance",
                                   .schema = fees_schema,
                                   .handlers = fees::handlers,
                                   .rules = fees::rules,
                                   .states = fees::states,
                                   .duties = fee_duties()};
  return procedure;
}

}  // namespace juanzong
