// SPDX-License-Identifier: Apache-2.0
// What a round's records must say, and the counts that its statistics are made of.
#include "events/procedures/surveys/surveys_rules.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/register_numbers.h"
#include "events/procedures/signatures.h"
#include "events/procedures/surveys/surveys.h"
#include "events/procedures/surveys/surveys_generated.h"

#include <array>
#include <set>
#include <vector>

namespace juanzong {
namespace {

constexpr Rule reply_rule{"H-SUR-1",
                          "S0§11.8",
                          "对不满意项的书面回复须经项目经理、公司管理部经理批准",
                          "written replies go out after project manager and management department "
                          "agreed"};
constexpr Rule letter_rule{"H-SUR-2",
                           "S3/009§四(一)1",
                           "公开信张贴前须经管理者代表审阅同意",
                           "an open letter is posted after the management representative agreed"};
constexpr Rule announcement_rule{"H-SUR-3",
                                 "S0§11.2",
                                 "发放调查表前须先贴出公告",
                                 "the survey is announced before forms are handed out"};

constexpr EventType announced{2818};
constexpr std::uint32_t whole_bp = 10'000;

bool is_project_scheme(const SurveyState& survey) {
  return survey.scheme == static_cast<std::uint8_t>(body::SurveyScheme::S0_PROJECT);
}

// None where the list is absent.
template <class Table>
std::vector<const Table*> items_of(const flatbuffers::Vector<flatbuffers::Offset<Table>>* list) {
  return list == nullptr ? std::vector<const Table*>()
                         : std::vector<const Table*>(list->begin(), list->end());
}

// The project opens its own rounds, the quality department those of the company.
void decide_opened(const body::SurveyRoundOpened& event,
                   const EventContext& context,
                   const World&,
                   Decision& decision) {
  const Role role = event.scheme() == body::SurveyScheme::S0_PROJECT ? Role::pm : Role::qd;
  if (!context.roles.has(role)) {
    decision.refuse_schema("scheme", "该方案由另一部门组织", "another department runs this scheme");
  }
  if (*date_of(event.window_to()) < *date_of(event.window_from())) {
    decision.refuse_schema("window_to", "结束早于开始", "it ends before it begins");
  }
  if (event.min_distribution_bp() > whole_bp || event.min_recovery_bp() > whole_bp) {
    decision.refuse_schema("min_distribution_bp", "比率超过 100%", "a rate above 100 %");
  }
}

std::uint32_t threshold(std::uint32_t stated,
                        std::string_view key,
                        const EventContext& context,
                        const World& world) {
  return stated != 0
             ? stated
             : static_cast<std::uint32_t>(policy_number(world, key, context.today).value_or(0));
}

void apply_opened(const body::SurveyRoundOpened& event,
                  const EventContext& context,
                  WorldChange& world) {
  const bool is_project = event.scheme() == body::SurveyScheme::S0_PROJECT;
  const std::string_view distribution = is_project ? "survey.s0.min_distribution_bp"
                                        : event.years_since_handover() >= 5
                                            ? "survey.s3.min_distribution_old_bp"
                                            : "survey.s3.min_distribution_bp";
  const std::uint32_t min_distribution =
      threshold(event.min_distribution_bp(), distribution, context, world);
  const std::uint32_t min_recovery =
      threshold(event.min_recovery_bp(),
                is_project ? "survey.s0.min_recovery_bp" : "survey.s3.min_recovery_bp",
                context,
                world);
  SurveyState& survey = world.edit<SurveyState>(view_of(event.round_id()));
  survey.scheme = static_cast<std::uint8_t>(event.scheme());
  survey.from = *date_of(event.window_from());
  survey.to = *date_of(event.window_to());
  survey.population = event.population();
  survey.min_distribution_bp = min_distribution;
  survey.min_recovery_bp = min_recovery;
}

template <class Body>
void decide_posted(const Body& event, const EventContext&, const World& world, Decision& decision) {
  if (world.find<RegisterNumberState>(register_key("doc_no", view_of(event.doc_no()))) == nullptr) {
    decision.refuse_schema("doc_no", "没有此文号的通知", "no notice was issued under this number");
  }
}

void decide_distributed(const body::QuestionnaireDistributed& event,
                        const EventContext&,
                        const World& world,
                        Decision& decision) {
  const auto* survey = world.find<SurveyState>(view_of(event.round_id()));
  const auto* file = find_case(world, "survey", view_of(event.round_id()));
  if (survey == nullptr || file == nullptr) {
    return;  // refused by the machine
  }
  if (is_project_scheme(*survey) && find_mark(*file, announced) == nullptr) {
    decision.refuse(announcement_rule, {fact("round_id", view_of(event.round_id()))});
  }
  if (survey->distributed >= survey->population) {
    decision.refuse_schema(
        "serial", "发放数量超过客户总数", "more forms than the population that was stated");
  }
}

void apply_distributed(const body::QuestionnaireDistributed& event,
                       const EventContext& context,
                       WorldChange& world) {
  SurveyState& survey = world.edit<SurveyState>(view_of(event.round_id()));
  ++survey.distributed;
  survey.first_distributed = survey.first_distributed.value_or(day_of_fact(context, world));
  world.edit<RegisterNumberState>(register_key("questionnaire", view_of(event.serial()))).holder =
      text_of(event.round_id());
}

void decide_returned(const body::QuestionnaireReturned& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const auto* form =
      world.find<RegisterNumberState>(register_key("questionnaire", view_of(event.serial())));
  if (form != nullptr && form->holder != view_of(event.round_id())) {
    decision.refuse_schema("serial", "不是本次调查的调查表", "a form of another round");
  }
  std::set<std::string_view> asked;
  for (const body::SurveyAnswer* answer : items_of(event.answers())) {
    if (answer->score() > 5) {
      decision.refuse_schema("answers", "评分为 1 至 5", "a score is 1 to 5");
    }
    if (!asked.insert(view_of(answer->q())).second) {
      decision.refuse_schema("answers", "同一问题重复作答", "a question is answered twice");
    }
  }
}

void count(SurveyScore& score, std::uint8_t points) {
  ++score.answers;
  score.points += points;
  score.satisfied += points >= satisfied_score ? 1U : 0U;
}

bool is_late(const SurveyState& survey, CivilDate on, const World& world) {
  if (is_project_scheme(survey) || !survey.first_distributed) {
    return on > survey.to;
  }
  const std::int64_t days =
      policy_number(world, "survey.recover_days", *survey.first_distributed).value_or(10);
  return on > add_days(*survey.first_distributed, static_cast<std::int32_t>(days));
}

void apply_returned(const body::QuestionnaireReturned& event,
                    const EventContext& context,
                    WorldChange& world) {
  const bool late = is_late(
      world.get<SurveyState>(view_of(event.round_id())), day_of_fact(context, world), world);
  SurveyState& survey = world.edit<SurveyState>(view_of(event.round_id()));
  ++survey.returned;
  survey.returned_late += late ? 1U : 0U;
  survey.commented += event.comments() == nullptr ? 0U : 1U;
  for (const body::SurveyAnswer* answer : items_of(event.answers())) {
    count(survey.all, answer->score());
    count(survey.questions[text_of(answer->q())], answer->score());
    count(survey.departments[text_of(answer->dept())], answer->score());
  }
}

void check_figure(std::string_view field,
                  std::uint64_t stated,
                  std::uint64_t recorded,
                  Decision& decision) {
  if (stated != recorded) {
    decision.refuse_schema(field, "与登记不符", "the records give " + std::to_string(recorded));
  }
}

void check_scores(const body::SurveyTallied& event, const SurveyState& survey, Decision& decision) {
  const auto totals = items_of(event.scores());
  check_figure("scores", totals.size(), survey.questions.size(), decision);
  for (const body::QuestionTotal* total : totals) {
    const auto found = survey.questions.find(text_of(total->q()));
    if (found == survey.questions.end()) {
      decision.refuse_schema("scores", "没有此问题", "nobody answered this question");
    } else {
      check_figure("scores.answers", total->answers(), found->second.answers, decision);
      check_figure("scores.points", total->points(), found->second.points, decision);
    }
  }
}

void decide_tallied(const body::SurveyTallied& event,
                    const EventContext&,
                    const World& world,
                    Decision& decision) {
  const auto* survey = world.find<SurveyState>(view_of(event.round_id()));
  if (survey == nullptr) {
    return;
  }
  check_figure("distributed", event.distributed(), survey->distributed, decision);
  check_figure("returned", event.returned(), survey->returned, decision);
  check_figure("distribution_bp", event.distribution_bp(), distribution_bp(*survey), decision);
  check_figure("recovery_bp", event.recovery_bp(), recovery_bp(*survey), decision);
  check_figure("satisfaction_bp", event.satisfaction_bp(), satisfaction_bp(survey->all), decision);
  check_scores(event, *survey, decision);
}

void decide_assigned(const body::SurveyActionAssigned& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (*date_of(event.due()) < day_of_fact(context, world)) {
    decision.refuse_schema("due", "期限早于指派之日", "due before the day on which it is assigned");
  }
}

void apply_assigned(const body::SurveyActionAssigned& event,
                    const EventContext& context,
                    WorldChange& world) {
  world.edit<SurveyState>(view_of(event.round_id())).actions[text_of(event.item())] = {
      text_of(event.dept()), *date_of(event.due()), 0, false, context.index};
}

// The action that a reply or a verification names is of the round that it names.
template <class Body>
void check_action(const Body& event, const World& world, Decision& decision) {
  const auto* survey = world.find<SurveyState>(view_of(event.round_id()));
  const bool is_its = survey != nullptr && survey->actions.contains(text_of(event.item()));
  if (!is_its && find_case(world, "survey_action", view_of(event.item())) != nullptr) {
    decision.refuse_schema("item", "不是本次调查的整改项", "an action of another round");
  }
}

void decide_reply(const body::SurveyReplySent& event,
                  const EventContext&,
                  const World& world,
                  Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_action(event, world, decision);
  if (!is_project_scheme(world.get<SurveyState>(view_of(event.round_id())))) {
    return;
  }
  for (const Role role : {Role::pm, Role::mdm}) {
    if (!signed_by_staff(event.signatures(), role, world)) {
      decision.refuse(reply_rule, {fact("missing_signature", code_of(role))});
    }
  }
}

void apply_reply(const body::SurveyReplySent& event,
                 const EventContext& context,
                 WorldChange& world) {
  SurveyAction& action =
      world.edit<SurveyState>(view_of(event.round_id())).actions[text_of(event.item())];
  ++action.replies;
  action.last = context.index;
}

void decide_letter(const body::SurveyOpenLetterPublished& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto* survey = world.find<SurveyState>(view_of(event.round_id()));
  if (survey != nullptr && !is_project_scheme(*survey) &&
      !signed_by_staff(event.signatures(), Role::mr, world)) {
    decision.refuse(letter_rule, {fact("missing_signature", code_of(Role::mr))});
  }
}

// The project keeps its own rounds; it reports of them (SurveyReportFiled).
void decide_submitted(const body::SurveyDataSubmitted& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const auto* survey = world.find<SurveyState>(view_of(event.round_id()));
  if (survey != nullptr && is_project_scheme(*survey)) {
    decision.refuse_state("S0_PROJECT", "ANSWERED (S3_QD)");
  }
}

void decide_verified(const body::SurveyFollowUpVerified& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_action(event, world, decision);
}

void apply_verified(const body::SurveyFollowUpVerified& event,
                    const EventContext& context,
                    WorldChange& world) {
  SurveyAction& action =
      world.edit<SurveyState>(view_of(event.round_id())).actions[text_of(event.item())];
  action.verified = event.ok();
  action.last = context.index;
}

template <class Body, DecideFunction<Body> decide>
constexpr EventHandler judged(std::string_view name) {
  return event<Body, decide, apply_nothing<Body>>(name);
}

constexpr std::array handlers{
    event<body::SurveyRoundOpened, decide_opened, apply_opened>("SurveyRoundOpened"),
    judged<body::SurveyAnnounced, decide_posted<body::SurveyAnnounced>>("SurveyAnnounced"),
    event<body::QuestionnaireDistributed, decide_distributed, apply_distributed>(
        "QuestionnaireDistributed"),
    event<body::QuestionnaireReturned, decide_returned, apply_returned>("QuestionnaireReturned"),
    judged<body::SurveyTallied, decide_tallied>("SurveyTallied"),
    plain("SurveyMeetingHeld"),
    event<body::SurveyActionAssigned, decide_assigned, apply_assigned>("SurveyActionAssigned"),
    plain("SurveyReportFiled"),
    judged<body::SurveyResultAnnounced, decide_posted<body::SurveyResultAnnounced>>(
        "SurveyResultAnnounced"),
    event<body::SurveyReplySent, decide_reply, apply_reply>("SurveyReplySent"),
    judged<body::SurveyOpenLetterPublished, decide_letter>("SurveyOpenLetterPublished"),
    judged<body::SurveyDataSubmitted, decide_submitted>("SurveyDataSubmitted"),
    event<body::SurveyFollowUpVerified, decide_verified, apply_verified>("SurveyFollowUpVerified"),
};

constexpr std::array rules{reply_rule, letter_rule, announcement_rule};

}  // namespace

std::span<const EventHandler> survey_handlers() {
  return handlers;
}

std::span<const Rule> survey_rules() {
  return rules;
}

}  // namespace juanzong
