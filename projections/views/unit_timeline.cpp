// SPDX-License-Identifier: Apache-2.0
#include "projections/views/unit_timeline.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/procedures/corrections/corrections.h"

#include "projections/views/labels.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace juanzong {
namespace {

std::vector<RecordIndex> union_of(const ViewContext& context,
                                  const std::vector<std::string>& streams) {
  std::vector<RecordIndex> indexes;
  for (const std::string& name : streams) {
    std::ranges::copy(context.stream(name), std::back_inserter(indexes));
  }
  std::ranges::sort(indexes);
  const auto repeats = std::ranges::unique(indexes);
  indexes.erase(repeats.begin(), repeats.end());
  return indexes;
}

Outcome add_row(TableBuilder& table,
                const ViewContext& context,
                RecordIndex index,
                const World& world) {
  const Result<StoredRecord> stored = context.record(index);
  if (!stored) {
    return fail(stored.error());
  }
  const crypto::Digest leaf = crypto::leaf_hash(stored->bytes);
  const RecordView& record = stored->view;
  const auto marks = world.get<EntryState>(std::to_string(number(index)));
  table.row()
      .add(cell_index(index))
      .add(record.recorded_at)
      .add(record.statement.occurred_at)
      .add(event_label(context.event_of(record)))
      .add(cell_text(context.actor_of(record.header.key_id)))
      .add(record.statement.back_entry != BackEntry::none)
      .add(!marks.corrected_by.empty(), marks.corrected_by)
      .add(marks.voided_by.has_value(), records_of(marks.voided_by))
      .add(cell_text(crypto::hex_encode(leaf.view())));
  return Done{};
}

Result<std::vector<RecordIndex>::const_iterator> after_cursor(
    const std::vector<RecordIndex>& indexes, const std::string& cursor) {
  if (cursor.empty()) {
    return indexes.begin();
  }
  std::uint64_t last = 0;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, error] = std::from_chars(cursor.data(), end, last);
  if (error != std::errc{} || stop != end) {
    return fail(ErrorCode::query_invalid, "cursor");
  }
  return std::ranges::upper_bound(indexes, RecordIndex{last});
}

}  // namespace

Result<TimelinePart> timeline_of(const ViewContext& context,
                                 const std::vector<std::string>& streams,
                                 const World& world) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::vector<RecordIndex> indexes = union_of(context, streams);
  const auto start = after_cursor(indexes, page->cursor);
  if (!start) {
    return fail(start.error());
  }
  TableBuilder table("timeline",
                     "大事记",
                     {{"index", "序号"},
                      {"recorded_at", "登记时间"},
                      {"occurred_at", "发生时间"},
                      {"event", "事项"},
                      {"actor", "经办人"},
                      {"back_entry", "补录"},
                      {"corrected", "已更正"},
                      {"voided", "已作废"},
                      {"leaf", "记录摘要"}});
  TimelinePart part;
  std::size_t count = 0;
  for (auto index = *start; index != indexes.end(); ++index) {
    if (count++ == page->limit) {
      part.next = std::to_string(number(*std::prev(index)));
      break;
    }
    if (const Outcome added = add_row(table, context, *index, world); !added) {
      return fail(added.error());
    }
  }
  part.table = table.take();
  return part;
}

ReportTable stream_versions(const ViewContext& context, const std::vector<std::string>& streams) {
  TableBuilder table(
      "streams", "流与版本", {{"stream", "流"}, {"version", "版本"}, {"last", "最后记录"}});
  for (const std::string& name : streams) {
    const std::vector<RecordIndex> indexes = context.stream(name);
    table.row()
        .add(cell_text(name))
        .add(cell_count(indexes.size()))
        .add(indexes.empty() ? CellValue() : cell_index(indexes.back()));
  }
  return table.take();
}

}  // namespace juanzong
