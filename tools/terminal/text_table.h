// SPDX-License-Identifier: Apache-2.0
// Tables for people: columns aligned by what a terminal shows, two spaces between them.
#pragma once

#include <string>
#include <vector>

namespace juanzong::terminal {

enum class Align : bool { left, right };

struct TextColumn {
  std::string title;
  Align align = Align::left;
};

// Rows have one text a column; missing ones are empty. No white space at the end of a line.
[[nodiscard]] std::string format_table(const std::vector<TextColumn>& columns,
                                       const std::vector<std::vector<std::string>>& rows);

}  // namespace juanzong::terminal
