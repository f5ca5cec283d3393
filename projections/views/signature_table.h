// SPDX-License-Identifier: Apache-2.0
// The signatures of business forms in the records of some streams, whatever their events: who
// signed, as what, how and when.
#pragma once

#include "events/procedures/signatures.h"

#include "projections/views/report_builder.h"

#include <string>
#include <vector>

namespace juanzong {

// The blocks on the form of that record, which was read from the log; nullptr: it has none.
[[nodiscard]] const SignatureList* signatures_of(const CatalogueEntry* entry,
                                                 const RecordView& record);

// In index order; a form's signatures in the order in which they stand on it.
[[nodiscard]] Result<ReportTable> signature_table(const ViewContext& context,
                                                  const std::vector<RecordIndex>& records);

// Who signed the form of that record: "S-PM (PM)、…", others by their capacity; empty without one.
[[nodiscard]] Result<std::string> signers_of(const ViewContext& context,
                                             const std::optional<RecordIndex>& record);

}  // namespace juanzong
