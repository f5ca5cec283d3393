// SPDX-License-Identifier: Apache-2.0
// R5, the board of deadlines (时限看板): what is owed until when, by whom, and what was late. The
// obligations are states that the events' fold keeps; this only compares them with the moment.
#include "events/procedures/deadlines.h"

#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>

namespace juanzong {
namespace {

constexpr std::int64_t micros_per_minute = 60 * micros_per_second;

struct Row {
  const DeadlineRule* rule = nullptr;
  std::string case_stream;
  ObligationState state;
  std::int64_t late_minutes = 0;  // past due, so far or when it was met
  CellCode label;
};

CellCode label_of(const Row& row) {
  switch (row.state.end) {
    case ObligationEnd::met:
      return {"MET", "按时完成"};
    case ObligationEnd::met_late:
      return {"MET_LATE", "逾期完成"};
    case ObligationEnd::lapsed:
      return {"NOT_APPLICABLE", "已不适用"};
    default:
      return row.late_minutes > 0 ? CellCode{"BREACHED", "逾期未完成"}
                                  : CellCode{"RUNNING", "进行中"};
  }
}

std::map<std::string, const DeadlineRule*, std::less<>> rules_of(const Catalogue& catalogue) {
  std::map<std::string, const DeadlineRule*, std::less<>> rules;
  for (const Procedure* procedure : catalogue.procedures()) {
    for (const DeadlineRule& rule : procedure->deadlines) {
      rules.emplace(rule.id, &rule);
    }
  }
  return rules;
}

// Minutes begun count whole: one second late is late.
std::int64_t minutes_after(UnixMicros due, UnixMicros at) {
  return at <= due ? 0 : (at.value - due.value + micros_per_minute - 1) / micros_per_minute;
}

// When the obligation was met, or the moment of the question.
Result<UnixMicros> judged_at(const ViewContext& context, const ObligationState& state) {
  if (!state.ended) {
    const ViewMoment& moment = context.moment();
    return moment.was_asked ? moment.as_of.last_recorded_at
                            : std::max(context.source().now, moment.as_of.last_recorded_at);
  }
  const Result<StoredRecord> record = context.record(*state.ended);
  if (!record) {
    return fail(record.error());
  }
  // What was stated counts where it was judged in time by it.
  return state.end == ObligationEnd::met_late ? record->view.recorded_at : state.due_at;
}

Result<Row> row_of(const ViewContext& context, const DeadlineRule& rule, std::string_view key) {
  Row row;
  row.rule = &rule;
  row.case_stream = key.substr(rule.id.size() + 1);
  const Result<const World*> world = context.world_of({row.case_stream});
  if (!world) {
    return fail(world.error());
  }
  row.state = (*world)->get<ObligationState>(key);
  const Result<UnixMicros> at = judged_at(context, row.state);
  if (!at) {
    return fail(at.error());
  }
  row.late_minutes = minutes_after(row.state.due_at, *at);
  row.label = label_of(row);
  return row;
}

bool is_asked_for(const ViewContext& context, const Row& row) {
  const std::string unit = context.argument("unit");
  const std::string state = context.argument("state");
  const std::string rule = context.argument("rule");
  return (unit.empty() || row.state.unit == unit) && (state.empty() || row.label.code == state) &&
         (rule.empty() || row.rule->id == rule);
}

void add_row(TableBuilder& table, const Row& row) {
  const ObligationState& state = row.state;
  table.row()
      .add(cell_code(row.rule->id, row.rule->zh))
      .add(cell_text(row.case_stream), {state.begun})
      .add(cell_text(state.unit))
      .add(cell_code(code_of(row.rule->responsible), zh_of(row.rule->responsible)))
      .add(state.begun_at)
      .add(state.due_at)
      .add(row.label, records_of(state.ended))
      .add(row.late_minutes)
      .add(state.breached ? cell_index(*state.breached) : CellValue(), records_of(state.breached));
}

TableBuilder board() {
  return {"deadlines",
          "时限",
          {{"rule", "时限"},
           {"case", "案卷"},
           {"unit", "房屋"},
           {"responsible", "责任岗位"},
           {"begun_at", "起算"},
           {"due_at", "截止"},
           {"state", "状态"},
           {"late_minutes", "逾期(分钟)"},
           {"notice", "逾期记录"}}};
}

}  // namespace

Result<Report> view_deadlines(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const auto rules = rules_of(context.source().catalogue);
  TableBuilder table = board();
  std::int64_t running = 0;
  std::int64_t breached = 0;
  std::string last;  // key of the last row of the page
  std::size_t rows = 0;
  bool more = false;
  for (const std::string& key : context.state_keys(StateKind::obligation)) {
    const auto rule = rules.find(std::string_view(key).substr(0, key.find('|')));
    if (rule == rules.end()) {
      continue;
    }
    const Result<Row> row = row_of(context, *rule->second, key);
    if (!row) {
      return fail(row.error());
    }
    if (row->state.rounds == 0 || !is_asked_for(context, *row)) {
      continue;
    }
    running += row->label.code == "RUNNING" ? 1 : 0;
    breached += row->label.code == "BREACHED" ? 1 : 0;
    if (key > page->cursor && rows < page->limit) {
      add_row(table, *row);
      last = key;
      ++rows;
    } else {
      more = more || key > page->cursor;
    }
  }
  ReportBuilder out(context);
  out.fact("running", "进行中", running).fact("breached", "逾期未完成", breached);
  out.table(table).next(more ? last : "");
  return out.take();
}

}  // namespace juanzong
