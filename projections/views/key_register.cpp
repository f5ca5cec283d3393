// SPDX-License-Identifier: Apache-2.0
// R6, 《钥匙委托管理清册》: every key with its holder, the open loans, and one key's own file. That
// each key has exactly one holder is checked in every answer.
#include "projections/views/key_figures.h"
#include "projections/views/labels.h"
#include "projections/views/signature_table.h"
#include "projections/views/unit_timeline.h"
#include "projections/views/views.h"

#include <array>
#include <map>

namespace juanzong {
namespace {

constexpr std::array shown_stages{KeyStage::unregistered,
                                  KeyStage::in_custody,
                                  KeyStage::with_owner,
                                  KeyStage::lent,
                                  KeyStage::with_client,
                                  KeyStage::lost};

struct Totals {
  std::map<KeyStage, Records> by_stage;
  Records overdue;
  bool one_holder_each = true;
};

void add_to(Totals& totals, const KeyFigures& figures) {
  totals.by_stage[figures.key.stage].push_back(figures.key.moved);
  totals.one_holder_each = totals.one_holder_each && figures.has_one_holder();
  if (figures.overdue) {
    totals.overdue.push_back(figures.key.moved);
  }
}

// "IN_CUSTODY" -> "in_custody"
std::string fact_key(KeyStage stage) {
  std::string key(name_of(stage));
  for (char& c : key) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

void add_facts(ReportBuilder& out, const ViewContext& context, Totals totals) {
  out.fact("date", "日期", context.date());
  for (const KeyStage stage : shown_stages) {
    Records& records = totals.by_stage[stage];
    out.fact(fact_key(stage), label_of(stage).zh, cell_count(records.size()), records);
  }
  out.fact("overdue", "逾期未还", cell_count(totals.overdue.size()), totals.overdue)
      .fact("balanced", "每把钥匙恰有一个持有方", totals.one_holder_each);
}

bool is_stage(std::string_view name) {
  return std::ranges::any_of(shown_stages,
                             [name](KeyStage stage) { return name_of(stage) == name; });
}

}  // namespace

Result<Report> view_keys(const ViewContext& context) {
  const std::string unit = context.argument("unit");
  const std::string state = context.argument("state");
  if (!state.empty() && !is_stage(state)) {
    return fail(ErrorCode::query_invalid, "state");
  }
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  Totals totals;
  std::map<std::string, KeyFigures> listed;
  for (const std::string& key_no : context.keys_with_stream(StateKind::key, "key:")) {
    if (!unit.empty() && context.newest().get<KeyState>(key_no).unit != unit) {
      continue;
    }
    Result<std::optional<KeyFigures>> figures = key_figures(context, key_no);
    if (!figures) {
      return fail(figures.error());
    }
    if (!*figures) {
      continue;
    }
    add_to(totals, **figures);
    if (state.empty() || name_of((*figures)->key.stage) == state) {
      listed.emplace(key_no, **std::move(figures));
    }
  }
  std::vector<std::string> key_nos;
  std::ranges::transform(
      listed, std::back_inserter(key_nos), [](const auto& each) { return each.first; });
  const PagedKeys part = page_of(key_nos, *page);
  TableBuilder table("keys", "钥匙", key_columns(context));
  for (const std::string& key_no : part.keys) {
    add_key_row(table, context, key_no, listed.at(key_no));
  }
  ReportBuilder out(context);
  add_facts(out, context, std::move(totals));
  out.table(table).next(part.next);
  return out.take();
}

Result<Report> view_key(const ViewContext& context) {
  const Result<std::string> key_no = context.required("key");
  if (!key_no) {
    return fail(key_no.error());
  }
  const Result<std::optional<KeyFigures>> figures = key_figures(context, *key_no);
  if (!figures) {
    return fail(figures.error());
  }
  if (!*figures) {
    return fail(ErrorCode::not_found, "key");
  }
  const std::vector<std::string> streams{"key:" + *key_no};
  const Result<const World*> world = context.unit_world((*figures)->key.unit);
  if (!world) {
    return fail(world.error());
  }
  Result<TimelinePart> timeline = timeline_of(context, streams, **world);
  if (!timeline) {
    return fail(timeline.error());
  }
  Result<ReportTable> signatures = signature_table(context, context.stream(streams.front()));
  if (!signatures) {
    return fail(signatures.error());
  }
  TableBuilder row("keys", "钥匙", key_columns(context));
  add_key_row(row, context, *key_no, **figures);
  ReportBuilder out(context);
  out.fact("date", "日期", context.date())
      .fact("key_no", "钥匙编号", cell_text(*key_no))
      .table(row)
      .table(std::move(timeline->table))
      .table(*std::move(signatures))
      .table(stream_versions(context, streams))
      .next(timeline->next);
  return out.take();
}

}  // namespace juanzong
