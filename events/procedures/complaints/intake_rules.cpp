// SPDX-License-Identifier: Apache-2.0
// Reception of a complaint, its way upward or to another department, and what the customer hears
// before it is solved (S0§7.1, §7.3, §7.4).
#include "events/procedures/case_checks.h"
#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/complaints/complaints_rules.h"
#include "events/procedures/obligations.h"
#include "events/procedures/person_ties.h"

#include <array>

namespace juanzong::complaints {
namespace {

void decide_received(const body::ComplaintReceived& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  const bool known_customer = event.customer() != nullptr || event.unit() != nullptr;
  if (!known_customer && event.channel() != body::ComplaintChannel::ONLINE &&
      event.channel() != body::ComplaintChannel::LETTER) {
    decision.refuse_schema("customer",
                           "来访、来电投诉须记录客户或房屋",
                           "who calls or comes is a customer or has a unit");
  }
  if (event.customer_term() != nullptr &&
      *parse_instant(view_of(event.customer_term())) <= moment_of_fact(context, world)) {
    decision.refuse_schema("customer_term", "客户要求的期限已过", "the term is over already");
  }
}

void apply_received(const body::ComplaintReceived& event,
                    const EventContext& context,
                    WorldChange& world) {
  const UnixMicros at = moment_of_fact(context, world);
  ComplaintState& complaint = world.edit<ComplaintState>(view_of(event.complaint_id()));
  complaint.customer = text_of(event.customer());
  complaint.accused_department = text_of(event.accused_department());
  complaint.accused_staff = text_of(event.accused_staff());
  complaint.incident = text_of(event.incident());
  complaint.asks_compensation = event.asks_compensation();
  complaint.against_manager = event.against_manager();
  complaint.received_at = at;
  complaint.counts_from = at;
  if (event.customer_term() != nullptr) {
    complaint.customer_term = parse_instant(view_of(event.customer_term()));
  }
  tie_person(world, view_of(event.customer()), "complaint:" + text_of(event.complaint_id()));
}

void apply_escalated(const body::ComplaintEscalated& event,
                     const EventContext& context,
                     WorldChange& world) {
  ComplaintState& complaint = world.edit<ComplaintState>(view_of(event.complaint_id()));
  if (!complaint.escalated_at) {
    complaint.escalated_at = moment_of_fact(context, world);
  }
}

void decide_interim(const body::ComplaintInterimReplyGiven& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  if (event.next_reply_at() == nullptr) {
    if (!event.definite()) {
      decision.refuse_schema("next_reply_at",
                             "未能明确答复的须确定下次回复时间",
                             "without a definite answer the next reply has its time");
    }
    return;
  }
  if (*parse_instant(view_of(event.next_reply_at())) <= moment_of_fact(context, world)) {
    decision.refuse_schema("next_reply_at", "下次回复时间已过", "that time is over already");
  }
}

// Each reply keeps the promise of the one before (D-CMP-10) and may make the next.
void apply_interim(const body::ComplaintInterimReplyGiven& event,
                   const EventContext& context,
                   WorldChange& world) {
  const std::string stream = stream_of(view_of(event.complaint_id()));
  const UnixMicros at = moment_of_fact(context, world);
  meet_obligation("D-CMP-10", stream, context.index, at, world);
  if (event.definite()) {
    ComplaintState& complaint = world.edit<ComplaintState>(view_of(event.complaint_id()));
    complaint.definite_at = complaint.definite_at.value_or(at);
    meet_obligation("D-CMP-5a", stream, context.index, at, world);
  }
  if (event.next_reply_at() != nullptr) {
    const CaseFileState* file = find_case(world, complaint_stream, view_of(event.complaint_id()));
    const std::string unit = file == nullptr ? std::string() : file->unit;
    const UnixMicros due = *parse_instant(view_of(event.next_reply_at()));
    begin_obligation({"D-CMP-10", stream, unit, at, due}, context.index, world);
  }
}

constexpr std::array handlers{
    event<body::ComplaintReceived, decide_received, apply_received>("ComplaintReceived"),
    event<body::ComplaintEscalated, decide_nothing<body::ComplaintEscalated>, apply_escalated>(
        "ComplaintEscalated"),
    plain("ComplaintForwarded"),
    event<body::ComplaintInterimReplyGiven, decide_interim, apply_interim>(
        "ComplaintInterimReplyGiven"),
};

}  // namespace

std::span<const EventHandler> intake_handlers() {
  return handlers;
}

}  // namespace juanzong::complaints
