// SPDX-License-Identifier: Apache-2.0
// Limits on length: a file, a header, a function and a line that fit a reader's head and screen.
#pragma once

#include "tests/structure/source_file.h"

#include <cstddef>

namespace juanzong::structure {

inline constexpr std::size_t file_lines_max = 600;
inline constexpr std::size_t header_lines_max = 250;
inline constexpr std::size_t function_lines_max = 70;
inline constexpr std::size_t line_columns_max = 100;  // characters, whatever their bytes

[[nodiscard]] Findings check_sizes(const SourceFile& file);

}  // namespace juanzong::structure
