// SPDX-License-Identifier: Apache-2.0
// The stages and deadlines of a patrol's defects, and what the form of a patrol must say.
#include "events/procedures/patrols/patrols.h"
#include "events/procedures/patrols/patrols_generated.h"
#include "events/procedures/patrols/patrols_schema.h"

#include <array>
#include <set>

namespace juanzong {
namespace {

enum class Patrol : std::uint8_t { none, done };
constexpr std::array<CaseStage, 2> patrol_stages{{{"NONE", "未登记"}, {"DONE", "已巡视"}}};
constexpr std::array patrol_steps{opens("BuildingPatrolled", Patrol::done)};

enum class Defect : std::uint8_t { none, found, fixed, forwarded, verified };
constexpr std::array<CaseStage, 5> defect_stages{{{"NONE", "未登记"},
                                                  {"FOUND", "已发现"},
                                                  {"FIXED", "当场处理"},
                                                  {"FORWARDED", "已转报"},
                                                  {"VERIFIED", "已核实"}}};

bool is_in_order(const std::uint8_t* body) {
  return flatbuffers::GetRoot<body::PatrolDefectVerified>(body)->ok();
}
// What is not in order is forwarded again.
std::uint8_t verified_stage(const std::uint8_t* body) {
  return static_cast<std::uint8_t>(is_in_order(body) ? Defect::verified : Defect::found);
}
bool is_not_in_order(const std::uint8_t* body, const World& /*world*/) {
  return !is_in_order(body);
}

constexpr std::array defect_steps{
    opens("PatrolDefectFound", Defect::found),
    step("PatrolDefectFixedOnSpot", Defect::found, Defect::fixed),
    step("PatrolDefectForwarded", from_to(Defect::found, Defect::forwarded), Defect::forwarded),
    CaseStep{.event = "PatrolDefectVerified",
             .accepted_in = from_to(Defect::fixed, Defect::forwarded).bits,
             .goes_to = verified_stage},
};

constexpr std::string_view readers = "CSA CSM PS PM ENG ENGM SEC SECM ENV QD CL AUD";
constexpr std::array machines{
    CaseMachine{"patrol", "楼宇巡视", "Building patrols", readers, patrol_stages, patrol_steps},
    CaseMachine{
        "patrol_defect", "巡视问题", "Defects of patrols", readers, defect_stages, defect_steps},
};

constexpr std::array deadlines{
    DeadlineRule{.id = "D-PAT-2",
                 .clause = "S0§10.3(2)",
                 .zh = "巡视问题 30 分钟内转报责任人和部门",
                 .en = "a defect is forwarded within half an hour, unless fixed on the spot",
                 .begins = "PatrolDefectFound",
                 .ends = {"PatrolDefectForwarded", "PatrolDefectFixedOnSpot"},
                 .stream = "patrol_defect",
                 .clock = DeadlineClock::minutes,
                 .limit = 30,
                 .limit_policy = "patrol.forward_min",
                 .responsible = Role::csa},
    DeadlineRule{.id = "D-PAT-2-AGAIN",
                 .clause = "S0§10.3(2)",
                 .zh = "核实仍未处理的巡视问题 30 分钟内再次转报",
                 .en = "a defect that is still there is forwarded again within half an hour",
                 .begins = "PatrolDefectVerified",
                 .ends = {"PatrolDefectForwarded", "PatrolDefectFixedOnSpot"},
                 .stream = "patrol_defect",
                 .clock = DeadlineClock::minutes,
                 .limit = 30,
                 .limit_policy = "patrol.forward_min",
                 .responsible = Role::csa,
                 .applies = is_not_in_order},
    DeadlineRule{.id = "D-PAT-3",
                 .clause = "S0§10.3(3)",
                 .zh = "巡视问题不超过第 2 日到现场核实",
                 .en = "a defect is looked at again by the end of the second day",
                 .begins = "PatrolDefectFound",
                 .ends = {"PatrolDefectVerified"},
                 .stream = "patrol_defect",
                 .limit = 1,
                 .limit_policy = "patrol.verify_days",
                 .responsible = Role::csa,
                 .lapses = {"PatrolDefectFixedOnSpot"}},
};

void decide_patrolled(const body::BuildingPatrolled& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  if (*parse_instant(view_of(event.ended())) < *parse_instant(view_of(event.started()))) {
    decision.refuse_schema("ended", "结束早于开始", "it ends before it begins");
  }
  const std::set<std::int32_t> floors(event.floors()->begin(), event.floors()->end());
  if (floors.size() != event.floors()->size()) {
    decision.refuse_schema("floors", "同一楼层只列一次", "each floor once");
  }
}

constexpr std::array handlers{
    event<body::BuildingPatrolled, decide_patrolled, apply_nothing<body::BuildingPatrolled>>(
        "BuildingPatrolled"),
    plain("PatrolDefectFound"),
    plain("PatrolDefectFixedOnSpot"),
    plain("PatrolDefectForwarded"),
    plain("PatrolDefectVerified"),
};

}  // namespace

const Procedure& patrols_procedure() {
  static const Procedure procedure{.code = "P10",
                                   .name = "patrols",
                                   .zh = "楼宇巡视",
                                   .en = "Building patrol",
                                   .schema = patrols_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = patrol_duties()};
  return procedure;
}

}  // namespace juanzong
