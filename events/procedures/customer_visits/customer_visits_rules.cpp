// SPDX-License-Identifier: Apache-2.0
// A visit and what follows from it. The quotas are figures of a month: view `visit_quotas`.
#include "events/procedures/customer_visits/customer_visits.h"
#include "events/procedures/customer_visits/customer_visits_generated.h"
#include "events/procedures/customer_visits/customer_visits_schema.h"
#include "events/procedures/parties.h"
#include "events/procedures/signatures.h"

#include <array>

namespace juanzong {
namespace {

enum class Visit : std::uint8_t { none, visited, followed_up };
constexpr std::array<CaseStage, 3> stages{
    {{"NONE", "未登记"}, {"VISITED", "已访问"}, {"FOLLOWED_UP", "意见已转办"}}};
constexpr std::array steps{
    opens("CustomerVisited", Visit::visited),
    step("VisitFollowUpRaised", from_to(Visit::visited, Visit::followed_up), Visit::followed_up),
};

constexpr std::array machines{CaseMachine{customer_visit_stream,
                                          "访问客户",
                                          "Customer visits",
                                          "CSA CSM PS PM QD MDM CL AUD",
                                          stages,
                                          steps}};

void decide_visited(const body::CustomerVisited& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  if (!signed_by(event.signatures(), view_of(event.customer()), body::Capacity::CUSTOMER)) {
    decision.refuse_schema("signatures", "缺少客户签名", "the customer's signature is missing");
  }
  const auto role = role_from_code(view_of(event.visitor_role()));
  if (!role || !staff_has_role(world, view_of(event.visitor()), *role)) {
    decision.refuse_schema(
        "visitor_role", "访问人没有该岗位", "the visitor does not hold that role");
  }
}

// Only what the customer raised is followed, and by these two procedures (S0§9.6).
void decide_follow_up(const body::VisitFollowUpRaised& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string_view target = view_of(event.target());
  const bool is_kind = target.starts_with("request:") || target.starts_with("complaint:");
  if (!is_kind || world.find<CaseFileState>(target) == nullptr) {
    decision.refuse_schema(
        "target", "须为已受理的需求或投诉", "a request or complaint that was received");
  }
}

constexpr std::array handlers{
    event<body::CustomerVisited, decide_visited, apply_nothing<body::CustomerVisited>>(
        "CustomerVisited"),
    event<body::VisitFollowUpRaised, decide_follow_up, apply_nothing<body::VisitFollowUpRaised>>(
        "VisitFollowUpRaised"),
};

}  // namespace

const Procedure& customer_visits_procedure() {
  static const Procedure procedure{.code = "P09",
                                   .name = "customer_visits",
                                   .zh = "访问客户",
                                   .en = "Customer visits",
                                   .schema = customer_visits_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .deadlines = {},
                                   .cases = machines,
                                   .duties = customer_visit_duties()};
  return procedure;
}

}  // namespace juanzong
