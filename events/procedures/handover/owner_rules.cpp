// SPDX-License-Identifier: Apache-2.0
// Events about the owner: the developer's list, identity, papers, owner file, responsibility paper.
#include "events/procedures/case_checks.h"
#include "events/procedures/handover/handover_generated.h"
#include "events/procedures/handover/handover_rules.h"
#include "events/procedures/handovers.h"
#include "events/procedures/owner_files.h"
#include "events/procedures/person_ties.h"
#include "events/procedures/safety_papers.h"
#include "events/procedures/signatures.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/transfers.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>
#include <set>

namespace juanzong::handover {
namespace {

// One stream a unit and one for the roster: a record stands in 16 at most.
constexpr std::size_t roster_entries_max = 15;

void decide_roster(const body::OwnerRosterImported& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  if (event.entries()->size() > roster_entries_max) {
    decision.refuse_schema("entries", "每次最多导入 15 户", "at most 15 entries a record");
  }
  std::set<std::string_view> units;
  for (const body::RosterEntry* entry : *event.entries()) {
    check_unit_registered(world, view_of(entry->unit()), decision);
    if (!units.insert(view_of(entry->unit())).second) {
      decision.refuse_schema("entries", "同一房屋重复", "a unit stands in the list twice");
    }
  }
}

// What was handed out or approved for one owner is not another one's.
void forget_keys(HandoverState& state) {
  state.keys_out.reset();
  state.key_exception.reset();
}

void apply_roster(const body::OwnerRosterImported& event, const EventContext&, WorldChange& world) {
  for (const body::RosterEntry* entry : *event.entries()) {
    HandoverState& state = world.edit<HandoverState>(view_of(entry->unit()));
    if (state.owner.empty() && state.roster_owner != view_of(entry->owner())) {
      forget_keys(state);
    }
    state.roster_id = text_of(event.roster_id());
    state.roster_owner = text_of(entry->owner());
    state.roster_contract = text_of(entry->contract_no());
    tie_person(world, state.roster_owner, "handover:" + text_of(entry->unit()));
  }
}

void begin_case(HandoverState& state, const EventContext& context) {
  if (!state.begun_on) {
    state.begun_on = context.today;
  }
}

void decide_opened(const body::HandoverOpened& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_earlier_record("roster_entry", *event.roster_entry(), context, decision);
}

void apply_opened(const body::HandoverOpened& event,
                  const EventContext& context,
                  WorldChange& world) {
  begin_case(world.edit<HandoverState>(view_of(event.unit())), context);
}

void decide_identity(const body::OwnerIdentityVerified& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_unit_registered(world, unit, decision);
  const HandoverStage stage = handover_stage(world, unit, context.today);
  if (stage != HandoverStage::none && stage != HandoverStage::declined) {
    decision.refuse_state(code_of(stage), "NONE, DECLINED");
  }
  const auto state = world.get<HandoverState>(unit);
  const bool on_roster = state.roster_owner == view_of(event.owner()) &&
                         state.roster_contract == view_of(event.purchase_contract_no());
  if (event.roster_match() && !on_roster) {
    decision.refuse(identity_rule,
                    {fact("roster_owner", state.roster_owner),
                     fact("roster_contract_no", state.roster_contract)});
  }
  if (!event.roster_match() && event.mismatch_note() == nullptr) {
    decision.refuse_schema("mismatch_note", "与清册不符须说明", "say what does not match");
  }
}

void apply_identity(const body::OwnerIdentityVerified& event,
                    const EventContext& context,
                    WorldChange& world) {
  HandoverState& state = world.edit<HandoverState>(view_of(event.unit()));
  begin_case(state, context);
  if (!event.roster_match()) {
    return;  // the attempt stands in the record; the case stays where it was
  }
  if (state.owner != view_of(event.owner())) {
    tie_person(world, view_of(event.owner()), "handover:" + text_of(event.unit()));
    // Papers of somebody else do not count for this owner.
    state.documents.reset();
    state.owner_file.reset();
    state.receipt.reset();
    if (!state.owner.empty()) {
      forget_keys(state);
    }
  }
  state.owner = text_of(event.owner());
  state.verified = context.index;
  state.declined.reset();
}

void decide_documents(const body::OwnerDocumentsCollected& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_stage_verified(view_of(event.unit()), context, world, decision);
}

void apply_documents(const body::OwnerDocumentsCollected& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<HandoverState>(view_of(event.unit())).documents = context.index;
}

void decide_owner_file(const body::OwnerFileCreated& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_signature_blocks(event.signatures(), decision);
  check_stage_verified(unit, context, world, decision);
  const auto state = world.get<HandoverState>(unit);
  if (state.verified && state.owner != view_of(event.owner())) {
    decision.refuse(identity_rule, {fact("verified_owner", state.owner)});
  }
  check_owner_file_asked(event, decision);
  if (!signed_by_owner(event.signatures(), view_of(event.owner()))) {
    decision.refuse(owner_file_rule, {fact("field", "signatures")});
  }
}

void apply_owner_file(const body::OwnerFileCreated& event,
                      const EventContext& context,
                      WorldChange& world) {
  world.edit<HandoverState>(view_of(event.unit())).owner_file = context.index;
  change_unit(world, view_of(event.unit()), context.today, context, [&event](UnitState& unit) {
    unit.owner = text_of(event.owner());
  });
}

bool signed_by_party(const body::SafetyResponsibilitySigned& event) {
  const std::string_view party = view_of(event.party());
  switch (event.doc_kind()) {
    case body::SafetyPaperKind::TENANT:
      return signed_by(event.signatures(), party, body::Capacity::TENANT);
    case body::SafetyPaperKind::DECORATION_FIRE:
      return signed_by_owner(event.signatures(), party) ||
             signed_in_capacity(event.signatures(), body::Capacity::CONTRACTOR);
    default:
      return signed_by_owner(event.signatures(), party);
  }
}

// The paper of a tenancy is judged by the tenancy's machine; one that names none passes it by.
void check_tenancy(const body::SafetyResponsibilitySigned& event,
                   const World& world,
                   Decision& decision) {
  if (event.tenancy_id() == nullptr) {
    return;
  }
  const std::string_view tenancy_id = view_of(event.tenancy_id());
  const TenancyStage stage = tenancy_stage(world, tenancy_id);
  if (stage != TenancyStage::consented) {
    decision.refuse_state(code_of(stage), code_of(TenancyStage::consented));
    return;
  }
  const auto tenancy = world.get<TenancyState>(tenancy_id);
  if (tenancy.unit != view_of(event.unit())) {
    decision.refuse_schema("tenancy_id", "租赁不属于该房屋", "a tenancy of another unit");
  }
}

// The same of a transfer's paper, which only the new owner signs.
void check_transfer(const body::SafetyResponsibilitySigned& event,
                    const World& world,
                    Decision& decision) {
  if (event.transfer_id() == nullptr) {
    return;
  }
  const TransferStage stage = transfer_stage(world, view_of(event.transfer_id()));
  if (stage != TransferStage::settled) {
    decision.refuse_state(code_of(stage), code_of(TransferStage::settled));
    return;
  }
  const auto transfer = world.get<TransferState>(view_of(event.transfer_id()));
  if (transfer.unit != view_of(event.unit()) || transfer.new_owner != view_of(event.party()) ||
      event.doc_kind() != body::SafetyPaperKind::TRANSFER) {
    decision.refuse_schema("transfer_id",
                           "转让责任书须由该转让的新业主就该房屋签订",
                           "a transfer's paper is its new owner's, of its unit");
  }
}

void decide_safety(const body::SafetyResponsibilitySigned& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const std::string_view unit = view_of(event.unit());
  check_unit_registered(world, unit, decision);
  check_signature_blocks(event.signatures(), decision);
  if (event.doc_kind() == body::SafetyPaperKind::HANDOVER) {
    check_stage_verified(unit, context, world, decision);
    const auto state = world.get<HandoverState>(unit);
    if (state.verified && state.owner != view_of(event.party())) {
      decision.refuse(identity_rule, {fact("verified_owner", state.owner)});
    }
  }
  check_tenancy(event, world, decision);
  check_transfer(event, world, decision);
  check_signature(signed_by_party(event), "须由责任人签名", "the party itself must sign", decision);
}

// The case that the paper names, or empty.
std::string case_of(const body::SafetyResponsibilitySigned& event) {
  if (event.tenancy_id() != nullptr) {
    return "tenancy:" + text_of(event.tenancy_id());
  }
  if (event.deco_id() != nullptr) {
    return "deco:" + text_of(event.deco_id());
  }
  return event.transfer_id() == nullptr ? "" : "transfer:" + text_of(event.transfer_id());
}

void apply_safety(const body::SafetyResponsibilitySigned& event,
                  const EventContext& context,
                  WorldChange& world) {
  const std::string case_ref = case_of(event);
  const auto paper = static_cast<SafetyPaper>(event.doc_kind());
  auto& papers = world.edit<SafetyPapersState>(view_of(event.unit())).papers;
  const auto same = std::ranges::find_if(papers, [&](const SignedSafetyPaper& each) {
    return each.paper == paper && each.party == view_of(event.party()) && each.case_ref == case_ref;
  });
  if (same != papers.end()) {
    same->index = context.index;
  } else {
    papers.push_back({paper, text_of(event.party()), case_ref, context.index});
  }
}

constexpr std::array handlers{
    event<body::OwnerRosterImported, decide_roster, apply_roster>("OwnerRosterImported"),
    event<body::HandoverOpened, decide_opened, apply_opened>("HandoverOpened"),
    event<body::OwnerIdentityVerified, decide_identity, apply_identity>("OwnerIdentityVerified"),
    event<body::OwnerDocumentsCollected, decide_documents, apply_documents>(
        "OwnerDocumentsCollected"),
    event<body::OwnerFileCreated, decide_owner_file, apply_owner_file>("OwnerFileCreated"),
    event<body::SafetyResponsibilitySigned, decide_safety, apply_safety>(
        "SafetyResponsibilitySigned"),
};

}  // namespace

std::span<const EventHandler> owner_handlers() {
  return handlers;
}

}  // namespace juanzong::handover
