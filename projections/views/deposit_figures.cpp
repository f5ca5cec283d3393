// SPDX-License-Identifier: Apache-2.0
#include "projections/views/deposit_figures.h"

#include "events/procedures/charges.h"

#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"

namespace juanzong {

Result<DepositFigures> deposit_figures(const ViewContext& context, std::string_view deposit_id) {
  const auto* newest = context.newest().find<DepositState>(deposit_id);
  if (newest == nullptr) {
    return fail(ErrorCode::not_found, "deposit");
  }
  const Result<const World*> world = context.unit_world(newest->unit);
  if (!world) {
    return fail(world.error());
  }
  const World& at = **world;
  DepositFigures figures;
  figures.deposit = at.get<DepositState>(deposit_id);
  if (!figures.deposit.exists()) {
    return fail(ErrorCode::not_found, "deposit");
  }
  figures.deco = at.get<DecorationCase>(figures.deposit.case_id);
  figures.stage = deposit_stage_of(at, deposit_id, context.date());
  figures.earliest = earliest_refund(at, figures.deco);
  figures.due = refund_entitlement(at, deposit_id);
  figures.held = Fen{-total_of(context, PostingView::money, deposit_account(deposit_id))};
  if (figures.deposit.refund) {
    figures.deducted = figures.deposit.amount - figures.deposit.refund->amount;
  }
  return figures;
}

CellCode deposit_state_label(const DepositFigures& figures) {
  const bool before_inspection = figures.stage == DepositStage::held ||
                                 figures.stage == DepositStage::waiting ||
                                 figures.stage == DepositStage::refundable;
  return before_inspection && owner_objects(figures.deposit) ? CellCode{"OBJECTED", "业主不同意"}
                                                             : label_of(figures.stage);
}

std::vector<ReportColumn> deposit_columns() {
  return {{"deposit_id", "押金编号"},
          {"unit", "房屋"},
          {"case_id", "装修编号"},
          {"payer", "交款人"},
          {"paid_fen", "押金"},
          {"paid_on", "收取日期"},
          {"state", "状态"},
          {"earliest_refund_on", "最早可退日期"},
          {"held_fen", "在押"},
          {"entitlement_fen", "应退"},
          {"refunded_fen", "已退"}};
}

void add_deposit_row(TableBuilder& table,
                     const ViewContext& context,
                     std::string_view deposit_id,
                     const DepositFigures& figures) {
  const DepositState& deposit = figures.deposit;
  const auto& refund = deposit.refund;
  table.row()
      .add(cell_text(deposit_id))
      .add(cell_text(deposit.unit))
      .add(cell_text(deposit.case_id))
      .add(cell_text(deposit.payer))
      .add(deposit.amount, {deposit.paid})
      .add(deposit.paid_on)
      .add(deposit_state_label(figures))
      .add(cell_maybe(figures.earliest))
      .add(figures.held, postings_of(context, PostingView::money, deposit_account(deposit_id)))
      .add(figures.due.entitlement)
      .add(refund ? refund->amount : zero_fen, refund ? Records{refund->index} : Records{});
}

}  // namespace juanzong
