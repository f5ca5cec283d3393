// SPDX-License-Identifier: Apache-2.0
// What a complaint is (S0§7.2): valid or not, how serious, and on which grounds; and more time for
// it, by whom the class says (S0§7.6(4)).
#include "events/procedures/case_checks.h"
#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/complaints/complaints_rules.h"
#include "events/procedures/obligations.h"

#include <algorithm>
#include <array>

namespace juanzong::complaints {
namespace {

using GroundList = flatbuffers::Vector<body::ComplaintGround>;
using body::Severity;
using body::Validity;

struct Class {
  Validity validity;
  Severity severity;
  const GroundList* grounds;
};

ComplaintStage stage_of(Validity validity) {
  return validity == Validity::VALID ? ComplaintStage::classified : ComplaintStage::explain;
}

// Grounds belong to one class each; MINOR needs none.
Severity severity_of(body::ComplaintGround ground) {
  return ground <= body::ComplaintGround::OTHER_MAJOR ? Severity::MAJOR : Severity::IMPORTANT;
}

void check_class(const Class& given, Decision& decision) {
  const bool is_valid = given.validity == Validity::VALID;
  const std::size_t count = given.grounds == nullptr ? 0 : given.grounds->size();
  if (is_valid != (given.severity != Severity::UNSPECIFIED)) {
    decision.refuse_schema("severity",
                           "有效投诉须界定轻重,无效投诉不分轻重",
                           "a valid complaint has a severity, an invalid one has none");
  }
  const bool needs_ground = given.severity == Severity::MAJOR ||  //
                            given.severity == Severity::IMPORTANT;
  const bool fits =
      count == 0 || std::all_of(given.grounds->begin(), given.grounds->end(), [&](auto ground) {
        return static_cast<body::ComplaintGround>(ground) != body::ComplaintGround::UNSPECIFIED &&
               severity_of(static_cast<body::ComplaintGround>(ground)) == given.severity;
      });
  if (needs_ground != (count > 0) || !fits) {
    decision.refuse_schema("grounds",
                           "重大、重要投诉须注明该类范围内的理由",
                           "major and important complaints name grounds of that class");
  }
}

void take_class(const Class& given, ComplaintState& complaint, RecordIndex index) {
  const auto severity = static_cast<ComplaintSeverity>(given.severity);
  if (severity == ComplaintSeverity::major && complaint.severity != severity) {
    complaint.became_major = index;
  }
  complaint.validity = static_cast<ComplaintValidity>(given.validity);
  complaint.severity = severity;
  complaint.grounds.clear();
  if (given.grounds != nullptr) {
    for (const auto ground : *given.grounds) {
      complaint.grounds.push_back(static_cast<std::uint8_t>(ground));
    }
  }
}

void decide_classified(const body::ComplaintClassified& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  check_act({Role::ps, &classify_rule}, complaint, event.signatures(), context, world, decision);
  check_class({event.validity(), event.severity(), event.grounds()}, decision);
}

void apply_classified(const body::ComplaintClassified& event,
                      const EventContext& context,
                      WorldChange& world) {
  const std::string id = text_of(event.complaint_id());
  take_class({event.validity(), event.severity(), event.grounds()},
             world.edit<ComplaintState>(id),
             context.index);
  begin_class_limits(world, id, context, false);
}

// The old class as it stands, and another one.
void check_change(const body::ComplaintReclassified& event,
                  const ComplaintState& complaint,
                  Decision& decision) {
  const bool as_it_stands =
      static_cast<ComplaintValidity>(event.old_validity()) == complaint.validity &&
      static_cast<ComplaintSeverity>(event.old_severity()) == complaint.severity;
  if (!as_it_stands) {
    decision.refuse_schema("old_validity", "与现界定不符", "it is judged otherwise now");
  }
  if (event.old_validity() == event.new_validity() &&
      event.old_severity() == event.new_severity()) {
    decision.refuse_schema("new_severity", "界定没有变化", "nothing is judged otherwise");
  }
}

void decide_reclassified(const body::ComplaintReclassified& event,
                         const EventContext& context,
                         const World& world,
                         Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  check_act({Role::ps, &classify_rule}, complaint, event.signatures(), context, world, decision);
  check_class({event.new_validity(), event.new_severity(), event.grounds()}, decision);
  check_change(event, complaint, decision);
}

// Another severity leaves the case where it is; another validity begins its own way anew.
void apply_reclassified(const body::ComplaintReclassified& event,
                        const EventContext& context,
                        WorldChange& world) {
  const std::string id = text_of(event.complaint_id());
  ComplaintState& complaint = world.edit<ComplaintState>(id);
  take_class(
      {event.new_validity(), event.new_severity(), event.grounds()}, complaint, context.index);
  if (event.old_validity() != event.new_validity()) {
    complaint.replied = false;
    complaint.opinion_signed = false;
    complaint.visited = false;
    set_complaint_stage(world, id, stage_of(event.new_validity()));
  }
  begin_class_limits(world, id, context, true);
}

Role overtime_approver(const ComplaintState& complaint, const World& world, CivilDate on) {
  switch (complaint.severity) {
    case ComplaintSeverity::major:
      return Role::cl;
    case ComplaintSeverity::important:
      return Role::mdm;
    default:
      return policy_text(world, "complaint.minor_overtime_approver", on) == "PM" ? Role::pm
                                                                                 : Role::csm;
  }
}

void decide_extension(const body::ComplaintExtensionApproved& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  const CivilDate began = world.zone().date_of(complaint.counts_from);
  check_act({overtime_approver(complaint, world, began), &overtime_rule},
            complaint,
            event.signatures(),
            context,
            world,
            decision);
  const UnixMicros due = *parse_instant(view_of(event.new_due()));
  if (due <= moment_of_fact(context, world) || (complaint.due_at && due <= *complaint.due_at)) {
    decision.refuse_schema(
        "new_due", "新期限须晚于原期限和现在", "later than the limit, and to come");
  }
}

// Approved in time it is the new limit; approved later the breach stays one (A49, H-CMP-3).
void apply_extension(const body::ComplaintExtensionApproved& event,
                     const EventContext& context,
                     WorldChange& world) {
  ComplaintState& complaint = world.edit<ComplaintState>(view_of(event.complaint_id()));
  const UnixMicros due = *parse_instant(view_of(event.new_due()));
  const UnixMicros at = moment_of_fact(context, world);
  ++complaint.extensions;
  if (complaint.due_at && at <= *complaint.due_at) {
    complaint.due_at = due;
  }
  extend_obligation(handling_limit_of(complaint.severity),
                    stream_of(view_of(event.complaint_id())),
                    due,
                    at,
                    world);
}

constexpr std::array handlers{
    event<body::ComplaintClassified, decide_classified, apply_classified>("ComplaintClassified"),
    event<body::ComplaintReclassified, decide_reclassified, apply_reclassified>(
        "ComplaintReclassified"),
    event<body::ComplaintExtensionApproved, decide_extension, apply_extension>(
        "ComplaintExtensionApproved"),
};

}  // namespace

std::uint8_t stage_after_classified(const std::uint8_t* body) {
  const auto& event = *flatbuffers::GetRoot<body::ComplaintClassified>(body);
  return static_cast<std::uint8_t>(stage_of(event.validity()));
}

std::span<const EventHandler> judging_handlers() {
  return handlers;
}

}  // namespace juanzong::complaints
