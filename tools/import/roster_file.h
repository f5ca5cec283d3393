// SPDX-License-Identifier: Apache-2.0
// An owner roster as rows that can be recorded, or everything that is wrong with it, line by line.
#pragma once

#include "crypto/byte_view.h"

#include "tools/import/line_error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct RosterRow {
  std::size_t line = 0;
  std::string building;
  std::string entrance;
  std::string room;
  std::int32_t floor = 0;
  std::optional<std::int64_t> area_cm2;
  std::string owner;
  std::string phone;  // may be empty
  std::string contract_no;

  // "3-1-1202".
  [[nodiscard]] std::string unit() const { return building + "-" + entrance + "-" + room; }
};

struct RosterFile {
  std::string_view encoding;
  std::vector<std::string> ignored_columns;
  std::vector<RosterRow> rows;    // those without errors
  std::vector<LineError> errors;  // by line; nothing may be recorded unless it is empty
};

[[nodiscard]] RosterFile read_roster(ByteView content);

}  // namespace juanzong
