// SPDX-License-Identifier: Apache-2.0
// What was seen of a unit, and changes of its facets that no other procedure carries.
#include "events/procedures/case_checks.h"
#include "events/procedures/occupancy/occupancy.h"
#include "events/procedures/occupancy/occupancy_generated.h"
#include "events/procedures/occupancy/occupancy_rules.h"
#include "events/procedures/units.h"

#include <array>
#include <string>

namespace juanzong::occupancy {
namespace {

CivilDate observed_on(const body::UnitOccupancyObserved& event, const World& world) {
  return world.zone().date_of(*parse_instant(view_of(event.at())));
}

void decide_observed(const body::UnitOccupancyObserved& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  const CivilDate on = observed_on(event, world);
  check_not_in_future("at", on, context, decision);
  const bool census = event.source() == body::ObservationSource::CENSUS;
  if (census && event.ym() == nullptr) {
    decision.refuse_schema("ym", "普查须注明月份", "a census observation names its month");
  }
  if (event.ym() != nullptr && *parse_month(view_of(event.ym())) != month_of(on)) {
    decision.refuse_schema("ym", "观察时间不在该月", "the observation lies in another month");
  }
}

// Compares with the category at this moment; a later observation of the unit replaces this one.
void apply_observed(const body::UnitOccupancyObserved& event,
                    const EventContext& context,
                    WorldChange& world) {
  if (event.source() != body::ObservationSource::CENSUS) {
    return;
  }
  const auto unit = world.get<UnitState>(view_of(event.unit()));
  const auto derived = static_cast<std::uint8_t>(category_of(unit));
  const auto observed = static_cast<std::uint8_t>(event.category());
  CensusState& census = world.edit<CensusState>(view_of(event.ym()));
  ++census.observed[unit.building + "-" + unit.entrance];
  if (observed == derived) {
    census.discrepancies.erase(text_of(event.unit()));
  } else {
    census.discrepancies[text_of(event.unit())] = {
        observed, derived, observed_on(event, world), context.index};
  }
}

UnitOccupant occupant_of(body::Occupant occupant) {
  switch (occupant) {
    case body::Occupant::OWNER:
      return UnitOccupant::owner;
    case body::Occupant::TENANT:
      return UnitOccupant::tenant;
    default:
      return UnitOccupant::none;
  }
}

bool same_facets(const body::UnitFacets& facets, const UnitState& unit) {
  return facets.handed_over() == unit.handed_over &&
         occupant_of(facets.occupant()) == unit.occupant &&
         static_cast<UnitUsage>(facets.use()) == unit.use && facets.decorating() == unit.decorating;
}

// A facet that a listed event carries is moved by that event alone.
void check_listed_events(const body::UnitFacets& to, const UnitState& unit, Decision& decision) {
  if (to.handed_over() != unit.handed_over) {
    decision.refuse_schema(
        "to_facets.handed_over", "接房由房屋交接办理", "handover moves this facet");
  }
  if (!unit.tenancy.empty() && to.occupant() != body::Occupant::TENANT) {
    decision.refuse_schema(
        "to_facets.occupant", "租户搬出由退租办理", "the end of the tenancy moves this facet");
  }
  if (!unit.open_decorations.empty() && !to.decorating()) {
    decision.refuse_schema(
        "to_facets.decorating", "装修结束由竣工验收办理", "completion acceptance moves this facet");
  }
}

void decide_changed(const body::UnitOccupancyChanged& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  check_unit_registered(world, view_of(event.unit()), decision);
  check_not_in_future("effective", date_of(event.effective()), context, decision);
  if (event.cause_event() != nullptr) {
    check_earlier_record("cause_event", *event.cause_event(), context, decision);
  }
  const auto unit = world.get<UnitState>(view_of(event.unit()));
  if (!same_facets(*event.from_facets(), unit)) {
    decision.refuse_schema("from_facets",
                           "与现状不符:现为" + std::string(zh_of(category_of(unit))),
                           "the unit stands as " + std::string(code_of(category_of(unit))));
  }
  const bool owner_left = event.owner_moved_out() && unit.owner_resident;
  if (same_facets(*event.to_facets(), unit) && !owner_left) {
    decision.refuse_schema("to_facets", "没有变更", "nothing changes");
  }
  check_listed_events(*event.to_facets(), unit, decision);
}

void apply_changed(const body::UnitOccupancyChanged& event,
                   const EventContext& context,
                   WorldChange& world) {
  const body::UnitFacets& to = *event.to_facets();
  const CivilDate effective = *date_of(event.effective());
  change_unit(world, view_of(event.unit()), effective, context, [&](UnitState& unit) {
    unit.occupant = occupant_of(to.occupant());
    unit.use = static_cast<UnitUsage>(to.use());
    unit.decorating = to.decorating();
    const bool beside_tenant = unit.occupant == UnitOccupant::tenant && unit.owner_resident;
    unit.owner_resident =
        unit.occupant == UnitOccupant::owner || (beside_tenant && !event.owner_moved_out());
  });
}

constexpr std::array handlers{
    event<body::UnitOccupancyObserved, decide_observed, apply_observed>("UnitOccupancyObserved"),
    event<body::UnitOccupancyChanged, decide_changed, apply_changed>("UnitOccupancyChanged"),
};

}  // namespace

std::span<const EventHandler> unit_handlers() {
  return handlers;
}

}  // namespace juanzong::occupancy
