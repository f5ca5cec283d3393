// SPDX-License-Identifier: Apache-2.0
// Names of the sheets of a workbook, from the titles of tables.
#pragma once

#include "projections/views/report.h"

#include <string>
#include <vector>

namespace juanzong::spreadsheet {

// At most 31 characters, without those that the format forbids, not empty; the second table of a
// title gets " (2)".
[[nodiscard]] std::vector<std::string> sheet_names(const std::vector<ReportTable>& tables);

}  // namespace juanzong::spreadsheet
