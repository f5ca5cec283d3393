// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/calendar.h"
#include "events/procedures/meetings/meetings.h"
#include "events/procedures/meetings/meetings_generated.h"

#include <array>

namespace juanzong {
namespace {

// Meetings of the kind count by the day that they began on: two of a day are one.
void mark_kind(body::MeetingKind kind,
               const EventView& event,
               const World& world,
               DutyMarks& marks) {
  const auto& meeting = *flatbuffers::GetRoot<body::MeetingHeld>(event.body);
  if (meeting.kind() == kind) {
    const CivilDate day = world.zone().date_of(*parse_instant(view_of(meeting.begun())));
    marks.push_back({{}, to_text(day), day});
  }
}

void mark_weekly(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::DEPT_WEEKLY, event, world, marks);
}

void mark_president(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::PRESIDENT_OFFICE, event, world, marks);
}

void mark_board(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::BOARD, event, world, marks);
}

void mark_forum(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::DIRECTOR_FORUM, event, world, marks);
}

void mark_exchange(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::DEPT_EXCHANGE, event, world, marks);
}

void mark_morning(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::LEADER_MORNING, event, world, marks);
}

void mark_staff(const EventView& event, const World& world, DutyMarks& marks) {
  mark_kind(body::MeetingKind::STAFF_MONTHLY, event, world, marks);
}

// The day before the first counts as the start, so that the third working day may be the 3rd.
CivilDate third_working_day(const PeriodSpan& span, const World& world) {
  return add_working_days(world, add_days(span.first, -1), 3);
}

constexpr std::array rules{
    DutyRule{.id = "D-MTG-1",
             .clause = "S0§16.1",
             .zh = "部门每周召开例会",
             .en = "the department meets every week",
             .period = Period::week,
             .policy = "duty.weekly_meeting",
             .events = {{{"MeetingHeld", mark_weekly}}},
             .responsible = Role::csm},
    DutyRule{.id = "D-MTG-3",
             .clause = "S3/003",
             .zh = "每月前 3 个工作日召开总裁办公会",
             .en = "the president’s office meets in the first three working days",
             .period = Period::month,
             .policy = "duty.president_meeting",
             .events = {{{"MeetingHeld", mark_president}}},
             .responsible = Role::top,
             .due_on = third_working_day},
    DutyRule{.id = "D-MTG-4",
             .clause = "S3/003",
             .zh = "每半年召开董事会",
             .en = "the board meets every half year",
             .period = Period::half_year,
             .policy = "duty.board_meeting",
             .events = {{{"MeetingHeld", mark_board}}},
             .responsible = Role::top},
    DutyRule{.id = "D-MTG-5",
             .clause = "S3/003",
             .zh = "每两个月召开主任论坛",
             .en = "the directors’ forum meets every two months",
             .period = Period::two_months,
             .policy = "duty.director_forum",
             .events = {{{"MeetingHeld", mark_forum}}},
             .responsible = Role::mr},
    DutyRule{.id = "D-MTG-5-EXCHANGE",
             .clause = "S3/003",
             .zh = "每月召开部门交流会",
             .en = "the departments exchange every month",
             .period = Period::month,
             .policy = "duty.department_exchange",
             .events = {{{"MeetingHeld", mark_exchange}}},
             .responsible = Role::mr},
    DutyRule{.id = "D-MTG-6",
             .clause = "S3/003",
             .zh = "每周一、周四召开领导晨会",
             .en = "the leaders talk on two mornings a week",
             .period = Period::week,
             .policy = "duty.leader_morning",
             .events = {{{"MeetingHeld", mark_morning}}},
             .count = 2,
             .responsible = Role::top},
    DutyRule{.id = "D-MTG-7",
             .clause = "S3/003",
             .zh = "每月召开员工大会",
             .en = "the staff meet every month",
             .period = Period::month,
             .policy = "duty.staff_meeting",
             .events = {{{"MeetingHeld", mark_staff}}},
             .responsible = Role::pm},
};

}  // namespace

std::span<const DutyRule> meeting_duties() {
  return rules;
}

}  // namespace juanzong
