// SPDX-License-Identifier: Apache-2.0
// The stages of a meeting and of what it decided, the deadlines of its minutes, and what the form
// of a meeting must say.
#include "events/procedures/case_checks.h"
#include "events/procedures/meetings/meetings.h"
#include "events/procedures/meetings/meetings_generated.h"
#include "events/procedures/meetings/meetings_schema.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

enum class Meeting : std::uint8_t { none, held, minuted };
constexpr std::array<CaseStage, 3> meeting_stages{
    {{"NONE", "未登记"}, {"HELD", "已召开"}, {"MINUTED", "纪要已发"}}};
constexpr std::array meeting_steps{
    opens("MeetingHeld", Meeting::held),
    step("MeetingMinutesIssued", from_to(Meeting::held, Meeting::minuted), Meeting::minuted),
    note("MeetingActionAssigned", from_to(Meeting::held, Meeting::minuted)),
};

enum class Action : std::uint8_t { none, assigned, done };
constexpr std::array<CaseStage, 3> action_stages{
    {{"NONE", "未登记"}, {"ASSIGNED", "已指派"}, {"DONE", "已落实"}}};
constexpr std::array action_steps{
    opens("MeetingActionAssigned", Action::assigned),
    step("MeetingActionDone", Action::assigned, Action::done),
};

constexpr std::string_view readers = "*";
constexpr std::array machines{
    CaseMachine{"meeting", "会议", "Meetings", readers, meeting_stages, meeting_steps},
    CaseMachine{
        "action", "会议决议", "Decisions of meetings", readers, action_stages, action_steps},
};

bool is_needed_today(const std::uint8_t* body, const World& /*world*/) {
  return flatbuffers::GetRoot<body::MeetingHeld>(body)->minutes_today();
}
bool is_not_needed_today(const std::uint8_t* body, const World& world) {
  return !is_needed_today(body, world);
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-MTG-2",
                 .clause = "S3/003 七7",
                 .zh = "会议纪要 3 日内发出",
                 .en = "minutes go out within three days",
                 .begins = "MeetingHeld",
                 .ends = {"MeetingMinutesIssued"},
                 .stream = "meeting",
                 .limit = 3,
                 .limit_policy = "meeting.minutes_days",
                 .responsible = Role::csm,
                 .applies = is_not_needed_today},
    DeadlineRule{.id = "D-MTG-2-DAY",
                 .clause = "S0§16.4",
                 .zh = "有必要时会议纪要当日整理",
                 .en = "minutes that are needed are written on the day",
                 .begins = "MeetingHeld",
                 .ends = {"MeetingMinutesIssued"},
                 .stream = "meeting",
                 .responsible = Role::csm,
                 .applies = is_needed_today},
};

// Department leads meet under a vice president, boards and forums: there the seed asks for a sheet.
bool needs_sign_in(body::MeetingKind kind) {
  using Kind = body::MeetingKind;
  return kind == Kind::PRESIDENT_OFFICE || kind == Kind::BOARD || kind == Kind::DEPT_EXCHANGE ||
         kind == Kind::DIRECTOR_FORUM;
}

void check_sign_in(const body::MeetingHeld& event, const World& world, Decision& decision) {
  if (event.sign_in() != nullptr || !needs_sign_in(event.kind())) {
    return;
  }
  for (const auto* attendee : *event.attendees()) {
    if (!signed_by_member(event.signatures(), view_of(attendee), world)) {
      decision.refuse_schema(
          "sign_in", "参会人员须签到", "everybody who attends signs in, or a sheet is attached");
      return;
    }
  }
}

void decide_held(const body::MeetingHeld& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  if (*parse_instant(view_of(event.ended())) < *parse_instant(view_of(event.begun()))) {
    decision.refuse_schema("ended", "结束早于开始", "it ends before it begins");
  }
  check_sign_in(event, world, decision);
}

// A decision of the meeting is for the days to come.
void decide_assigned(const body::MeetingActionAssigned& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (*date_of(event.due()) < day_of_fact(context, world)) {
    decision.refuse_schema("due", "期限早于指派之日", "due before the day on which it is assigned");
  }
}

constexpr std::array handlers{
    event<body::MeetingHeld, decide_held, apply_nothing<body::MeetingHeld>>("MeetingHeld"),
    plain("MeetingMinutesIssued"),
    event<body::MeetingActionAssigned, decide_assigned, apply_nothing<body::MeetingActionAssigned>>(
        "MeetingActionAssigned"),
    plain("MeetingActionDone"),
};

}  // namespace

const Procedure& meetings_procedure() {
  static const Procedure procedure{.code = "P16",
                                   .name = "meetings",
                                   .zh = "会议",
                                   .en = "Meetings",
                                   .schema = meetings_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = {},
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = meeting_duties()};
  return procedure;
}

}  // namespace juanzong
