// SPDX-License-Identifier: Apache-2.0
// R9: 装修掌控表, every decoration case with what is owed and what was found, the patrols of its
// site day by day; and 装修办理报表, what was handled in a month.
#include "projections/views/decoration_figures.h"
#include "projections/views/labels.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr int patrol_days = 7;  // of the matrix, up to the business date

// Engineers and guards see the board without its money.
bool hides_money(const ViewContext& context) {
  return !may_see_money(context.source().roles);
}

CellValue money_cell(const ViewContext& context, CellValue value) {
  return hides_money(context) ? CellValue(CellCode{"HIDDEN", "无权查看"}) : std::move(value);
}

struct ViolationCounts {
  std::int64_t recorded = 0;
  std::int64_t receipted = 0;
  std::int64_t confirmed = 0;
  std::int64_t open = 0;
  Fen penalties;
  Records records;
};

ViolationCounts violations_of(const DecorationCase& deco) {
  ViolationCounts counts;
  for (const auto& [id, violation] : deco.violations) {
    ++counts.recorded;
    counts.records.push_back(violation.recorded);
    counts.receipted += violation.owner_receipted || violation.contractor_receipted ? 1 : 0;
    counts.open += violation.rectified ? 0 : 1;
    if (violation.deductible()) {
      ++counts.confirmed;
      counts.penalties += *violation.confirmed;
    }
  }
  return counts;
}

std::vector<ReportColumn> columns() {
  return {{"deco_id", "装修编号"},
          {"unit", "房屋"},
          {"owner", "业主"},
          {"contractor", "装修单位"},
          {"principal", "负责人"},
          {"stage", "状态"},
          {"applied_on", "申请日期"},
          {"submitted_at", "送审"},
          {"answer_due_at", "答复截止"},
          {"answer", "审批答复"},
          {"permit_no", "进场证"},
          {"permit_until", "进场证有效至"},
          {"passes", "有效出入证"},
          {"hot_works", "有效动火审批"},
          {"entered_on", "进场日期"},
          {"patrolled_cs", "当日客服巡视"},
          {"patrolled_eng", "当日工程巡视"},
          {"patrolled_sec", "当日安保巡视"},
          {"warnings", "口头警告"},
          {"violations", "违章"},
          {"receipted", "已签收"},
          {"confirmed", "已认可违约金"},
          {"penalties_fen", "违约金"},
          {"unrectified", "未整改"},
          {"accepted_on", "验收合格"},
          {"deposit_state", "押金状态"},
          {"earliest_refund_on", "最早可退日期"}};
}

CellValue answer_label(const ObligationState& notice) {
  if (notice.rounds == 0) {
    return {};
  }
  switch (notice.end) {
    case ObligationEnd::met:
      return CellCode{"MET", "按时答复"};
    case ObligationEnd::met_late:
      return CellCode{"MET_LATE", "逾期答复"};
    case ObligationEnd::lapsed:
      return CellCode{"NOT_APPLICABLE", "已不适用"};
    default:
      return CellCode{"RUNNING", "待答复"};
  }
}

// Who patrolled on the business date; of no interest where nobody works.
void add_patrols(TableBuilder& table, const DecorationFigures& figures, const DayPatrols& patrols) {
  for (const Records& records : patrols) {
    const bool works = figures.stage == DecorationStage::under_work || !records.empty();
    table.add(works ? CellValue(cell_count(records.size())) : CellValue(), records);
  }
}

