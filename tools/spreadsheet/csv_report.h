// SPDX-License-Identifier: Apache-2.0
// A report as CSV that Excel and WPS open by a double click: UTF-8 with a byte order mark, quoting
// and CRLF of RFC 4180. Blocks stand apart by one empty line: the summary of sheets.h, then each
// table with its headings; where there are several tables, each under a row with its title.
#pragma once

#include "events/model/civil_time.h"

#include "projections/views/report.h"

#include <string>

namespace juanzong::spreadsheet {

// Cells as text_of says; a text that a program would run as a formula is made inert.
[[nodiscard]] std::string csv_report(const Report& report, const CivilZone& zone);

}  // namespace juanzong::spreadsheet
