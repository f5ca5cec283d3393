// SPDX-License-Identifier: Apache-2.0
#include "projections/views/signature_table.h"

#include "projections/views/labels.h"

namespace juanzong {
namespace {

void add_row(TableBuilder& table,
             const CatalogueEntry& entry,
             RecordIndex index,
             const body::SignatureBlock& block) {
  table.row()
      .add(cell_index(index))
      .add(event_label(&entry))
      .add(capacity_label(static_cast<std::uint8_t>(block.capacity()), view_of(block.staff_role())))
      .add(cell_text(view_of(block.signer())), {index})
      .add(signing_label(static_cast<std::uint8_t>(block.method())))
      .add(cell_maybe(parse_instant(view_of(block.signed_at()))))
      .add(id_check_label(static_cast<std::uint8_t>(block.id_checked())));
}

}  // namespace

// The body was verified when the record was admitted.
const SignatureList* signatures_of(const CatalogueEntry* entry, const RecordView& record) {
  if (entry == nullptr || entry->descriptor.signatures_offset == 0) {
    return nullptr;
  }
  const auto* body = flatbuffers::GetRoot<flatbuffers::Table>(record.statement.body.data());
  return body->GetPointer<const SignatureList*>(entry->descriptor.signatures_offset);
}

Result<ReportTable> signature_table(const ViewContext& context,
                                    const std::vector<RecordIndex>& records) {
  TableBuilder table("signatures",
                     "签名",
                     {{"index", "序号"},
                      {"event", "事项"},
                      {"capacity", "身份"},
                      {"signer", "签名人"},
                      {"method", "方式"},
                      {"signed_at", "时间"},
                      {"id_checked", "身份核实"}});
  for (const RecordIndex index : records) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const CatalogueEntry* entry = context.event_of(stored->view);
    const SignatureList* list = signatures_of(entry, stored->view);
    for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
      add_row(table, *entry, index, *list->Get(i));
    }
  }
  return table.take();
}

Result<std::string> signers_of(const ViewContext& context,
                               const std::optional<RecordIndex>& record) {
  if (!record) {
    return std::string();
  }
  const Result<StoredRecord> stored = context.record(*record);
  if (!stored) {
    return fail(stored.error());
  }
  const CatalogueEntry* entry = context.event_of(stored->view);
  const SignatureList* list = signatures_of(entry, stored->view);
  std::string text;
  for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
    const body::SignatureBlock& block = *list->Get(i);
    const bool is_staff = block.capacity() == body::Capacity::STAFF;
    text.append(text.empty() ? "" : "、").append(view_of(block.signer())).append(" (");
    text.append(is_staff ? view_of(block.staff_role()) : EnumNameCapacity(block.capacity()));
    text.append(")");
  }
  return text;
}

}  // namespace juanzong