std::int64_t good_passes(const DecorationCase& deco, CivilDate day) {
  return std::ranges::count_if(deco.passes, [day](const auto& pass) {
    return !pass.second.returned && day <= pass.second.valid_to;
  });
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const DecorationFigures& figures,
             const DecorationRecords& records) {
  const DecorationCase& deco = figures.deco;
  const bool asked = figures.notice.rounds > 0;
  const auto today = records.patrols.find(context.date());
  const ViolationCounts violations = violations_of(deco);
  table.row()
      .add(cell_text(figures.id), {context.stream("deco:" + figures.id).front()})
      .add(cell_text(deco.unit))
      .add(cell_text(deco.applicant))
      .add(cell_text(deco.contractor))
      .add(cell_text(deco.principal))
      .add(label_of(figures.stage))
      .add(deco.applied_on)
      .add(asked ? CellValue(figures.notice.begun_at) : CellValue(),
           asked ? Records{figures.notice.begun} : Records{})
      .add(asked ? CellValue(figures.notice.due_at) : CellValue())
      .add(answer_label(figures.notice), records_of(figures.notice.ended))
      .add(cell_text(records.permit_no), records.permits)
      .add(cell_maybe(records.permit_until))
      .add(good_passes(deco, context.date()))
      .add(cell_count(records.hot_works.size()), records.hot_works)
      .add(cell_maybe(deco.entered_on));
  add_patrols(table, figures, today == records.patrols.end() ? DayPatrols{} : today->second);
  table.add(cell_count(records.warnings.size()), records.warnings)
      .add(violations.recorded, violations.records)
      .add(violations.receipted)
      .add(violations.confirmed)
      .add(money_cell(context, violations.penalties))
      .add(violations.open)
      .add(cell_maybe(deco.accepted_on));
  const DepositFigures* deposit =
      figures.deposits.empty() ? nullptr : &figures.deposits.back().second;
  table
      .add(money_cell(context,
                      deposit == nullptr ? CellValue() : CellValue(deposit_state_label(*deposit))))
      .add(money_cell(context, deposit == nullptr ? CellValue() : cell_maybe(deposit->earliest)));
}

// The days on which somebody worked there, the last week of them.
void add_matrix(TableBuilder& table,
                const ViewContext& context,
                const DecorationFigures& figures,
                const DecorationRecords& records) {
  const DecorationCase& deco = figures.deco;
  if (!deco.entered_on) {
    return;
  }
  const CivilDate last = std::min(context.date(), deco.accepted_on.value_or(context.date()));
  const CivilDate first = std::max(*deco.entered_on, add_days(context.date(), 1 - patrol_days));
  for (CivilDate day = first; day <= last; day = add_days(day, 1)) {
    const auto found = records.patrols.find(day);
    const DayPatrols patrols = found == records.patrols.end() ? DayPatrols{} : found->second;
    table.row().add(cell_text(figures.id)).add(day);
    for (const Records& of_department : patrols) {
      table.add(cell_count(of_department.size()), of_department);
    }
  }
}

struct MonthSums {
  std::int64_t applied = 0;
  std::int64_t entered = 0;
  std::int64_t accepted = 0;
  std::int64_t cancelled = 0;
  std::int64_t refunded = 0;
  DecorationFees fees;
  Fen penalties;
};

// Penalties that were confirmed in the month and stand.
Result<Fen> penalties_of(const ViewContext& context, const DecorationCase& deco, CivilMonth month) {
  Fen sum;
  for (const auto& [id, violation] : deco.violations) {
    if (!violation.deductible()) {
      continue;
    }
    const Result<StoredRecord> stored = context.record(violation.confirmed_at);
    if (!stored) {
      return fail(stored.error());
    }
    if (month_of(context.zone().date_of(stored->view.recorded_at)) == month) {
      sum += *violation.confirmed;
    }
  }
  return sum;
}

// The day of the last refund of the case's deposits.
std::optional<CivilDate> refunded_on(const DecorationFigures& figures) {
  std::optional<CivilDate> last;
  for (const auto& [id, deposit] : figures.deposits) {
    if (deposit.deposit.refund) {
      last = std::max(last.value_or(deposit.deposit.refund->on), deposit.deposit.refund->on);
    }
  }
  return last;
}

class MonthReport {
 public:
  explicit MonthReport(CivilMonth month) : month_(month) {}

