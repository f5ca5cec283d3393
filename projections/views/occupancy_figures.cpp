// SPDX-License-Identifier: Apache-2.0
#include "projections/views/occupancy_figures.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

#include "projections/views/posting_scan.h"

namespace juanzong {
namespace {

UnitCategory category_from(std::string_view code) {
  for (std::size_t slot = 0; slot < categories; ++slot) {
    if (code_of(category_at(slot)) == code) {
      return category_at(slot);
    }
  }
  check(false, "a row of the occupancy list names categories");
  return UnitCategory::vacant;
}

std::string place_of(const UnitState& unit) {
  return unit.building + "-" + unit.entrance;
}

// key: effective|index|unit; value: index u64 ‖ "FROM TO"
OccupancyMove parse_move(std::string_view key, std::string_view value) {
  constexpr std::size_t date_size = 10;
  OccupancyMove move;
  move.effective = parse_date(key.substr(0, date_size)).value_or(CivilDate{});
  move.unit = key.substr(key.rfind('|') + 1);
  move.index = RecordIndex{ByteReader(bytes_of(value)).take<std::uint64_t>()};
  const std::string_view codes = value.substr(sizeof(std::uint64_t));
  const std::size_t space = codes.find(' ');
  const std::string_view from = codes.substr(0, space);
  if (from != "-") {
    move.from = category_from(from);
  }
  move.to = category_from(codes.substr(space + 1));
  return move;
}

void add_counts(const ViewContext& context,
                const OccupancyPeriod& period,
                OccupancyFigures& figures) {
  for (const AccountTotal& each : accounts_of(context, PostingView::occupancy, "")) {
    const std::size_t colon = each.account.rfind(':');
    const std::size_t slot = slot_of(category_from(each.account.substr(colon + 1)));
    PlaceCounts& place = figures.places[each.account.substr(0, colon)];
    scan_postings(context, PostingView::occupancy, each.account, [&](const PostingRow& row) {
      if (row.index > period.upto) {
        return false;
      }
      place.opening[slot] += row.effective < period.first ? row.delta : 0;
      place.closing[slot] += row.effective <= period.last ? row.delta : 0;
      return true;
    });
  }
}

bool is_balanced(const OccupancyFigures& figures, std::int64_t registered) {
  std::int64_t units = 0;
  std::map<std::string, std::array<std::int64_t, categories>> expected;
  for (const auto& [name, place] : figures.places) {
    expected[name] = place.opening;
  }
  for (const OccupancyMove& move : figures.moves) {
    if (move.from) {
      --expected[move.place][slot_of(*move.from)];
    }
    ++expected[move.place][slot_of(move.to)];
  }
  for (const auto& [name, place] : figures.places) {
    if (expected[name] != place.closing) {
      return false;
    }
    for (const std::int64_t count : place.closing) {
      units += count;
    }
  }
  return units == registered;
}

}  // namespace

std::vector<OccupancyMove> moves_until(const ViewContext& context, CivilDate last) {
  std::vector<OccupancyMove> moves;
  const LedgerOrdinal ledger = context.source().ledger;
  const RowKey prefix = list_key(ledger, occupancy_list, "");
  const RowKey end = list_key(ledger, occupancy_list, to_text(add_days(last, 1)));
  context.source().rows.scan(prefix, end, [&](std::string_view key, std::string_view value) {
    OccupancyMove move = parse_move(key.substr(prefix.size()), value);
    if (move.index <= context.upto()) {
      // Building and entrance never change after the registration.
      move.place = place_of(context.newest().get<UnitState>(move.unit));
      moves.push_back(std::move(move));
    }
    return true;
  });
  return moves;
}

OccupancyFigures occupancy_figures(const ViewContext& context,
                                   const OccupancyPeriod& period,
                                   const std::vector<OccupancyMove>& all) {
  OccupancyFigures figures;
  add_counts(context, period, figures);
  std::int64_t registered = 0;
  for (const OccupancyMove& move : all) {
    if (move.index > period.upto) {
      continue;
    }
    registered += move.from ? 0 : 1;
    const auto unit = context.newest().get<UnitState>(move.unit);
    figures.names[move.place] = {unit.building, unit.entrance};
    if (move.effective < period.first) {
      continue;
    }
    PlaceCounts& place = figures.places[move.place];
    if (move.from) {
      place.moved[slot_of(*move.from)].push_back(move.index);
    }
    place.moved[slot_of(move.to)].push_back(move.index);
    figures.moves.push_back(move);
  }
  std::erase_if(figures.places,
                [&figures](const auto& place) { return !figures.names.contains(place.first); });
  figures.balanced = is_balanced(figures, registered);
  return figures;
}

}  // namespace juanzong
