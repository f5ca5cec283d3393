// SPDX-License-Identifier: Apache-2.0
// The ownership transfers of the project or of one unit: how far each has come, and what it rests
// on. For one unit the ownership history stands beside it.
#include "events/procedures/transfers.h"

#include "events/procedures/ownership_transfer/ownership_transfer_generated.h"
#include "events/procedures/units.h"

#include "projections/views/labels.h"
#include "projections/views/owners.h"
#include "projections/views/views.h"

#include <array>

namespace juanzong {
namespace {

CellCode evidence_label(std::uint8_t evidence) {
  constexpr std::array<std::string_view, 4> zh{"未注明", "房屋产权证", "其他法律依据", "私下合同"};
  const auto named = static_cast<body::TransferEvidence>(evidence);
  return {body::EnumNameTransferEvidence(named), std::string(zh.at(evidence % zh.size()))};
}

std::vector<ReportColumn> transfer_columns() {
  return {{"transfer_id", "转让编号"},
          {"unit", "房屋"},
          {"old_owner", "原业主"},
          {"new_owner", "新业主"},
          {"evidence", "依据"},
          {"stage", "状态"},
          {"submitted_on", "申报日期"},
          {"verified", "已确认"},
          {"settled_up_to", "原业主结清至"},
          {"prepaid_from", "预缴起"},
          {"prepaid_last", "预缴至"},
          {"file_created", "新业主档案"},
          {"paper_signed", "责任书"},
          {"transferred_on", "原档案注明日期"},
          {"effective_at", "生效时间"}};
}

void add_row(TableBuilder& table, const World& world, const std::string& id) {
  const auto transfer = world.get<TransferState>(id);
  const bool prepaid = prepayment_stands(world, transfer);
  table.row()
      .add(cell_text(id))
      .add(cell_text(transfer.unit))
      .add(cell_text(transfer.old_owner))
      .add(cell_text(transfer.new_owner))
      .add(evidence_label(transfer.evidence), records_of(transfer.submitted))
      .add(label_of(transfer_stage(world, id)))
      .add(transfer.submitted_on, records_of(transfer.submitted))
      .add(transfer.verified.has_value(),
           records_of(transfer.verified ? transfer.verified : transfer.rejected))
      .add(cell_maybe(transfer.settled_up_to), records_of(transfer.settled))
      .add(prepaid ? cell_maybe(transfer.prepaid_from) : CellValue())
      .add(prepaid ? cell_maybe(transfer.prepaid_last) : CellValue(),
           prepaid ? records_of(transfer.prepaid) : Records{})
      .add(transfer.file.has_value(), records_of(transfer.file))
      .add(transfer_paper_signed(world, id))
      .add(cell_maybe(transfer.transferred_on), records_of(transfer.annotated))
      .add(cell_maybe(transfer.effective_at), records_of(transfer.effective));
}

// Ids of the transfers that count, of one unit where `unit` is given. A transfer's unit never
// changes.
std::vector<std::string> ids_of(const ViewContext& context, const std::string& unit) {
  std::vector<std::string> ids = context.keys_with_stream(StateKind::transfer, "transfer:");
  std::erase_if(ids, [&](const std::string& id) {
    return !unit.empty() && context.newest().get<TransferState>(id).unit != unit;
  });
  return ids;
}

Outcome add_history(ReportBuilder& out, const ViewContext& context, const std::string& unit) {
  const Result<const World*> world = context.unit_world(unit);
  if (!world) {
    return fail(world.error());
  }
  if (!(*world)->get<UnitState>(unit).registered) {
    return fail(ErrorCode::not_found, "unit");
  }
  const Result<std::vector<OwnershipPeriod>> owners = owners_of(context, **world, unit);
  if (!owners) {
    return fail(owners.error());
  }
  out.table(owners_table(*owners));
  return Done{};
}

}  // namespace

Result<Report> view_transfers(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::string unit = context.argument("unit");
  const std::vector<std::string> ids = ids_of(context, unit);
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("transfers", "业主转让", transfer_columns());
  for (const std::string& id : part.keys) {
    const Result<const World*> world =
        context.unit_world(context.newest().get<TransferState>(id).unit);
    if (!world) {
      return fail(world.error());
    }
    add_row(table, **world, id);
  }
  ReportBuilder out(context);
  out.fact("count", "转让数", cell_count(ids.size())).table(table).next(part.next);
  if (!unit.empty()) {
    if (const Outcome added = add_history(out, context, unit); !added) {
      return fail(added.error());
    }
  }
  return out.take();
}

}  // namespace juanzong
