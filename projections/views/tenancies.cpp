// SPDX-License-Identifier: Apache-2.0
// The register of tenancies (租赁登记): every tenancy with its stage, and of one that ends what is
// still missing before the tenant may leave.
#include "events/procedures/tenancies.h"

#include "events/procedures/charges.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <algorithm>
#include <string>

namespace juanzong {
namespace {

// A tenancy at the moment, with the world that its unit's streams make.
struct Tenancy {
  std::string id;
  TenancyState state;
  MoveOutState move_out;
  TenancyStage stage = TenancyStage::none;
  Fen open;  // all that the tenant has not paid on the unit, due or not
};

Result<Tenancy> tenancy_at(const ViewContext& context, const std::string& id) {
  // The unit of a tenancy never changes.
  const std::string unit = context.newest().get<TenancyState>(id).unit;
  const Result<const World*> world = context.unit_world(unit);
  if (!world) {
    return fail(world.error());
  }
  Tenancy tenancy{id,
                  (*world)->get<TenancyState>(id),
                  (*world)->get<MoveOutState>(id),
                  tenancy_stage(**world, id),
                  {}};
  for (const OpenCharge& each : open_charges(**world, unit)) {
    if (each.charge.party == tenancy.state.tenant) {
      tenancy.open += each.charge.open();
    }
  }
  return tenancy;
}

// What LEAVING still waits for.
std::string missing_of(const Tenancy& tenancy) {
  if (tenancy.stage != TenancyStage::leaving) {
    return {};
  }
  std::string missing;
  const auto need = [&missing](bool done, std::string_view what) {
    if (!done) {
      missing.append(missing.empty() ? "" : " ").append(what);
    }
  };
  need(tenancy.move_out.metered.has_value(), "METERS");
  need(tenancy.move_out.settled.has_value(), "SETTLEMENT");
  need(tenancy.move_out.consented.has_value(), "OWNER_CONSENT");
  return missing;
}

bool lives_there(const Tenancy& tenancy) {
  return tenancy.stage >= TenancyStage::active && tenancy.stage < TenancyStage::ended;
}

// Still there after the last day of the lease.
bool overstays(const Tenancy& tenancy, CivilDate on) {
  return lives_there(tenancy) && tenancy.state.lease_to && *tenancy.state.lease_to < on;
}

std::vector<ReportColumn> columns() {
  return {{"tenancy_id", "租赁编号"},
          {"unit", "房屋"},
          {"tenant", "租户"},
          {"use", "用途"},
          {"stage", "状态"},
          {"lease_from", "租期起"},
          {"lease_to", "租期止"},
          {"overstays", "租期已过"},
          {"moved_in_on", "入住"},
          {"planned", "计划搬出"},
          {"missing", "退租尚缺"},
          {"ended_on", "终止"},
          {"abandoned", "弃租"},
          {"open_fen", "租户未清"}};
}

void add_row(TableBuilder& table, const ViewContext& context, const Tenancy& tenancy) {
  const TenancyState& state = tenancy.state;
  const MoveOutState& out = tenancy.move_out;
  table.row()
      .add(cell_text(tenancy.id), records_of(state.consented))
      .add(cell_text(state.unit))
      .add(cell_text(state.tenant), records_of(state.registered))
      .add(label_of(state.use))
      .add(label_of(tenancy.stage))
      .add(cell_maybe(state.lease_from))
      .add(cell_maybe(state.lease_to))
      .add(overstays(tenancy, context.date()))
      .add(cell_maybe(state.moved_in_on), records_of(state.moved_in))
      .add(cell_maybe(out.planned), records_of(out.declared))
      .add(cell_text(missing_of(tenancy)))
      .add(cell_maybe(out.ended_on), records_of(out.ended))
      .add(out.abandoned)
      .add(may_see_money(context.source().roles) ? CellValue(tenancy.open) : CellValue());
}

}  // namespace

Result<Report> view_tenancies(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const auto ids = context.keys_with_stream(StateKind::tenancy, "tenancy:");
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("tenancies", "租赁", columns());
  std::size_t running = 0;
  std::size_t leaving = 0;
  std::size_t overstaying = 0;
  for (const std::string& id : ids) {
    const Result<Tenancy> tenancy = tenancy_at(context, id);
    if (!tenancy) {
      return fail(tenancy.error());
    }
    running += lives_there(*tenancy) ? 1 : 0;
    const bool ends = lives_there(*tenancy) && tenancy->stage != TenancyStage::active;
    leaving += ends ? 1 : 0;
    overstaying += overstays(*tenancy, context.date()) ? 1 : 0;
    if (std::ranges::binary_search(part.keys, id)) {
      add_row(table, context, *tenancy);
    }
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "租赁数", cell_count(ids.size()))
      .fact("running", "租住中", cell_count(running))
      .fact("leaving", "其中退租中", cell_count(leaving))
      .fact("overstaying", "其中租期已过", cell_count(overstaying))
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
