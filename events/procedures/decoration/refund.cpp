// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/decoration/refund.h"

#include "events/procedures/calendar.h"
#include "events/procedures/charges.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/policy.h"
#include "events/schema/common_generated.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr auto penalty_purpose = static_cast<std::uint8_t>(body::Purpose::PENALTY);
constexpr auto compensation_purpose = static_cast<std::uint8_t>(body::Purpose::COMPENSATION);

bool is_utility(std::uint8_t purpose) {
  const auto named = static_cast<body::Purpose>(purpose);
  return named == body::Purpose::WATER || named == body::Purpose::ELEC ||
         named == body::Purpose::GAS;
}

// The charge's period and the works have a day in common.
bool within_works(const ChargeState& charge, const DecorationCase& deco) {
  return charge.period_from && charge.period_to && deco.entered_on && deco.accepted_on &&
         *charge.period_from <= *deco.accepted_on && *charge.period_to >= *deco.entered_on;
}

// What a deposit pays, line by line. What it owes beside that may shrink when another deposit of
// the case takes it over; that changes no amount here.
std::vector<DeductionLine> paid_lines(std::vector<DeductionLine> lines) {
  std::erase_if(lines, [](const DeductionLine& line) { return line.applied == zero_fen; });
  return lines;
}

bool pays_the_same(const DeductionLine& a, const DeductionLine& b) {
  return a.ref == b.ref && a.purpose == b.purpose && a.applied == b.applied;
}

Fen sum_owed(const std::vector<DeductionLine>& lines) {
  Fen sum;
  for (const DeductionLine& line : lines) {
    sum += line.owed;
  }
  return sum;
}

// What the calculations of the case's other deposits apply of this item. A refunded deposit has
// reduced its charges already; of a penalty only the calculations tell.
Fen taken_elsewhere(const World& world,
                    const DecorationCase& deco,
                    std::string_view but_for_deposit,
                    const DeductionLine& item) {
  Fen taken;
  for (const std::string& id : deco.deposits) {
    const auto* other = world.find<DepositState>(id);
    const bool counts = id != but_for_deposit && other != nullptr && other->calculation &&
                        (!other->refund || is_penalty_line(deco, item));
    for (std::size_t at = 0; counts && at < other->calculation->lines.size(); ++at) {
      const DeductionLine& line = other->calculation->lines[at];
      taken += line.ref == item.ref && line.purpose == item.purpose ? line.applied : zero_fen;
    }
  }
  return taken;
}

// Collects what one deposit must answer for.
class Collector {
 public:
  Collector(const World& world,
            const DecorationCase& deco,
            std::string_view deposit_id,
            RefundEntitlement& out)
      : world_(world), deco_(deco), deposit_id_(deposit_id), out_(out) {}

  void collect_charges(std::string_view deco_id) {
    for (const OpenCharge& open : open_charges(world_, "deco:" + std::string(deco_id))) {
      add_charge(open);
    }
    for (const OpenCharge& open : open_charges(world_, deco_.unit)) {
      const ChargeState& charge = open.charge;
      if (charge.case_ref.empty() && is_utility(charge.purpose) && within_works(charge, deco_)) {
        add_charge(open);
      }
    }
  }

  void collect_penalties() {
    for (const auto& [violation_id, violation] : deco_.violations) {
      if (violation.deductible()) {
        const Fen owed = unapplied_penalty(world_, deco_, violation_id, deposit_id_);
        add({violation_id, penalty_purpose, owed, zero_fen},
            out_.penalties,
            violation.confirmed_at);
      } else if (violation.pending()) {
        out_.pending.push_back({violation_id, violation.proposed});
        out_.pending_sum += violation.proposed;
      }
    }
  }

 private:
  void add_charge(const OpenCharge& open) {
    DeductionLine line{open.charge_id, open.charge.purpose, open.charge.open(), zero_fen};
    line.owed -= taken_elsewhere(world_, deco_, deposit_id_, line);
    auto& list = is_utility(open.charge.purpose) ? out_.utilities : out_.other;
    add(std::move(line), list, open.charge.assessed);
  }

  void add(DeductionLine line, std::vector<DeductionLine>& list, RecordIndex since) {
    if (line.owed > zero_fen) {
      out_.last_relevant = std::max(out_.last_relevant, since);
      list.push_back(std::move(line));
    }
  }

  const World& world_;
  const DecorationCase& deco_;
  std::string_view deposit_id_;
  RefundEntitlement& out_;
};

// A refunded deposit: the calculation it was refunded by.
void recall(const RefundCalculation& calculation,
            const DecorationCase& deco,
            RefundEntitlement& out) {
  for (const DeductionLine& line : calculation.lines) {
    auto& list = is_penalty_line(deco, line) ? out.penalties
                 : is_utility(line.purpose)  ? out.utilities
                                             : out.other;
    list.push_back(line);
  }
  out.last_relevant = calculation.index;
}

void apply_in_order(RefundEntitlement& out) {
  Fen rest = out.deposit;
  for (auto* list : {&out.utilities, &out.other, &out.penalties}) {
    for (DeductionLine& line : *list) {
      line.applied = std::min(line.owed, rest);
      rest -= line.applied;
    }
  }
}

void add_sums(RefundEntitlement& out) {
  out.utilities_sum = sum_owed(out.utilities);
  out.other_sum = sum_owed(out.other);
  out.penalties_sum = sum_owed(out.penalties);
  out.total_deductions = out.utilities_sum + out.other_sum + out.penalties_sum;
  for (const DeductionLine& line : out.lines()) {
    out.applied += line.applied;
  }
  out.shortfall = out.total_deductions - out.applied;
}

}  // namespace

