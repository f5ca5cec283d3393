// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue, and the guards that several of its events ask.
#include "events/procedures/handover/handover_rules.h"

#include "events/procedures/handover/handover.h"
#include "events/procedures/handover/handover_schema.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/owner_files.h"
#include "events/procedures/safety_papers.h"

#include <array>
#include <vector>

namespace juanzong {
namespace handover {

void check_identity(std::string_view unit,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  if (!world.get<HandoverState>(unit).verified) {
    decision.refuse(
        identity_rule,
        {fact("unit", unit), fact("stage", code_of(handover_stage(world, unit, context.today)))});
  }
}

void check_stage_verified(std::string_view unit,
                          const EventContext& context,
                          const World& world,
                          Decision& decision) {
  check_identity(unit, context, world, decision);
  const HandoverStage stage = handover_stage(world, unit, context.today);
  if (stage != HandoverStage::verified && world.get<HandoverState>(unit).verified) {
    decision.refuse_state(code_of(stage), code_of(HandoverStage::verified));
  }
}

}  // namespace handover

namespace {

constexpr std::array rules{handover::identity_rule,
                           owner_file_rule,
                           handover_formalities_rule,
                           handover_receipt_rule,
                           handover::half_year_rule,
                           rectification_key_rule,
                           handover::decline_rule};

constexpr std::array states{state_type<HandoverState>("handover"),
                            state_type<SafetyPapersState>("safety_papers")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({handover::owner_handlers(), handover::unit_handlers()});
}

}  // namespace

const Procedure& handover_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{
      "P01", "handover", "房屋交接", "Handover", handover_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
