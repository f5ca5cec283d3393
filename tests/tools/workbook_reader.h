// SPDX-License-Identifier: Apache-2.0
// Workbooks read back by a reader that shares no code with what wrote them: the entries of the zip,
// and the cells of a sheet by their names.
#pragma once

#include "crypto/byte_view.h"

#include <map>
#include <string>
#include <string_view>

namespace juanzong::testing {

// Entries of a zip by name, inflated. Empty if it is none.
[[nodiscard]] std::map<std::string, std::string> unzip(ByteView zip);

struct SheetCell {
  std::string text;   // of a text, or the digits of a number
  std::string type;   // "s" text, "" number
  std::string style;  // index of the cell's format
  bool operator==(const SheetCell&) const = default;
};

// Cells as "B2" of the n-th sheet, from 1.
[[nodiscard]] std::map<std::string, SheetCell> cells_of(
    const std::map<std::string, std::string>& workbook, int sheet);

}  // namespace juanzong::testing
