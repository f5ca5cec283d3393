// SPDX-License-Identifier: Apache-2.0
// Stages of plans and activities, and the notice that must hang in time.
#include "events/procedures/activities/activities.h"
#include "events/procedures/activities/activities_generated.h"
#include "events/procedures/activities/activities_schema.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/register_numbers.h"

#include <array>

namespace juanzong {
namespace {

enum class Plan : std::uint8_t { none, approved };
constexpr std::array<CaseStage, 2> plan_stages{{{"NONE", "未登记"}, {"APPROVED", "已审批"}}};
constexpr std::array plan_steps{
    step("ActivityPlanApproved", from_to(Plan::none, Plan::approved), Plan::approved),
    note("ActivityProposalApproved", StageSet<Plan>(Plan::approved)),
};

enum class Activity : std::uint8_t { none, proposed, announced, held };
constexpr std::array<CaseStage, 4> activity_stages{
    {{"NONE", "未登记"}, {"PROPOSED", "方案已批"}, {"ANNOUNCED", "已公告"}, {"HELD", "已实施"}}};
constexpr auto before_it = from_to(Activity::proposed, Activity::announced);
constexpr std::array activity_steps{
    opens("ActivityProposalApproved", Activity::proposed),
    step("ActivityAnnounced", before_it, Activity::announced),
    note("MediaInvitationApproved", before_it),
    step("ActivityHeld", before_it, Activity::held),
    note("ActivityPublished", StageSet<Activity>(Activity::held)),
};

constexpr std::array machines{
    CaseMachine{
        "activity_plan", "年度活动安排", "Plans of activities", "*", plan_stages, plan_steps},
    CaseMachine{"activity", "社区文化活动", "Activities", "*", activity_stages, activity_steps},
};

std::optional<CivilDate> last_day_to_announce(const std::uint8_t* body,
                                              const EventContext& context,
                                              const World& world) {
  const auto& proposal = *flatbuffers::GetRoot<body::ActivityProposalApproved>(body);
  const std::int64_t ahead =
      policy_number(world, "activity.announce_days", context.today).value_or(7);
  return add_days(*date_of(proposal.date()), -static_cast<std::int32_t>(ahead));
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-ACT-3",
                 .clause = "S0§19.4",
                 .zh = "活动提前 7 天公告",
                 .en = "an activity is announced seven days ahead",
                 .begins = "ActivityProposalApproved",
                 .ends = {"ActivityAnnounced"},
                 .stream = "activity",
                 .responsible = Role::csa,
                 .counts_from = last_day_to_announce},
};

void decide_proposal(const body::ActivityProposalApproved& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (*date_of(event.date()) < day_of_fact(context, world)) {
    decision.refuse_schema("date", "活动日期已过", "the day of the activity is over");
  }
}

void decide_announced(const body::ActivityAnnounced& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const std::string key = register_key("doc_no", view_of(event.doc_no()));
  if (world.find<RegisterNumberState>(key) == nullptr) {
    decision.refuse_schema("doc_no", "没有此文号的通知", "no notice was issued under this number");
  }
}

constexpr std::array handlers{
    plain("ActivityPlanApproved"),
    event<body::ActivityProposalApproved,
          decide_proposal,
          apply_nothing<body::ActivityProposalApproved>>("ActivityProposalApproved"),
    event<body::ActivityAnnounced, decide_announced, apply_nothing<body::ActivityAnnounced>>(
        "ActivityAnnounced"),
    plain("ActivityHeld"),
    plain("MediaInvitationApproved"),
    plain("ActivityPublished"),
};

}  // namespace

const Procedure& activities_procedure() {
  static const Procedure procedure{.code = "P19",
                                   .name = "activities",
                                   .zh = "社区文化活动",
                                   .en = "Community activities",
                                   .schema = activities_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = activity_duties()};
  return procedure;
}

}  // namespace juanzong
