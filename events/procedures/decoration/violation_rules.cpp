// SPDX-License-Identifier: Apache-2.0
// Works in progress: patrols, violations and penalties, restricted material and hot work (S0§2.12,
// 2.13). The record of a violation is a fact and no rule refuses it.
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/rules.h"
#include "events/procedures/policy.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

using Stage = DecorationStage;

// From the application until the case is closed.
constexpr DecorationStages while_open = from_to(Stage::applied, Stage::cancelled);
constexpr DecorationStages from_paid = from_to(Stage::paid, Stage::accepted);
// Prefix of rest_charge_id: the charge's id must still be a code of 64 characters.
constexpr std::size_t violation_id_max = 56;

const DecorationViolation* find_violation(const DecorationCase& deco,
                                          const flatbuffers::String* id) {
  const auto found = deco.violations.find(text_of(id));
  return found == deco.violations.end() ? nullptr : &found->second;
}

template <class Body>
DecorationViolation& edit_violation(const Body& event, WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  return deco.violations[text_of(event.violation_id())];
}

// The violation's own little machine: nullptr and STATE_REFUSED unless it was recorded.
template <class Body>
const DecorationViolation* recorded_violation(const Body& event,
                                              const CaseQuestion& question,
                                              Decision& decision) {
  const auto* violation = find_violation(question.deco, event.violation_id());
  if (violation == nullptr) {
    decision.refuse_state("violation NONE", "violation RECORDED");
  }
  return violation;
}

bool is_deducted(const CaseQuestion& question, std::string_view violation_id) {
  return std::ranges::any_of(question.deco.deposits, [&](const std::string& id) {
    const auto deposit = question.world.get<DepositState>(id);
    return deposit.refund && deposit.calculation &&
           std::ranges::any_of(deposit.calculation->lines, [&](const DeductionLine& line) {
             return line.ref == violation_id && is_penalty_line(question.deco, line);
           });
  });
}

void decide_recorded(const body::DecorationViolationRecorded& event,
                     const CaseQuestion& question,
                     Decision& decision) {
  if (find_violation(question.deco, event.violation_id()) != nullptr) {
    decision.refuse_schema("violation_id", "违章编号已使用", "the violation id is taken");
  }
  if (event.violation_id()->size() > violation_id_max) {
    decision.refuse_schema("violation_id", "违章编号过长", "at most 56 characters");
  }
}

void apply_recorded(const body::DecorationViolationRecorded& event,
                    const EventContext& context,
                    WorldChange& world) {
  DecorationViolation& violation = edit_violation(event, world);
  violation.recorded = context.index;
  violation.recorded_by = context.actor;
  violation.proposed = Fen{event.proposed_penalty_fen()};
}

// H-DEC-11: reached, or called in vain often enough.
void check_owner_first(const DecorationViolation& violation,
                       const CaseQuestion& question,
                       Decision& decision) {
  const std::int64_t attempts =
      policy_number(question.world, "violation.owner_call_attempts", question.deco.applied_on)
          .value_or(0);
  if (!violation.owner_reached && violation.owner_calls_missed < attempts) {
    decision.refuse(decoration_rules::owner_first,
                    {fact("owner_calls_missed", std::to_string(violation.owner_calls_missed)),
                     fact("owner_call_attempts", std::to_string(attempts))});
  }
}

void decide_notified(const body::DecorationViolationNotified& event,
                     const CaseQuestion& question,
                     Decision& decision) {
  const auto* violation = recorded_violation(event, question, decision);
  if (violation != nullptr && event.party() == body::DecorationParty::CONTRACTOR) {
    check_owner_first(*violation, question, decision);
  }
}

void apply_notified(const body::DecorationViolationNotified& event,
                    const EventContext&,
                    WorldChange& world) {
  DecorationViolation& violation = edit_violation(event, world);
  if (event.party() == body::DecorationParty::CONTRACTOR) {
    violation.contractor_notified = violation.contractor_notified || event.reached();
  } else if (event.reached()) {
    violation.owner_reached = true;
  } else {
    ++violation.owner_calls_missed;
  }
}

