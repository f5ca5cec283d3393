// SPDX-License-Identifier: Apache-2.0
// A report of a view as text for people: title, as-of line, facts, tables, notes.
#pragma once

#include "events/model/civil_time.h"

#include "projections/views/report.h"

#include <string>

namespace juanzong::terminal {

// Amounts and numbers stand right-aligned; a fact names the records it was summed from.
[[nodiscard]] std::string format_report(const Report& report, const CivilZone& zone);

}  // namespace juanzong::terminal
