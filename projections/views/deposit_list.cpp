// SPDX-License-Identifier: Apache-2.0
// The deposits of the project with their totals. What is held by the states must be what the
// postings of deposit accounts owe: the audit check stands in every list.
#include "projections/views/deposit_figures.h"
#include "projections/views/posting_scan.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

struct Total {
  Fen sum;
  Records records;
  void add(Fen amount, RecordIndex index) {
    sum += amount;
    records.push_back(index);
  }
};

struct Totals {
  Total held;
  Total waiting;
  Total refundable;  // the date has come, not paid out
  Total refunded;    // in the month
  Total deducted;    // in the month
};

void add_to(Totals& totals, const DepositFigures& figures, CivilMonth month) {
  const DepositState& deposit = figures.deposit;
  if (deposit.held()) {
    totals.held.add(deposit.amount, deposit.paid);
  }
  if (figures.stage == DepositStage::waiting) {
    totals.waiting.add(deposit.amount, deposit.paid);
  }
  if (figures.stage >= DepositStage::refundable && figures.stage <= DepositStage::approved) {
    totals.refundable.add(deposit.amount, deposit.paid);
  }
  if (deposit.refund && month_of(deposit.refund->on) == month) {
    totals.refunded.add(deposit.refund->amount, deposit.refund->index);
    totals.deducted.add(figures.deducted, deposit.refund->index);
  }
}

void add_facts(ReportBuilder& out, const ViewContext& context, const Totals& totals) {
  const Fen liability = -sum_of(accounts_of(context, PostingView::money, "deposit:"));
  out.fact("held_fen", "在押合计", totals.held.sum, totals.held.records)
      .fact("waiting_fen", "等待期内合计", totals.waiting.sum, totals.waiting.records)
      .fact("refundable_fen", "现可退合计", totals.refundable.sum, totals.refundable.records)
      .fact("refunded_in_month_fen", "本月退还", totals.refunded.sum, totals.refunded.records)
      .fact("deducted_in_month_fen", "本月扣除", totals.deducted.sum, totals.deducted.records)
      .fact("liability_fen", "押金负债(账户)", liability)
      .fact("balanced", "在押合计等于押金负债", totals.held.sum == liability);
}

}  // namespace

Result<Report> view_deposits(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  if (!month) {
    return fail(month.error());
  }
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::vector<std::string> ids = context.keys_with_stream(StateKind::deposit, "deposit:");
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("deposits", "押金", deposit_columns());
  Totals totals;
  for (const std::string& id : ids) {
    const Result<DepositFigures> figures = deposit_figures(context, id);
    if (!figures) {
      return fail(figures.error());
    }
    add_to(totals, *figures, *month);
    if (std::ranges::binary_search(part.keys, id)) {
      add_deposit_row(table, context, id, *figures);
    }
  }
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month))).fact("date", "计算日期", context.date());
  add_facts(out, context, totals);
  out.table(table).next(part.next);
  return out.take();
}

}  // namespace juanzong
