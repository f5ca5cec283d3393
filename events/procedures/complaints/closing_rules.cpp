// SPDX-License-Identifier: Apache-2.0
// The answer of the result, what the customer says to it, the end of the case and its second
// beginning (S0§7.1(5), §7.7, §7.8).
#include "events/procedures/case_checks.h"
#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/complaints/complaints_rules.h"

#include <algorithm>
#include <array>

namespace juanzong::complaints {
namespace {

// A valid complaint, whose result nobody has agreed to yet.
void decide_replied(const body::ComplaintReplied& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const ComplaintStage stage = complaint_stage(world, view_of(event.complaint_id()));
  if (stage >= ComplaintStage::classified && stage < ComplaintStage::result_agreed) {
    decision.refuse(reply_rule, {fact("missing", "ComplaintResultApproved")});
  }
}

void apply_replied(const body::ComplaintReplied& event, const EventContext&, WorldChange& world) {
  world.edit<ComplaintState>(view_of(event.complaint_id())).replied = true;
}

bool signed_by_customer(const body::ComplaintCustomerOpinionSigned& event,
                        const ComplaintState& complaint) {
  return complaint.customer.empty()
             ? signed_in_capacity(event.signatures(), body::Capacity::CUSTOMER)
             : signed_by(event.signatures(), complaint.customer, body::Capacity::CUSTOMER);
}

bool witnessed(const SignatureList* signatures, const World& world) {
  return signatures != nullptr &&
         std::any_of(signatures->begin(), signatures->end(), [&world](const auto* block) {
           return block->capacity() == body::Capacity::STAFF &&
                  is_staff(world, view_of(block->signer()));
         });
}

void decide_opinion(const body::ComplaintCustomerOpinionSigned& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  check_signature_blocks(event.signatures(), decision);
  if (!event.refused()) {
    check_signature(signed_by_customer(event, complaint),
                    "客户须加盖意见",
                    "the customer who complained signs the opinion",
                    decision);
    if (event.opinion() == nullptr) {
      decision.refuse_schema("opinion", "缺少客户意见", "the customer's opinion is missing");
    }
    return;
  }
  check_signature(witnessed(event.signatures(), world),
                  "客户拒签须由工作人员见证",
                  "a member of staff witnesses the refusal",
                  decision);
  if (event.refusal_note() == nullptr) {
    decision.refuse_schema("refusal_note", "拒签须注明情况", "how the customer refused");
  }
}

void apply_opinion(const body::ComplaintCustomerOpinionSigned& event,
                   const EventContext&,
                   WorldChange& world) {
  const std::string id = text_of(event.complaint_id());
  if (event.satisfied() == body::ComplaintAnswer::UNSATISFIED) {
    return_complaint(world, id);
    return;
  }
  world.edit<ComplaintState>(id).opinion_signed = true;
  if (complaint_stage(world, id) == ComplaintStage::replied) {
    set_complaint_stage(world, id, ComplaintStage::opinion_signed);
  }
}

void decide_closed(const body::ComplaintClosed& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  const bool is_valid = complaint.validity != ComplaintValidity::invalid;
  check_act({Role::csm}, complaint, event.signatures(), context, world, decision);
  std::vector<Fact> missing;
  const auto need = [&missing](bool done, std::string_view what) {
    if (!done) {
      missing.push_back(fact("missing", what));
    }
  };
  need(complaint.replied, "ComplaintReplied");
  if (is_valid) {
    need(complaint.opinion_signed, "ComplaintCustomerOpinionSigned");
    need(complaint.visited, "ReturnVisitCompleted");
  }
  if (!missing.empty()) {
    decision.refuse(closing_rule, missing);
  }
  if (is_valid == (event.outcome() == body::ComplaintOutcome::EXPLAINED_INVALID)) {
    decision.refuse_schema(
        "outcome", "结案方式与投诉性质不符", "the outcome does not fit what the complaint was");
  }
}

void apply_closed(const body::ComplaintClosed& event, const EventContext&, WorldChange& world) {
  world.edit<ComplaintState>(view_of(event.complaint_id())).outcome =
      static_cast<std::uint8_t>(event.outcome());
}

// Received anew: it is judged again, and its limits count from now.
void apply_reopened(const body::ComplaintReopened& event,
                    const EventContext& context,
                    WorldChange& world) {
  ComplaintState& complaint = world.edit<ComplaintState>(view_of(event.complaint_id()));
  complaint.counts_from = moment_of_fact(context, world);
  complaint.customer_term.reset();
  complaint.definite_at.reset();
  complaint.handled_at.reset();
  complaint.due_at.reset();
  complaint.replied = false;
  complaint.opinion_signed = false;
  complaint.visited = false;
  complaint.outcome = 0;
  ++complaint.reopened;
}

void apply_cause(const body::ComplaintCauseAnalysed& event,
                 const EventContext&,
                 WorldChange& world) {
  world.edit<ComplaintState>(view_of(event.complaint_id())).cause = text_of(event.cause());
}

void decide_report(const body::MajorComplaintReportPublished& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  if (complaint.severity != ComplaintSeverity::major) {
    decision.refuse_schema("complaint_id", "不是重大投诉", "it is no major complaint");
  }
}

constexpr std::array handlers{
    event<body::ComplaintReplied, decide_replied, apply_replied>("ComplaintReplied"),
    event<body::ComplaintCustomerOpinionSigned, decide_opinion, apply_opinion>(
        "ComplaintCustomerOpinionSigned"),
    event<body::ComplaintClosed, decide_closed, apply_closed>("ComplaintClosed"),
    event<body::ComplaintReopened, decide_nothing<body::ComplaintReopened>, apply_reopened>(
        "ComplaintReopened"),
    event<body::ComplaintCauseAnalysed, decide_nothing<body::ComplaintCauseAnalysed>, apply_cause>(
        "ComplaintCauseAnalysed"),
    event<body::MajorComplaintReportPublished,
          decide_report,
          apply_nothing<body::MajorComplaintReportPublished>>("MajorComplaintReportPublished"),
};

}  // namespace

std::span<const EventHandler> closing_handlers() {
  return handlers;
}

}  // namespace juanzong::complaints
