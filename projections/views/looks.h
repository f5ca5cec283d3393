// SPDX-License-Identifier: Apache-2.0
// Looks: what the server puts on record before somebody sees personal data in full (H-SOD-3). An
// owner's file is an OwnerFileAccessed for each owner, everything else a RecordViewed.
#pragma once

#include "events/log/record.h"
#include "events/procedures/body_inspection.h"

#include "projections/state/own_request.h"
#include "projections/views/query.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct SeenValue {
  PersonId subject;
  std::uint8_t item = 0;  // body::OwnerFileItem
};

struct Look {
  std::string viewer;  // staff id
  std::string view;    // of query.h, or "attachment"
  QueryArguments arguments;
  std::vector<SeenValue> seen;
};

// Reading an attachment; the purpose is the approval, else the case that its record belongs to.
[[nodiscard]] Look look_at_attachment(const std::string& viewer,
                                      const RecordView& record,
                                      const CommitmentField& field,
                                      std::string_view view_id);

// In one request: all of it is on record, or nothing is shown.
[[nodiscard]] std::vector<OwnStatement> look_statements(const Look& look);

}  // namespace juanzong
