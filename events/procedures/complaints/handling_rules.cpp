// SPDX-License-Identifier: Apache-2.0
// The manager's opinion, the form in the hands of the accused department, its result and the
// agreement to it (S0§7.6, §7.7).
#include "events/procedures/case_checks.h"
#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/complaints/complaints_rules.h"

#include <array>

namespace juanzong::complaints {
namespace {

void decide_opinion(const body::ComplaintOpinionSigned& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  check_act({Role::csm}, complaint, event.signatures(), context, world, decision);
}

// The machine lets it in before ASSIGNED, so that the reason is heard and not only the stage.
void decide_collected(const body::ComplaintFormCollected& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const ComplaintStage stage = complaint_stage(world, view_of(event.complaint_id()));
  if (stage == ComplaintStage::received || stage == ComplaintStage::classified) {
    decision.refuse(opinion_rule, {fact("missing", "ComplaintOpinionSigned")});
  }
  check_signature_blocks(event.signatures(), decision);
  check_signature(signed_by_member(event.signatures(), view_of(event.dept_head()), world),
                  "领取人须签字",
                  "who collects the form signs for it",
                  decision);
}

void apply_collected(const body::ComplaintFormCollected& event,
                     const EventContext&,
                     WorldChange& world) {
  world.edit<ComplaintState>(view_of(event.complaint_id())).department_head =
      text_of(event.dept_head());
}

// The head who took the form reports; the assistant only passes it on (S0§7.6(3)).
void decide_handled(const body::ComplaintHandled& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  if (!complaint.department_head.empty() && context.actor != complaint.department_head) {
    decision.refuse_schema("result",
                           "处理结果由领取记录表的部门负责人反馈",
                           "the department head who collected the form reports the result");
  }
}

void apply_handled(const body::ComplaintHandled& event,
                   const EventContext& context,
                   WorldChange& world) {
  world.edit<ComplaintState>(view_of(event.complaint_id())).handled_at =
      moment_of_fact(context, world);
}

void decide_result(const body::ComplaintResultApproved& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const auto complaint = world.get<ComplaintState>(view_of(event.complaint_id()));
  const Act act = goes_to_leader(complaint) ? Act{Role::cl, &leader_rule} : Act{Role::csm};
  check_act(act, complaint, event.signatures(), context, world, decision);
}

constexpr std::array handlers{
    event<body::ComplaintOpinionSigned,
          decide_opinion,
          apply_nothing<body::ComplaintOpinionSigned>>("ComplaintOpinionSigned"),
    event<body::ComplaintFormCollected, decide_collected, apply_collected>(
        "ComplaintFormCollected"),
    event<body::ComplaintHandled, decide_handled, apply_handled>("ComplaintHandled"),
    event<body::ComplaintResultApproved,
          decide_result,
          apply_nothing<body::ComplaintResultApproved>>("ComplaintResultApproved"),
};

}  // namespace

std::span<const EventHandler> handling_handlers() {
  return handlers;
}

}  // namespace juanzong::complaints
