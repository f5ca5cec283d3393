// SPDX-License-Identifier: Apache-2.0
#include "projections/views/occupancy_tables.h"

#include "events/model/byte_io.h"

#include "projections/views/labels.h"

#include <algorithm>
#include <set>

namespace juanzong {
namespace {

struct CountRow {
  std::array<std::int64_t, categories> counts{};
  std::array<Records, categories> records;
  void add(const std::array<std::int64_t, categories>& more,
           const std::array<Records, categories>& moved) {
    for (std::size_t slot = 0; slot < categories; ++slot) {
      counts[slot] += more[slot];
      records[slot].insert(records[slot].end(), moved[slot].begin(), moved[slot].end());
    }
  }
};

std::string lower(std::string_view code) {
  std::string text(code);
  for (char& letter : text) {
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return text;
}

std::vector<ReportColumn> count_columns() {
  std::vector<ReportColumn> columns{
      {"scope", "范围"}, {"building", "栋"}, {"entrance", "单元"}, {"units", "户数"}};
  for (std::size_t slot = 0; slot < categories; ++slot) {
    columns.push_back({lower(code_of(category_at(slot))), std::string(zh_of(category_at(slot)))});
  }
  columns.push_back({"occupancy_bp", "入住率(万分之)"});
  return columns;
}

void add_count_row(TableBuilder& table,
                   const CellCode& scope,
                   const PlaceName& name,
                   const CountRow& row) {
  constexpr std::int64_t basis_points = 10'000;
  std::int64_t units = 0;
  for (const std::int64_t count : row.counts) {
    units += count;
  }
  const std::int64_t empty = row.counts[slot_of(UnitCategory::not_handed_over)] +
                             row.counts[slot_of(UnitCategory::vacant)];
  table.row().add(scope).add(cell_text(name.building)).add(cell_text(name.entrance)).add(units);
  for (std::size_t slot = 0; slot < categories; ++slot) {
    table.add(row.counts[slot], row.records[slot]);
  }
  table.add(units == 0 ? CellValue() : CellValue((units - empty) * basis_points / units));
}

using Counts = std::array<std::int64_t, categories>;

void add_count_table(ReportBuilder& out,
                     TableBuilder table,
                     const OccupancyFigures& figures,
                     Counts PlaceCounts::*counts,
                     bool with_records) {
  std::map<std::string, CountRow> buildings;
  CountRow project;
  for (const auto& [name, place] : figures.places) {
    const std::array<Records, categories> moved =
        with_records ? place.moved : std::array<Records, categories>{};
    CountRow entrance;
    entrance.add(place.*counts, moved);
    buildings[figures.names.at(name).building].add(place.*counts, moved);
    project.add(place.*counts, moved);
    add_count_row(table, {"ENTRANCE", "单元"}, figures.names.at(name), entrance);
  }
  for (const auto& [building, row] : buildings) {
    add_count_row(table, {"BUILDING", "栋"}, {building, ""}, row);
  }
  add_count_row(table, {"PROJECT", "项目"}, {}, project);
  out.table(table);
}

CellCode from_label(const std::optional<UnitCategory>& from) {
  return from ? label_of(*from) : CellCode{"NEW", "新登记"};
}

}  // namespace

void add_count_tables(ReportBuilder& out, const OccupancyFigures& figures) {
  add_count_table(
      out, TableBuilder("rows", "月末", count_columns()), figures, &PlaceCounts::closing, true);
  add_count_table(
      out, TableBuilder("opening", "月初", count_columns()), figures, &PlaceCounts::opening, false);
}

void add_transitions(ReportBuilder& out, const OccupancyFigures& figures) {
  struct Sum {
    Records records;
    std::string units;
  };
  std::map<std::pair<std::optional<UnitCategory>, UnitCategory>, Sum> matrix;
  for (const OccupancyMove& move : figures.moves) {
    Sum& sum = matrix[{move.from, move.to}];
    sum.records.push_back(move.index);
    sum.units.append(sum.units.empty() ? "" : " ").append(move.unit);
  }
  TableBuilder table("transitions",
                     "本月变动",
                     {{"from", "原类别"}, {"to", "现类别"}, {"count", "户次"}, {"units", "房屋"}});
  for (const auto& [way, sum] : matrix) {
    table.row()
        .add(from_label(way.first))
        .add(label_of(way.second))
        .add(cell_count(sum.records.size()), sum.records)
        .add(cell_text(sum.units));
  }
  out.table(table);
}

void add_moves(ReportBuilder& out,
               std::string_view key,
               std::string_view zh,
               const std::vector<OccupancyMove>& moves) {
  TableBuilder table(key,
                     zh,
                     {{"unit", "房屋"},
                      {"from", "原类别"},
                      {"to", "现类别"},
                      {"effective", "生效日期"},
                      {"index", "记录"}});
  for (const OccupancyMove& move : moves) {
    table.row()
        .add(cell_text(move.unit))
        .add(from_label(move.from))
        .add(label_of(move.to))
        .add(move.effective)
        .add(cell_index(move.index), {move.index});
  }
  out.table(table);
}

Outcome add_event_counts(ReportBuilder& out,
                         const ViewContext& context,
                         const OccupancyPeriod& period) {
  const LedgerOrdinal ledger = context.source().ledger;
  const RowKey from = list_key(ledger, facet_list, to_text(period.first));
  const RowKey to = list_key(ledger, facet_list, to_text(add_days(period.last, 1)));
  std::set<RecordIndex> indexes;
  context.source().rows.scan(from, to, [&](std::string_view /*key*/, std::string_view value) {
    const RecordIndex index{ByteReader(bytes_of(value)).take<std::uint64_t>()};
    if (index <= period.upto) {
      indexes.insert(index);
    }
    return true;
  });
  std::map<EventType, Records> events;
  for (const RecordIndex index : indexes) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    events[stored->view.statement.type].push_back(index);
  }
  TableBuilder table("events", "本月事项", {{"event", "事项"}, {"count", "次数"}});
  for (const auto& [type, records] : events) {
    table.row()
        .add(event_label(context.source().catalogue.find(type)))
        .add(cell_count(records.size()), records);
  }
  out.table(table);
  return Done{};
}

void add_census(ReportBuilder& out,
                const OccupancyFigures& figures,
                const CensusState& census,
                CivilDate due) {
  TableBuilder table("census",
                     "普查",
                     {{"building", "栋"},
                      {"entrance", "单元"},
                      {"assigned", "责任人"},
                      {"done", "已完成"},
                      {"on", "完成日期"},
                      {"on_time", "按时"},
                      {"units", "户数"},
                      {"discrepancies", "差异数"}});
  for (const auto& [place, name] : figures.names) {
    const auto assigned = census.assigned.find(place);
    const auto found = census.completed.find(place);
    table.row()
        .add(cell_text(name.building))
        .add(cell_text(name.entrance))
        .add(assigned == census.assigned.end() ? CellValue() : cell_text(assigned->second));
    if (found == census.completed.end()) {
      table.add(false).add({}).add({}).add({}).add({});
      continue;
    }
    const CensusDone& done = found->second;
    table.add(true, {done.index})
        .add(done.on)
        .add(done.on <= due)
        .add(std::int64_t{done.units})
        .add(std::int64_t{done.discrepancies});
  }
  out.table(table);
}

void add_discrepancies(ReportBuilder& out, const CensusState& census) {
  TableBuilder table(
      "discrepancies",
      "普查与记录的差异",
      {{"unit", "房屋"}, {"observed", "普查所见"}, {"derived", "记录所得"}, {"on", "日期"}});
  for (const auto& [unit, each] : census.discrepancies) {
    table.row()
        .add(cell_text(unit), {each.index})
        .add(label_of(static_cast<UnitCategory>(each.observed)))
        .add(label_of(static_cast<UnitCategory>(each.derived)))
        .add(each.on);
  }
  out.table(table);
}

bool agrees(const CompiledTable& table, const OccupancyFigures& figures) {
  std::map<std::string, Counts> stated;
  for (const OccupancyCount& each : table.counts) {
    stated[each.building + "-" + each.entrance]
          [slot_of(static_cast<UnitCategory>(each.category))] += each.units;
  }
  for (const auto& [name, place] : figures.places) {
    stated.try_emplace(name);
  }
  return std::ranges::all_of(stated, [&figures](const auto& each) {
    const auto place = figures.places.find(each.first);
    return each.second == (place == figures.places.end() ? Counts{} : place->second.closing);
  });
}

}  // namespace juanzong
