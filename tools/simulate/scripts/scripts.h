// SPDX-License-Identifier: Apache-2.0
// The scripts of a simulated year: who does what in each procedure, how often, and which mistakes
// he makes. Each enters its first steps into the agenda; their steps enter the next ones. A step is
// one sitting at a desk: what it enters is accepted, unless the script says by which rule it is
// not.
#pragma once

#include "tools/simulate/town.h"

namespace juanzong::simulate {

// Staff, policy, calendar, units, contractors, the developer's roster and keys: before all others.
void open_estate(Town& town);

// The life of a unit (P01, P03, P23, P02), from the handover on.
void start_handovers(Town& town);
void move_owner_in(Town& town, Unit& unit);
void rent_out(Town& town, Unit& unit);
void decorate(Town& town, Unit& unit);
void start_departures(Town& town);  // tenants leave (P20), units are sold (P21)

// Money (P31) and parking (P17).
void start_fees(Town& town);
void start_parking(Town& town);

// What customers want: P04 to P09, P13.
void start_front_desk(Town& town);
void start_complaints(Town& town);
void start_repairs(Town& town);
void start_releases(Town& town);

// What the house does by itself: rounds, checks, meetings, papers.
void start_rounds(Town& town);
void start_inspections(Town& town);
void start_papers(Town& town);
void start_census(Town& town);

}  // namespace juanzong::simulate
