// SPDX-License-Identifier: Apache-2.0
// Office clients (办公客户): who has which room, and what he received. Of one room also the list of
// keys and fittings (《客户领用钥匙及配制情况表》) and, for those who may see money, what stands
// between the client and a settled leave: open charges, advances, deposits that he paid.
#include "events/procedures/charges.h"
#include "events/procedures/deposits.h"
#include "events/procedures/office_lets.h"
#include "events/procedures/units.h"

#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <algorithm>
#include <string>

namespace juanzong {
namespace {

// H-PRV-13: the client's file and the person in it.
bool may_see_file(RoleSet roles) {
  return roles.intersects(roles_from_codes("CSM PM CL AUD").value_or(RoleSet{}));
}

std::string text_of(const Fittings& fittings) {
  std::string text;
  for (const auto& [name, quantity] : fittings) {
    text.append(text.empty() ? "" : "、").append(name).append("×").append(std::to_string(quantity));
  }
  return text;
}

std::size_t keys_out(const OfficeLetState& let) {
  return static_cast<std::size_t>(std::ranges::count_if(
      let.keys, [](const auto& key) { return key.second == OfficeKeyFate::with_client; }));
}

std::vector<ReportColumn> columns() {
  return {{"unit", "房屋"},
          {"company", "客户"},
          {"stage", "状态"},
          {"delivered_on", "领钥匙"},
          {"keys_out", "在客户处钥匙"},
          {"fittings", "已签收物品"},
          {"checked", "交前已检查"},
          {"defects", "检查有缺陷"},
          {"rules_explained", "已告知搬家事项"},
          {"filed", "已建档案"},
          {"responsible", "负责人"},
          {"vacate_on", "退租日期"}};
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const std::string& unit,
             const OfficeLetState& let) {
  const bool explained = let.rules_explained && let.rules_explained_to == let.company;
  table.row()
      .add(cell_text(unit))
      .add(cell_text(let.company))
      .add(label_of(stage_of(let)))
      .add(cell_maybe(let.delivered_on), records_of(let.delivered))
      .add(cell_count(keys_out(let)), records_of(let.delivered))
      .add(cell_text(text_of(let.signed_for)))
      .add(let.rechecked.has_value(), records_of(let.rechecked))
      .add(let.has_defects)
      .add(explained, explained ? records_of(let.rules_explained) : Records{})
      .add(let.file.has_value(), records_of(let.file))
      .add(may_see_file(context.source().roles) ? cell_text(let.responsible) : CellValue())
      .add(cell_maybe(let.vacate_on), records_of(let.notified));
}

void add_things(ReportBuilder& out, const OfficeLetState& let) {
  TableBuilder keys("keys", "钥匙", {{"key_no", "钥匙编号"}, {"state", "状态"}});
  for (const auto& [key_no, fate] : let.keys) {
    keys.row().add(cell_text(key_no)).add(label_of(fate));
  }
  TableBuilder fittings(
      "fittings",
      "配制物品",
      {{"name", "物品"}, {"supplied", "配给"}, {"signed_for", "签收"}, {"missing", "缺少"}});
  const auto quantity = [](const Fittings& list, const std::string& name) {
    const auto found = list.find(name);
    return found == list.end() ? std::int64_t{0} : found->second;
  };
  for (const auto& [name, supplied] : let.supplied) {
    fittings.row()
        .add(cell_text(name))
        .add(supplied)
        .add(quantity(let.signed_for, name))
        .add(quantity(let.missing, name), records_of(let.fittings_reclaimed));
  }
  out.table(keys).table(fittings);
}

// What the client still owes on the room, and what the project holds of his.
void add_settlement(ReportBuilder& out,
                    const ViewContext& context,
                    const World& world,
                    const std::string& unit,
                    const std::string& company) {
  TableBuilder charges(
      "charges",
      "未清应收",
      {{"charge_id", "应收编号"}, {"purpose", "项目"}, {"open_fen", "未清"}, {"due", "到期日"}});
  Fen open;
  for (const OpenCharge& each : open_charges(world, unit)) {
    if (each.charge.party == company) {
      open += each.charge.open();
      charges.row()
          .add(cell_text(each.charge_id))
          .add(purpose_label(each.charge.purpose))
          .add(each.charge.open(), {each.charge.assessed})
          .add(each.charge.due);
    }
  }
  Fen held;
  Records paid;
  for (const std::string& id : world.get<UnitState>(unit).deposits) {
    const auto deposit = world.get<DepositState>(id);
    if (deposit.held() && deposit.payer == company) {
      held += deposit.amount;
      paid.push_back(deposit.paid);
    }
  }
  const Fen advance{-total_of(context, PostingView::money, advance_account(unit, company))};
  out.fact("open_fen", "未清合计", open)
      .fact("advance_fen", "预收余额", advance)
      .fact("deposits_held_fen", "在押押金", held, paid)
      .fact("settled", "已结清", open == zero_fen)
      .table(charges);
}

Result<Report> one_room(const ViewContext& context, const std::string& unit) {
  const Result<const World*> world = context.unit_world(unit);
  if (!world) {
    return fail(world.error());
  }
  const auto* let = (*world)->find<OfficeLetState>(unit);
  if (let == nullptr) {
    return fail(ErrorCode::not_found, "unit");
  }
  ReportBuilder out(context);
  TableBuilder table("clients", "办公客户", columns());
  add_row(table, context, unit, *let);
  out.table(table);
  add_things(out, *let);
  if (!let->company.empty() && may_see_money(context.source().roles)) {
    add_settlement(out, context, **world, unit, let->company);
  }
  return out.take();
}

}  // namespace

Result<Report> view_office_clients(const ViewContext& context) {
  const std::string asked = context.argument("unit");
  if (!asked.empty()) {
    return one_room(context, asked);
  }
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const PagedKeys part = page_of(context.keys_with_stream(StateKind::office_let, "unit:"), *page);
  TableBuilder table("clients", "办公客户", columns());
  for (const std::string& unit : part.keys) {
    const Result<const World*> world = context.unit_world(unit);
    if (!world) {
      return fail(world.error());
    }
    const auto let = (*world)->get<OfficeLetState>(unit);
    if (!let.company.empty()) {
      add_row(table, context, unit, let);
    }
  }
  ReportBuilder out(context);
  out.table(table).next(part.next);
  return out.take();
}

}  // namespace juanzong
