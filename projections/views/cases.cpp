// SPDX-License-Identifier: Apache-2.0
// The register of one kind of cases (contacts, meetings, things lent …): where each stands. Which
// kinds there are is what procedures declare (case_machine.h).
#include "projections/views/case_content.h"
#include "projections/views/views.h"

#include <algorithm>
#include <map>

namespace juanzong {
namespace {

std::vector<ReportColumn> columns() {
  return {{"case", "编号"},
          {"unit", "房屋"},
          {"stage", "状态"},
          {"opened_at", "登记"},
          {"content", "内容"},
          {"last_step", "最近一步"},
          {"last_at", "时间"}};
}

struct Listed {
  std::string stream;
  CaseFileState file;
};

// The cases that there were at the moment, of the unit and in the stage that are asked for.
Result<std::vector<Listed>> listed(const ViewContext& context, const CaseMachine& machine) {
  const std::vector<std::string> streams =
      context.state_keys(StateKind::case_file, std::string(machine.stream) + ":");
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  const std::string unit = context.argument("unit");
  const std::string stage = context.argument("state");
  std::vector<Listed> cases;
  for (const std::string& stream : streams) {
    const auto* file = (*world)->find<CaseFileState>(stream);
    if (file != nullptr && file->stage != 0 && (unit.empty() || file->unit == unit) &&
        (stage.empty() || stage_label(machine, file->stage).code == stage)) {
      cases.push_back({stream, *file});
    }
  }
  return cases;
}

Outcome add_row(TableBuilder& table,
                const ViewContext& context,
                const CaseMachine& machine,
                ContentPrinter& printer,
                const Listed& listed) {
  const Result<StoredRecord> opening = context.record(listed.file.opened);
  if (!opening) {
    return fail(opening.error());
  }
  table.row()
      .add(cell_text(listed.stream.substr(machine.stream.size() + 1)), {listed.file.opened})
      .add(cell_text(listed.file.unit))
      .add(stage_label(machine, listed.file.stage))
      .add(listed.file.opened_at)
      .add(cell_text(printer.content_of(opening->view, machine.stream)))
      .add(last_step(context, listed.file), {listed.file.last})
      .add(listed.file.last_at);
  return Done{};
}

ReportTable by_stage(const CaseMachine& machine, const std::vector<Listed>& cases) {
  std::map<std::uint8_t, std::size_t> counts;
  for (const Listed& each : cases) {
    ++counts[each.file.stage];
  }
  TableBuilder table("stages", "状态汇总", {{"stage", "状态"}, {"count", "件数"}});
  for (std::size_t stage = 1; stage < machine.stages.size(); ++stage) {
    const auto at = static_cast<std::uint8_t>(stage);
    table.row().add(stage_label(machine, at)).add(cell_count(counts[at]));
  }
  return table.take();
}

}  // namespace

Result<Report> view_cases(const ViewContext& context) {
  const Result<std::string> kind = context.required("kind");
  const Result<const CaseMachine*> machine =
      kind ? machine_for(context, *kind) : Result<const CaseMachine*>(fail(kind.error()));
  const Result<Page> page = context.page();
  if (!machine || !page) {
    return fail(machine ? page.error() : machine.error());
  }
  const Result<std::vector<Listed>> cases = listed(context, **machine);
  if (!cases) {
    return fail(cases.error());
  }
  ContentPrinter printer(context);
  TableBuilder table("cases", (*machine)->zh, columns());
  std::size_t rows = 0;
  std::string next;
  const std::string after = std::string((*machine)->stream) + ":" + page->cursor;
  for (const Listed& each : *cases) {
    if (!page->cursor.empty() && each.stream <= after) {
      continue;
    }
    if (rows == page->limit) {
      break;
    }
    if (const Outcome added = add_row(table, context, **machine, printer, each); !added) {
      return fail(added.error());
    }
    ++rows;
    next = each.stream.substr((*machine)->stream.size() + 1);
  }
  const bool more = rows > 0 && cases->back().stream > std::string((*machine)->stream) + ":" + next;
  ReportBuilder out(context);
  out.fact("kind", "种类", cell_code((*machine)->stream, (*machine)->zh))
      .fact("count", "件数", cell_count(cases->size()))
      .table(table)
      .table(by_stage(**machine, *cases))
      .next(more ? next : "");
  return out.take();
}

}  // namespace juanzong