void decide_receipt(const body::DecorationViolationReceiptSigned& event,
                    const CaseQuestion& question,
                    Decision& decision) {
  const auto* violation = recorded_violation(event, question, decision);
  const bool by_contractor = signed_by_contractor(event.signatures(), question.deco);
  if (event.refused() && event.refused_by() == body::DecorationParty::UNSPECIFIED) {
    decision.refuse_schema("refused_by", "须注明拒签方", "who refused to sign");
  }
  if (!event.refused() && !by_contractor &&
      !signed_by_owner(event.signatures(), question.owner())) {
    decision.refuse(decoration_rules::owner_first, {fact("missing", "OWNER or CONTRACTOR")});
  }
  const bool contractors_part =
      by_contractor || (event.refused() && event.refused_by() == body::DecorationParty::CONTRACTOR);
  if (violation != nullptr && contractors_part) {
    check_owner_first(*violation, question, decision);
  }
}

void apply_receipt(const body::DecorationViolationReceiptSigned& event,
                   const EventContext&,
                   WorldChange& world) {
  const auto deco = world.get<DecorationCase>(view_of(event.deco_id()));
  const std::string owner = world.get<UnitState>(deco.unit).owner;
  const bool by_owner = signed_by_owner(event.signatures(), owner);
  const bool by_contractor = signed_by_contractor(event.signatures(), deco);
  DecorationViolation& violation = edit_violation(event, world);
  violation.owner_receipted =
      violation.owner_receipted || by_owner || event.refused_by() == body::DecorationParty::OWNER;
  violation.contractor_receipted = violation.contractor_receipted || by_contractor ||
                                   event.refused_by() == body::DecorationParty::CONTRACTOR;
}

void check_pm_signed(const SignatureList* signatures,
                     const CaseQuestion& question,
                     Decision& decision) {
  if (!signed_by_staff(signatures, Role::pm, question.world)) {
    decision.refuse(decoration_rules::penalty, {fact("missing", "PM")});
  }
}

void decide_confirmed(const body::DecorationPenaltyConfirmed& event,
                      const CaseQuestion& question,
                      Decision& decision) {
  const auto permitted =
      policy_flag(question.world, "penalty.deco.permitted", question.deco.applied_on);
  if (!permitted.value_or(false)) {
    decision.refuse(decoration_rules::permitted,
                    {fact("penalty.deco.permitted", permitted ? "false" : "unset")});
  }
  const auto* violation = find_violation(question.deco, event.violation_id());
  if (violation == nullptr) {
    decision.refuse(decoration_rules::penalty, {fact("missing", "violation record")});
  } else if (violation->confirmed || violation->waived) {
    decision.refuse_state(violation->waived ? "penalty WAIVED" : "penalty CONFIRMED",
                          "penalty PROPOSED");
  } else if (violation->recorded_by == question.context.actor) {
    decision.refuse(decoration_rules::penalty_duties, {fact("staff", violation->recorded_by)});
  }
  if (!question.deco.agreement_signed) {
    decision.refuse(decoration_rules::penalty, {fact("missing", "agreement")});
  }
  check_pm_signed(event.signatures(), question, decision);
}

void make_case_calculations_stale(WorldChange& world, std::string_view deco_id) {
  for (const std::string& id : world.get<DecorationCase>(deco_id).deposits) {
    make_calculation_stale(world.edit<DepositState>(id));
  }
}

void apply_confirmed(const body::DecorationPenaltyConfirmed& event,
                     const EventContext& context,
                     WorldChange& world) {
  DecorationViolation& violation = edit_violation(event, world);
  violation.confirmed = Fen{event.amount_fen()};
  violation.confirmed_at = context.index;
  make_case_calculations_stale(world, view_of(event.deco_id()));
}

void decide_waived(const body::DecorationPenaltyWaived& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  const auto* violation = recorded_violation(event, question, decision);
  if (violation != nullptr && violation->waived) {
    decision.refuse_state("penalty WAIVED", "penalty PROPOSED CONFIRMED");
  } else if (is_deducted(question, view_of(event.violation_id()))) {
    decision.refuse_state("penalty DEDUCTED", "penalty PROPOSED CONFIRMED");
  }
  check_pm_signed(event.signatures(), question, decision);
}

void apply_waived(const body::DecorationPenaltyWaived& event,
                  const EventContext&,
                  WorldChange& world) {
  edit_violation(event, world).waived = true;
  make_case_calculations_stale(world, view_of(event.deco_id()));
}

void decide_rectified(const body::DecorationViolationRectified& event,
                      const CaseQuestion& question,
                      Decision& decision) {
  static_cast<void>(recorded_violation(event, question, decision));
}

