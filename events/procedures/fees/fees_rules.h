// SPDX-License-Identifier: Apache-2.0
// The rules of P31 and the guards that several of its events ask. Private to the folder.
#pragma once

#include "events/procedures/charges.h"
#include "events/procedures/deposits.h"
#include "events/procedures/fees/fees_generated.h"
#include "events/procedures/procedure.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong::fees {

inline constexpr Rule allocation_rule{"H-FEE-4",
                                      "P31",
                                      "分摊不得超过未缴金额,合计不得超过收款金额",
                                      "no share may exceed its open charge, nor their sum the "
                                      "payment"};
inline constexpr Rule reversal_rule{
    "H-FEE-5",
    "P31",
    "冲销须指明原记录、与原金额相等且只能一次;超过限额须项目经理签字",
    "a reversal names its original, equals it and happens once; "
    "above the limit the project manager signs"};
inline constexpr Rule once_rule{
    "H-FEE-8", "P31", "编号已使用", "this charge or payment id was used before"};
inline constexpr Rule unit_rule{"H-FEE-9", "P31", "房屋未登记", "the unit is not registered"};
inline constexpr Rule original_rule{"H-FEE-10",
                                    "P31",
                                    "所指的记录不存在,或不属于该房屋、该事项",
                                    "what is named does not exist, or is of another unit or case"};
inline constexpr Rule signature_rule{
    "H-FEE-11", "P31", "缺少规定的签字", "a prescribed signature is missing"};
inline constexpr Rule dunning_rule{"H-FEE-12",
                                   "P31",
                                   "催缴的费用须为该方尚未缴清的应收",
                                   "only open charges of that party are dunned"};
inline constexpr Rule total_rule{
    "H-FEE-13", "P31", "合计与明细不符", "the total is not the sum of its lines"};

// Lines of one payment: with its own streams a statement stays below 16.
inline constexpr std::size_t allocations_max = 12;

using Shares = flatbuffers::Vector<flatbuffers::Offset<body::FeeAllocation>>;
[[nodiscard]] std::vector<Allocation> allocations_of(const Shares* shares);

void check_unit(std::string_view unit, const World& world, Decision& decision);
// Both given or both missing, and in order.
void check_period(const flatbuffers::String* from,
                  const flatbuffers::String* to,
                  Decision& decision);
// What the event says of unit and case against the record it names: every record stands in all
// streams of its case.
void check_same_case(std::string_view unit,
                     std::string_view case_ref,
                     std::string_view original_unit,
                     std::string_view original_case,
                     Decision& decision);
// "deco:2025-0031", or empty for deposits without a case.
[[nodiscard]] std::string case_of(const DepositState& deposit);
// H-FEE-5 with everything that is wrong with the reversal; nothing if `wrong` is empty.
void refuse_reversal(std::vector<Fact> wrong, Decision& decision);

// One pair an event; the handlers in fees.cpp name them.
void decide_charge_assessed(const body::ChargeAssessed&,
                            const EventContext&,
                            const World&,
                            Decision&);
void apply_charge_assessed(const body::ChargeAssessed&, const EventContext&, WorldChange&);
void decide_charge_reversed(const body::ChargeReversed&,
                            const EventContext&,
                            const World&,
                            Decision&);
void apply_charge_reversed(const body::ChargeReversed&, const EventContext&, WorldChange&);
void decide_payment_received(const body::PaymentReceived&,
                             const EventContext&,
                             const World&,
                             Decision&);
void apply_payment_received(const body::PaymentReceived&, const EventContext&, WorldChange&);
void decide_payment_reallocated(const body::PaymentReallocated&,
                                const EventContext&,
                                const World&,
                                Decision&);
void apply_payment_reallocated(const body::PaymentReallocated&, const EventContext&, WorldChange&);
void decide_payment_reversed(const body::PaymentReversed&,
                             const EventContext&,
                             const World&,
                             Decision&);
void apply_payment_reversed(const body::PaymentReversed&, const EventContext&, WorldChange&);
void decide_dunning(const body::DunningNoticeSent&, const EventContext&, const World&, Decision&);
void decide_statement(const body::FeeStatementIssued&,
                      const EventContext&,
                      const World&,
                      Decision&);
void decide_settled(const body::AccountsSettled&, const EventContext&, const World&, Decision&);
void decide_audit(const body::FinancialAuditHeld&, const EventContext&, const World&, Decision&);
void decide_committee(const body::FinanceReportedToCommittee&,
                      const EventContext&,
                      const World&,
                      Decision&);
void decide_beneficiary(const body::DepositBeneficiaryReassigned&,
                        const EventContext&,
                        const World&,
                        Decision&);
void apply_beneficiary(const body::DepositBeneficiaryReassigned&,
                       const EventContext&,
                       WorldChange&);

}  // namespace juanzong::fees
