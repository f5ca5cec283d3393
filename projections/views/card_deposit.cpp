// SPDX-License-Identifier: Apache-2.0
#include "projections/views/card_deposit.h"

#include "events/procedures/charges.h"

#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"

#include <algorithm>

namespace juanzong {
namespace {

void add_identity(ReportBuilder& out, const std::string& id, const DepositFigures& figures) {
  const DepositState& deposit = figures.deposit;
  out.fact("deposit_id", "押金编号", cell_text(id))
      .fact("kind", "种类", deposit_kind_label(figures))
      .fact("unit", "房屋", cell_text(deposit.unit))
      .fact("case_id", "车位租用编号", cell_text(deposit.case_id))
      .fact("card_no", "月租卡号", cell_text(figures.card->card_no))
      .fact("payer", "交款人", cell_text(deposit.payer), {deposit.paid})
      .fact("beneficiary", "权利人", cell_text(deposit.beneficiary))
      .fact("paid_fen", "押金", deposit.amount, {deposit.paid})
      .fact("paid_on", "收取日期", deposit.paid_on, {deposit.paid})
      .fact("receipt_no", "收据号", cell_text(deposit.receipt_no), {deposit.paid});
}

void add_progress(ReportBuilder& out,
                  const ViewContext& context,
                  const std::string& id,
                  const DepositFigures& figures) {
  const CardDepositFigures& card = *figures.card;
  const auto& refund = figures.deposit.refund;
  const auto& earliest = figures.earliest;
  CellValue days_left;
  if (earliest) {
    days_left = static_cast<std::int64_t>(std::max(0, earliest->days - context.date().days));
  }
  out.fact("date", "计算日期", context.date())
      .fact("state", "状态", deposit_state_label(figures))
      .fact("issued_on", "发卡日期", cell_maybe(card.card.issued_on), records_of(card.card.issued))
      .fact("returned_on",
            "退卡日期",
            cell_maybe(card.card.returned_on),
            records_of(card.card.returned))
      .fact("lost", "已挂失", card.card.lost.has_value(), records_of(card.card.lost))
      .fact("rent_paid_until", "租金已缴至", cell_maybe(card.rent_paid_until))
      .fact("earliest_refund_on", "最早可退日期", cell_maybe(earliest))
      .fact("days_left", "剩余天数", days_left)
      .fact("entitlement_fen", "应退", figures.due.entitlement, {figures.deposit.paid})
      .fact("held_fen",
            "在押",
            figures.held,
            postings_of(context, PostingView::money, deposit_account(id)))
      .fact("refunded_fen",
            "已退",
            refund ? refund->amount : zero_fen,
            refund ? Records{refund->index} : Records{})
      .fact("refunded_on", "退还日期", refund ? CellValue(refund->on) : CellValue())
      .fact("refunded_by", "退还经办人", refund ? cell_text(refund->by) : CellValue());
}

// One row for each thing that keeps the deposit; none once it is refunded.
void add_blockers(ReportBuilder& out, const ViewContext& context, const DepositFigures& figures) {
  constexpr std::string_view rule_id = "H-PRK-4";
  TableBuilder table("blockers",
                     "下一步的障碍",
                     {{"rule", "规则"},
                      {"clause", "条款"},
                      {"zh", "说明"},
                      {"fact", "事实"},
                      {"first_date", "最早日期"}});
  const Rule* rule = find_rule(context.source().catalogue, rule_id);
  const CardRefundObstacles& obstacles = figures.card->obstacles;
  for (const Fact& each : obstacles.facts) {
    if (figures.stage == DepositStage::refunded || figures.stage == DepositStage::none) {
      break;
    }
    table.row()
        .add(cell_text(rule_id))
        .add(rule == nullptr ? CellValue() : cell_text(rule->clause))
        .add(rule == nullptr ? CellValue() : cell_text(rule->zh))
        .add(cell_text(each.name + ": " + each.value))
        .add(cell_maybe(obstacles.earliest));
  }
  out.table(table);
}

}  // namespace

Report card_deposit_statement(const ViewContext& context,
                              const std::string& deposit_id,
                              const DepositFigures& figures) {
  ReportBuilder out(context);
  add_identity(out, deposit_id, figures);
  add_progress(out, context, deposit_id, figures);
  add_blockers(out, context, figures);
  return out.take();
}

}  // namespace juanzong
