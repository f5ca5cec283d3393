// SPDX-License-Identifier: Apache-2.0
// Everything that was recorded of a unit and the cases opened in it, in the order of the ledger,
// and the versions of those streams, over which a proof of completeness closes.
#pragma once

#include "projections/views/report_builder.h"

namespace juanzong {

struct TimelinePart {
  ReportTable table;
  std::string next;
};

[[nodiscard]] Result<TimelinePart> timeline_of(const ViewContext& context,
                                               const std::vector<std::string>& streams,
                                               const World& world);
[[nodiscard]] ReportTable stream_versions(const ViewContext& context,
                                          const std::vector<std::string>& streams);

}  // namespace juanzong
