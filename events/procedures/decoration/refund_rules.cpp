// SPDX-License-Identifier: Apache-2.0
// Calculation, approval and payout of a decoration deposit (S0§2.18(3) to (5)): three persons, one
// amount, at most once. Every step asks refund.h what is due now, never the step before it alone.
#include "events/procedures/decoration/refund_rules.h"

#include "events/procedures/charges.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/rules.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

using Stage = DepositStage;

constexpr DepositStages before_refundable = Stage::held | Stage::waiting;

// The lines of the form, as the state keeps them.
std::vector<DeductionLine> lines_of(const body::DepositRefundCalculated& event) {
  std::vector<DeductionLine> lines;
  const auto add = [&lines](const flatbuffers::String* ref,
                            body::Purpose purpose,
                            std::int64_t owed,
                            std::int64_t applied) {
    lines.push_back({text_of(ref), static_cast<std::uint8_t>(purpose), Fen{owed}, Fen{applied}});
  };
  const auto purpose_of = [](body::MeterKind kind) {
    return kind == body::MeterKind::WATER  ? body::Purpose::WATER
           : kind == body::MeterKind::ELEC ? body::Purpose::ELEC
                                           : body::Purpose::GAS;
  };
  if (event.utilities() != nullptr) {
    for (const body::UtilityDeduction* line : *event.utilities()) {
      add(line->charge_id(), purpose_of(line->kind()), line->amount_fen(), line->applied_fen());
    }
  }
  if (event.other() != nullptr) {
    for (const body::OtherDeduction* line : *event.other()) {
      add(line->charge_id(), line->purpose(), line->amount_fen(), line->applied_fen());
    }
  }
  if (event.penalties() != nullptr) {
    for (const body::PenaltyDeduction* line : *event.penalties()) {
      add(line->violation_id(), body::Purpose::PENALTY, line->amount_fen(), line->applied_fen());
    }
  }
  return lines;
}

std::string describe(const DeductionLine& line) {
  return std::string(purpose_code(line.purpose)) + " owed " + to_text(line.owed) + ", applied " +
         to_text(line.applied);
}

// Facts for every line that one list has and the other has not, or not with the same figures.
void compare_lines(const std::vector<DeductionLine>& expected,
                   const std::vector<DeductionLine>& given,
                   std::vector<Fact>& wrong) {
  const auto has = [](const std::vector<DeductionLine>& list, const DeductionLine& line) {
    return std::ranges::any_of(list, [&line](const DeductionLine& other) {
      return other.ref == line.ref && describe(other) == describe(line);
    });
  };
  for (const DeductionLine& line : expected) {
    if (!has(given, line)) {
      wrong.push_back(fact("expected " + line.ref, describe(line)));
    }
  }
  for (const DeductionLine& line : given) {
    const auto once = std::ranges::count(given, line.ref, &DeductionLine::ref) == 1;
    if (!has(expected, line) || !once) {
      wrong.push_back(fact("unexpected " + line.ref, describe(line)));
    }
  }
}

// H-DEC-17: the form says what is due now, all of it, and rests on the newest record.
void check_calculation(const body::DepositRefundCalculated& event,
                       const DepositQuestion& question,
                       Decision& decision) {
  const RefundEntitlement due = refund_entitlement(question.of_case.world, question.id);
  std::vector<Fact> wrong;
  if (Fen{event.deposit_fen()} != due.deposit) {
    wrong.push_back(fact("expected_deposit", due.deposit));
  }
  compare_lines(due.lines(), lines_of(event), wrong);
  if (Fen{event.net_fen()} != due.entitlement) {
    wrong.push_back(fact("expected_net", due.entitlement));
  }
  const RecordIndex upto{event.history_upto_seq()};
  if (upto < due.last_relevant || upto >= question.of_case.context.index) {
    wrong.push_back(fact("history_upto_seq_min", std::to_string(number(due.last_relevant))));
  }
  if (!wrong.empty()) {
    decision.refuse(decoration_rules::calculation, std::move(wrong));
  }
}

// H-DEC-14 of the steps after the inspection; nothing to say while H-DEC-13 holds.
void check_inspected(const DepositQuestion& question, Decision& decision) {
  if (question.stage == Stage::refundable) {
    decision.refuse(decoration_rules::three_parties, {fact("missing", "inspection")});
  }
}

void decide_calculated(const body::DepositRefundCalculated& event,
                       const DepositQuestion& question,
                       Decision& decision) {
  check_waiting(question, decision);
  check_inspected(question, decision);
  check_calculation(event, question, decision);
  if (!signed_by_staff(event.signatures(), Role::csa, question.of_case.world)) {
    decision.refuse(decoration_rules::refund_duties, {fact("missing", "CSA")});
  }
}

void apply_calculated(const body::DepositRefundCalculated& event,
                      const EventContext& context,
                      WorldChange& world) {
  DepositState& deposit = world.edit<DepositState>(view_of(event.deposit_id()));
  deposit.calculation = RefundCalculation{
      context.index, std::string(context.actor), Fen{event.net_fen()}, lines_of(event)};
  deposit.approval.reset();
}

// H-DEC-17 of the steps after the calculation.
void check_current(const DepositQuestion& question, Decision& decision) {
  if (!calculation_is_current(question.of_case.world, question.id)) {
    const bool stale = question.deposit.calculation.has_value();
    decision.refuse(decoration_rules::calculation, {fact("calculation", stale ? "stale" : "none")});
  }
}

