// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/parking/parking.h"
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/policy.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 7> weekdays{
    "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};

CivilDate share_day(const PeriodSpan& span, const World& world) {
  const auto day = policy_text(world, "parking.share_day", span.first);
  const auto found = std::ranges::find(weekdays, day.value_or(""));
  return found == weekdays.end()
             ? span.last
             : add_days(span.first, static_cast<std::int32_t>(found - weekdays.begin()));
}

void mark_shared(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& shared = *flatbuffers::GetRoot<body::ParkingRegisterShared>(event.body);
  marks.push_back({{}, {}, date_of(shared.week())});
}

constexpr std::array rules{
    DutyRule{.id = "D-PRK-1",
             .clause = "S0§17.6",
             .zh = "每周更新日把月租办理记录交车库收费员",
             .en = "the register goes to the garage every week on its day",
             .period = Period::week,
             .policy = "duty.parking_register",
             .events = {{{"ParkingRegisterShared", mark_shared}}},
             .responsible = Role::csa,
             .due_on = share_day},
};

}  // namespace

std::span<const DutyRule> parking_duties() {
  return rules;
}

}  // namespace juanzong
