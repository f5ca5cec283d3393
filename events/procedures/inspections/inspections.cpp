// SPDX-License-Identifier: Apache-2.0
// Stages of inspections, defects and the papers of a month; keys of the tallies.
#include "events/procedures/inspections/inspections.h"

#include "events/procedures/inspections/inspections_generated.h"
#include "events/procedures/inspections/inspections_rules.h"
#include "events/procedures/inspections/inspections_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Inspection : std::uint8_t { none, recorded };
constexpr std::array<CaseStage, 2> inspection_stages{{{"NONE", "未登记"}, {"RECORDED", "已记录"}}};
constexpr StageSet<Inspection> recorded = Inspection::recorded;
constexpr std::array inspection_steps{
    opens("DailyInspectionRecorded", Inspection::recorded),
    opens("WeeklyInspectionRecorded", Inspection::recorded),
    opens("MonthlyInspectionRecorded", Inspection::recorded),
    opens("QuarterlyPropertyInspected", Inspection::recorded),
    opens("SpotCheckRecorded", Inspection::recorded),
    opens("StaffAssessed", Inspection::recorded),
    opens("NightPostChecked", Inspection::recorded),
    opens("EquipmentRoomPatrolled", Inspection::recorded),
    opens("ResourceMonitored", Inspection::recorded),
    opens("AnnualEvaluationRecorded", Inspection::recorded),
    opens("HeadOfficeChecked", Inspection::recorded),
    note("DefectRegistered", recorded),
    note("FaultTransferRaised", recorded),
    note("PerformanceFiled", recorded),
};

enum class Defect : std::uint8_t { none, registered, closed, verified };
constexpr std::array<CaseStage, 4> defect_stages{
    {{"NONE", "未登记"}, {"REGISTERED", "已登记"}, {"CLOSED", "已消项"}, {"VERIFIED", "已验证"}}};

// A closure that does not hold opens the defect again.
std::uint8_t after_verification(const std::uint8_t* body) {
  const bool ok = flatbuffers::GetRoot<body::DefectClosureVerified>(body)->ok();
  return static_cast<std::uint8_t>(ok ? Defect::verified : Defect::registered);
}

constexpr std::array defect_steps{
    opens("DefectRegistered", Defect::registered),
    step("DefectClosed", Defect::registered, Defect::closed),
    CaseStep{"DefectClosureVerified",
             StageSet<Defect>(Defect::closed).bits,
             CaseStep::stays,
             after_verification},
};

enum class Fault : std::uint8_t { none, raised, answered };
constexpr std::array<CaseStage, 3> fault_stages{
    {{"NONE", "未登记"}, {"RAISED", "已转呈"}, {"ANSWERED", "已答复"}}};
constexpr std::array fault_steps{
    opens("FaultTransferRaised", Fault::raised),
    step("FaultTransferAnswered", Fault::raised, Fault::answered),
};

enum class Paper : std::uint8_t { none, issued };
constexpr std::array<CaseStage, 2> paper_stages{{{"NONE", "未登记"}, {"ISSUED", "已发出"}}};
constexpr std::array analysis_steps{opens("MonthlyAnalysisPublished", Paper::issued)};
constexpr std::array bulletin_steps{opens("MonthlyBulletinIssued", Paper::issued)};
constexpr std::array utility_steps{opens("UtilityIndicatorsReported", Paper::issued)};
constexpr std::array performance_steps{opens("PerformanceFiled", Paper::issued)};

// Assessments name members of staff.
constexpr std::string_view heads = "CSM PS PM ENGM SECM ENV AREA WH CL MDM QD MR HR TOP AUD";
constexpr std::array machines{
    CaseMachine{
        "inspection", "服务质量检查", "Inspections", heads, inspection_stages, inspection_steps},
    CaseMachine{"defect", "缺陷消项", "Defects", "*", defect_stages, defect_steps},
    CaseMachine{"fault", "故障转呈", "Faults passed on", "*", fault_stages, fault_steps},
    CaseMachine{
        "analysis", "月检验汇总分析", "Monthly analyses", heads, paper_stages, analysis_steps},
    CaseMachine{"bulletin", "月检通报", "Monthly bulletins", "*", paper_stages, bulletin_steps},
    CaseMachine{
        "utility_half", "水电指标", "Water and electricity", heads, paper_stages, utility_steps},
    CaseMachine{"performance",
                "员工考核档案",
                "Performance files",
                "PM CL MDM QD HR TOP AUD",
                paper_stages,
                performance_steps},
};

constexpr std::array states{state_type<InspectionPeriodState>("inspection_period")};

}  // namespace

std::string_view name_of(InspectionKind kind) {
  constexpr std::array<std::string_view, inspection_kind_count> names{"DAILY_FULL",
                                                                      "DAILY_SPECIALIST",
                                                                      "DAILY_PATROL",
                                                                      "WEEKLY",
                                                                      "MONTHLY",
                                                                      "QUARTERLY",
                                                                      "SPOT",
                                                                      "NIGHT_POST",
                                                                      "EQUIPMENT_ROOM",
                                                                      "RESOURCE",
                                                                      "ANNUAL",
                                                                      "HEAD_OFFICE",
                                                                      "ASSESSMENT"};
  return names.at(static_cast<std::size_t>(kind));
}

CivilDate monday_of(CivilDate day) {
  return add_days(day, -weekday_of(day));
}

std::string week_key(CivilDate monday) {
  return "W" + to_text(monday);
}

std::string tally_key(InspectionKind kind, std::string_view subject) {
  return std::string(name_of(kind)).append("|").append(subject);
}

const Procedure& inspections_procedure() {
  static const Procedure procedure{.code = "P27",
                                   .name = "inspections",
                                   .zh = "服务质量检查",
                                   .en = "Inspections",
                                   .schema = inspections_schema,
                                   .handlers = inspection_handlers(),
                                   .rules = inspection_rules(),
                                   .states = states,
                                   .cases = machines,
                                   .duties = inspection_duties()};
  return procedure;
}

}  // namespace juanzong
