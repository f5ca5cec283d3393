// SPDX-License-Identifier: Apache-2.0
// The register 《月租办理记录》 and its weekly copy for the garage fee collector, who gets the
// register's fields and nothing else (H-PRV-10).
#include "events/procedures/case_checks.h"
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/parking/rules.h"
#include "events/procedures/policy.h"

#include <algorithm>
#include <array>
#include <string>

namespace juanzong::parking {
namespace {

using Stage = ParkingStage;

constexpr std::array<std::string_view, 7> weekdays{
    "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};

// The row repeats what was paid and given out.
void decide_registered(const body::MonthlyParkingRegistered& event,
                       const EventContext& context,
                       const World& world,
                       Decision& decision) {
  const auto question = ask_rental(event, Stage::active | Stage::expired, context, world, decision);
  check_not_in_future("date", date_of(event.date()), context, decision);
  if (!question) {
    return;
  }
  const ParkingRental& rental = question->rental;
  if (rental.card != view_of(event.card_no())) {
    decision.refuse_schema("card_no", "不是该客户的月租卡", "not the card of the rental");
  }
  const bool paid = std::ranges::any_of(rental.periods, [&](const ParkingPeriod& each) {
    return each.from == *date_of(event.from()) && each.last == *date_of(event.to()) &&
           period_stands(world, each);
  });
  if (!paid) {
    decision.refuse_schema("from", "该租期未缴费", "no rent was paid for this period");
  }
}

void apply_registered(const body::MonthlyParkingRegistered& event,
                      const EventContext& context,
                      WorldChange& world) {
  world.edit<ParkingRental>(view_of(event.rental_id())).registered = context.index;
}

void decide_shared(const body::ParkingRegisterShared& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const CivilDate week = *date_of(event.week());
  check_not_in_future("week", week, context, decision);
  const auto day = policy_text(world, "parking.share_day", context.today);
  const std::string_view weekday = weekdays[static_cast<std::size_t>(weekday_of(week))];
  if (day != weekday) {
    decision.refuse_schema(
        "week", "应为每周更新日:" + day.value_or(""), "the list counts from " + day.value_or(""));
  }
  if (!staff_has_role(world, view_of(event.received_by()), Role::gfc)) {
    decision.refuse_schema("received_by", "须为车库收费员", "the garage fee collector gets it");
  }
}

constexpr std::array handlers{
    event<body::MonthlyParkingRegistered, decide_registered, apply_registered>(
        "MonthlyParkingRegistered"),
    event<body::ParkingRegisterShared, decide_shared, apply_nothing>("ParkingRegisterShared"),
};

}  // namespace

std::span<const EventHandler> register_handlers() {
  return handlers;
}

}  // namespace juanzong::parking
