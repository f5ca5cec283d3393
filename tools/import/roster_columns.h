// SPDX-License-Identifier: Apache-2.0
// Columns of an owner roster (业主清册): what headers may call them, and where they are.
#pragma once

#include "tools/import/csv_rows.h"
#include "tools/import/line_error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class RosterColumn : std::uint8_t {
  building,
  entrance,
  floor,
  room,
  area,
  owner,
  phone,
  contract,
};
inline constexpr std::size_t roster_column_count = 8;

// The name that messages use: 栋, 单元, 楼层, 房号, 面积, 业主, 电话, 合同号.
[[nodiscard]] std::string_view name_of(RosterColumn column);

struct RosterHeader {
  std::array<std::optional<std::size_t>, roster_column_count> places;
  std::size_t width = 0;
  std::vector<std::string> ignored;  // headers that mean no column
  std::vector<LineError> errors;     // missing or repeated columns

  // The cell as it stands; empty if there is none.
  [[nodiscard]] std::string_view cell(const CsvRow& row, RosterColumn column) const;
};

[[nodiscard]] RosterHeader read_header(const CsvRow& row);

}  // namespace juanzong
