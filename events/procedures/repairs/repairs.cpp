// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue: stages (DOMAIN 4.4) and deadlines. Return visits move a
// repair to VISITED or CLOSED from their own apply() (repair_cases.h).
#include "events/procedures/repairs/repairs.h"

#include "events/procedures/calendar.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/repair_cases.h"
#include "events/procedures/repairs/repairs_generated.h"
#include "events/procedures/repairs/repairs_schema.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

using Stage = RepairStage;

constexpr auto done = from_to(Stage::completed, Stage::closed);

constexpr std::array steps{
    opens("RepairReported", Stage::reported),
    step("RepairDispatched", Stage::reported, Stage::dispatched),
    note("RepairUrged", from_to(Stage::reported, Stage::dispatched)),
    step("RepairOrderClaimed", Stage::dispatched, Stage::claimed),
    step("RepairCompleted", Stage::claimed, Stage::completed),
    note("RepairOrderReturned", done),
    note("ReturnVisitCompleted", done),
    note("ReturnVisitFailed", done),
    step("ReworkOrdered", done, Stage::dispatched),
    step("RepairCancelled", from_to(Stage::reported, Stage::dispatched), Stage::cancelled),
};

constexpr std::array machines{CaseMachine{repair_stream,
                                          "报修",
                                          "Repairs",
                                          "CSA CSM PS PM CAS ENG ENGM SEC SECM QD CL AUD",
                                          repair_stages,
                                          steps}};

template <class Body>
bool is_urgent(const std::uint8_t* body, const World& world) {
  const auto& event = *flatbuffers::GetRoot<Body>(body);
  return world.get<RepairState>(view_of(event.repair_id())).emergency;
}
template <class Body>
bool is_not_urgent(const std::uint8_t* body, const World& world) {
  return !is_urgent<Body>(body, world);
}

// The early shift leaves at 17:00; what ends later is visited on the next working day (A35).
constexpr std::int64_t shift_ends_micros = std::int64_t{17} * 3'600 * micros_per_second;

std::optional<CivilDate> visit_day(const std::uint8_t*,
                                   const EventContext& context,
                                   const World& world) {
  const UnixMicros at = moment_of_fact(context, world);
  const CivilDate day = world.zone().date_of(at);
  const bool late = at.value - world.zone().start_of(day).value > shift_ends_micros;
  return late ? add_working_days(world, day, 1) : day;
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-RPR-1",
                 .clause = "S0§13.2(1)",
                 .zh = "第一时间通知工程部",
                 .en = "engineering is told at once",
                 .begins = "RepairReported",
                 .ends = {"RepairDispatched"},
                 .stream = repair_stream,
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "repair.dispatch_min",
                 .responsible = Role::csa,
                 .lapses = {"RepairCancelled"}},
    DeadlineRule{.id = "D-RPR-2",
                 .clause = "S0§13.2(2)",
                 .zh = "尽快领取维修单,否则催促",
                 .en = "the order is collected soon, or urged",
                 .begins = "RepairDispatched",
                 .ends = {"RepairOrderClaimed"},
                 .stream = repair_stream,
                 .clock = DeadlineClock::minutes,
                 .limit = 30,
                 .limit_policy = "repair.claim_min",
                 .responsible = Role::engm,
                 .lapses = {"RepairCancelled"},
                 .applies = is_not_urgent<body::RepairDispatched>},
    DeadlineRule{.id = "D-RPR-2-URGENT",
                 .clause = "S0§13.2(2)",
                 .zh = "紧急维修立即领取维修单,否则催促",
                 .en = "an emergency order is collected at once, or urged",
                 .begins = "RepairDispatched",
                 .ends = {"RepairOrderClaimed"},
                 .stream = repair_stream,
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "repair.claim_urgent_min",
                 .responsible = Role::engm,
                 .lapses = {"RepairCancelled"},
                 .applies = is_urgent<body::RepairDispatched>},
    DeadlineRule{.id = "D-RPR-3",
                 .clause = "S0§13.4",
                 .zh = "维修当日回访",
                 .en = "a return visit on the day of the repair",
                 .begins = "RepairCompleted",
                 .stream = repair_stream,
                 .responsible = Role::csa,
                 .lapses = {"ReworkOrdered"},
                 .counts_from = visit_day},
};

constexpr std::array rules{repairs::complete_rule,
                           repairs::charge_rule,
                           repairs::signed_rule,
                           repairs::claim_rule,
                           repairs::desk_rule};

constexpr std::array states{state_type<RepairState>("repair")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({repairs::order_handlers(), repairs::work_handlers()});
}

}  // namespace

const Procedure& repairs_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P13",
                                   .name = "repairs",
                                   .zh = "报修",
                                   .en = "Repairs",
                                   .schema = repairs_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = repair_duties()};
  return procedure;
}

}  // namespace juanzong
