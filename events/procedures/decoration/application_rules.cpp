// SPDX-License-Identifier: Apache-2.0
// Application, papers, authorities and the two reviews (S0§2.1 to 2.5).
#include "events/procedures/case_checks.h"
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/rules.h"
#include "events/procedures/parties.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/policy.h"

#include <array>

namespace juanzong {
namespace {

using Stage = DecorationStage;
using body::ContractorPaper;

constexpr DecorationStages owner_may_change = from_to(Stage::acknowledged, Stage::accepted);

// H-DEC-1 for a form of the unit's owner.
void check_owner_signed(const SignatureList* signatures,
                        std::string_view owner,
                        Decision& decision) {
  if (!signed_by_owner(signatures, owner)) {
    decision.refuse(decoration_rules::owner_signature, {fact("owner", owner)});
  }
}

void check_application_contractor(const body::DecorationApplied& event,
                                  CivilDate applied_on,
                                  const World& world,
                                  Decision& decision) {
  const std::string_view contractor = view_of(event.contractor());
  if (contractor.empty()) {
    if (!policy_flag(world, "deco.self_work", applied_on).value_or(false)) {
      decision.refuse(decoration_rules::documents, {fact("deco.self_work", "false")});
    }
  } else if (!world.get<ContractorState>(contractor).registered) {
    decision.refuse_schema("contractor", "装修单位未登记", "the contractor is not registered");
  }
}

void decide_applied(const body::DecorationApplied& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const std::string_view id = view_of(event.deco_id());
  if (const auto* deco = world.find<DecorationCase>(id)) {
    decision.refuse_state(name_of(stage_of(world, id, *deco)), name_of(Stage::none));
  }
  check_signature_blocks(event.signatures(), decision);
  const std::string owner = world.get<UnitState>(view_of(event.unit())).owner;
  check_owner_signed(event.signatures(), owner, decision);
  if (view_of(event.owner()) != owner) {
    decision.refuse(decoration_rules::owner_signature,
                    {fact("owner", owner), fact("applicant", view_of(event.owner()))});
  }
  if (event.agent() != nullptr && event.poa() == nullptr) {
    decision.refuse(decoration_rules::owner_signature, {fact("missing", "poa")});
  }
  check_application_contractor(event, day_of_fact(context, world), world, decision);
  if (date_of(event.planned_end()) < date_of(event.planned_start())) {
    decision.refuse_schema("planned_end", "结束日期早于开始日期", "ends before it starts");
  }
}

void require_item(DecorationCase& deco, body::GovernmentItem item) {
  deco.government.try_emplace(static_cast<std::uint8_t>(item), false);
}

void apply_applied(const body::DecorationApplied& event,
                   const EventContext& context,
                   WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.stage = Stage::applied;
  deco.unit = text_of(event.unit());
  deco.applicant = text_of(event.owner());
  deco.contractor = text_of(event.contractor());
  deco.principal = text_of(event.principal());
  deco.applied_on = day_of_fact(context, world);
  deco.commercial_or_key_site = event.commercial_or_key_site();
  const body::DecorationInvolves& involves = *event.involves();
  if (involves.fire()) {
    require_item(deco, body::GovernmentItem::FIRE);
  }
  if (involves.structure()) {
    require_item(deco, body::GovernmentItem::STRUCTURE);
  }
  if (involves.gas()) {
    require_item(deco, body::GovernmentItem::GAS);
  }
  const std::string about = "deco:" + text_of(event.deco_id());
  tie_person(world, view_of(event.owner()), about);
  tie_person(world, view_of(event.principal()), about);
}

// Undertaking and documents together make the application complete.
void complete_if_all_there(DecorationCase& deco) {
  if (deco.documents_collected && !deco.undertaking_by.empty() &&
      (deco.stage == Stage::applied || deco.stage == Stage::rejected)) {
    deco.stage = Stage::complete;
  }
}

void decide_undertaking(const body::DecorationUndertakingSigned& event,
                        const CaseQuestion& question,
                        Decision& decision) {
  const std::string owner = question.owner();
  check_owner_signed(event.signatures(), owner, decision);
  if (owner_may_change.has(question.stage) && owner == question.deco.undertaking_by) {
    decision.refuse_state(name_of(question.stage), "APPLIED COMPLETE, or a new owner (A13)");
  }
}

void apply_undertaking(const body::DecorationUndertakingSigned& event,
                       const EventContext&,
                       WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.undertaking_by = world.get<UnitState>(deco.unit).owner;
  deco.delegates_agreement = event.delegates_agreement_to_contractor();
  if (deco.stage == Stage::applied) {
    complete_if_all_there(deco);
  }
}

void put_drawing(DecorationCase& deco, std::uint8_t place, const body::StampedDrawing* drawing) {
  if (drawing != nullptr) {
    deco.drawings[place] = {drawing->stamped(), false, std::nullopt};
  }
}

void put_paper(DecorationCase& deco, ContractorPaper paper, const body::Attachment* scan) {
  if (scan != nullptr) {
    deco.papers[static_cast<std::uint8_t>(paper)] = {};
  }
}

void apply_documents(const body::DecorationDocumentsCollected& event,
                     const EventContext&,
                     WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  if (const body::DecorationDrawings* drawings = event.drawings()) {
    put_drawing(deco, 0, drawings->plan());
    put_drawing(deco, 1, drawings->ceiling());
    put_drawing(deco, 2, drawings->pipes_power_lowvoltage());
    put_drawing(deco, 3, drawings->section());
  }
  put_paper(deco, ContractorPaper::PRINCIPAL_ID, event.principal_id());
  put_paper(deco, ContractorPaper::BUSINESS_LICENCE, event.business_licence());
  put_paper(deco, ContractorPaper::CONSTRUCTION_QUALIFICATION, event.construction_qualification());
  put_paper(deco, ContractorPaper::DESIGN_QUALIFICATION, event.design_qualification());
  if (event.validity_checks() != nullptr) {
    for (const body::ValidityCheck* check : *event.validity_checks()) {
      const auto paper = deco.papers.find(static_cast<std::uint8_t>(check->doc()));
      if (paper != deco.papers.end()) {
        paper->second = {check->stamped(), check->verified(), date_of(check->valid_to())};
      }
    }
  }
  deco.documents_collected = true;
  complete_if_all_there(deco);
}

// H-DEC-2: each fact names a paper and what is wrong with it.
void check_drawings(const DecorationCase& deco, std::vector<Fact>& wrong) {
  constexpr std::array<std::string_view, 4> names{
      "plan", "ceiling", "pipes_power_lowvoltage", "section"};
  for (std::size_t at = 0; at < names.size(); ++at) {
    const auto drawing = deco.drawings.find(static_cast<std::uint8_t>(at));
    if (drawing == deco.drawings.end()) {
      wrong.push_back(fact(names[at], "missing"));
    } else if (!drawing->second.stamped && !deco.contractor.empty()) {
      wrong.push_back(fact(names[at], "not stamped"));
    }
  }
}

void check_papers(const DecorationCase& deco, CivilDate today, std::vector<Fact>& wrong) {
  std::vector<ContractorPaper> needed;
  if (!deco.contractor.empty()) {
    needed = {ContractorPaper::PRINCIPAL_ID,
              ContractorPaper::BUSINESS_LICENCE,
              ContractorPaper::CONSTRUCTION_QUALIFICATION};
  }
  if (deco.commercial_or_key_site) {
    needed.push_back(ContractorPaper::DESIGN_QUALIFICATION);
  }
  for (const ContractorPaper kind : needed) {
    const auto paper = deco.papers.find(static_cast<std::uint8_t>(kind));
    const std::string_view name = body::EnumNameContractorPaper(kind);
    if (paper == deco.papers.end()) {
      wrong.push_back(fact(name, "missing"));
    } else if (!paper->second.stamped) {
      wrong.push_back(fact(name, "not stamped"));
    } else if (!paper->second.verified) {
      wrong.push_back(fact(name, "not verified"));
    } else if (paper->second.valid_to && *paper->second.valid_to < today) {
      wrong.push_back(fact(name, *paper->second.valid_to));
    }
  }
}

void decide_submitted(const body::DecorationSubmittedForReview&,
                      const CaseQuestion& question,
                      Decision& decision) {
  if (question.deco.undertaking_by.empty()) {
    decision.refuse(decoration_rules::owner_signature, {fact("missing", "undertaking")});
  }
  std::vector<Fact> wrong;
  check_drawings(question.deco, wrong);
  check_papers(question.deco, day_of_fact(question.context, question.world), wrong);
  if (!wrong.empty()) {
    decision.refuse(decoration_rules::documents, std::move(wrong));
  }
}

void apply_submitted(const body::DecorationSubmittedForReview& event,
                     const EventContext&,
                     WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.stage = Stage::in_review;
  deco.customer_approved = false;
  deco.engineering_approved = false;
}

void apply_government_required(const body::GovernmentApprovalRequired& event,
                               const EventContext&,
                               WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  for (const auto item : *event.items()) {
    require_item(deco, static_cast<body::GovernmentItem>(item));
  }
}

void apply_government_recorded(const body::GovernmentApprovalRecorded& event,
                               const EventContext&,
                               WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  deco.government[static_cast<std::uint8_t>(event.item())] = true;
}

// The head of the side signs, or a member of staff with the head's written authority.
void decide_review(const body::DecorationReviewSigned& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  const Role head = event.side() == body::ReviewSide::CUSTOMER ? Role::csm : Role::engm;
  const bool by_head = signed_by_staff(event.signatures(), head, question.world);
  const bool by_delegate = event.delegate_authority() != nullptr &&
                           signed_by_any_staff(event.signatures(), question.world);
  if (!by_head && !by_delegate) {
    decision.refuse(decoration_rules::two_reviews, {fact("missing", code_of(head))});
  }
}

void apply_review(const body::DecorationReviewSigned& event,
                  const EventContext&,
                  WorldChange& world) {
  DecorationCase& deco = world.edit<DecorationCase>(view_of(event.deco_id()));
  const bool approves = event.decision() == body::ReviewDecision::APPROVE;
  (event.side() == body::ReviewSide::CUSTOMER ? deco.customer_approved
                                              : deco.engineering_approved) = approves;
  if (!approves) {
    deco.stage = Stage::rejected;
  } else if (deco.customer_approved && deco.engineering_approved) {
    deco.stage = Stage::approved;
  }
}

void apply_rejected(const body::DecorationRejected& event,
                    const EventContext&,
                    WorldChange& world) {
  world.edit<DecorationCase>(view_of(event.deco_id())).stage = Stage::rejected;
}

void decide_result(const body::DecorationApprovalNotified& event,
                   const CaseQuestion& question,
                   Decision& decision) {
  const Stage told =
      event.result() == body::ApprovalResult::APPROVED ? Stage::approved : Stage::rejected;
  const bool decided = question.stage == Stage::approved || question.stage == Stage::rejected;
  if (decided && told != question.stage) {
    decision.refuse(decoration_rules::two_reviews, {fact("result", name_of(question.stage))});
  }
}

constexpr auto until_works = from_to(Stage::applied, Stage::acceptance_requested);

constexpr std::array handlers{
    event<body::DecorationNoticeIssued,
          decide_nothing<body::DecorationNoticeIssued>,
          apply_nothing<body::DecorationNoticeIssued>>("DecorationNoticeIssued"),
    event<body::DecorationApplied, decide_applied, apply_applied>("DecorationApplied"),
    case_event<body::DecorationUndertakingSigned,
               CaseStages{Stage::applied | Stage::complete | Stage::rejected, owner_may_change},
               decide_undertaking,
               apply_undertaking>("DecorationUndertakingSigned"),
    case_event<body::DecorationDocumentsCollected,
               CaseStages{Stage::applied | Stage::complete | Stage::rejected},
               decide_no_more,
               apply_documents>("DecorationDocumentsCollected"),
    case_event<body::DecorationSubmittedForReview,
               CaseStages{Stage::complete, Stage::applied},
               decide_submitted,
               apply_submitted>("DecorationSubmittedForReview"),
    case_event<body::GovernmentApprovalRequired,
               CaseStages{until_works | Stage::rejected},
               decide_no_more,
               apply_government_required>("GovernmentApprovalRequired"),
    case_event<body::GovernmentApprovalRecorded,
               CaseStages{until_works | Stage::rejected},
               decide_no_more,
               apply_government_recorded>("GovernmentApprovalRecorded"),
    case_event<body::DecorationReviewSigned,
               CaseStages{Stage::in_review},
               decide_review,
               apply_review>("DecorationReviewSigned"),
    case_event<body::DecorationRejected,
               CaseStages{Stage::in_review | Stage::rejected},
               decide_no_more,
               apply_rejected>("DecorationRejected"),
    case_event<body::DecorationApprovalNotified,
               CaseStages{Stage::approved | Stage::rejected},
               decide_result,
               apply_nothing>("DecorationApprovalNotified"),
};

}  // namespace

std::span<const EventHandler> application_handlers() {
  return handlers;
}

}  // namespace juanzong
