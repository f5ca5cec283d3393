// SPDX-License-Identifier: Apache-2.0
// Who has to sign a case, and who did: the steps whose schema says who signs (attribute `sig`), of
// a case that runs by a declared machine; and the refund of a deposit.
#pragma once

#include "projections/views/report_builder.h"

#include <string>
#include <vector>

namespace juanzong {

// One row for each signature wanted, of the newest record of its step; a step that was not done yet
// stands there unsigned. Cases of other kinds have no rows: their rules want what the rules'
// README says.
[[nodiscard]] Result<ReportTable> required_signatures(const ViewContext& context,
                                                      const std::vector<std::string>& cases);

}  // namespace juanzong
