// SPDX-License-Identifier: Apache-2.0
// What the server puts on record as time passes: obligations that were not met. Which these are
// follows from the records before, so that an audit finds the same.
#pragma once

#include "projections/state/own_request.h"

#include <vector>

namespace juanzong {

// SlaBreached of what must be stated before a record stamped `stamp`, in order, at most `most`.
[[nodiscard]] std::vector<OwnStatement> due_statements(const LedgerMachine& machine,
                                                       UnixMicros stamp,
                                                       std::size_t most);

}  // namespace juanzong
