// SPDX-License-Identifier: Apache-2.0
// R5, the board of deadlines (时限看板): what is owed until when, by whom, and what was late. The
// obligations are states that the events' fold keeps; this only compares them with the moment.
// Duties say themselves which record did what, so that they need no fold to be seen as of an index.
#include "events/procedures/deadlines.h"
#include "events/procedures/duties.h"

#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>

namespace juanzong {
namespace {

constexpr std::int64_t micros_per_minute = 60 * micros_per_second;

struct Row {
  std::string_view rule;  // id
  std::string_view zh;
  Role responsible = Role::pm;
  std::string case_stream;
  ObligationState state;
  std::int64_t late_minutes = 0;  // past due, so far or when it was met
  std::string outstanding;        // of a duty: what is not done, or how many of how many are
  Records done;
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

struct Rules {
  std::map<std::string_view, const DeadlineRule*> deadlines;
  std::map<std::string_view, const DutyRule*> duties;
};

Rules rules_of(const Catalogue& catalogue) {
  Rules rules;
  for (const Procedure* procedure : catalogue.procedures()) {
    for (const DeadlineRule& rule : procedure->deadlines) {
      rules.deadlines.emplace(rule.id, &rule);
    }
  }
  for (const DutyRule* rule : catalogue.duties()) {
    rules.duties.emplace(rule->id, rule);
  }
  return rules;
}

std::string_view rule_in(std::string_view key) {
  return key.substr(0, key.find('|'));
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

Result<Row> judged(const ViewContext& context, Row row) {
  const Result<UnixMicros> at = judged_at(context, row.state);
  if (!at) {
    return fail(at.error());
  }
  row.late_minutes = minutes_after(row.state.due_at, *at);
  row.label = label_of(row);
  return row;
}

Result<Row> deadline_row(const ViewContext& context,
                         const DeadlineRule& rule,
                         std::string_view key) {
  Row row;
  row.rule = rule.id;
  row.zh = rule.zh;
  row.responsible = rule.responsible;
  row.case_stream = key.substr(rule.id.size() + 1);
  const Result<const World*> world = context.world_of({row.case_stream});
  if (!world) {
    return fail(world.error());
  }
  row.state = (*world)->get<ObligationState>(key);
  return judged(context, std::move(row));
}

// What is missing by name, a few of many; where anything counts, how many of how many are done.
std::string outstanding_of(const DutyState& duty, const Records& done, RecordIndex upto) {
  if (duty.items.empty()) {
    return std::to_string(done.size()) + "/" + std::to_string(duty.needed);
  }
  constexpr std::size_t named_most = 5;
  std::string text;
  std::size_t named = 0;
  for (const std::string& item : duty.items) {
    const auto found = duty.done.find(item);
    if (found != duty.done.end() && found->second <= upto) {
      continue;
    }
    if (++named > named_most) {
      return text + " …";
    }
    text.append(text.empty() ? "" : " ").append(item);
  }
  return text;
}

std::optional<RecordIndex> if_known(std::optional<RecordIndex> index, RecordIndex upto) {
  return index && *index <= upto ? index : std::nullopt;
}

Result<Row> duty_row(const ViewContext& context, const DutyRule& rule, std::string_view key) {
  const DutyState duty = context.newest().get<DutyState>(key);
  Row row;
  row.rule = rule.id;
  row.zh = rule.zh;
  row.responsible = rule.responsible;
  row.case_stream = key.substr(rule.id.size() + 1);
  for (const auto& [item, index] : duty.done) {
    if (index <= context.upto()) {
      row.done.push_back(index);
    }
  }
  row.outstanding = outstanding_of(duty, row.done, context.upto());
  row.state.begun_at = duty.begun_at;
  row.state.due_at = duty.due_at;
  row.state.begun = duty.begun;
  row.state.ended = if_known(duty.ended, context.upto());
  row.state.end = row.state.ended ? duty.end : ObligationEnd::running;
  row.state.breached = if_known(duty.breached, context.upto());
  row.state.rounds = duty.begun <= context.upto() ? 1 : 0;
  return judged(context, std::move(row));
}

Result<std::optional<Row>> row_of(const ViewContext& context,
                                  const Rules& rules,
                                  StateKind kind,
                                  std::string_view key) {
  Result<Row> row = Row();
  if (kind == StateKind::duty) {
    const auto rule = rules.duties.find(rule_in(key));
    if (rule == rules.duties.end()) {
      return std::optional<Row>();
    }
    row = duty_row(context, *rule->second, key);
  } else {
    const auto rule = rules.deadlines.find(rule_in(key));
    if (rule == rules.deadlines.end()) {
      return std::optional<Row>();
    }
    row = deadline_row(context, *rule->second, key);
  }
  if (!row) {
    return fail(row.error());
  }
  return row->state.rounds == 0 ? std::optional<Row>() : std::optional<Row>(*std::move(row));
}

bool is_asked_for(const ViewContext& context, const Row& row) {
  const std::string unit = context.argument("unit");
  const std::string state = context.argument("state");
  const std::string rule = context.argument("rule");
  return (unit.empty() || row.state.unit == unit) && (state.empty() || row.label.code == state) &&
         (rule.empty() || row.rule == rule);
}

void add_row(TableBuilder& table, const Row& row) {
  const ObligationState& state = row.state;
  table.row()
      .add(cell_code(row.rule, row.zh))
      .add(cell_text(row.case_stream), {state.begun})
      .add(cell_text(state.unit))
      .add(cell_code(code_of(row.responsible), zh_of(row.responsible)))
      .add(state.begun_at)
      .add(state.due_at)
      .add(row.label, records_of(state.ended))
      .add(cell_text(row.outstanding), row.done)
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
           {"outstanding", "未完成"},
           {"late_minutes", "逾期(分钟)"},
           {"notice", "逾期记录"}}};
}

// Rule ids of deadlines and duties differ, so the keys do.
std::map<std::string, StateKind> keys_of_board(const ViewContext& context) {
  std::map<std::string, StateKind> keys;
  for (const StateKind kind : {StateKind::obligation, StateKind::duty}) {
    for (std::string& key : context.state_keys(kind)) {
      keys.emplace(std::move(key), kind);
    }
  }
  return keys;
}

}  // namespace

Result<Report> view_deadlines(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const Rules rules = rules_of(context.source().catalogue);
  TableBuilder table = board();
  std::int64_t running = 0;
  std::int64_t breached = 0;
  std::string last;  // key of the last row of the page
  std::size_t rows = 0;
  bool more = false;
  for (const auto& [key, kind] : keys_of_board(context)) {
    const Result<std::optional<Row>> row = row_of(context, rules, kind, key);
    if (!row) {
      return fail(row.error());
    }
    if (!*row || !is_asked_for(context, **row)) {
      continue;
    }
    running += (*row)->label.code == "RUNNING" ? 1 : 0;
    breached += (*row)->label.code == "BREACHED" ? 1 : 0;
    if (key > page->cursor && rows < page->limit) {
      add_row(table, **row);
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
