// SPDX-License-Identifier: Apache-2.0
// The tables of the monthly occupancy report: counts by entrance, building and project, what moved,
// what happened, what the census found.
#pragma once

#include "events/procedures/occupancy/occupancy.h"

#include "projections/views/occupancy_figures.h"

namespace juanzong {

// Rows of closing counts with the occupancy rate, and of opening counts.
void add_count_tables(ReportBuilder& out, const OccupancyFigures& figures);
void add_transitions(ReportBuilder& out, const OccupancyFigures& figures);
// Moves one by one: late facts, corrections of the opening.
void add_moves(ReportBuilder& out,
               std::string_view key,
               std::string_view zh,
               const std::vector<OccupancyMove>& moves);
// How many units moved in, were handed over, …: by the events that moved a facet in the period.
[[nodiscard]] Outcome add_event_counts(ReportBuilder& out,
                                       const ViewContext& context,
                                       const OccupancyPeriod& period);
void add_census(ReportBuilder& out,
                const OccupancyFigures& figures,
                const CensusState& census,
                CivilDate due);
void add_discrepancies(ReportBuilder& out, const CensusState& census);
// The signed table says what the records say.
[[nodiscard]] bool agrees(const CompiledTable& table, const OccupancyFigures& figures);

}  // namespace juanzong