std::optional<CivilDate> earliest_refund(const World& world, const DecorationCase& deco) {
  if (deco.cancelled_on) {
    return deco.cancelled_on;
  }
  const auto months = policy_number(world, "deposit.deco.wait_months", deco.applied_on);
  if (!deco.accepted_on || !months) {
    return std::nullopt;
  }
  const auto holds = [&](std::string_view key) {
    return policy_flag(world, key, deco.applied_on).value_or(false);
  };
  CivilDate last = add_months(*deco.accepted_on, static_cast<std::int32_t>(*months));
  if (holds("deposit.deco.holiday_extends") && !is_working_day(world, last)) {
    last = add_working_days(world, last, 1);
  }
  return holds("deposit.deco.day_after") ? add_days(last, 1) : last;
}

bool is_penalty_line(const DecorationCase& deco, const DeductionLine& line) {
  return line.purpose == penalty_purpose && deco.violations.contains(line.ref);
}

std::string rest_charge_id(std::string_view violation_id) {
  return "PENALTY-" + std::string(violation_id);
}

Fen unapplied_penalty(const World& world,
                      const DecorationCase& deco,
                      std::string_view violation_id,
                      std::string_view but_for_deposit) {
  const auto violation = deco.violations.find(std::string(violation_id));
  if (violation == deco.violations.end() || !violation->second.deductible()) {
    return zero_fen;
  }
  const DeductionLine item{std::string(violation_id), penalty_purpose, zero_fen, zero_fen};
  const auto* rest = world.find<ChargeState>(rest_charge_id(violation_id));
  const Fen charged = rest == nullptr || rest->reversed ? zero_fen : rest->amount;
  return *violation->second.confirmed - charged -
         taken_elsewhere(world, deco, but_for_deposit, item);
}

std::vector<DeductionLine> RefundEntitlement::lines() const {
  std::vector<DeductionLine> all = utilities;
  all.insert(all.end(), other.begin(), other.end());
  all.insert(all.end(), penalties.begin(), penalties.end());
  return all;
}

RefundEntitlement refund_entitlement(const World& world, std::string_view deposit_id) {
  RefundEntitlement out;
  const auto* deposit = world.find<DepositState>(deposit_id);
  const auto* deco = deposit == nullptr ? nullptr : case_of(world, *deposit);
  if (deco == nullptr || deposit->payment_reversed) {
    return out;
  }
  out.deposit = deposit->amount;
  if (deposit->refund && deposit->calculation) {
    recall(*deposit->calculation, *deco, out);
    add_sums(out);
    return out;
  }
  Collector collector(world, *deco, deposit_id, out);
  collector.collect_charges(deposit->case_id);
  collector.collect_penalties();
  apply_in_order(out);
  add_sums(out);
  out.entitlement = out.deposit - out.applied;
  return out;
}

bool calculation_is_current(const World& world, std::string_view deposit_id) {
  const auto* deposit = world.find<DepositState>(deposit_id);
  if (deposit == nullptr || !deposit->calculation) {
    return false;
  }
  const RefundEntitlement now = refund_entitlement(world, deposit_id);
  return deposit->calculation->net == now.entitlement &&
         std::ranges::is_permutation(
             paid_lines(deposit->calculation->lines), paid_lines(now.lines()), pays_the_same);
}

bool owner_objects(const DepositState& deposit) {
  return deposit.owner_word && !deposit.owner_word->consents;
}

bool owner_consent_missing(const DepositState& deposit) {
  if (owner_objects(deposit)) {
    return true;
  }
  return deposit.request && deposit.request->by_contractor &&
         (!deposit.owner_word || deposit.owner_word->request != deposit.request->index);
}

bool harm_blocks(const DepositState& deposit) {
  if (!deposit.inspection || !deposit.inspection->harm || deposit.inspection->resolved) {
    return false;
  }
  return !deposit.calculation ||
         std::ranges::none_of(deposit.calculation->lines, [](const DeductionLine& line) {
           return line.purpose == compensation_purpose && line.applied > zero_fen;
         });
}

std::vector<Blocker> refund_blockers(const World& world,
                                     std::string_view deposit_id,
                                     CivilDate today) {
  std::vector<Blocker> blockers;
  const DepositStage stage = deposit_stage_of(world, deposit_id, today);
  if (stage == DepositStage::none || stage == DepositStage::refunded) {
    return blockers;
  }
  const auto deposit = world.get<DepositState>(deposit_id);
  const auto deco = world.get<DecorationCase>(deposit.case_id);
  const auto earliest = earliest_refund(world, deco);
  if (!earliest || today < *earliest) {
    blockers.push_back({"H-DEC-13", earliest});
  }
  if (!deposit.inspection) {
    blockers.push_back({"H-DEC-14", earliest});
    if (owner_consent_missing(deposit)) {
      blockers.push_back({"H-DEC-16", std::nullopt});
    }
  }
  if (stage == DepositStage::inspected) {
    blockers.push_back({"H-DEC-17", std::nullopt});
  }
  if (stage == DepositStage::calculated) {
    if (harm_blocks(deposit)) {
      blockers.push_back({"H-DEC-15", std::nullopt});
    }
    blockers.push_back({"H-DEC-18", std::nullopt});
  }
  return blockers;
}

}  // namespace juanzong
