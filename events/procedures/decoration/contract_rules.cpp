// SPDX-License-Identifier: Apache-2.0
// Acknowledgement, agreement, deposit, permit, passes and entry (S0§2.6 to 2.12), and cancelling.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/rules.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/policy.h"
#include "events/procedures/rolls.h"

#include <array>

namespace juanzong {
namespace {

using Stage = DecorationStage;

constexpr DecorationStages owner_may_change = from_to(Stage::acknowledged, Stage::accepted);
constexpr DecorationStages before_acknowledgement =
    from_to(Stage::applied, Stage::approved) | Stage::rejected;
constexpr DecorationStages before_paid = from_to(Stage::applied, Stage::contracted);

void decide_acknowledged(const body::DecorationApprovalAcknowledged& event,
                         const CaseQuestion& question,
                         Decision& decision) {
  const std::string owner = question.owner();
  if (!signed_by_owner(event.signatures(), owner)) {
    decision.refuse(decoration_rules::acknowledgement, {fact("owner", owner)});
  }
  if (owner_may_change.has(question.stage) && owner == question.deco.acknowledged_by) {
    decision.refuse_state(name_of(question.stage), "APPROVED, or a new owner (A13)");
  }
}

void apply_acknowledged(const body::DecorationApprovalAcknowledged& event,
                        const EventContext&,
                        WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.acknowledged_by = world.get<UnitState>(deco.unit).owner;
  if (deco.stage == Stage::approved) {
    deco.stage = Stage::acknowledged;
  }
}

void decide_agreement(const body::DecorationAgreementSigned& event,
                      const CaseQuestion& question,
                      Decision& decision) {
  if (before_acknowledgement.has(question.stage)) {
    decision.refuse(decoration_rules::acknowledgement, {fact("state", name_of(question.stage))});
  }
  const bool by_contractor =
      question.deco.delegates_agreement && signed_by_contractor(event.signatures(), question.deco);
  if (!signed_by_owner(event.signatures(), question.owner()) && !by_contractor) {
    decision.refuse(
        decoration_rules::agreement,
        {fact("delegates_agreement", question.deco.delegates_agreement ? "true" : "false")});
  }
}

void apply_agreement(const body::DecorationAgreementSigned& event,
                     const EventContext&,
                     WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.agreement_signed = true;
  deco.stage = Stage::contracted;
}

bool signed_by_either(const SignatureList* signatures, const CaseQuestion& question) {
  return signed_by_owner(signatures, question.owner()) ||
         signed_by_contractor(signatures, question.deco);
}

void decide_prohibitions(const body::DecorationProhibitionsExplained& event,
                         const CaseQuestion& question,
                         Decision& decision) {
  require_signature(signed_by_either(event.signatures(), question), "OWNER/CONTRACTOR", decision);
}

// H-DEC-8. What the case holds already counts: the deposits together are the tariff's amount.
void check_tariff(const body::DecorationDepositPaid& event,
                  const CaseQuestion& question,
                  Decision& decision) {
  const CivilDate on = question.deco.applied_on;
  const auto tariff = policy_number(question.world, "tariff.deco.deposit_fen", on);
  Fen held;
  for (const std::string& id : question.deco.deposits) {
    const auto deposit = question.world.get<DepositState>(id);
    held += deposit.held() ? deposit.amount : zero_fen;
  }
  const Fen offered = held + Fen{event.amount_fen()};
  if (!tariff) {
    decision.refuse(decoration_rules::tariff, {fact("missing", "tariff.deco.deposit_fen")});
  } else if (offered != Fen{*tariff} &&
             !signed_by_staff(event.signatures(), Role::pm, question.world)) {
    decision.refuse(decoration_rules::tariff,
                    {fact("tariff", Fen{*tariff}), fact("amount", offered)});
  }
  const std::uint32_t version = policy_version(question.world, on);
  if (event.tariff_ver() != version) {
    decision.refuse(decoration_rules::tariff, {fact("tariff_ver", std::to_string(version))});
  }
}

void decide_deposit(const body::DecorationDepositPaid& event,
                    const CaseQuestion& question,
                    Decision& decision) {
  const World& world = question.world;
  const auto permitted = policy_flag(world, "deposit.deco.permitted", question.deco.applied_on);
  if (!permitted.value_or(false)) {
    decision.refuse(decoration_rules::permitted,
                    {fact("deposit.deco.permitted", permitted ? "false" : "unset")});
  }
  check_tariff(event, question, decision);
  if (world.find<DepositState>(view_of(event.deposit_id())) != nullptr) {
    decision.refuse_schema("deposit_id", "押金编号已使用", "the deposit id is taken");
  }
  const bool by_contractor = event.payer_capacity() == body::DecorationParty::CONTRACTOR;
  const std::string payer = by_contractor ? question.deco.contractor : question.owner();
  if (payer != view_of(event.payer())) {
    decision.refuse_schema("payer", "付款人须为业主或装修公司", "neither owner nor contractor");
  }
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

void apply_deposit(const body::DecorationDepositPaid& event,
                   const EventContext& context,
                   WorldChange& world) {
  const std::string id = text_of(event.deposit_id());
  DepositState deposit;
  deposit.deposit_kind = DepositKind::decoration;
  deposit.case_id = text_of(event.deco_id());
  deposit.unit = text_of(event.unit());
  deposit.payer = text_of(event.payer());
  deposit.payer_is_contractor = event.payer_capacity() == body::DecorationParty::CONTRACTOR;
  deposit.beneficiary = deposit.payer;
  deposit.amount = Fen{event.amount_fen()};
  deposit.method = static_cast<std::uint8_t>(event.method());
  deposit.receipt_no = context.receipt_no;
  deposit.paid = context.index;
  deposit.paid_on = context.today;
  world.edit<DepositState>(id) = deposit;
  tie_person(world, deposit.payer, "deposit:" + id);
  world.edit<DecorationCase>(deposit.case_id).deposits.push_back(id);
  change_unit(world, deposit.unit, context.today, context, [&id](UnitState& unit) {
    unit.deposits.push_back(id);
  });
  take_receipt_number(world, view_of(event.book()));
  post_entry(
      world, cash_account(deposit.method), deposit_account(id), deposit.amount, context.today);
}

void decide_permit(const body::DecorationPermitIssued& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  if (!question.deco.agreement_signed) {
    decision.refuse(decoration_rules::entry_order, {fact("missing", "agreement")});
  } else if (before_paid.has(question.stage)) {
    std::vector<Fact> open;
    for (const std::string& fee : unsettled_fees(question.world, question.id, question.deco)) {
      open.push_back(fact("unsettled", fee));
    }
    decision.refuse(decoration_rules::entry_order, std::move(open));
  }
  for (const auto& [item, recorded] : question.deco.government) {
    if (!recorded) {
      const auto named = static_cast<body::GovernmentItem>(item);
      decision.refuse(decoration_rules::government,
                      {fact("missing", body::EnumNameGovernmentItem(named))});
    }
  }
  if (date_of(event.valid_to()) < date_of(event.valid_from())) {
    decision.refuse_schema("valid_to", "有效期终止早于起始", "ends before it starts");
  }
}

void apply_permit(const body::DecorationPermitIssued& event,
                  const EventContext&,
                  WorldChange& world) {
  world.edit<DecorationCase>(view_of(event.deco_id())).stage = Stage::permitted;
}

void decide_pass(const body::WorkerPassIssued& event,
                 const CaseQuestion& question,
                 Decision& decision) {
  if (question.deco.passes.contains(text_of(event.pass_no()))) {
    decision.refuse_schema("pass_no", "出入证编号已使用", "the pass number is taken");
  }
}

void apply_pass(const body::WorkerPassIssued& event, const EventContext&, WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.passes[text_of(event.pass_no())].valid_to = *date_of(event.valid_to());
}

void decide_pass_returned(const body::WorkerPassReturned& event,
                          const CaseQuestion& question,
                          Decision& decision) {
  const auto pass = question.deco.passes.find(text_of(event.pass_no()));
  if (pass == question.deco.passes.end() || pass->second.returned) {
    decision.refuse_schema("pass_no", "该出入证未发放或已收回", "no such pass is out");
  }
}

void apply_pass_returned(const body::WorkerPassReturned& event,
                         const EventContext&,
                         WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.passes[text_of(event.pass_no())].returned = true;
}

void decide_entry(const body::DecorationEntryInspected& event,
                  const CaseQuestion& question,
                  Decision& decision) {
  if (from_to(Stage::applied, Stage::paid).has(question.stage)) {
    decision.refuse(decoration_rules::entry_order, {fact("missing", "permit")});
  }
  if (!signed_by_any_staff(event.signatures(), question.world)) {
    decision.refuse(decoration_rules::entry_order, {fact("missing", "STAFF")});
  }
  if (!signed_by_either(event.signatures(), question)) {
    decision.refuse(decoration_rules::entry_order, {fact("missing", "CONTRACTOR/OWNER")});
  }
}

void apply_entry(const body::DecorationEntryInspected& event,
                 const EventContext& context,
                 WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  const CivilDate entered_on = day_of_fact(context, world);
  deco.stage = Stage::under_work;
  deco.entered_on = entered_on;
  change_unit(world, view_of(event.unit()), entered_on, context, [&event](UnitState& unit) {
    unit.decorating = true;
    unit.open_decorations.push_back(text_of(event.deco_id()));
  });
  enter_roll(site_roll, view_of(event.deco_id()), world);
}

void decide_cancelled(const body::DecorationCancelled& event,
                      const CaseQuestion& question,
                      Decision& decision) {
  require_signature(signed_by_owner(event.signatures(), question.owner()), "OWNER", decision);
}

void apply_cancelled(const body::DecorationCancelled& event,
                     const EventContext& context,
                     WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.stage = Stage::cancelled;
  deco.cancelled_on = context.today;
}

constexpr std::array handlers{
    case_event<body::DecorationApprovalAcknowledged,
               CaseStages{Stage::approved, owner_may_change},
               decide_acknowledged,
               apply_acknowledged>("DecorationApprovalAcknowledged"),
    case_event<body::DecorationAgreementSigned,
               CaseStages{Stage::acknowledged, before_acknowledgement},
               decide_agreement,
               apply_agreement>("DecorationAgreementSigned"),
    case_event<body::DecorationProhibitionsExplained,
               CaseStages{from_to(Stage::applied, Stage::acceptance_requested)},
               decide_prohibitions,
               apply_nothing>("DecorationProhibitionsExplained"),
    case_event<body::DecorationDepositPaid,
               CaseStages{from_to(Stage::contracted, Stage::acceptance_requested)},
               decide_deposit,
               apply_deposit>("DecorationDepositPaid"),
    case_event<body::DecorationPermitIssued,
               CaseStages{Stage::paid, before_paid},
               decide_permit,
               apply_permit>("DecorationPermitIssued"),
    case_event<body::WorkerPassIssued,
               CaseStages{from_to(Stage::paid, Stage::acceptance_requested)},
               decide_pass,
               apply_pass>("WorkerPassIssued"),
    case_event<body::WorkerPassReturned,
               CaseStages{from_to(Stage::paid, Stage::accepted) | Stage::cancelled | Stage::closed},
               decide_pass_returned,
               apply_pass_returned>("WorkerPassReturned"),
    case_event<body::DecorationEntryInspected,
               CaseStages{Stage::permitted, from_to(Stage::applied, Stage::paid)},
               decide_entry,
               apply_entry>("DecorationEntryInspected"),
    case_event<body::DecorationEntryNotified,
               CaseStages{from_to(Stage::permitted, Stage::acceptance_requested)},
               decide_no_more,
               apply_nothing>("DecorationEntryNotified"),
    case_event<body::DecorationCancelled,
               CaseStages{from_to(Stage::applied, Stage::permitted) | Stage::rejected},
               decide_cancelled,
               apply_cancelled>("DecorationCancelled"),
};

}  // namespace

std::span<const EventHandler> contract_handlers() {
  return handlers;
}

}  // namespace juanzong
