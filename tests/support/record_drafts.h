// SPDX-License-Identifier: Apache-2.0
// A record taken apart so that a test can alter one part and encode it again.
#pragma once

#include "events/log/record.h"

namespace juanzong::testing {

// Views of `view`'s bytes: they must outlive the draft. Encoding it unaltered gives those bytes.
inline RecordDraft draft_of(const RecordView& view) {
  return {view.index,
          view.recorded_at,
          view.prev,
          view.rules_version,
          view.policy_version,
          view.header_bytes,
          view.signatures,
          view.statement_number,
          view.path,
          view.links,
          view.assigned,
          view.statement.bytes};
}

}  // namespace juanzong::testing
