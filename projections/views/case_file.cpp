// SPDX-License-Identifier: Apache-2.0
// One case with all its records: what was stated, when, by whom.
#include "projections/views/case_content.h"
#include "projections/views/views.h"

namespace juanzong {
namespace {

Outcome add_records(TableBuilder& table,
                    const ViewContext& context,
                    const std::string& stream,
                    std::string_view prefix) {
  ContentPrinter printer(context);
  for (const RecordIndex index : context.stream(stream)) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const RecordView& record = stored->view;
    const CatalogueEntry* entry = context.event_of(record);
    table.row()
        .add(cell_index(index), {index})
        .add(entry == nullptr ? CellValue()
                              : cell_code(entry->descriptor.name, entry->descriptor.zh))
        .add(record.statement.occurred_at)
        .add(record.recorded_at)
        .add(cell_text(context.actor_of(record.header.key_id)))
        .add(cell_text(printer.content_of(record, prefix)));
  }
  return Done{};
}

}  // namespace

Result<Report> view_case(const ViewContext& context) {
  const Result<std::string> stream = context.required("case");
  if (!stream) {
    return fail(stream.error());
  }
  const std::string_view prefix = std::string_view(*stream).substr(0, stream->find(':'));
  const Result<const CaseMachine*> machine = machine_for(context, prefix);
  if (!machine) {
    return fail(machine.error());
  }
  const Result<const World*> world = context.world_of({*stream});
  if (!world) {
    return fail(world.error());
  }
  const CaseFileState file = (*world)->get<CaseFileState>(*stream);
  if (file.stage == 0) {
    return fail(ErrorCode::not_found, "case");
  }
  TableBuilder table("steps",
                     "记录",
                     {{"index", "序号"},
                      {"event", "事项"},
                      {"occurred_at", "发生"},
                      {"recorded_at", "登记"},
                      {"actor", "经手"},
                      {"content", "内容"}});
  if (const Outcome added = add_records(table, context, *stream, prefix); !added) {
    return fail(added.error());
  }
  ReportBuilder out(context);
  out.fact("kind", "种类", cell_code((*machine)->stream, (*machine)->zh))
      .fact("case", "编号", cell_text(*stream), {file.opened})
      .fact("unit", "房屋", cell_text(file.unit))
      .fact("stage", "状态", stage_label(**machine, file.stage), {file.last})
      .fact("opened_at", "登记", file.opened_at)
      .table(table);
  return out.take();
}

}  // namespace juanzong
