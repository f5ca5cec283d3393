// SPDX-License-Identifier: Apache-2.0
// Chinese labels of the kinds of inspection.
#pragma once

#include "events/procedures/inspections/inspections.h"

#include "projections/views/report.h"

namespace juanzong {

[[nodiscard]] CellCode label_of(InspectionKind kind);

}  // namespace juanzong
