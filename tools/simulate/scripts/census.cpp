// SPDX-License-Identifier: Apache-2.0
// The occupancy of the month (P22): who walks which entrance, what he sees, and the monthly table.
#include "tools/simulate/scripts/scripts.h"

#include <map>
#include <set>
#include <utility>

namespace juanzong::simulate {
namespace {

constexpr std::size_t observations_a_request = 100;
constexpr std::string_view table_digest =
    "00000000000000000000000000000000000000000000000000000000000000aa";

std::string category_of(const Unit& unit) {
  if (!unit.handed_over) {
    return "NOT_HANDED_OVER";
  }
  if (unit.decorating) {
    return "DECORATING";
  }
  if (!unit.tenancy.empty()) {
    return "TENANT";
  }
  return unit.owner_lives_here ? "HOUSEHOLD" : "VACANT";
}

using Entrance = std::pair<std::string, std::string>;

std::set<Entrance> entrances_of(const Town& town) {
  std::set<Entrance> all;
  for (const Unit& unit : town.units) {
    all.emplace(unit.building, unit.entrance);
  }
  return all;
}

Form of_month(const Town& town, CivilMonth month) {
  return town.form().text("ym", to_text(month));
}

void assign(Town& town) {
  const CivilMonth month = month_of(town.today());
  for (const auto& [building, entrance] : entrances_of(town)) {
    town.office.must("CSM",
                     "OccupancyCensusAssigned",
                     of_month(town, month)
                         .text("building", building)
                         .text("entrance", entrance)
                         .text("person", "S-CSA")
                         .json());
  }
}

// Every tenth unit is entered as seen.
void walk(Town& town) {
  const CivilMonth month = month_of(town.today());
  std::vector<Line> lines;
  for (const Unit& unit : town.units) {
    if (town.random.percent(10) && lines.size() < observations_a_request) {
      lines.push_back({"UnitOccupancyObserved",
                       of_month(town, month)
                           .text("unit", unit.code)
                           .text("category", category_of(unit))
                           .text("source", "CENSUS")
                           .text("at", town.office.now_text())
                           .json()});
    }
  }
  town.office.must_all("CSA", lines);
  std::map<Entrance, int> units;
  for (const Unit& unit : town.units) {
    ++units[{unit.building, unit.entrance}];
  }
  for (const auto& [entrance, count] : units) {
    town.office.must("CSA",
                     "OccupancyCensusCompleted",
                     of_month(town, month)
                         .text("building", entrance.first)
                         .text("entrance", entrance.second)
                         .number("units", count)
                         .json());
  }
}

// As they stand now; the table of the month that ended two days ago says what its compiler counted.
std::string counts_json(const Town& town) {
  std::map<std::pair<Entrance, std::string>, int> counts;
  for (const Unit& unit : town.units) {
    ++counts[{{unit.building, unit.entrance}, category_of(unit)}];
  }
  std::string list;
  for (const auto& [row, count] : counts) {
    list.append(list.empty() ? "" : ",")
        .append(Form("")
                    .text("building", row.first.first)
                    .text("entrance", row.first.second)
                    .text("category", row.second)
                    .number("units", count)
                    .json());
  }
  return "[" + list + "]";
}

void make_table(Town& town) {
  const CivilMonth month{month_of(town.today()).months - 1};
  town.office.must(
      "CSA",
      "MonthlyOccupancyTableCompiled",
      of_month(town, month).raw("counts", counts_json(town)).text("digest", table_digest).json());
  const std::string copies =
      of_month(town, month).texts("recipients", {"SECURITY", "CASHIER"}).json();
  if (town.random.percent(30)) {
    town.office.refused("CSA", "MonthlyOccupancyTableDistributed", copies, "H-OCC-1");
  }
  town.office.must("PM",
                   "MonthlyOccupancyTableSigned",
                   of_month(town, month).text("digest", table_digest).by_staff("PM").json());
  town.office.must("CSA", "MonthlyOccupancyTableDistributed", copies);
}

}  // namespace

void start_census(Town& town) {
  town.every_month(20, 9, 10, [&town] { assign(town); });
  town.every_month(28, 9, 45, [&town] { walk(town); });
  town.every_month(2, 16, 0, [&town] { make_table(town); });
}

}  // namespace juanzong::simulate
