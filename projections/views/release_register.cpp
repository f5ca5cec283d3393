// SPDX-License-Identifier: Apache-2.0
// R18, register of goods releases by unit or carrier, with those that leave too often (S0§4.3(2)).
#include "events/procedures/policy.h"

#include "projections/views/release_figures.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>

namespace juanzong {
namespace {

struct Watch {
  std::size_t slips = 0;
  CivilDate after;  // exclusive
  CivilDate until;
};

Result<Watch> watch_of(const ViewContext& context) {
  const Result<const World*> world = context.world_of({});
  if (!world) {
    return fail(world.error());
  }
  const CivilDate date = context.date();
  const auto slips = policy_number(**world, "release.watch", date).value_or(3);
  const auto days = policy_number(**world, "release.watch_days", date).value_or(7);
  constexpr std::int64_t century_days = 36'500;
  return Watch{static_cast<std::size_t>(std::max<std::int64_t>(slips, 1)),
               add_days(date, -static_cast<std::int32_t>(std::min(days, century_days))),
               date};
}

struct Totals {
  std::map<ReleaseStage, Records> by_stage;
  std::map<std::string, Records> by_unit;  // temporary ones issued in the days of the watch
  std::map<std::string, Records> by_carrier;
};

void add_to(Totals& totals, const Watch& watch, const ReleaseSlipState& slip) {
  totals.by_stage[slip.stage()].push_back(slip.requested);
  const bool watched = slip.issued && is_temporary(slip) && slip.issued->on > watch.after &&
                       slip.issued->on <= watch.until;
  if (watched) {
    totals.by_unit[slip.unit].push_back(slip.issued->index);
    totals.by_carrier[slip.carrier].push_back(slip.issued->index);
  }
}

void add_watched(TableBuilder& table,
                 const Watch& watch,
                 const CellCode& kind,
                 const std::map<std::string, Records>& slips_of) {
  for (const auto& [subject, records] : slips_of) {
    if (records.size() >= watch.slips) {
      table.row().add(kind).add(cell_text(subject)).add(cell_count(records.size()), records);
    }
  }
}

void add_facts(ReportBuilder& out, const ViewContext& context, Totals& totals) {
  const auto count = [&](ReleaseStage stage, std::string_view key, std::string_view zh) {
    const Records& records = totals.by_stage[stage];
    out.fact(key, zh, cell_count(records.size()), records);
  };
  out.fact("date", "日期", context.date());
  count(ReleaseStage::requested, "requested", "已申报");
  count(ReleaseStage::refused, "refused", "不予放行");
  count(ReleaseStage::issued, "issued", "已开条未放行");
  count(ReleaseStage::stopped, "stopped", "已停用");
  count(ReleaseStage::released, "released", "已放行");
}

// Slips of the unit and carrier that were asked for, all of them if none was.
Result<std::map<std::string, ReleaseSlipState>> collect(const ViewContext& context) {
  const std::string unit = context.argument("unit");
  const std::string carrier = context.argument("carrier");
  std::map<std::string, ReleaseSlipState> slips;
  for (const std::string& slip_id : context.keys_with_stream(StateKind::release_slip, "slip:")) {
    Result<std::optional<ReleaseSlipState>> slip = release_slip(context, slip_id);
    if (!slip) {
      return fail(slip.error());
    }
    const bool wanted = *slip && (unit.empty() || (*slip)->unit == unit) &&
                        (carrier.empty() || (*slip)->carrier == carrier);
    if (wanted) {
      slips.emplace(slip_id, **std::move(slip));
    }
  }
  return slips;
}

}  // namespace

Result<Report> view_releases(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const Result<Watch> watch = watch_of(context);
  if (!watch) {
    return fail(watch.error());
  }
  const auto slips = collect(context);
  if (!slips) {
    return fail(slips.error());
  }
  Totals totals;
  std::vector<std::string> ids;
  for (const auto& [slip_id, slip] : *slips) {
    add_to(totals, *watch, slip);
    ids.push_back(slip_id);
  }
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("releases", "物品放行", release_columns());
  for (const std::string& slip_id : part.keys) {
    add_release_row(table, slip_id, slips->at(slip_id));
  }
  TableBuilder watched(
      "watch", "频繁临时放行", {{"kind", "种类"}, {"subject", "房屋或携带人"}, {"slips", "次数"}});
  add_watched(watched, *watch, {"UNIT", "房屋"}, totals.by_unit);
  add_watched(watched, *watch, {"CARRIER", "携带人"}, totals.by_carrier);
  ReportBuilder out(context);
  add_facts(out, context, totals);
  out.table(table).table(watched).next(part.next);
  return out.take();
}

}  // namespace juanzong
