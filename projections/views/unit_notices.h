// SPDX-License-Identifier: Apache-2.0
// Notices that were handed to somebody in a unit and signed for (送达签收), for the owner file.
// They are read from the unit's own stream, so that a file does not look through every delivery of
// the project.
#pragma once

#include "projections/views/report_builder.h"

#include <string>

namespace juanzong {

[[nodiscard]] Result<ReportTable> notices_of(const ViewContext& context, const std::string& unit);

}  // namespace juanzong
