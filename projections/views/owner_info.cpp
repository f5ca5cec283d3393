// SPDX-License-Identifier: Apache-2.0
// R14, what became of owner information: views approved and made, disclosures and refusals, copies
// of the contact list; on whose signature. Whose it was is a random id, what it said is not shown.
#include "events/procedures/archives/archives.h"

#include "projections/views/case_content.h"
#include "projections/views/labels.h"
#include "projections/views/signature_table.h"
#include "projections/views/views.h"

#include <array>
#include <cstdio>

namespace juanzong {
namespace {

// Sorts as its number, as cursors must.
std::string row_key(RecordIndex index) {
  std::array<char, 24> buffer{};
  std::snprintf(
      buffer.data(), buffer.size(), "%020llu", static_cast<unsigned long long>(number(index)));
  return buffer.data();
}

struct Counts {
  std::size_t approved = 0;
  std::size_t accessed = 0;
  std::size_t disclosed = 0;
  std::size_t refused = 0;
  void add(std::string_view event) {
    approved += event == "OwnerFileViewApproved" ? 1 : 0;
    accessed += event == "OwnerFileAccessed" ? 1 : 0;
    disclosed += event == "OwnerInfoDisclosed" ? 1 : 0;
    refused += event == "OwnerInfoDisclosureRefused" ? 1 : 0;
  }
};

std::string unit_of_record(const RecordView& record) {
  std::vector<std::string_view> streams;
  for (const StreamView& stream : record.statement.streams) {
    streams.push_back(stream.name);
  }
  return unit_of(streams);
}

Outcome add_row(TableBuilder& table,
                const ViewContext& context,
                ContentPrinter& printer,
                RecordIndex index) {
  const Result<StoredRecord> stored = context.record(index);
  const Result<std::string> signers = signers_of(context, index);
  if (!stored || !signers) {
    return fail(stored ? signers.error() : stored.error());
  }
  table.row()
      .add(cell_index(index), {index})
      .add(stored->view.recorded_at)
      .add(event_label(context.event_of(stored->view)))
      .add(cell_text(unit_of_record(stored->view)))
      .add(cell_text(printer.content_of(stored->view, "owner_info")))
      .add(cell_text(*signers))
      .add(cell_text(context.actor_of(stored->view.header.key_id)));
  return Done{};
}

std::vector<ReportColumn> columns() {
  return {{"index", "序号"},
          {"recorded_at", "登记时间"},
          {"event", "事项"},
          {"unit", "房屋"},
          {"content", "内容"},
          {"signed_by", "批准签名"},
          {"actor", "经办人"}};
}

// Keys of the rows that are asked for; counts everything of the unit.
Result<std::vector<std::string>> rows_of(const ViewContext& context, Counts& counts) {
  const std::string unit = context.argument("unit");
  std::vector<std::string> keys;
  for (const RecordIndex index : context.stream("owner_info")) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const CatalogueEntry* entry = context.event_of(stored->view);
    if (entry != nullptr && (unit.empty() || unit_of_record(stored->view) == unit)) {
      counts.add(entry->descriptor.name);
      keys.push_back(row_key(index));
    }
  }
  return keys;
}

}  // namespace

Result<Report> view_owner_info(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const World*> world = context.world_of({"owner_info"});
  Counts counts;
  const Result<std::vector<std::string>> keys = rows_of(context, counts);
  if (!page || !world || !keys) {
    return fail(!page ? page.error() : !world ? world.error() : keys.error());
  }
  const PagedKeys part = page_of(*keys, *page);
  ContentPrinter printer(context);
  TableBuilder table("records", "业主信息登记", columns());
  for (const std::string& key : part.keys) {
    if (const Outcome added = add_row(table, context, printer, RecordIndex{std::stoull(key)});
        !added) {
      return fail(added.error());
    }
  }
  const auto copy = (*world)->get<ArchiveEntry>(contact_list);
  ReportBuilder out(context);
  out.fact("approved", "批准查阅", cell_count(counts.approved))
      .fact("accessed", "查阅痕迹", cell_count(counts.accessed))
      .fact("disclosed", "对外提供", cell_count(counts.disclosed))
      .fact("refused", "拒绝提供", cell_count(counts.refused))
      .fact("contact_list_copy", "有效通讯录复印件", cell_text(copy.subject))
      .fact("contact_list_keeper", "通讯录保管人", cell_text(copy.holder))
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
