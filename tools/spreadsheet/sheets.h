// SPDX-License-Identifier: Apache-2.0
// A report as tables only, which is what a spreadsheet has: first a summary of what the report
// rests on, its facts and its notes, then the tables of the report. Money is in yuan, and the
// headings say so.
#pragma once

#include "events/model/civil_time.h"

#include "projections/views/report.h"

#include <vector>

namespace juanzong::spreadsheet {

// The summary has the columns 项目, 内容 and 记录: the records that a figure was summed from. Cells
// of type Fen stay what they are; "(元)" joins the name of a fact or column that has some.
[[nodiscard]] std::vector<ReportTable> sheets_of(const Report& report, const CivilZone& zone);

}  // namespace juanzong::spreadsheet
