// SPDX-License-Identifier: Apache-2.0
// One slip: its items, every call with time and number, refusals, signatures and records.
#include "events/procedures/goods_release/goods_release_generated.h"

#include "projections/views/labels.h"
#include "projections/views/release_figures.h"
#include "projections/views/signature_table.h"
#include "projections/views/unit_timeline.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

namespace juanzong {
namespace {

// On the slip once it is issued, declared before.
ReportTable items_of(const ReleaseSlipState& slip) {
  TableBuilder table("items",
                     "物品",
                     {{"name", "名称"},
                      {"qty_milli", "数量(千分之一)"},
                      {"qty_unit", "单位"},
                      {"category", "种类"}});
  for (const ReleaseGoods& each : slip.issued ? slip.issued->items : slip.items) {
    table.row()
        .add(cell_text(each.name))
        .add(each.qty_milli)
        .add(cell_text(each.qty_unit))
        .add(goods_category_label(each.category));
  }
  return table.take();
}

ReportTable refusals_of(const ReleaseSlipState& slip) {
  TableBuilder table("refusals", "不予放行", {{"index", "序号"}, {"reason", "原因"}});
  for (const ReleaseRefusal& each : slip.refusals) {
    table.row().add(cell_index(each.index), {each.index}).add(refusal_reason_label(each.reason));
  }
  return table.take();
}

template <class Body>
void add_call(TableBuilder& table,
              const ViewContext& context,
              RecordIndex index,
              const StoredRecord& stored,
              const CatalogueEntry& entry) {
  const auto& event = *flatbuffers::GetRoot<Body>(stored.view.statement.body.data());
  table.row()
      .add(cell_index(index), {index})
      .add(event_label(&entry))
      .add(cell_maybe(parse_instant(view_of(event.called_at()))));
  if constexpr (requires { event.phone_no(); }) {
    table.add(personal_cell(context, PersonalField::mobile, index, "phone_no"))
        .add(event.consented());
  } else {
    table.add({}).add({});
  }
}

Result<ReportTable> calls_of(const ViewContext& context, const std::vector<RecordIndex>& records) {
  TableBuilder table("calls",
                     "电话核实",
                     {{"index", "序号"},
                      {"event", "事项"},
                      {"called_at", "去电时间"},
                      {"phone_no", "电话"},
                      {"consented", "同意"}});
  for (const RecordIndex index : records) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const CatalogueEntry* entry = context.event_of(stored->view);
    const std::string_view name = entry == nullptr ? "" : std::string_view(entry->descriptor.name);
    if (name == "OwnerReleaseConsentRecorded") {
      add_call<body::OwnerReleaseConsentRecorded>(table, context, index, *stored, *entry);
    } else if (name == "CompanyReleaseConsentRecorded") {
      add_call<body::CompanyReleaseConsentRecorded>(table, context, index, *stored, *entry);
    } else if (name == "OwnerContactFailed") {
      add_call<body::OwnerContactFailed>(table, context, index, *stored, *entry);
    }
  }
  return table.take();
}

}  // namespace

Result<Report> view_release(const ViewContext& context) {
  const Result<std::string> slip_id = context.required("slip");
  if (!slip_id) {
    return fail(slip_id.error());
  }
  const Result<std::optional<ReleaseSlipState>> slip = release_slip(context, *slip_id);
  if (!slip) {
    return fail(slip.error());
  }
  if (!*slip) {
    return fail(ErrorCode::not_found, "slip");
  }
  const std::vector<std::string> streams{"slip:" + *slip_id};
  const std::vector<RecordIndex> records = context.stream(streams.front());
  Result<ReportTable> calls = calls_of(context, records);
  if (!calls) {
    return fail(calls.error());
  }
  Result<ReportTable> signatures = signature_table(context, records);
  if (!signatures) {
    return fail(signatures.error());
  }
  const Result<const World*> world = context.unit_world((*slip)->unit);
  if (!world) {
    return fail(world.error());
  }
  Result<TimelinePart> timeline = timeline_of(context, streams, **world);
  if (!timeline) {
    return fail(timeline.error());
  }
  TableBuilder row("releases", "物品放行", release_columns());
  add_release_row(row, *slip_id, **slip);
  ReportBuilder out(context);
  out.fact("slip_id", "申报编号", cell_text(*slip_id))
      .table(row)
      .table(items_of(**slip))
      .table(*std::move(calls))
      .table(refusals_of(**slip))
      .table(*std::move(signatures))
      .table(std::move(timeline->table))
      .table(stream_versions(context, streams))
      .next(timeline->next);
  return out.take();
}

}  // namespace juanzong
