// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/units.h"

#include "events/procedures/list_keys.h"
#include "events/procedures/person_ties.h"

#include <array>
#include <tuple>

namespace juanzong {
namespace {

struct CategoryName {
  std::string_view code;
  std::string_view zh;
};

constexpr std::array<CategoryName, unit_category_count> names{{
    {"NOT_HANDED_OVER", "未接房"},
    {"VACANT", "空置"},
    {"HOUSEHOLD", "住家户"},
    {"OFFICE", "办公户"},
    {"TENANT", "租户"},
    {"DECORATING", "正在装修"},
}};

const CategoryName& name_of_category(UnitCategory category) {
  return names[static_cast<std::size_t>(category) - 1];
}

auto facets_of(const UnitState& unit) {
  return std::tuple(unit.handed_over,
                    unit.occupant,
                    unit.use,
                    unit.owner_resident,
                    unit.decorating,
                    unit.tenancy,
                    unit.former_owners.size());
}

}  // namespace

UnitCategory category_of(const UnitState& unit) {
  if (!unit.handed_over) {
    return UnitCategory::not_handed_over;
  }
  if (unit.decorating) {
    return UnitCategory::decorating;
  }
  switch (unit.occupant) {
    case UnitOccupant::tenant:
      return UnitCategory::tenant;
    case UnitOccupant::owner:
      return unit.use == UnitUsage::office ? UnitCategory::office : UnitCategory::household;
    case UnitOccupant::none:
      return UnitCategory::vacant;
  }
  return UnitCategory::vacant;
}

std::string_view code_of(UnitCategory category) {
  return name_of_category(category).code;
}

std::string_view zh_of(UnitCategory category) {
  return name_of_category(category).zh;
}

std::string occupancy_account(const UnitState& unit, UnitCategory category) {
  return unit.building + "-" + unit.entrance + ":" + std::string(code_of(category));
}

std::string owner_at(const UnitState& unit, UnixMicros at) {
  for (const FormerOwner& former : unit.former_owners) {
    if (at < former.until) {
      return former.owner;
    }
  }
  return unit.owner;
}

void change_unit(WorldChange& world,
                 std::string_view unit,
                 CivilDate effective,
                 const EventContext& context,
                 const std::function<void(UnitState&)>& change) {
  UnitState& state = world.edit<UnitState>(unit);
  const bool counted_before = state.registered;
  const UnitCategory before = category_of(state);
  const auto facets_before = facets_of(state);
  const std::string owner_before = state.owner;
  change(state);
  if (state.owner != owner_before) {
    tie_person(world, state.owner, "unit:" + std::string(unit));
  }
  const UnitCategory after = category_of(state);
  if (counted_before && facets_before != facets_of(state)) {
    world.put_row(facet_list, dated_key(effective, context.index, unit), {});
  }
  if (!state.registered || (counted_before && before == after)) {
    return;
  }
  const std::string from = counted_before ? std::string(code_of(before)) : "-";
  // Accounts are read before posting: a posting may invalidate `state`.
  const std::string account_before = occupancy_account(state, before);
  const std::string account_after = occupancy_account(state, after);
  if (counted_before) {
    world.post(PostingView::occupancy, account_before, -1, effective);
  }
  world.post(PostingView::occupancy, account_after, 1, effective);
  world.put_row(occupancy_list,
                dated_key(effective, context.index, unit),
                from + " " + std::string(code_of(after)));
}

}  // namespace juanzong
