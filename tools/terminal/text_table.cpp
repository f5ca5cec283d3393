// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/text_table.h"

#include "tools/terminal/text_width.h"

#include <algorithm>

namespace juanzong::terminal {
namespace {

constexpr std::string_view gap = "  ";

std::string line_of(const std::vector<TextColumn>& columns,
                    const std::vector<std::size_t>& widths,
                    const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string cell = i < cells.size() ? cells[i] : std::string();
    line += i == 0 ? "" : gap;
    line +=
        columns[i].align == Align::right ? pad_left(cell, widths[i]) : pad_right(cell, widths[i]);
  }
  line.resize(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

}  // namespace

std::string format_table(const std::vector<TextColumn>& columns,
                         const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    titles.push_back(columns[i].title);
    std::size_t width = text_width(columns[i].title);
    for (const auto& row : rows) {
      width = std::max(width, i < row.size() ? text_width(row[i]) : 0);
    }
    widths.push_back(width);
    rules.emplace_back(width, '-');
  }
  std::string text = line_of(columns, widths, titles) + line_of(columns, widths, rules);
  for (const auto& row : rows) {
    text += line_of(columns, widths, row);
  }
  return text;
}

}  // namespace juanzong::terminal
