// SPDX-License-Identifier: Apache-2.0
// R4, 欠费: open charges by unit and party with their age. The receivable accounts are summed from
// postings and must equal the open charges.
#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"
#include "projections/views/unit_charges.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

std::vector<std::string> units_asked(const ViewContext& context) {
  const std::string unit = context.argument("unit");
  if (!unit.empty()) {
    return {unit};
  }
  // The kind's other keys are cases, whose charges are also their unit's.
  std::vector<std::string> keys = context.state_keys(StateKind::open_charges);
  std::erase_if(keys, [&context](const std::string& key) {
    return key.find(':') != std::string::npos || context.stream("unit:" + key).empty();
  });
  return keys;
}

// unit ‖ ':' ‖ party
std::map<std::string, PartyArrears> collect(const ViewContext& context,
                                            const std::vector<std::string>& units,
                                            Outcome& outcome) {
  std::map<std::string, PartyArrears> rows;
  for (const std::string& unit : units) {
    const std::string prefix = unit + ":";
    const Result<const World*> world = context.unit_world(unit);
    if (!world) {
      outcome = fail(world.error());
      break;
    }
    for (auto& [party, arrears] : arrears_by_party(open_charges(**world, unit), context.date())) {
      rows.emplace(prefix + party, std::move(arrears));
    }
  }
  return rows;
}

void add_facts(ReportBuilder& out,
               const ViewContext& context,
               const std::map<std::string, PartyArrears>& rows) {
  const std::string unit = context.argument("unit");
  const std::string rest = unit.empty() ? "" : unit + ":";
  // What no unit owes (parking of people from outside) has no row here.
  const Fen outside =
      unit.empty() ? sum_of(accounts_of(context, PostingView::money, "receivable::")) : zero_fen;
  const Fen receivable =
      sum_of(accounts_of(context, PostingView::money, "receivable:" + rest)) - outside;
  const Fen advance = -sum_of(accounts_of(context, PostingView::money, "advance:" + rest));
  Fen open;
  Fen due;
  for (const auto& [key, arrears] : rows) {
    open += arrears.open;
    due += arrears.due();
  }
  out.fact("date", "计算日期", context.date())
      .fact("open_fen", "未清应收合计", open)
      .fact("arrears_fen", "欠费合计", due)
      .fact("receivable_fen", "应收余额(账户)", receivable)
      .fact("advance_fen", "预收余额(账户)", advance)
      .fact("outside_fen", "无房屋客户应收(账户)", outside)
      .fact("balanced", "未清应收等于应收余额", open == receivable);
}

std::vector<ReportColumn> columns() {
  return {{"unit", "房屋"},
          {"party", "客户"},
          {"open_fen", "未清"},
          {"arrears_fen", "欠费"},
          {"not_due_fen", "未到期"},
          {"days_0_30_fen", "0至30天"},
          {"days_31_90_fen", "31至90天"},
          {"days_91_180_fen", "91至180天"},
          {"over_180_days_fen", "180天以上"},
          {"oldest_due", "最早到期日"},
          {"prepaid_until", "物管费已收至"}};
}

Outcome add_row(TableBuilder& table,
                const ViewContext& context,
                const std::string& key,
                const PartyArrears& arrears) {
  const std::size_t colon = key.find(':');
  const std::string unit = key.substr(0, colon);
  const std::string party = key.substr(colon + 1);
  const Result<const World*> world = context.unit_world(unit);
  if (!world) {
    return fail(world.error());
  }
  const auto covered = prepaid_until(context, **world, unit, party);
  if (!covered) {
    return fail(covered.error());
  }
  table.row()
      .add(cell_text(unit))
      .add(cell_text(party))
      .add(arrears.open, arrears.assessed)
      .add(arrears.due())
      .add(arrears.not_due);
  for (const Fen band : arrears.by_age) {
    table.add(band);
  }
  table.add(cell_maybe(arrears.oldest_due)).add(cell_maybe(*covered));
  return Done{};
}

// Of one unit: the charges themselves.
Outcome add_charges(ReportBuilder& out, const ViewContext& context, const std::string& unit) {
  const Result<const World*> world = context.unit_world(unit);
  if (!world) {
    return fail(world.error());
  }
  TableBuilder table("charges",
                     "未清应收",
                     {{"charge_id", "应收编号"},
                      {"party", "客户"},
                      {"purpose", "项目"},
                      {"amount_fen", "应收"},
                      {"paid_fen", "已收"},
                      {"applied_fen", "押金扣抵"},
                      {"open_fen", "未清"},
                      {"due", "到期日"},
                      {"case_ref", "所属事项"}});
  for (const OpenCharge& each : open_charges(**world, unit)) {
    const ChargeState& charge = each.charge;
    Records payments;
    for (const std::string& payment : charge.payments) {
      payments.push_back((*world)->get<PaymentState>(payment).received);
    }
    table.row()
        .add(cell_text(each.charge_id))
        .add(cell_text(charge.party))
        .add(purpose_label(charge.purpose))
        .add(charge.amount, {charge.assessed})
        .add(charge.paid, payments)
        .add(charge.applied)
        .add(charge.open())
        .add(charge.due)
        .add(cell_text(charge.case_ref));
  }
  const auto covered = prepaid_until(context, **world, unit, {});
  if (!covered) {
    return fail(covered.error());
  }
  out.fact("prepaid_until", "物管费已收至", cell_maybe(*covered)).table(table);
  return Done{};
}

}  // namespace

Result<Report> view_arrears(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::string unit = context.argument("unit");
  if (!unit.empty() && context.stream("unit:" + unit).empty()) {
    return fail(ErrorCode::not_found, "unit");
  }
  Outcome outcome = Done{};
  const auto rows = collect(context, units_asked(context), outcome);
  std::vector<std::string> keys;
  for (const auto& [key, arrears] : rows) {
    keys.push_back(key);
  }
  const PagedKeys part = page_of(keys, *page);
  TableBuilder table("arrears", "欠费", columns());
  for (std::size_t i = 0; outcome && i < part.keys.size(); ++i) {
    outcome = add_row(table, context, part.keys[i], rows.at(part.keys[i]));
  }
  ReportBuilder out(context);
  add_facts(out, context, rows);
  out.table(table).next(part.next);
  if (outcome && !unit.empty()) {
    outcome = add_charges(out, context, unit);
  }
  return outcome ? Result<Report>(out.take()) : fail(outcome.error());
}

}  // namespace juanzong
