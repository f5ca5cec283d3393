// SPDX-License-Identifier: Apache-2.0
// R1, 押金余额与应退明细: the document put before owner, contractor and project manager. What is
// due and what blocks comes from decoration/refund.h, which the rules refuse by.
#include "events/procedures/charges.h"

#include "projections/views/card_deposit.h"
#include "projections/views/deposit_figures.h"
#include "projections/views/deposit_signatures.h"
#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"
#include "projections/views/views.h"

#include <algorithm>

namespace juanzong {
namespace {

struct Sheet {
  const ViewContext& context;
  const World& world;
  std::string id;
  DepositFigures figures;
};

void add_identity(ReportBuilder& out, const Sheet& of) {
  const DepositState& deposit = of.figures.deposit;
  out.fact("deposit_id", "押金编号", cell_text(of.id))
      .fact("kind", "种类", deposit_kind_label(of.figures))
      .fact("unit", "房屋", cell_text(deposit.unit))
      .fact("case_id", "装修编号", cell_text(deposit.case_id))
      .fact(
          "case_stage", "装修状态", label_of(stage_of(of.world, deposit.case_id, of.figures.deco)))
      .fact("payer", "交款人", cell_text(deposit.payer), {deposit.paid})
      .fact("payer_capacity",
            "交款人身份",
            deposit.payer_is_contractor ? cell_code("CONTRACTOR", "装修单位")
                                        : cell_code("OWNER", "业主"))
      .fact("beneficiary", "权利人", cell_text(deposit.beneficiary))
      .fact("paid_fen", "押金", deposit.amount, {deposit.paid})
      .fact("paid_on", "收取日期", deposit.paid_on, {deposit.paid})
      .fact("receipt_no", "收据号", cell_text(deposit.receipt_no), {deposit.paid});
}

Outcome add_dates(ReportBuilder& out, const Sheet& of) {
  const std::string stream = "deco:" + of.figures.deposit.case_id;
  const auto accepted = of.context.last_event(stream, "CompletionAcceptancePassed");
  if (!accepted) {
    return fail(accepted.error());
  }
  const auto& earliest = of.figures.earliest;
  const CivilDate date = of.context.date();
  CellValue days_left;
  if (earliest) {
    days_left = static_cast<std::int64_t>(std::max(0, earliest->days - date.days));
  }
  out.fact("date", "计算日期", date)
      .fact("accepted_on",
            "竣工验收日期",
            cell_maybe(of.figures.deco.accepted_on),
            of.figures.deco.accepted_on ? records_of(*accepted) : Records{})
      .fact("earliest_refund_on", "最早可退日期", cell_maybe(earliest))
      .fact("days_left", "剩余天数", days_left);
  return Done{};
}

// Records behind a line: assessment and payments of a charge, the confirmed penalty.
Records records_of_line(const Sheet& of, const DeductionLine& line) {
  if (is_penalty_line(of.figures.deco, line)) {
    return {of.figures.deco.violations.at(line.ref).confirmed_at};
  }
  const auto charge = of.world.get<ChargeState>(line.ref);
  Records records{charge.assessed};
  for (const std::string& payment : charge.payments) {
    records.push_back(of.world.get<PaymentState>(payment).received);
  }
  return records;
}

Records records_of_lines(const Sheet& of, const std::vector<DeductionLine>& lines) {
  Records records;
  for (const DeductionLine& line : lines) {
    std::ranges::copy(records_of_line(of, line), std::back_inserter(records));
  }
  std::ranges::sort(records);
  const auto repeats = std::ranges::unique(records);
  records.erase(repeats.begin(), repeats.end());
  return records;
}

Records records_of_pending(const Sheet& of) {
  Records records;
  for (const PendingPenalty& each : of.figures.due.pending) {
    records.push_back(of.figures.deco.violations.at(each.violation_id).recorded);
  }
  return records;
}

void add_entitlement(ReportBuilder& out, const Sheet& of) {
  const RefundEntitlement& due = of.figures.due;
  const Records all = records_of_lines(of, due.lines());
  Records rests_on = all;
  rests_on.insert(rests_on.begin(), of.figures.deposit.paid);
  out.fact("penalties_confirmed_fen",
           "已认可违约金",
           due.penalties_sum,
           records_of_lines(of, due.penalties))
      .fact("penalties_pending_fen",
            "待认可违约金(不得扣除)",
            due.pending_sum,
            records_of_pending(of))
      .fact("utilities_fen", "水电气费", due.utilities_sum, records_of_lines(of, due.utilities))
      .fact("other_fen", "其他费用", due.other_sum, records_of_lines(of, due.other))
      .fact("total_deductions_fen", "应扣合计", due.total_deductions, all)
      .fact("applied_fen", "实扣", due.applied, all)
      .fact("entitlement_fen", "应退", due.entitlement, rests_on)
      .fact("shortfall_fen", "不足额", due.shortfall, all)
      .fact("held_fen",
            "在押",
            of.figures.held,
            postings_of(of.context, PostingView::money, deposit_account(of.id)));
}

void add_progress(ReportBuilder& out, const Sheet& of) {
  const DepositState& deposit = of.figures.deposit;
  const auto& inspection = deposit.inspection;
  const auto& calculation = deposit.calculation;
  const auto& refund = deposit.refund;
  out.fact("state", "状态", deposit_state_label(of.figures))
      .fact("stage", "阶段", label_of(of.figures.stage))
      .fact("objected",
            "业主不同意",
            owner_objects(deposit),
            owner_objects(deposit) ? Records{deposit.owner_word->index} : Records{})
      .fact("requested_on",
            "申请退还日期",
            deposit.request ? CellValue(deposit.request->on) : CellValue(),
            deposit.request ? Records{deposit.request->index} : Records{})
      .fact("inspected_on",
            "退款验收日期",
            inspection ? CellValue(inspection->on) : CellValue(),
            inspection ? Records{inspection->index} : Records{})
      .fact("harm", "验收发现损害", inspection ? CellValue(inspection->harm) : CellValue())
      .fact("harm_resolved",
            "损害已解决",
            inspection && inspection->harm ? CellValue(inspection->resolved) : CellValue())
      .fact("calculated_fen",
            "计算应退",
            calculation ? CellValue(calculation->net) : CellValue(),
            calculation ? Records{calculation->index} : Records{})
      .fact("calculation_fresh",
            "计算仍然有效",
            refund ? CellValue() : CellValue(calculation_is_current(of.world, of.id)))
      .fact("refunded_fen",
            "已退",
            refund ? refund->amount : zero_fen,
            refund ? Records{refund->index} : Records{})
      .fact("refunded_on", "退还日期", refund ? CellValue(refund->on) : CellValue())
      .fact("refunded_by", "退还经办人", refund ? cell_text(refund->by) : CellValue());
}

void add_penalties(ReportBuilder& out, const Sheet& of) {
  TableBuilder confirmed(
      "penalties",
      "已认可违约金",
      {{"violation_id", "违章编号"}, {"owed_fen", "应扣"}, {"applied_fen", "实扣"}});
  for (const DeductionLine& line : of.figures.due.penalties) {
    confirmed.row()
        .add(cell_text(line.ref))
        .add(line.owed, records_of_line(of, line))
        .add(line.applied);
  }
  TableBuilder pending("pending_penalties",
                       "待认可违约金(不得扣除)",
                       {{"violation_id", "违章编号"}, {"proposed_fen", "拟扣"}});
  for (const PendingPenalty& each : of.figures.due.pending) {
    pending.row()
        .add(cell_text(each.violation_id))
        .add(each.proposed, {of.figures.deco.violations.at(each.violation_id).recorded});
  }
  out.table(confirmed).table(pending);
}

void add_charges(ReportBuilder& out,
                 const Sheet& of,
                 std::string_view key,
                 std::string_view zh,
                 const std::vector<DeductionLine>& lines) {
  TableBuilder table(key,
                     zh,
                     {{"charge_id", "应收编号"},
                      {"purpose", "项目"},
                      {"owed_fen", "应扣"},
                      {"applied_fen", "实扣"}});
  for (const DeductionLine& line : lines) {
    table.row()
        .add(cell_text(line.ref))
        .add(purpose_label(line.purpose))
        .add(line.owed, records_of_line(of, line))
        .add(line.applied);
  }
  out.table(table);
}

void add_blockers(ReportBuilder& out, const Sheet& of) {
  TableBuilder table(
      "blockers",
      "下一步的障碍",
      {{"rule", "规则"}, {"clause", "条款"}, {"zh", "说明"}, {"first_date", "最早日期"}});
  for (const Blocker& each : refund_blockers(of.world, of.id, of.context.date())) {
    const Rule* rule = find_rule(of.context.source().catalogue, each.rule);
    table.row()
        .add(cell_text(each.rule))
        .add(rule == nullptr ? CellValue() : cell_text(rule->clause))
        .add(rule == nullptr ? CellValue() : cell_text(rule->zh))
        .add(cell_maybe(each.first_date));
  }
  out.table(table);
}

}  // namespace

Result<Report> view_deposit(const ViewContext& context) {
  const Result<std::string> id = context.required("deposit");
  if (!id) {
    return fail(id.error());
  }
  const Result<DepositFigures> figures = deposit_figures(context, *id);
  if (!figures) {
    return fail(figures.error());
  }
  if (figures->card) {
    return card_deposit_statement(context, *id, *figures);
  }
  const Result<const World*> world = context.unit_world(figures->deposit.unit);
  if (!world) {
    return fail(world.error());
  }
  const Sheet of{context, **world, *id, *figures};
  ReportBuilder out(context);
  add_identity(out, of);
  if (const Outcome dates = add_dates(out, of); !dates) {
    return fail(dates.error());
  }
  add_entitlement(out, of);
  add_progress(out, of);
  add_penalties(out, of);
  add_charges(out, of, "utilities", "水电气费", of.figures.due.utilities);
  add_charges(out, of, "other", "其他费用", of.figures.due.other);
  Result<ReportTable> signatures = deposit_signatures(context, of.figures);
  if (!signatures) {
    return fail(signatures.error());
  }
  out.table(*std::move(signatures));
  add_blockers(out, of);
  return out.take();
}

}  // namespace juanzong
