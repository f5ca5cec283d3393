// SPDX-License-Identifier: Apache-2.0
// The stages of a roster, the end of its month, and what roster and attendance must say.
#include "events/procedures/parties.h"
#include "events/procedures/rosters/rosters.h"
#include "events/procedures/rosters/rosters_generated.h"
#include "events/procedures/rosters/rosters_schema.h"

#include <array>
#include <set>
#include <tuple>

namespace juanzong {
namespace {

enum class Roster : std::uint8_t { none, prepared, submitted, attended };
constexpr std::array<CaseStage, 4> stages{{{"NONE", "未编制"},
                                           {"PREPARED", "已编制"},
                                           {"SUBMITTED", "已报人事部"},
                                           {"ATTENDED", "考勤已报"}}};
constexpr std::array steps{
    step("RosterPrepared", from_to(Roster::none, Roster::prepared), Roster::prepared),
    step("RosterSubmitted", Roster::prepared, Roster::submitted),
    step("AttendanceSubmitted", Roster::submitted, Roster::attended),
};
constexpr std::array machines{CaseMachine{"roster", "排班考勤", "Rosters", "*", stages, steps}};

std::optional<CivilDate> end_of_month(const std::uint8_t* body,
                                      const EventContext& /*context*/,
                                      const World& /*world*/) {
  const auto& event = *flatbuffers::GetRoot<body::RosterPrepared>(body);
  return last_day(*parse_month(view_of(event.month())));
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-ROS-2",
                 .clause = "S0§18.2",
                 .zh = "排班表月底交人事部",
                 .en = "the roster goes to the personnel department by the end of its month",
                 .begins = "RosterPrepared",
                 .ends = {"RosterSubmitted"},
                 .stream = "roster",
                 .responsible = Role::csm,
                 .counts_from = end_of_month},
    DeadlineRule{.id = "D-ROS-3",
                 .clause = "S0§18.3",
                 .zh = "考勤表月底交人事部",
                 .en = "attendance goes to the personnel department by the end of the month",
                 .begins = "RosterPrepared",
                 .ends = {"AttendanceSubmitted"},
                 .stream = "roster",
                 .responsible = Role::csm,
                 .counts_from = end_of_month},
};

void check_registered(std::string_view field,
                      std::string_view staff,
                      const World& world,
                      Decision& decision) {
  if (!is_staff(world, staff)) {
    decision.refuse_schema(field, "员工未登记", "a member of staff is not registered");
  }
}

void check_entries(const body::RosterPrepared& event, const World& world, Decision& decision) {
  const CivilMonth month = *parse_month(view_of(event.month()));
  std::set<std::tuple<std::string_view, std::string_view, body::Shift>> seen;
  for (const body::DutyEntry* entry : *event.entries()) {
    check_registered("entries.staff", view_of(entry->staff()), world, decision);
    if (month_of(*date_of(entry->date())) != month) {
      decision.refuse_schema("entries.date", "班次不属于该月", "a shift of another month");
    }
    if (!seen.emplace(view_of(entry->staff()), view_of(entry->date()), entry->shift()).second) {
      decision.refuse_schema("entries", "同一班次只列一次", "each shift once");
    }
  }
}

void decide_prepared(const body::RosterPrepared& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  if (view_of(event.roster_id()) != text_of(event.dept()) + "-" + text_of(event.month())) {
    decision.refuse_schema(
        "roster_id", "编号须为部门加月份,如 CS-2025-03", "the number is department and month");
  }
  check_entries(event, world, decision);
}

void apply_prepared(const body::RosterPrepared& event, const EventContext&, WorldChange& world) {
  RosterState& roster = world.edit<RosterState>(view_of(event.roster_id()));
  roster.month = *parse_month(view_of(event.month()));
  roster.staff.clear();
  for (const body::DutyEntry* entry : *event.entries()) {
    roster.staff.insert(text_of(entry->staff()));
  }
}

// S0§18.3: by the roster (按月初排班表整理).
void decide_attendance(const body::AttendanceSubmitted& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  const auto* roster = world.find<RosterState>(view_of(event.roster_id()));
  if (roster == nullptr) {
    return;  // the machine refuses: there is no roster
  }
  const int days = last_day(roster->month).days - first_day(roster->month).days + 1;
  std::set<std::string_view> seen;
  for (const body::AttendanceLine* line : *event.lines()) {
    const std::string_view staff = view_of(line->staff());
    if (!roster->staff.contains(std::string(staff))) {
      decision.refuse_schema("lines.staff", "不在该月排班表上", "not on the roster of the month");
    }
    if (!seen.insert(staff).second) {
      decision.refuse_schema("lines", "同一员工只列一行", "one line a person");
    }
    if (line->worked_half_days() + line->leave_half_days() + line->absent_half_days() > 2 * days) {
      decision.refuse_schema("lines", "天数超过该月天数", "more days than the month has");
    }
  }
}

constexpr std::array handlers{
    event<body::RosterPrepared, decide_prepared, apply_prepared>("RosterPrepared"),
    plain("RosterSubmitted"),
    event<body::AttendanceSubmitted, decide_attendance, apply_nothing<body::AttendanceSubmitted>>(
        "AttendanceSubmitted"),
};

constexpr std::array states{state_type<RosterState>("roster")};

}  // namespace

const Procedure& rosters_procedure() {
  static const Procedure procedure{.code = "P18",
                                   .name = "rosters",
                                   .zh = "排班考勤",
                                   .en = "Rosters and attendance",
                                   .schema = rosters_schema,
                                   .handlers = handlers,
                                   .rules = {},
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines,
                                   .duties = roster_duties()};
  return procedure;
}

}  // namespace juanzong