void decide_approved(const body::DepositRefundApproved& event,
                     const DepositQuestion& question,
                     Decision& decision) {
  const EventContext& context = question.of_case.context;
  check_waiting(question, decision);
  check_inspected(question, decision);
  if (harm_blocks(question.deposit)) {
    decision.refuse(decoration_rules::harm, {fact("resolved", "false")});
  }
  check_current(question, decision);
  if (const auto& calculation = question.deposit.calculation) {
    if (record_index(*event.calc_event(), context) != calculation->index) {
      decision.refuse(decoration_rules::calculation,
                      {fact("calc_event", std::to_string(number(calculation->index)))});
    }
    if (Fen{event.net_fen()} != calculation->net) {
      decision.refuse(decoration_rules::approval, {fact("calculated", calculation->net)});
    }
    if (context.actor == calculation->by) {
      decision.refuse(decoration_rules::refund_duties, {fact("calculated_by", calculation->by)});
    }
  }
  if (!signed_by_staff(event.signatures(), Role::pm, question.of_case.world)) {
    decision.refuse(decoration_rules::approval, {fact("missing", "PM")});
  }
}

void apply_approved(const body::DepositRefundApproved& event,
                    const EventContext& context,
                    WorldChange& world) {
  world.edit<DepositState>(view_of(event.deposit_id())).approval =
      RefundStep{context.index, std::string(context.actor), context.today, Fen{event.net_fen()}};
}

// H-DEC-18: the approval that is named, and its amount.
void check_approval(const body::DepositRefunded& event,
                    const DepositQuestion& question,
                    Decision& decision) {
  const auto& approval = question.deposit.approval;
  if (!approval) {
    decision.refuse(decoration_rules::approval, {fact("missing", "approval")});
    return;
  }
  if (record_index(*event.approval_event(), question.of_case.context) != approval->index) {
    decision.refuse(decoration_rules::approval,
                    {fact("approval_event", std::to_string(number(approval->index)))});
  }
  if (Fen{event.amount_fen()} != approval->amount) {
    decision.refuse(decoration_rules::approval,
                    {fact("approved", approval->amount), fact("amount", Fen{event.amount_fen()})});
  }
}

// H-SOD-1: who pays out has neither calculated nor approved.
void check_payer(const DepositQuestion& question, Decision& decision) {
  const std::string_view actor = question.of_case.context.actor;
  const auto& calculation = question.deposit.calculation;
  const auto& approval = question.deposit.approval;
  if ((calculation && calculation->by == actor) || (approval && approval->by == actor)) {
    decision.refuse(decoration_rules::refund_duties, {fact("staff", actor)});
  }
}

void decide_refunded(const body::DepositRefunded& event,
                     const DepositQuestion& question,
                     Decision& decision) {
  if (const auto& refund = question.deposit.refund) {
    decision.refuse(decoration_rules::one_refund,
                    {fact("refunded_on", refund->on),
                     fact("refund_event", std::to_string(number(refund->index)))});
    return;
  }
  check_waiting(question, decision);
  check_current(question, decision);
  check_approval(event, question, decision);
  check_payer(question, decision);
  if (view_of(event.payee()) != question.deposit.beneficiary &&
      event.payee_authority() == nullptr) {
    decision.refuse_schema("payee",
                           "收款人不是押金权利人,须附其书面授权",
                           "not the beneficiary: attach the written authority");
  }
}

// With the last deposit, what no deposit paid of a penalty becomes a charge to the payer.
void charge_rest_of_penalties(const DepositState& last,
                              const EventContext& context,
                              WorldChange& world) {
  const auto deco = world.get<DecorationCase>(last.case_id);
  if (!is_closed(world, deco)) {
    return;
  }
  for (const auto& [violation_id, violation] : deco.violations) {
    const Fen rest = unapplied_penalty(world, deco, violation_id, {});
    const std::string charge_id = rest_charge_id(violation_id);
    if (rest > zero_fen) {
      ChargeState charge;
      charge.unit = last.unit;
      charge.party = last.payer;
      charge.purpose = static_cast<std::uint8_t>(body::Purpose::PENALTY);
      charge.case_ref = "deco:" + last.case_id;
      charge.amount = rest;
      charge.due = context.today;
      assess_charge(world, charge_id, charge, context);
    }
  }
}

void apply_refunded(const body::DepositRefunded& event,
                    const EventContext& context,
                    WorldChange& world) {
  const std::string_view id = view_of(event.deposit_id());
  const auto method = static_cast<std::uint8_t>(event.method());
  DepositState& deposit = world.edit<DepositState>(id);
  deposit.refund = RefundStep{
      context.index, std::string(context.actor), context.today, Fen{event.amount_fen()}, method};
  const DepositState copy = deposit;
  book_refund(world, id, method, Fen{1}, context.today);
  charge_rest_of_penalties(copy, context, world);
}

constexpr std::array handlers{
    deposit_event<body::DepositRefundCalculated,
                  DepositStagesRule{Stage::inspected | Stage::calculated,
                                    before_refundable | Stage::refundable},
                  decide_calculated,
                  apply_calculated>("DepositRefundCalculated"),
    deposit_event<body::DepositRefundApproved,
                  DepositStagesRule{Stage::calculated,
                                    before_refundable | Stage::refundable | Stage::inspected},
                  decide_approved,
                  apply_approved>("DepositRefundApproved"),
    deposit_event<body::DepositRefunded,
                  DepositStagesRule{Stage::approved, from_to(Stage::held, Stage::refunded)},
                  decide_refunded,
                  apply_refunded>("DepositRefunded"),
};

}  // namespace

std::span<const EventHandler> refund_handlers() {
  return handlers;
}

}  // namespace juanzong
