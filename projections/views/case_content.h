// SPDX-License-Identifier: Apache-2.0
// What the lists of cases share: which machine is asked for and by whom, stages in words, and what
// a record says apart from personal data.
#pragma once

#include "events/procedures/case_machine.h"
#include "events/procedures/json_body.h"

#include "projections/views/report_builder.h"

#include <string>
#include <string_view>

namespace juanzong {

// The machine of this stream prefix, if the asker may read its cases: not_found, not_permitted.
[[nodiscard]] Result<const CaseMachine*> machine_for(const ViewContext& context,
                                                     std::string_view prefix);
[[nodiscard]] CellCode stage_label(const CaseMachine& machine, std::uint8_t stage);
// Name of the newest step.
[[nodiscard]] CellValue last_step(const ViewContext& context, const CaseFileState& file);

class ContentPrinter {
 public:
  explicit ContentPrinter(const ViewContext& context)
      : context_(context), codec_(context.source().catalogue) {}
  // "title 中秋联欢; budget 5,000.00": the body's plain fields in the order of its schema. Left out
  // are signatures, personal data and attachments, the unit, and the stream that is the case.
  [[nodiscard]] std::string content_of(const RecordView& record, std::string_view prefix);

 private:
  const ViewContext& context_;
  BodyCodec codec_;
};

}  // namespace juanzong
