// SPDX-License-Identifier: Apache-2.0
// What is wrong with a line of an imported file. Never a value of the file: it may be personal.
#pragma once

#include <cstddef>
#include <string>

namespace juanzong {

struct LineError {
  std::size_t line = 0;  // from 1, as editors count; 0: the file as a whole
  std::string column;    // as the header should call it; empty: the whole line
  std::string zh;
  std::string en;
  bool operator==(const LineError&) const = default;
};

// "第 3 行 line 3, 房号: zh / en".
[[nodiscard]] inline std::string to_text(const LineError& error) {
  std::string text = error.line == 0 ? "文件 file"
                                     : "第 " + std::to_string(error.line) + " 行 line " +
                                           std::to_string(error.line);
  return text + (error.column.empty() ? "" : ", " + error.column) + ": " + error.zh + " / " +
         error.en;
}

}  // namespace juanzong
