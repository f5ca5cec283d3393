// SPDX-License-Identifier: Apache-2.0
// The registers of management: what is filed once, and what is approved again.
#include "events/procedures/management/management.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/management/management_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Plan : std::uint8_t { none, approved };
constexpr std::array<CaseStage, 2> plan_stages{{{"NONE", "未登记"}, {"APPROVED", "已审批"}}};
constexpr std::array plan_steps{
    step("AnnualPlanApproved", from_to(Plan::none, Plan::approved), Plan::approved),
};

// Registers: an entry is made once.
enum class Entry : std::uint8_t { none, entered };
constexpr std::array<CaseStage, 2> filed_stages{{{"NONE", "未登记"}, {"FILED", "已上报"}}};
constexpr std::array<CaseStage, 2> held_stages{{{"NONE", "未登记"}, {"HELD", "已培训"}}};
constexpr std::array<CaseStage, 2> qualified_stages{{{"NONE", "未登记"}, {"QUALIFIED", "合格"}}};
constexpr std::array<CaseStage, 2> appraised_stages{{{"NONE", "未登记"}, {"APPRAISED", "已考核"}}};
constexpr std::array month_steps{opens("DepartmentReportFiled", Entry::entered)};
constexpr std::array day_steps{opens("DailyWeeklyReportFiled", Entry::entered)};
constexpr std::array training_steps{opens("StaffTrained", Entry::entered)};
constexpr std::array qualification_steps{opens("StaffQualified", Entry::entered)};
constexpr std::array appraisal_steps{opens("StaffAppraised", Entry::entered)};

constexpr std::string_view heads = "CSM PS PM ENGM SECM ENV MDM QD FIN HR CL TOP AUD";
constexpr std::array machines{
    CaseMachine{"work_plan", "工作计划", "Plans of departments", heads, plan_stages, plan_steps},
    CaseMachine{"month_report", "部门月报", "Monthly reports", heads, filed_stages, month_steps},
    CaseMachine{
        "dept_report", "部门日、周汇报", "Daily and weekly reports", "*", filed_stages, day_steps},
    CaseMachine{"training", "员工培训", "Training", "*", held_stages, training_steps},
    CaseMachine{
        "qualification", "岗位资格", "Qualifications", "*", qualified_stages, qualification_steps},
    CaseMachine{"appraisal", "员工考核", "Appraisals", heads, appraised_stages, appraisal_steps},
};

constexpr std::array rules{weekly_figures_rule};

}  // namespace

const Procedure& management_procedure() {
  static const auto handlers =
      joined_handlers({management_report_handlers(), management_staff_handlers()});
  static const Procedure procedure{.code = "P47",
                                   .name = "management",
                                   .zh = "管理职责、计划、培训、考核",
                                   .en = "Management duties, planning, training, appraisal",
                                   .schema = management_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = {},
                                   .cases = machines,
                                   .duties = management_duties()};
  return procedure;
}

}  // namespace juanzong