void apply_rectified(const body::DecorationViolationRectified& event,
                     const EventContext&,
                     WorldChange& world) {
  edit_violation(event, world).rectified = true;
}

void decide_material(const body::RestrictedMaterialApproved& event,
                     const CaseQuestion& question,
                     Decision& decision) {
  if (!signed_by_staff(event.signatures(), Role::engm, question.world) &&
      !signed_by_staff(event.signatures(), Role::pm, question.world)) {
    decision.refuse(decoration_rules::hot_work, {fact("missing", "ENGM or PM")});
  }
}

void apply_material(const body::RestrictedMaterialApproved& event,
                    const EventContext& context,
                    WorldChange& world) {
  MaterialApproval approval{context.index, *date_of(event.valid_to()), {}};
  for (const auto* item : *event.items()) {
    approval.items.push_back(text_of(item));
  }
  world.edit<DecorationCase>(view_of(event.deco_id()))
      .material_approvals.push_back(std::move(approval));
}

// Every approver of the policy, and the contractor; the owner where he works himself.
void decide_hot_work(const body::HotWorkApproved& event,
                     const CaseQuestion& question,
                     Decision& decision) {
  const std::string codes =
      policy_text(question.world, "deco.hotwork_approvers", question.deco.applied_on).value_or("");
  const auto approvers = roles_from_codes(codes);
  std::vector<Fact> missing;
  if (!approvers) {
    missing.push_back(fact("deco.hotwork_approvers", codes));
  }
  for (auto at = static_cast<std::uint8_t>(Role::csa); at <= static_cast<std::uint8_t>(Role::adm);
       ++at) {
    const Role role{at};
    if (approvers && approvers->has(role) &&
        !signed_by_staff(event.signatures(), role, question.world)) {
      missing.push_back(fact("missing", code_of(role)));
    }
  }
  const bool by_site = question.deco.contractor.empty()
                           ? signed_by_owner(event.signatures(), question.owner())
                           : signed_by_contractor(event.signatures(), question.deco);
  if (!by_site) {
    missing.push_back(fact("missing", "CONTRACTOR"));
  }
  if (!missing.empty()) {
    decision.refuse(decoration_rules::hot_work, std::move(missing));
  }
}

constexpr std::array handlers{
    case_event<body::DecorationPatrolRecorded,
               CaseStages{while_open},
               decide_no_more,
               apply_nothing>("DecorationPatrolRecorded"),
    case_event<body::DecorationPatrolSheetFiled,
               CaseStages{while_open | Stage::closed},
               decide_no_more,
               apply_nothing>("DecorationPatrolSheetFiled"),
    case_event<body::DecorationVerbalWarningGiven,
               CaseStages{while_open},
               decide_no_more,
               apply_nothing>("DecorationVerbalWarningGiven"),
    case_event<body::DecorationViolationRecorded,
               CaseStages{while_open},
               decide_recorded,
               apply_recorded>("DecorationViolationRecorded"),
    case_event<body::DecorationViolationNotified,
               CaseStages{while_open},
               decide_notified,
               apply_notified>("DecorationViolationNotified"),
    case_event<body::DecorationViolationReceiptSigned,
               CaseStages{while_open},
               decide_receipt,
               apply_receipt>("DecorationViolationReceiptSigned"),
    case_event<body::DecorationPenaltyConfirmed,
               CaseStages{while_open},
               decide_confirmed,
               apply_confirmed>("DecorationPenaltyConfirmed"),
    case_event<body::DecorationPenaltyWaived, CaseStages{while_open}, decide_waived, apply_waived>(
        "DecorationPenaltyWaived"),
    case_event<body::DecorationViolationRectified,
               CaseStages{while_open},
               decide_rectified,
               apply_rectified>("DecorationViolationRectified"),
    case_event<body::RestrictedMaterialApproved,
               CaseStages{from_paid},
               decide_material,
               apply_material>("RestrictedMaterialApproved"),
    case_event<body::HotWorkApproved, CaseStages{from_paid}, decide_hot_work, apply_nothing>(
        "HotWorkApproved"),
    case_event<body::DecorationAssistanceGiven,
               CaseStages{while_open},
               decide_no_more,
               apply_nothing>("DecorationAssistanceGiven"),
};

}  // namespace

std::span<const EventHandler> violation_handlers() {
  return handlers;
}

}  // namespace juanzong
