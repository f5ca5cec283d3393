// SPDX-License-Identifier: Apache-2.0
// Occupancy (物业动态, P22): the monthly census and table, and changes of a unit's facets that no
// other procedure carries. Counts themselves are booked by change_unit() (units.h).
#pragma once

#include "crypto/digest.h"

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& occupancy_procedure();
[[nodiscard]] std::span<const DutyRule> occupancy_duties();

// What the census saw where the ledger said something else at that moment.
struct OccupancyDiscrepancy {
  std::uint8_t observed = 0;  // UnitCategory
  std::uint8_t derived = 0;
  CivilDate on;
  RecordIndex index{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(observed, derived, on, index);
  }
};

struct CensusDone {
  RecordIndex index{};
  CivilDate on;
  std::int32_t units = 0;
  std::uint32_t discrepancies = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, units, discrepancies);
  }
};

struct OccupancyCount {
  std::string building;
  std::string entrance;
  std::uint8_t category = 0;
  std::int32_t units = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(building, entrance, category, units);
  }
};

struct CompiledTable {
  RecordIndex index{};
  CivilDate on;
  crypto::Digest digest;
  std::vector<OccupancyCount> counts;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, on, digest, counts);
  }
};

// Key: month "2025-10". Maps of buildings and entrances have keys like "3-1". Only discrepancies
// are kept of the observations: the rest stands in the records.
struct CensusState {
  static constexpr StateKind kind = StateKind::census;
  std::map<std::string, std::string> assigned;  // to a member of staff
  std::map<std::string, std::uint32_t> observed;
  std::map<std::string, OccupancyDiscrepancy> discrepancies;  // by unit
  std::map<std::string, CensusDone> completed;
  std::optional<CompiledTable> compiled;
  std::optional<RecordIndex> signed_by_pm;  // freezes `compiled`
  std::optional<CivilDate> signed_on;
  std::optional<RecordIndex> distributed;
  template <class Ar>
  void visit(Ar& ar) {
    ar(assigned,
       observed,
       discrepancies,
       completed,
       compiled,
       signed_by_pm,
       signed_on,
       distributed);
  }
};

}  // namespace juanzong
