// SPDX-License-Identifier: Apache-2.0
// Chinese labels of what complaints and return visits are, for their statistics.
#pragma once

#include "events/procedures/complaint_cases.h"

#include "projections/views/report.h"

#include <cstdint>

namespace juanzong {

// The class of a complaint: its severity, or INVALID, or UNJUDGED.
[[nodiscard]] CellCode class_label(const ComplaintState& complaint);
[[nodiscard]] CellCode complaint_ground_label(std::uint8_t ground);  // body::ComplaintGround
[[nodiscard]] CellCode visit_level_label(std::uint8_t level);        // body::VisitLevel

}  // namespace juanzong
