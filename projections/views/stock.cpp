// SPDX-License-Identifier: Apache-2.0
// The stock book (实物帐本, 仓库台帐): what is on hand of each item, and the batches that it is
// made of with their suppliers.
#include "events/procedures/purchasing/purchasing.h"

#include "projections/views/case_content.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

std::int64_t number_of(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

bool has_expired(const StockBatch& batch, CivilDate on) {
  return batch.expiry && *batch.expiry < on;
}

TableBuilder item_table() {
  return {"items",
          "库存",
          {{"item", "物品"},
           {"name", "品名"},
           {"spec", "规格"},
           {"unit_name", "单位"},
           {"on_hand_milli", "结存(千分)"},
           {"usable_milli", "可用(千分)"},
           {"next_expiry", "最近有效期"}}};
}

void add_item(TableBuilder& table, const std::string& item, const StockState& stock, CivilDate on) {
  std::uint64_t on_hand = 0;
  std::uint64_t usable = 0;
  std::optional<CivilDate> next;
  for (const auto& [id, batch] : stock.batches) {
    on_hand += batch.on_hand();
    if (batch.on_hand() > 0 && !has_expired(batch, on)) {
      usable += batch.on_hand();
      next = batch.expiry && (!next || *batch.expiry < *next) ? batch.expiry : next;
    }
  }
  table.row()
      .add(cell_text(item))
      .add(cell_text(stock.name))
      .add(cell_text(stock.spec))
      .add(cell_text(stock.unit_name))
      .add(number_of(on_hand))
      .add(number_of(usable))
      .add(cell_maybe(next));
}

TableBuilder batch_table() {
  return {"batches",
          "批次",
          {{"batch_id", "批次"},
           {"item", "物品"},
           {"stage", "状态"},
           {"supplier", "供方"},
           {"inspected_milli", "检验"},
           {"stored_milli", "入库"},
           {"issued_milli", "领用"},
           {"returned_milli", "退回"},
           {"on_hand_milli", "结存"},
           {"stored_on", "入库日期"},
           {"expiry", "有效期至"},
           {"expired", "已过期"}}};
}

void add_batches(TableBuilder& table,
                 const CaseMachine& machine,
                 const World& world,
                 const std::string& item,
                 const StockState& stock,
                 CivilDate on) {
  for (const auto& [id, batch] : stock.batches) {
    const auto* file = find_case(world, machine.stream, id);
    table.row()
        .add(cell_text(id), {batch.last})
        .add(cell_text(item))
        .add(stage_label(machine, file == nullptr ? std::uint8_t{0} : file->stage))
        .add(cell_text(batch.supplier))
        .add(number_of(batch.inspected_milli))
        .add(number_of(batch.stored_milli))
        .add(number_of(batch.issued_milli))
        .add(number_of(batch.returned_milli))
        .add(number_of(batch.on_hand()))
        .add(cell_maybe(batch.stored_on), records_of(batch.stored))
        .add(cell_maybe(batch.expiry))
        .add(has_expired(batch, on));
  }
}

}  // namespace

Result<Report> view_stock(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const CaseMachine*> machine = machine_for(context, "batch");
  if (!page || !machine) {
    return fail(page ? machine.error() : page.error());
  }
  std::vector<std::string> items = context.keys_with_stream(StateKind::stock, "item:");
  const std::string asked = context.argument("item");
  std::erase_if(items,
                [&asked](const std::string& item) { return !asked.empty() && item != asked; });
  const PagedKeys part = page_of(items, *page);
  std::vector<std::string> streams;
  for (const std::string& item : part.keys) {
    streams.push_back("item:" + item);
  }
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  TableBuilder table = item_table();
  TableBuilder batches = batch_table();
  for (const std::string& item : part.keys) {
    const auto stock = (*world)->get<StockState>(item);
    add_item(table, item, stock, context.date());
    add_batches(batches, **machine, **world, item, stock, context.date());
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "物品数", cell_count(items.size()))
      .table(table)
      .table(batches)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
