// SPDX-License-Identifier: Apache-2.0
// The stages of a hazard, and that the times of patrols, shifts and alarms follow each other.
#include "events/procedures/case_checks.h"
#include "events/procedures/security/security.h"
#include "events/procedures/security/security_generated.h"
#include "events/procedures/security/security_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Entry : std::uint8_t { none, recorded };
constexpr std::array<CaseStage, 2> entry_stages{{{"NONE", "未登记"}, {"RECORDED", "已登记"}}};
constexpr std::array patrol_steps{opens("SecurityPatrolRecorded", Entry::recorded)};
constexpr std::array duty_steps{opens("MonitoringDutyLogged", Entry::recorded)};
constexpr std::array alarm_steps{opens("AlarmHandled", Entry::recorded)};

enum class Hazard : std::uint8_t { none, found, rectified };
constexpr std::array<CaseStage, 3> hazard_stages{
    {{"NONE", "未登记"}, {"FOUND", "待整改"}, {"RECTIFIED", "已整改"}}};
constexpr std::array hazard_steps{
    opens("HazardFound", Hazard::found),
    step("HazardRectified", Hazard::found, Hazard::rectified),
};

constexpr std::string_view readers = "PM CSM ENG ENGM SEC SECM QD CL AUD";
constexpr std::array machines{
    CaseMachine{
        "security_patrol", "安保巡逻", "Security patrols", readers, entry_stages, patrol_steps},
    CaseMachine{"hazard", "安全隐患", "Hazards", readers, hazard_stages, hazard_steps},
    CaseMachine{
        "monitoring_duty", "监控室值班", "Monitoring shifts", readers, entry_stages, duty_steps},
    CaseMachine{"alarm", "报警处置", "Alarms", readers, entry_stages, alarm_steps},
};

UnixMicros instant(const flatbuffers::String* text) {
  return *parse_instant(view_of(text));
}

// Point after point, none to come.
void decide_patrol(const body::SecurityPatrolRecorded& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  UnixMicros before{};
  for (const auto* point : *event.points()) {
    const UnixMicros at = instant(point->at());
    check_instant_passed("points.at", at, context, world, decision);
    if (at < before) {
      decision.refuse_schema("points", "巡逻点须按时间先后", "points stand in their order of time");
    }
    before = at;
  }
}

void decide_duty(const body::MonitoringDutyLogged& event,
                 const EventContext&,
                 const World&,
                 Decision& decision) {
  const UnixMicros from = instant(event.from());
  const UnixMicros to = instant(event.to());
  if (to <= from) {
    decision.refuse_schema("to", "结束须晚于开始", "it ends after it begins");
  }
  for (flatbuffers::uoffset_t i = 0; event.events() != nullptr && i < event.events()->size(); ++i) {
    const UnixMicros at = instant(event.events()->Get(i)->at());
    if (at < from || at > to) {
      decision.refuse_schema("events.at", "不在本班时间内", "not within the shift");
    }
  }
}

// What became an incident is followed there (P33).
void decide_alarm(const body::AlarmHandled& event,
                  const EventContext&,
                  const World&,
                  Decision& decision) {
  if (instant(event.at()) < instant(event.raised_at())) {
    decision.refuse_schema("at", "处置早于报警", "handled before it was raised");
  }
  const bool is_incident = event.outcome() == body::AlarmOutcome::INCIDENT;
  if (is_incident != (event.incident_id() != nullptr)) {
    decision.refuse_schema(
        "incident_id", "突发事件须引用其编号", "an incident is named, and nothing else is");
  }
}

constexpr std::array handlers{
    event<body::SecurityPatrolRecorded, decide_patrol, apply_nothing<body::SecurityPatrolRecorded>>(
        "SecurityPatrolRecorded"),
    plain("HazardFound"),
    plain("HazardRectified"),
    event<body::MonitoringDutyLogged, decide_duty, apply_nothing<body::MonitoringDutyLogged>>(
        "MonitoringDutyLogged"),
    event<body::AlarmHandled, decide_alarm, apply_nothing<body::AlarmHandled>>("AlarmHandled"),
};

}  // namespace

const Procedure& security_procedure() {
  static constexpr Procedure procedure{.code = "P32",
                                       .name = "security",
                                       .zh = "安保巡逻",
                                       .en = "Security patrol",
                                       .schema = security_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .deadlines = {},
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
