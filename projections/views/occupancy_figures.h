// SPDX-License-Identifier: Apache-2.0
// Counts of a month's occupancy table. Opening and closing are sums of postings by effective date;
// what moved between them comes from the rows of change_unit(). Two sources, so that "closing =
// opening + in − out" says something.
#pragma once

#include "events/procedures/units.h"

#include "projections/views/report_builder.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

inline constexpr std::size_t categories = unit_category_count;
[[nodiscard]] constexpr std::size_t slot_of(UnitCategory category) {
  return static_cast<std::size_t>(category) - 1;
}
[[nodiscard]] constexpr UnitCategory category_at(std::size_t slot) {
  return static_cast<UnitCategory>(slot + 1);
}

struct OccupancyMove {
  CivilDate effective;
  RecordIndex index{};
  std::string unit;
  std::string place;                 // "3-1": building and entrance
  std::optional<UnitCategory> from;  // missing: the unit was registered
  UnitCategory to = UnitCategory::not_handed_over;
};

// Moves with effective dates up to and including `last`, recorded up to the moment of the view, by
// effective date, then index.
[[nodiscard]] std::vector<OccupancyMove> moves_until(const ViewContext& context, CivilDate last);

struct PlaceName {
  std::string building;
  std::string entrance;
};

struct PlaceCounts {
  std::array<std::int64_t, categories> opening{};
  std::array<std::int64_t, categories> closing{};
  std::array<Records, categories> moved;  // records of the month's moves into or out of it
};

struct OccupancyFigures {
  std::map<std::string, PlaceName> names;
  std::map<std::string, PlaceCounts> places;
  std::vector<OccupancyMove> moves;  // of the month
  bool balanced = true;
};

// Of the month [first, last], from what was recorded up to `upto`.
struct OccupancyPeriod {
  CivilDate first;
  CivilDate last;
  RecordIndex upto{};
};
[[nodiscard]] OccupancyFigures occupancy_figures(const ViewContext& context,
                                                 const OccupancyPeriod& period,
                                                 const std::vector<OccupancyMove>& all);

}  // namespace juanzong
