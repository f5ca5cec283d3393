// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/public_order/public_order.h"
#include "events/procedures/public_order/public_order_generated.h"
#include "events/procedures/public_order/public_order_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Violation : std::uint8_t { none, reported };
constexpr std::array<CaseStage, 2> stages{{{"NONE", "未登记"}, {"REPORTED", "已上报"}}};
constexpr std::array steps{opens("PublicAreaViolationReported", Violation::reported)};

constexpr std::string_view readers = "CSA CSM PS PM SEC SECM ENV QD CL AUD";
constexpr std::array machines{
    CaseMachine{
        "public_violation", "公共区域违规", "Violations in public areas", readers, stages, steps},
};

// People are asked to stop before anybody is told (及时劝阻并上报).
void decide_reported(const body::PublicAreaViolationReported& event,
                     const EventContext& context,
                     const World&,
                     Decision& decision) {
  if (!event.dissuaded()) {
    decision.refuse_schema("dissuaded", "须先劝阻", "people are asked to stop first");
  }
  if (view_of(event.reported_to()) == context.actor) {
    decision.refuse_schema("reported_to", "须上报他人", "it is reported to somebody else");
  }
}

constexpr std::array handlers{
    event<body::PublicAreaViolationReported,
          decide_reported,
          apply_nothing<body::PublicAreaViolationReported>>("PublicAreaViolationReported"),
    plain("PetIncidentRecorded"),
};

}  // namespace

const Procedure& public_order_procedure() {
  static constexpr Procedure procedure{.code = "P39",
                                       .name = "public_order",
                                       .zh = "公共秩序、宠物",
                                       .en = "Order in public areas",
                                       .schema = public_order_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .deadlines = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