  Outcome add(const ViewContext& context, const DecorationFigures& figures) {
    const DecorationCase& deco = figures.deco;
    const Result<Fen> penalties = penalties_of(context, deco, month_);
    if (!penalties) {
      return fail(penalties.error());
    }
    const DecorationFees fees = fees_of(figures, month_);
    const std::optional<CivilDate> refunded = refunded_on(figures);
    const bool applied = is_in(deco.applied_on);
    sums_.applied += applied ? 1 : 0;
    sums_.entered += is_in(deco.entered_on) ? 1 : 0;
    sums_.accepted += is_in(deco.accepted_on) ? 1 : 0;
    sums_.cancelled += is_in(deco.cancelled_on) ? 1 : 0;
    sums_.refunded += is_in(refunded) ? 1 : 0;
    sums_.penalties += *penalties;
    sums_.fees.assessed += fees.assessed;
    sums_.fees.collected += fees.collected;
    sums_.fees.records.insert(sums_.fees.records.end(), fees.records.begin(), fees.records.end());
    if (applied || is_in(deco.entered_on) || is_in(deco.accepted_on) || is_in(deco.cancelled_on) ||
        is_in(refunded) || !fees.records.empty() || *penalties != zero_fen) {
      table_.row()
          .add(cell_text(figures.id))
          .add(cell_text(deco.unit))
          .add(deco.applied_on)
          .add(cell_maybe(deco.entered_on))
          .add(cell_maybe(deco.accepted_on))
          .add(cell_maybe(deco.cancelled_on))
          .add(cell_maybe(refunded))
          .add(money_cell(context, fees.assessed), fees.records)
          .add(money_cell(context, fees.collected))
          .add(money_cell(context, *penalties));
    }
    return Done{};
  }

  void add_facts(ReportBuilder& out, const ViewContext& context) const {
    out.fact("month", "月份", cell_text(to_text(month_)))
        .fact("applied", "本月申请", sums_.applied)
        .fact("entered", "本月进场", sums_.entered)
        .fact("accepted", "本月验收合格", sums_.accepted)
        .fact("cancelled", "本月取消", sums_.cancelled)
        .fact("refunded", "本月退还押金", sums_.refunded)
        .fact("fees_fen",
              "本月应收费用",
              money_cell(context, sums_.fees.assessed),
              sums_.fees.records)
        .fact("collected_fen", "其中已收", money_cell(context, sums_.fees.collected))
        .fact("penalties_fen", "本月认可违约金", money_cell(context, sums_.penalties));
  }
  [[nodiscard]] ReportTable take() { return table_.take(); }

 private:
  [[nodiscard]] bool is_in(const std::optional<CivilDate>& day) const {
    return day && month_of(*day) == month_;
  }

  CivilMonth month_;
  MonthSums sums_;
  TableBuilder table_{"handled",
                      "装修办理报表",
                      {{"deco_id", "装修编号"},
                       {"unit", "房屋"},
                       {"applied_on", "申请日期"},
                       {"entered_on", "进场日期"},
                       {"accepted_on", "验收合格"},
                       {"cancelled_on", "取消日期"},
                       {"refunded_on", "押金退还"},
                       {"fees_fen", "应收费用"},
                       {"collected_fen", "已收费用"},
                       {"penalties_fen", "违约金"}}};
};

}  // namespace

Result<Report> view_decorations(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  const Result<Page> page = context.page();
  if (!month || !page) {
    return fail(month ? page.error() : month.error());
  }
  const std::string unit = context.argument("unit");
  std::vector<std::string> ids = context.keys_with_stream(StateKind::decoration, "deco:");
  std::erase_if(ids, [&context, &unit](const std::string& id) {
    return !unit.empty() && context.newest().get<DecorationCase>(id).unit != unit;
  });
  const PagedKeys part = page_of(ids, *page);
  TableBuilder board("decorations", "装修掌控表", columns());
  TableBuilder matrix("patrols",
                      "现场巡视",
                      {{"deco_id", "装修编号"},
                       {"date", "日期"},
                       {"cs", "客服"},
                       {"eng", "工程"},
                       {"sec", "安保"}});
  MonthReport handled(*month);
  for (const std::string& id : ids) {
    const Result<DecorationFigures> figures = decoration_figures(context, id);
    const Outcome added = figures ? handled.add(context, *figures) : fail(figures.error());
    if (!added) {
      return fail(added.error());
    }
    if (!std::ranges::binary_search(part.keys, id)) {
      continue;
    }
    const Result<DecorationRecords> records = decoration_records(context, id);
    if (!records) {
      return fail(records.error());
    }
    add_row(board, context, *figures, *records);
    add_matrix(matrix, context, *figures, *records);
  }
  ReportBuilder out(context);
  out.fact("date", "日期", context.date());
  handled.add_facts(out, context);
  out.table(board).table(matrix).table(handled.take()).next(part.next);
  return out.take();
}

}  // namespace juanzong
