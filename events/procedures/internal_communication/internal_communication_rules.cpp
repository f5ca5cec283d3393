// SPDX-License-Identifier: Apache-2.0
// The stages of information, tasks and surveys of the staff, and who hands what on (S3/003 六).
#include "events/procedures/case_checks.h"
#include "events/procedures/internal_communication/internal_communication.h"
#include "events/procedures/internal_communication/internal_communication_generated.h"
#include "events/procedures/internal_communication/internal_communication_schema.h"
#include "events/procedures/parties.h"

#include <array>

namespace juanzong {
namespace {

enum class Information : std::uint8_t { none, logged, passed };
constexpr std::array<CaseStage, 3> information_stages{
    {{"NONE", "未登记"}, {"LOGGED", "已登记"}, {"PASSED", "已传递品质部"}}};
constexpr std::array information_steps{
    step("InformationLogged",
         Information::none | StageSet<Information>(Information::passed),
         Information::logged),
    step("EmergencyInformationPassed",
         from_to(Information::none, Information::logged),
         Information::passed),
};

enum class Task : std::uint8_t { none, accepted, reported };
constexpr std::array<CaseStage, 3> task_stages{
    {{"NONE", "未登记"}, {"ACCEPTED", "已接收"}, {"REPORTED", "已反馈"}}};
constexpr std::array task_steps{
    opens("TaskAccepted", Task::accepted),
    step("TaskResultReported", Task::accepted, Task::reported),
};

enum class Survey : std::uint8_t { none, surveyed };
constexpr std::array<CaseStage, 2> survey_stages{{{"NONE", "未登记"}, {"SURVEYED", "已普查"}}};
constexpr std::array survey_steps{opens("StaffNeedsSurveyed", Survey::surveyed)};

constexpr std::array machines{
    CaseMachine{
        "information", "信息交流", "Information", "*", information_stages, information_steps},
    CaseMachine{"task", "部门任务", "Tasks of departments", "*", task_stages, task_steps},
    CaseMachine{"needs_survey",
                "员工需求普查",
                "Surveys of the staff",
                "PM CL MDM QD MR HR TOP AUD",
                survey_stages,
                survey_steps},
};

std::optional<CivilDate> promised_day(const std::uint8_t* body,
                                      const EventContext& /*context*/,
                                      const World& /*world*/) {
  return date_of(flatbuffers::GetRoot<body::TaskAccepted>(body)->promised());
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-COM-1",
                 .clause = "S3/003 五(四)4–5",
                 .zh = "接收的任务按承诺时间处理并反馈",
                 .en = "a task is done and reported by the day that was promised",
                 .begins = "TaskAccepted",
                 .ends = {"TaskResultReported"},
                 .stream = "task",
                 .responsible = Role::csm,
                 .counts_from = promised_day},
};

bool is_inside(body::InformationSource source) {
  return source == body::InformationSource::DEPARTMENT || source == body::InformationSource::STAFF;
}

// 六3, 六4: what comes from outside and what is urgent goes through the quality department.
void decide_logged(const body::InformationLogged& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  if (event.source() != body::InformationSource::OTHER &&
      event.external() == is_inside(event.source())) {
    decision.refuse_schema(
        "external", "“*”标记与信息来源不符", "marked as external, or not, against its source");
  }
  const bool by_quality = context.roles.has(Role::qd);
  const bool handed_on = event.distributed_to() != nullptr && event.distributed_to()->size() > 0;
  if (event.external() && handed_on && !by_quality) {
    decision.refuse_schema("distributed_to",
                           "外部信息由品质部分发",
                           "external information is handed on by the quality department");
  }
  const auto* file = find_case(world, "information", view_of(event.info_id()));
  const bool passed = file != nullptr && Information{file->stage} == Information::passed;
  if (passed && !by_quality) {
    decision.refuse_schema("info_id",
                           "已传递的紧急信息由品质部登记",
                           "what was passed on is logged by the quality department");
  }
}

void decide_passed(const body::EmergencyInformationPassed& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  if (!staff_has_role(world, view_of(event.passed_to()), Role::qd)) {
    decision.refuse_schema(
        "passed_to", "须传递到品质管理部", "it is passed on to the quality department");
  }
  if (event.told_mr() != nullptr && !staff_has_role(world, view_of(event.told_mr()), Role::mr)) {
    decision.refuse_schema(
        "told_mr", "所报不是管理者代表", "this is not the management representative");
  }
}

void decide_surveyed(const body::StaffNeedsSurveyed& event,
                     const EventContext&,
                     const World&,
                     Decision& decision) {
  if (!parse_month(text_of(event.year()) + "-01")) {
    decision.refuse_schema("year", "年份须为四位数字", "a year has four digits");
  }
  if (event.answered() > event.asked()) {
    decision.refuse_schema("answered", "回复人数多于被访人数", "more answered than were asked");
  }
  for (const body::StaffNeed* need : *event.needs()) {
    if (need->persons() > event.answered()) {
      decision.refuse_schema("needs.persons", "提出人数多于回复人数", "more than answered");
    }
  }
}

// A promise is for the days to come.
void decide_accepted(const body::TaskAccepted& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (*date_of(event.promised()) < day_of_fact(context, world)) {
    decision.refuse_schema("promised", "承诺日期已过", "the day that is promised is over");
  }
}

constexpr std::array handlers{
    event<body::InformationLogged, decide_logged, apply_nothing<body::InformationLogged>>(
        "InformationLogged"),
    event<body::EmergencyInformationPassed,
          decide_passed,
          apply_nothing<body::EmergencyInformationPassed>>("EmergencyInformationPassed"),
    event<body::StaffNeedsSurveyed, decide_surveyed, apply_nothing<body::StaffNeedsSurveyed>>(
        "StaffNeedsSurveyed"),
    event<body::TaskAccepted, decide_accepted, apply_nothing<body::TaskAccepted>>("TaskAccepted"),
    plain("TaskResultReported"),
};

}  // namespace

const Procedure& internal_communication_procedure() {
  static const Procedure procedure{.code = "P43",
                                   .name = "internal_communication",
                                   .zh = "内部沟通",
                                   .en = "Internal communication",
                                   .schema = internal_communication_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = internal_communication_duties()};
  return procedure;
}

}  // namespace juanzong
