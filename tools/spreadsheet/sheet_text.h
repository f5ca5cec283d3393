// SPDX-License-Identifier: Apache-2.0
// Cells of a spreadsheet as text.
#pragma once

#include "events/model/civil_time.h"

#include "projections/views/report.h"

#include <string>
#include <string_view>

namespace juanzong::spreadsheet {

// Money in yuan "-1613.60", dates "2025-03-14", instants "2025-06-16 09:30:00 +08:00", yes and no
// as 是 and 否, codes by their label; nothing is "".
[[nodiscard]] std::string text_of(const CellValue& value, const CivilZone& zone);

// A text that a program for spreadsheets would run as a formula when it reads it from a file, with
// an apostrophe before it: first character, after blanks, one of = + - @ (also full width), or a
// tab or carriage return at the start. Other texts as they are.
[[nodiscard]] std::string inert(std::string_view text);

// Texts that are stored by a person or a program; numbers, dates and amounts are not.
[[nodiscard]] bool is_text(const CellValue& value);

}  // namespace juanzong::spreadsheet
