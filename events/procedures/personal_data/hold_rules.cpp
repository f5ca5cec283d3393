// SPDX-License-Identifier: Apache-2.0
// What keeps personal data from being erased (保全), or from being used (限制处理).
#include "events/procedures/personal_data/personal_data_generated.h"
#include "events/procedures/personal_data/personal_data_rules.h"

#include <algorithm>
#include <array>

namespace juanzong::personal_data {
namespace {

void check_not_erased(std::string_view person, const World& world, Decision& decision) {
  if (const auto data = world.get<PersonDataState>(person); data.erased) {
    decision.refuse(once_rule, {fact("erased", std::to_string(number(*data.erased)))});
  }
}

void decide_placed(const body::LegalHoldPlaced& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_not_erased(view_of(event.person()), world, decision);
}

void apply_placed(const body::LegalHoldPlaced& event, const EventContext&, WorldChange& world) {
  world.edit<PersonDataState>(view_of(event.person())).holds.push_back(text_of(event.hold_id()));
}

void decide_released(const body::LegalHoldReleased& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const auto data = world.get<PersonDataState>(view_of(event.person()));
  if (std::ranges::find(data.holds, view_of(event.hold_id())) == data.holds.end()) {
    decision.refuse_schema("person", "该保全不属此人", "the hold is of another person");
  }
}

void apply_released(const body::LegalHoldReleased& event, const EventContext&, WorldChange& world) {
  std::erase(world.edit<PersonDataState>(view_of(event.person())).holds, view_of(event.hold_id()));
}

void decide_restricted(const body::ProcessingRestricted& event,
                       const EventContext&,
                       const World& world,
                       Decision& decision) {
  check_not_erased(view_of(event.person()), world, decision);
  if (is_restricted(world, view_of(event.person()))) {
    decision.refuse_state("RESTRICTED", "OPEN");
  }
}

void apply_restricted(const body::ProcessingRestricted& event,
                      const EventContext& context,
                      WorldChange& world) {
  world.edit<PersonDataState>(view_of(event.person())).restricted = context.index;
}

void decide_lifted(const body::RestrictionLifted& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  if (!is_restricted(world, view_of(event.person()))) {
    decision.refuse_state("OPEN", "RESTRICTED");
  }
}

void apply_lifted(const body::RestrictionLifted& event, const EventContext&, WorldChange& world) {
  world.edit<PersonDataState>(view_of(event.person())).restricted.reset();
}

constexpr std::array handlers{
    event<body::LegalHoldPlaced, decide_placed, apply_placed>("LegalHoldPlaced"),
    event<body::LegalHoldReleased, decide_released, apply_released>("LegalHoldReleased"),
    event<body::ProcessingRestricted, decide_restricted, apply_restricted>("ProcessingRestricted"),
    event<body::RestrictionLifted, decide_lifted, apply_lifted>("RestrictionLifted"),
};

}  // namespace

std::span<const EventHandler> hold_handlers() {
  return handlers;
}

}  // namespace juanzong::personal_data
