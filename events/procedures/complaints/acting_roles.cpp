// SPDX-License-Identifier: Apache-2.0
// Who may act in a complaint: the role that the seed names, or the next above it where that is
// whom the complaint is against (H-PRV-11).
#include "events/procedures/complaints/complaints_rules.h"
#include "events/procedures/parties.h"

namespace juanzong::complaints {
namespace {

Role one_above(Role role) {
  switch (role) {
    case Role::ps:
    case Role::csm:
      return Role::pm;
    default:
      return Role::cl;
  }
}

bool is_accused(const ComplaintState& complaint, Role role, const World& world) {
  return (role == Role::pm && complaint.against_manager) ||
         (!complaint.accused_staff.empty() && staff_has_role(world, complaint.accused_staff, role));
}

std::string signature_word(Role role) {
  return "STAFF:" + std::string(code_of(role));
}

}  // namespace

std::string stream_of(std::string_view complaint_id) {
  return std::string(complaint_stream).append(":").append(complaint_id);
}

Role acting_role(const ComplaintState& complaint, Role role, const World& world) {
  while (role != Role::cl && is_accused(complaint, role, world)) {
    role = one_above(role);
  }
  return role;
}

void check_act(const Act& act,
               const ComplaintState& complaint,
               const SignatureList* signatures,
               const EventContext& context,
               const World& world,
               Decision& decision) {
  check_signature_blocks(signatures, decision);
  const Role wanted = acting_role(complaint, act.role, world);
  const Rule* rule = wanted == act.role ? act.rule : &accused_rule;
  const auto refuse = [&](std::string_view name, std::string_view value) {
    if (rule == nullptr) {
      decision.refuse_schema("signatures",
                             "缺少签名:" + std::string(value),
                             "missing signature: " + std::string(value));
    } else {
      decision.refuse(*rule, {fact(name, value)});
    }
  };
  if (!signed_by_staff(signatures, wanted, world)) {
    refuse("missing_signature", signature_word(wanted));
  } else if (!context.roles.has(wanted)) {
    refuse("act_of", code_of(wanted));
  }
}

}  // namespace juanzong::complaints
