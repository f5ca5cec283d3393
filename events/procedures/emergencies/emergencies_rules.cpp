// SPDX-License-Identifier: Apache-2.0
// The stages of plans and incidents, the numbers of a plan's issues, and that an incident was
// reported after it was noticed.
#include "events/procedures/emergencies/emergencies.h"
#include "events/procedures/emergencies/emergencies_generated.h"
#include "events/procedures/emergencies/emergencies_schema.h"

#include <array>
#include <string>

namespace juanzong {
namespace {

constexpr EventType plan_issued{8449};

enum class Plan : std::uint8_t { none, in_force };
constexpr std::array<CaseStage, 2> plan_stages{{{"NONE", "未发布"}, {"IN_FORCE", "现行"}}};
constexpr std::array plan_steps{
    step("EmergencyPlanIssued", from_to(Plan::none, Plan::in_force), Plan::in_force),
    note("EmergencyDrillHeld", StageSet<Plan>(Plan::in_force)),
};

enum class Incident : std::uint8_t { none, reported, in_handling, closed };
constexpr std::array<CaseStage, 4> incident_stages{
    {{"NONE", "未报告"}, {"REPORTED", "已报告"}, {"IN_HANDLING", "处置中"}, {"CLOSED", "已结束"}}};
constexpr std::array incident_steps{
    opens("IncidentReported", Incident::reported),
    step("IncidentStepTaken",
         from_to(Incident::reported, Incident::in_handling),
         Incident::in_handling),
    step("IncidentClosed", from_to(Incident::reported, Incident::in_handling), Incident::closed),
};

constexpr std::string_view readers = "CSA CSM PS PM ENG ENGM SEC SECM ENV CL MDM QD AUD";
constexpr std::array machines{
    CaseMachine{"emergency_plan", "应急预案", "Emergency plans", "*", plan_stages, plan_steps},
    CaseMachine{"incident", "突发事件", "Incidents", readers, incident_stages, incident_steps},
};

constexpr std::array deadlines{
    DeadlineRule{.id = "D-EMG-2",
                 .clause = "S1§三.4.3",
                 .zh = "突发事件报告后立即处置",
                 .en = "an incident that was reported is acted on at once",
                 .begins = "IncidentReported",
                 .ends = {"IncidentStepTaken", "IncidentClosed"},
                 .stream = "incident",
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .responsible = Role::secm},
};

void decide_plan(const body::EmergencyPlanIssued& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  const auto* file = find_case(world, "emergency_plan", view_of(event.plan()));
  const auto* issued = file == nullptr ? nullptr : find_mark(*file, plan_issued);
  const std::uint32_t next = issued == nullptr ? 1 : issued->count + 1;
  if (event.version() != next) {
    decision.refuse_schema("version",
                           "版本号应为 " + std::to_string(next),
                           "the next version is " + std::to_string(next));
  }
}

void decide_reported(const body::IncidentReported& event,
                     const EventContext&,
                     const World&,
                     Decision& decision) {
  if (*parse_instant(view_of(event.first_reported_at())) <
      *parse_instant(view_of(event.noticed_at()))) {
    decision.refuse_schema("first_reported_at", "报告早于发现", "reported before it was noticed");
  }
}

constexpr std::array handlers{
    event<body::EmergencyPlanIssued, decide_plan, apply_nothing<body::EmergencyPlanIssued>>(
        "EmergencyPlanIssued"),
    plain("EmergencyDrillHeld"),
    event<body::IncidentReported, decide_reported, apply_nothing<body::IncidentReported>>(
        "IncidentReported"),
    plain("IncidentStepTaken"),
    plain("IncidentClosed"),
    plain("SafetyEducationHeld"),
};

}  // namespace

const Procedure& emergencies_procedure() {
  static constexpr Procedure procedure{.code = "P33",
                                       .name = "emergencies",
                                       .zh = "应急",
                                       .en = "Emergencies",
                                       .schema = emergencies_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
