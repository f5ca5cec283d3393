// SPDX-License-Identifier: Apache-2.0
#include "projections/views/unit_notices.h"

#include "events/procedures/notices/notices_generated.h"
#include "events/procedures/procedure.h"

namespace juanzong {

Result<ReportTable> notices_of(const ViewContext& context, const std::string& unit) {
  TableBuilder table("notices",
                     "送达通知",
                     {{"notice_id", "通知编号"}, {"customer", "签收人"}, {"at", "签收时间"}});
  const CatalogueEntry* delivered = context.source().catalogue.find("NoticeDelivered");
  for (const RecordIndex index : context.stream("unit:" + unit)) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    if (context.event_of(stored->view) != delivered) {
      continue;
    }
    const auto* event =
        flatbuffers::GetRoot<body::NoticeDelivered>(stored->view.statement.body.data());
    table.row()
        .add(cell_text(view_of(event->notice_id())), {index})
        .add(cell_text(view_of(event->customer())))
        .add(*parse_instant(view_of(event->at())));
  }
  return table.take();
}

}  // namespace juanzong
