// SPDX-License-Identifier: Apache-2.0
// Units (房屋) and their occupancy facets (DOMAIN 4.1). Every procedure that moves a facet does it
// through change_unit(), which keeps the counts of the monthly table (物业动态) in step.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class UnitOccupant : std::uint8_t { none, owner, tenant };
enum class UnitUsage : std::uint8_t { unknown, residential, office };

// Primary category for the monthly table; numbers as in common.fbs OccupancyCategory.
enum class UnitCategory : std::uint8_t {
  not_handed_over = 1,  // 未接房
  vacant = 2,           // 空置
  household = 3,        // 住家户
  office = 4,           // 办公户
  tenant = 5,           // 租户
  decorating = 6,       // 正在装修
};
inline constexpr int unit_category_count = 6;

// Who owned the unit until an ownership transfer (业主转让) took effect.
struct FormerOwner {
  std::string owner;
  std::string transfer_id;
  UnixMicros until;
  RecordIndex index{};  // OwnershipTransferred
  template <class Ar>
  void visit(Ar& ar) {
    ar(owner, transfer_id, until, index);
  }
};

// Key: unit code "3-1-1202" (building-entrance-room).
struct UnitState {
  static constexpr StateKind kind = StateKind::unit;
  bool registered = false;
  std::string building;
  std::string entrance;
  std::string room;
  std::int32_t floor = 0;
  std::int64_t area_cm2 = 0;
  std::string owner;    // person id; empty before OwnerFileCreated
  std::string tenancy;  // running tenancy, or empty
  bool handed_over = false;
  std::optional<CivilDate> handed_over_on;
  UnitOccupant occupant = UnitOccupant::none;
  UnitUsage use = UnitUsage::unknown;
  bool owner_resident = false;  // the owner lives there beside or before a tenant
  bool decorating = false;
  std::vector<std::string> open_decorations;  // deco ids
  std::vector<std::string> deposits;          // deposit ids, oldest first
  std::vector<FormerOwner> former_owners;     // oldest first
  std::optional<RecordIndex> metered;         // newest MeterReadingTaken
  template <class Ar>
  void visit(Ar& ar) {
    ar(registered,
       building,
       entrance,
       room,
       floor,
       area_cm2,
       owner,
       tenancy,
       handed_over,
       handed_over_on,
       occupant,
       use,
       owner_resident,
       decorating,
       open_decorations,
       deposits,
       former_owners,
       metered);
  }
};

// The owner at that instant. The first owner counts from ever: when his file was made is a fact of
// the handover.
[[nodiscard]] std::string owner_at(const UnitState& unit, UnixMicros at);

[[nodiscard]] UnitCategory category_of(const UnitState& unit);
[[nodiscard]] std::string_view code_of(UnitCategory category);
[[nodiscard]] std::string_view zh_of(UnitCategory category);

// Applies `change` to the unit; when its category moves, books -1/+1 on the counts of building and
// entrance, effective that day, and adds a row to the list of occupancy changes; when a facet
// moves, one to the list of facet changes.
void change_unit(WorldChange& world,
                 std::string_view unit,
                 CivilDate effective,
                 const EventContext& context,
                 const std::function<void(UnitState&)>& change);

// The list rows of change_unit, key: effective date, index, unit; value: from, to as codes.
inline constexpr std::string_view occupancy_list = "occupancy";
// A row for every change of a facet or of the owner by transfer, also where the category stays
// (somebody moves in while the works still run): what the events of a month are counted from. Keys
// as above, values empty.
inline constexpr std::string_view facet_list = "unit_facets";
// Posting account of a count: "3-1:VACANT" (building-entrance:category).
[[nodiscard]] std::string occupancy_account(const UnitState& unit, UnitCategory category);

}  // namespace juanzong
