// SPDX-License-Identifier: Apache-2.0
// Rows of a CSV text by RFC 4180: quoted fields may hold commas, quotes and line breaks. Empty
// lines are no rows.
#pragma once

#include "tools/import/line_error.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace juanzong {

inline constexpr std::size_t csv_rows_max = 100'000;

struct CsvRow {
  std::size_t line = 0;  // on which it begins, from 1
  std::vector<std::string> fields;
};

[[nodiscard]] std::variant<std::vector<CsvRow>, LineError> parse_csv(std::string_view text);

}  // namespace juanzong
