// SPDX-License-Identifier: Apache-2.0
// A record as rows for people: what each field says, money also in capital words, personal data
// only where they are disclosed, and for the rest that they are not.
#pragma once

#include "events/log/record.h"
#include "events/procedures/json_body.h"

#include "tools/evidence/openings_file.h"

#include <string>
#include <vector>

namespace juanzong::evidence {

struct RecordRow {
  std::string label;
  std::string value;
  bool operator==(const RecordRow&) const = default;
};

// One row a field, in the order of the body. A record of an event that this program does not know,
// or whose body does not fit it, has one row that says so.
[[nodiscard]] std::vector<RecordRow> rows_of(const RecordView& record,
                                             const std::vector<DisclosedField>& disclosed,
                                             BodyCodec& codec);
// "装修押金收取 DecorationDepositPaid"; the number of an unknown one.
[[nodiscard]] std::string event_label(EventType type);

}  // namespace juanzong::evidence
