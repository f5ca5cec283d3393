// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue: stages (DOMAIN 4.3) and deadlines. Where the table says
// that a case stays but DOMAIN moves it, body and stage decide together, in apply().
#include "events/procedures/complaints/complaints.h"

#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/complaints/complaints_rules.h"
#include "events/procedures/complaints/complaints_schema.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/obligations.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

using Stage = ComplaintStage;

constexpr std::array<CaseStage, 12> stages{{{"NONE", "未登记"},
                                            {"RECEIVED", "已受理"},
                                            {"EXPLAIN", "无效,待解释"},
                                            {"CLASSIFIED", "已界定"},
                                            {"ASSIGNED", "已签处理意见"},
                                            {"IN_PROCESS", "处理中"},
                                            {"HANDLED", "已处理"},
                                            {"RESULT_AGREED", "结果已同意"},
                                            {"REPLIED", "已回复"},
                                            {"OPINION_SIGNED", "客户已签意见"},
                                            {"VISITED", "已回访"},
                                            {"CLOSED", "已结案"}}};

constexpr auto any_stage = from_to(Stage::received, Stage::closed);
constexpr auto open = from_to(Stage::received, Stage::visited);

constexpr CaseStep classified() {
  CaseStep classify = step("ComplaintClassified", Stage::received, Stage::classified);
  classify.goes_to = complaints::stage_after_classified;
  return classify;
}

// H-CMP-2, -5 and -6 answer in stages that these tables let in: the rule says more than the stage.
const std::array steps{
    opens("ComplaintReceived", Stage::received),
    note("ComplaintEscalated", any_stage),
    note("ComplaintForwarded", open),
    classified(),
    note("ComplaintReclassified", from_to(Stage::explain, Stage::visited)),
    note("ComplaintInterimReplyGiven", any_stage),
    step("ComplaintOpinionSigned", from_to(Stage::classified, Stage::assigned), Stage::assigned),
    step("ComplaintFormCollected",
         Stage::received | from_to(Stage::classified, Stage::assigned),
         Stage::in_process),
    step("ComplaintHandled", Stage::in_process, Stage::handled),
    note("ComplaintExtensionApproved", from_to(Stage::classified, Stage::in_process)),
    step("ComplaintResultApproved", Stage::handled, Stage::result_agreed),
    step("ComplaintReplied", from_to(Stage::explain, Stage::result_agreed), Stage::replied),
    note("ComplaintCustomerOpinionSigned", Stage::replied | StageSet<Stage>(Stage::visited)),
    note("ReturnVisitCompleted", from_to(Stage::replied, Stage::closed)),
    note("ReturnVisitFailed", from_to(Stage::replied, Stage::opinion_signed)),
    step("ComplaintClosed", from_to(Stage::explain, Stage::visited), Stage::closed),
    step("ComplaintReopened", from_to(Stage::visited, Stage::closed), Stage::received),
    note("ComplaintCauseAnalysed", any_stage),
    note("MajorComplaintReportPublished", any_stage),
};

constexpr std::string_view readers = "CSA CSM PS PM ENG ENGM SEC SECM ENV ARC QD MDM CL AUD";

const std::array machines{
    CaseMachine{complaint_stream, "客户投诉", "Complaints", readers, stages, steps}};

bool is_to_be_forwarded(const std::uint8_t* body, const World& /*world*/) {
  return !flatbuffers::GetRoot<body::ComplaintReceived>(body)->receiver_handles();
}

// Begun when the complaint is judged (class_limits.cpp) or promised (D-CMP-10).
constexpr DeadlineRule judged(std::string_view id,
                              std::string_view clause,
                              std::string_view zh,
                              std::string_view en,
                              std::string_view ends,
                              Role responsible,
                              std::string_view begins = "ComplaintClassified") {
  return {.id = id,
          .clause = clause,
          .zh = zh,
          .en = en,
          .begins = begins,
          .ends = {ends},
          .stream = complaint_stream,
          .responsible = responsible,
          .lapses = {"ComplaintClosed"},
          .applies = begun_in_apply};
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-CMP-1",
                 .clause = "S0§7.4(2)",
                 .zh = "首问责任人不能处理的 10 分钟内转报",
                 .en = "what the first receiver cannot handle is forwarded within ten minutes",
                 .begins = "ComplaintReceived",
                 .ends = {"ComplaintForwarded"},
                 .stream = complaint_stream,
                 .clock = DeadlineClock::minutes,
                 .limit = 10,
                 .limit_policy = "complaint.forward_min",
                 .responsible = Role::csa,
                 .lapses = {"ComplaintClosed"},
                 .applies = is_to_be_forwarded},
    judged("D-CMP-2",
           "S0§7.4(1), §7.1(6)",
           "重大、重要投诉立即上报",
           "major and important complaints are reported upward at once",
           "ComplaintEscalated",
           Role::csa),
    judged("D-CMP-3",
           "S0§7.6(4)",
           "轻微投诉半日或客户要求期限内处理",
           "minor: handled in half a day, or in the customer's term",
           "ComplaintHandled",
           Role::csm),
    judged("D-CMP-4",
           "S0§7.6(4)",
           "重要投诉 1 日内处置完毕",
           "important: handled within a day",
           "ComplaintHandled",
           Role::csm),
    judged("D-CMP-5a",
           "S0§7.6(4)",
           "重大投诉 2 日内明确答复",
           "major: a definite answer within two days",
           "ComplaintReplied",
           Role::csm),
    judged("D-CMP-5b",
           "S0§7.6(4)",
           "重大投诉 15 日内解决",
           "major: solved within fifteen days",
           "ComplaintHandled",
           Role::pm),
    DeadlineRule{.id = "D-CMP-6",
                 .clause = "S0§7.6(3), §7.7",
                 .zh = "处理结果当日回复客户",
                 .en = "the result is answered on the day of the feedback",
                 .begins = "ComplaintHandled",
                 .ends = {"ComplaintReplied"},
                 .stream = complaint_stream,
                 .responsible = Role::csa},
    DeadlineRule{.id = "D-CMP-7",
                 .clause = "S0§7.8",
                 .zh = "投诉处理完毕后 1 天内回访",
                 .en = "a return visit within a day after it was handled",
                 .begins = "ComplaintHandled",
                 .ends = {"ReturnVisitCompleted"},
                 .stream = complaint_stream,
                 .clock = DeadlineClock::hours,
                 .limit = 24,
                 .limit_policy = "returnvisit.complaint_h",
                 .responsible = Role::csa},
    judged("D-CMP-9",
           "S0§7.2(4)",
           "有效投诉一周未解决升级为重大",
           "valid and not solved in a week: it becomes major",
           "ComplaintHandled",
           Role::ps),
    judged("D-CMP-10",
           "S0§7.1(3)",
           "按约定时间再次回复",
           "the next reply at the time that was promised",
           "ComplaintReplied",
           Role::csa,
           "ComplaintInterimReplyGiven"),
};

constexpr std::array rules{complaints::classify_rule,
                           complaints::reply_rule,
                           complaints::overtime_rule,
                           complaints::leader_rule,
                           complaints::opinion_rule,
                           complaints::closing_rule,
                           complaints::accused_rule};

constexpr std::array states{state_type<ComplaintState>("complaint")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({complaints::intake_handlers(),
                          complaints::judging_handlers(),
                          complaints::handling_handlers(),
                          complaints::closing_handlers()});
}

}  // namespace

const Procedure& complaints_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P07",
                                   .name = "complaints",
                                   .zh = "客户投诉",
                                   .en = "Complaints",
                                   .schema = complaints_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines};
  return procedure;
}

}  // namespace juanzong
