// SPDX-License-Identifier: Apache-2.0
// Stages of a round, a form and an action, and the deadlines of the quality department's rounds.
#include "events/procedures/surveys/surveys.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/surveys/surveys_generated.h"
#include "events/procedures/surveys/surveys_rules.h"
#include "events/procedures/surveys/surveys_schema.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

enum class Round : std::uint8_t {
  none,
  open,
  distributing,
  collecting,
  tallied,
  answered,
  submitted
};
constexpr std::array<CaseStage, 7> round_stages{{{"NONE", "未登记"},
                                                 {"OPEN", "已开始"},
                                                 {"DISTRIBUTING", "发放中"},
                                                 {"COLLECTING", "回收中"},
                                                 {"TALLIED", "已统计"},
                                                 {"ANSWERED", "已答复"},
                                                 {"SUBMITTED", "已递交"}}};
constexpr auto in_the_field = from_to(Round::open, Round::collecting);
constexpr auto handed_out = from_to(Round::distributing, Round::collecting);
constexpr auto counted = from_to(Round::tallied, Round::submitted);
// Forms come back while others are still handed out: the stage follows the newest step.
constexpr std::array round_steps{
    opens("SurveyRoundOpened", Round::open),
    note("SurveyAnnounced", in_the_field),
    step("QuestionnaireDistributed", in_the_field, Round::distributing),
    step("QuestionnaireReturned", handed_out, Round::collecting),
    step("SurveyTallied", handed_out, Round::tallied),
    note("SurveyMeetingHeld", counted),
    note("SurveyActionAssigned", counted),
    note("SurveyReportFiled", counted),
    step("SurveyResultAnnounced", from_to(Round::tallied, Round::answered), Round::answered),
    note("SurveyReplySent", counted),
    step("SurveyOpenLetterPublished", from_to(Round::tallied, Round::answered), Round::answered),
    step("SurveyDataSubmitted", Round::answered, Round::submitted),
    note("SurveyFollowUpVerified", counted),
};

enum class Form : std::uint8_t { none, distributed, returned };
constexpr std::array<CaseStage, 3> form_stages{
    {{"NONE", "未登记"}, {"DISTRIBUTED", "已发放"}, {"RETURNED", "已回收"}}};
constexpr std::array form_steps{
    opens("QuestionnaireDistributed", Form::distributed),
    step("QuestionnaireReturned", Form::distributed, Form::returned),
};

enum class Action : std::uint8_t { none, assigned, verified };
constexpr std::array<CaseStage, 3> action_stages{
    {{"NONE", "未登记"}, {"ASSIGNED", "整改中"}, {"VERIFIED", "已验证"}}};

std::uint8_t after_verification(const std::uint8_t* body) {
  const bool ok = flatbuffers::GetRoot<body::SurveyFollowUpVerified>(body)->ok();
  return static_cast<std::uint8_t>(ok ? Action::verified : Action::assigned);
}

constexpr std::array action_steps{
    opens("SurveyActionAssigned", Action::assigned),
    note("SurveyReplySent", from_to(Action::assigned, Action::verified)),
    CaseStep{"SurveyFollowUpVerified",
             StageSet<Action>(Action::assigned).bits,
             CaseStep::stays,
             after_verification},
};

constexpr std::string_view readers = "CSA CSM PS PM ENGM SECM AREA CL MDM QD MR TOP AUD";
constexpr std::array machines{
    CaseMachine{"survey", "满意度调查", "Surveys", readers, round_stages, round_steps},
    CaseMachine{"questionnaire", "调查表", "Questionnaires", readers, form_stages, form_steps},
    CaseMachine{
        "survey_action", "调查整改", "Actions of surveys", readers, action_stages, action_steps},
};

bool is_of_quality_department(std::string_view round, const World& world) {
  return world.get<SurveyState>(round).scheme ==
         static_cast<std::uint8_t>(body::SurveyScheme::S3_QD);
}

template <class Body>
bool applies(const std::uint8_t* body, const World& world) {
  return is_of_quality_department(view_of(flatbuffers::GetRoot<Body>(body)->round_id()), world);
}

// One of a round runs from its first form. Forms are to be back some days after the first was
// handed out; what follows counts from then.
std::optional<CivilDate> day_of_recovery(const std::uint8_t* /*body*/,
                                         const EventContext& context,
                                         const World& world) {
  const CivilDate first = day_of_fact(context, world);
  const std::int64_t days = policy_number(world, "survey.recover_days", first).value_or(10);
  return add_days(first, static_cast<std::int32_t>(days));
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-SUR-4",
                 .clause = "S3/009§四(一)1",
                 .zh = "收到调查表后 3 日内发放",
                 .en = "forms are handed out within three days",
                 .begins = "SurveyRoundOpened",
                 .ends = {"QuestionnaireDistributed"},
                 .stream = "survey",
                 .limit = 3,
                 .limit_policy = "survey.distribute_days",
                 .responsible = Role::csa,
                 .applies = applies<body::SurveyRoundOpened>},
    DeadlineRule{.id = "D-SUR-6",
                 .clause = "S3/009§四(一)1",
                 .zh = "收回后 3 日内统计",
                 .en = "the round is counted within three days of recovery",
                 .begins = "QuestionnaireDistributed",
                 .ends = {"SurveyTallied"},
                 .stream = "survey",
                 .limit = 3,
                 .limit_policy = "survey.tally_days",
                 .responsible = Role::csa,
                 .applies = applies<body::QuestionnaireDistributed>,
                 .counts_from = day_of_recovery},
    DeadlineRule{.id = "D-SUR-7",
                 .clause = "S3/009§四(一)1",
                 .zh = "收回后两周内公开答复",
                 .en = "a public answer within two weeks of recovery",
                 .begins = "QuestionnaireDistributed",
                 .ends = {"SurveyOpenLetterPublished"},
                 .stream = "survey",
                 .limit = 14,
                 .limit_policy = "survey.letter_days",
                 .responsible = Role::pm,
                 .applies = applies<body::QuestionnaireDistributed>,
                 .counts_from = day_of_recovery},
    DeadlineRule{.id = "D-SUR-8",
                 .clause = "S3/009§四(一)1",
                 .zh = "公开信张贴后 5 日内递交品质部",
                 .en = "statistics and letter to the quality department within five days",
                 .begins = "SurveyOpenLetterPublished",
                 .ends = {"SurveyDataSubmitted"},
                 .stream = "survey",
                 .limit = 5,
                 .limit_policy = "survey.submit_days",
                 .responsible = Role::pm,
                 .applies = applies<body::SurveyOpenLetterPublished>},
};

constexpr std::array states{state_type<SurveyState>("survey")};

}  // namespace

std::uint32_t basis_points(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<std::uint32_t>(part * 10'000 / whole);
}

const Procedure& surveys_procedure() {
  static const Procedure procedure{.code = "P11",
                                   .name = "surveys",
                                   .zh = "满意度调查",
                                   .en = "Satisfaction surveys",
                                   .schema = surveys_schema,
                                   .handlers = survey_handlers(),
                                   .rules = survey_rules(),
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = survey_duties()};
  return procedure;
}

}  // namespace juanzong
