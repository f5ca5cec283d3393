// SPDX-License-Identifier: Apache-2.0
// Before the refund: notice, request, the owner's word, and the inspection that three parties sign
// (S0§2.18, 2.18(1), 2.18(2)). Request, consent and objection are facts and may come early.
#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/decoration/refund_rules.h"
#include "events/procedures/decoration/rules.h"

#include <algorithm>
#include <array>

namespace juanzong {

void check_waiting(const DepositQuestion& question, Decision& decision) {
  const CivilDate today = question.of_case.context.today;
  if (question.earliest && today >= *question.earliest) {
    return;
  }
  const auto accepted_on = question.of_case.deco.accepted_on;
  decision.refuse(
      decoration_rules::waiting,
      {fact("accepted_on", accepted_on ? to_text(*accepted_on) : "none"), fact("today", today)},
      question.earliest);
}

namespace {

using Stage = DepositStage;

constexpr DepositStages until_refunded = from_to(Stage::held, Stage::approved);
constexpr DepositStages before_refundable = Stage::held | Stage::waiting;

void decide_notified(const body::DepositRefundNotified&,
                     const DepositQuestion& question,
                     Decision& decision) {
  check_waiting(question, decision);
}

void apply_notified(const body::DepositRefundNotified& event,
                    const EventContext& context,
                    WorldChange& world) {
  world.edit<DepositState>(view_of(event.deposit_id())).notified = context.index;
}

void decide_requested(const body::DepositRefundRequested& event,
                      const DepositQuestion& question,
                      Decision& decision) {
  const CaseQuestion& of_case = question.of_case;
  const bool by_contractor = event.requester() == body::DecorationParty::CONTRACTOR;
  const bool present = by_contractor ? signed_by_contractor(event.signatures(), of_case.deco)
                                     : signed_by_owner(event.signatures(), of_case.owner());
  require_signature(present, by_contractor ? "CONTRACTOR" : "OWNER", decision);
  decision.assigned.not_before = question.earliest;
}

void apply_requested(const body::DepositRefundRequested& event,
                     const EventContext& context,
                     WorldChange& world) {
  world.edit<DepositState>(view_of(event.deposit_id())).request = RefundRequest{
      context.index, event.requester() == body::DecorationParty::CONTRACTOR, context.today};
}

// An open request must be named by its record: a consent counts for that request only.
void decide_consented(const body::DepositRefundOwnerConsented& event,
                      const DepositQuestion& question,
                      Decision& decision) {
  const std::string owner = question.of_case.owner();
  require_signature(signed_by_owner(event.signatures(), owner), "OWNER", decision);
  const auto& request = question.deposit.request;
  const body::RecordRef* named = event.request_event();
  const bool right =
      request ? named != nullptr && record_index(*named, question.of_case.context) == request->index
              : named == nullptr;
  if (!right) {
    const std::string open = request ? std::to_string(number(request->index)) : "none";
    decision.refuse(decoration_rules::owner_consent, {fact("open_request", open)});
  }
}

void apply_consented(const body::DepositRefundOwnerConsented& event,
                     const EventContext& context,
                     WorldChange& world) {
  DepositState& deposit = world.edit<DepositState>(view_of(event.deposit_id()));
  OwnerWord word{context.index, true, std::nullopt, context.today};
  if (event.request_event() != nullptr) {
    word.request = record_index(*event.request_event(), context);
  }
  deposit.owner_word = word;
}

void decide_objected(const body::DepositRefundOwnerObjected& event,
                     const DepositQuestion& question,
                     Decision& decision) {
  const std::string owner = question.of_case.owner();
  require_signature(signed_by_owner(event.signatures(), owner), "OWNER", decision);
}

// Takes the deposit back to REFUNDABLE: what was inspected and approved no longer stands.
void apply_objected(const body::DepositRefundOwnerObjected& event,
                    const EventContext& context,
                    WorldChange& world) {
  DepositState& deposit = world.edit<DepositState>(view_of(event.deposit_id()));
  deposit.owner_word = OwnerWord{context.index, false, std::nullopt, context.today};
  deposit.inspection.reset();
  make_calculation_stale(deposit);
}

// H-DEC-14. Signatures made before the earliest refund date do not count; while that date has not
// come, H-DEC-13 says so and the parties are judged by whoever signed.
std::vector<Fact> missing_parties(const SignatureList* signatures,
                                  const DepositQuestion& question) {
  const CaseQuestion& of_case = question.of_case;
  const bool too_early = !question.earliest || of_case.context.today < *question.earliest;
  const auto counted = [&](const body::SignatureBlock& block) {
    const auto at = parse_instant(view_of(block.signed_at()));
    return too_early || (at && of_case.world.zone().date_of(*at) >= *question.earliest);
  };
  const auto any = [&](const auto& is_theirs) {
    return std::any_of(signatures->begin(), signatures->end(), [&](const auto* block) {
      return counted(*block) && is_theirs(*block);
    });
  };
  std::vector<Fact> missing;
  const std::string owner = of_case.owner();
  if (!any([&](const auto& block) { return is_signature_of_owner(block, owner); })) {
    missing.push_back(fact("missing", "OWNER"));
  }
  const bool engaged = !of_case.deco.contractor.empty();
  if (engaged &&
      !any([&](const auto& block) { return is_signature_of_contractor(block, of_case.deco); })) {
    missing.push_back(fact("missing", "CONTRACTOR"));
  }
  if (!any([&](const auto& block) {
        return is_signature_of_staff(block, Role::pm, of_case.world);
      })) {
    missing.push_back(fact("missing", "PM"));
  }
  return missing;
}

void decide_inspected(const body::DepositRefundInspected& event,
                      const DepositQuestion& question,
                      Decision& decision) {
  check_waiting(question, decision);
  if (owner_consent_missing(question.deposit)) {
    decision.refuse(decoration_rules::owner_consent,
                    {fact("owner", owner_objects(question.deposit) ? "objects" : "not consented")});
  }
  std::vector<Fact> missing = missing_parties(event.signatures(), question);
  if (!missing.empty()) {
    decision.refuse(decoration_rules::three_parties, std::move(missing), question.earliest);
  }
}

void apply_inspected(const body::DepositRefundInspected& event,
                     const EventContext& context,
                     WorldChange& world) {
  DepositState& deposit = world.edit<DepositState>(view_of(event.deposit_id()));
  const bool harm = event.public_interest_harm() || event.neighbour_harm() ||
                    event.prohibited_item() || event.leak();
  deposit.inspection = RefundInspection{context.index, context.today, harm, event.resolved()};
  make_calculation_stale(deposit);
}

constexpr std::array handlers{
    deposit_event<body::DepositRefundNotified,
                  DepositStagesRule{from_to(Stage::refundable, Stage::approved), before_refundable},
                  decide_notified,
                  apply_notified>("DepositRefundNotified"),
    deposit_event<body::DepositRefundRequested,
                  DepositStagesRule{until_refunded},
                  decide_requested,
                  apply_requested>("DepositRefundRequested"),
    deposit_event<body::DepositRefundOwnerConsented,
                  DepositStagesRule{until_refunded},
                  decide_consented,
                  apply_consented>("DepositRefundOwnerConsented"),
    deposit_event<body::DepositRefundOwnerObjected,
                  DepositStagesRule{until_refunded},
                  decide_objected,
                  apply_objected>("DepositRefundOwnerObjected"),
    deposit_event<body::DepositRefundInspected,
                  DepositStagesRule{from_to(Stage::refundable, Stage::approved), before_refundable},
                  decide_inspected,
                  apply_inspected>("DepositRefundInspected"),
};

}  // namespace

std::span<const EventHandler> request_handlers() {
  return handlers;
}

}  // namespace juanzong
