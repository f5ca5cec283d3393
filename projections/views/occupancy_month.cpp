// SPDX-License-Identifier: Apache-2.0
// R3, 月度物业动态信息表. Once the project manager signed a month's table, its figures are those of
// the signed record for ever (H-OCC-2); what became known later is listed beside them, and corrects
// the opening of the next month by reference.
#include "crypto/hex.h"

#include "events/procedures/policy.h"

#include "projections/views/occupancy_tables.h"
#include "projections/views/views.h"

#include <algorithm>
#include <set>

namespace juanzong {
namespace {

std::string census_stream(CivilMonth month) {
  return "census:" + to_text(month);
}

// The month's census as of the moment: its stream and those of the units that it saw.
Result<const World*> census_world(const ViewContext& context, CivilMonth month) {
  const std::string own = census_stream(month);
  std::set<std::string> streams{own};
  const std::vector<RecordIndex> indexes =
      context.moment().was_asked ? context.stream(own) : std::vector<RecordIndex>{};
  for (const RecordIndex index : indexes) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    for (const StreamView& each : stored->view.statement.streams) {
      constexpr std::string_view prefix = "unit:";
      if (!each.name.starts_with(prefix) || streams.contains(std::string(each.name))) {
        continue;
      }
      const auto unit = context.unit_streams(each.name.substr(prefix.size()));
      if (!unit) {
        return fail(unit.error());
      }
      streams.insert(unit->begin(), unit->end());
    }
  }
  return context.world_of({streams.begin(), streams.end()});
}

// Last day for the census of the month: the policy's day, or the month's last.
CivilDate census_due(const World& world, CivilMonth month) {
  const CivilDate last = last_day(month);
  const auto day = policy_number(world, "occupancy.census_day", last);
  const CivilDate due = add_days(first_day(month), static_cast<std::int32_t>(day.value_or(31)) - 1);
  return std::min(due, last);
}

void add_signed(ReportBuilder& out, const CensusState& census, const OccupancyFigures& figures) {
  const auto& compiled = census.compiled;
  const auto digest = compiled ? crypto::hex_encode(compiled->digest.view()) : std::string();
  out.fact("compiled_on",
           "编制日期",
           compiled ? CellValue(compiled->on) : CellValue(),
           compiled ? Records{compiled->index} : Records{})
      .fact("digest", "月表摘要", cell_text(digest))
      .fact("signed", "已签阅", census.signed_by_pm.has_value(), records_of(census.signed_by_pm))
      .fact("signed_on", "签阅日期", cell_maybe(census.signed_on))
      .fact("distributed", "已抄报", census.distributed.has_value(), records_of(census.distributed))
      .fact("counts_agree",
            "月表与记录一致",
            compiled ? CellValue(agrees(*compiled, figures)) : CellValue());
}

// Moves of the list that were recorded after `since` and up to `upto`, effective up to `last`.
std::vector<OccupancyMove> recorded_between(const std::vector<OccupancyMove>& moves,
                                            RecordIndex since,
                                            RecordIndex upto,
                                            CivilDate last) {
  std::vector<OccupancyMove> found;
  std::ranges::copy_if(moves, std::back_inserter(found), [&](const OccupancyMove& move) {
    return move.index > since && move.index <= upto && move.effective <= last;
  });
  return found;
}

// What changed the previous month's closing after it was signed.
Outcome add_opening_corrections(ReportBuilder& out,
                                const ViewContext& context,
                                CivilMonth month,
                                const OccupancyPeriod& period,
                                const std::vector<OccupancyMove>& all) {
  const CivilMonth previous{month.months - 1};
  const auto signed_at = context.last_event(census_stream(previous), "MonthlyOccupancyTableSigned");
  if (!signed_at) {
    return fail(signed_at.error());
  }
  std::vector<OccupancyMove> corrections;
  if (*signed_at) {
    corrections = recorded_between(all, **signed_at, period.upto, add_days(period.first, -1));
  }
  out.fact("previous_signed", "上月已签阅", signed_at->has_value(), records_of(*signed_at));
  add_moves(out, "opening_corrections", "月初更正", corrections);
  return Done{};
}

}  // namespace

Result<Report> view_occupancy(const ViewContext& context) {
  const Result<std::string> text = context.required("month");
  const auto month = text ? parse_month(*text) : std::nullopt;
  if (!month) {
    return fail(ErrorCode::query_invalid, "month");
  }
  const Result<const World*> world = census_world(context, *month);
  if (!world) {
    return fail(world.error());
  }
  const auto census = (*world)->get<CensusState>(to_text(*month));
  const CivilDate due = census_due(**world, *month);
  const OccupancyPeriod period{
      first_day(*month), last_day(*month), census.signed_by_pm.value_or(context.upto())};
  const std::vector<OccupancyMove> all = moves_until(context, period.last);
  const OccupancyFigures figures = occupancy_figures(context, period, all);
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("balanced", "月末等于月初加转入减转出", figures.balanced)
      .fact("census_due", "普查截止日", due);
  add_signed(out, census, figures);
  add_count_tables(out, figures);
  add_transitions(out, figures);
  if (const Outcome added = add_event_counts(out, context, period); !added) {
    return fail(added.error());
  }
  add_census(out, figures, census, due);
  add_discrepancies(out, census);
  add_moves(out,
            "late_facts",
            "签阅后得知的情况",
            recorded_between(all, period.upto, context.upto(), period.last));
  if (const Outcome added = add_opening_corrections(out, context, *month, period, all); !added) {
    return fail(added.error());
  }
  return out.take();
}

}  // namespace juanzong
