// SPDX-License-Identifier: Apache-2.0
// Finds function bodies in C++ text by counting braces. A heuristic, not a parser: it knows what
// our style writes (no macros that open braces) and is tested on samples of each form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::structure {

struct FunctionSpan {
  std::string head;            // what stands before the opening brace, on one line
  std::size_t first_line = 0;  // of the opening brace, from 1
  std::size_t last_line = 0;   // of the closing brace

  [[nodiscard]] std::size_t line_count() const { return last_line - first_line + 1; }
};

// `code` has its comments and literals blanked. Functions of namespaces and classes, and lambdas
// that initialise a variable there; what stands inside a function belongs to that function.
[[nodiscard]] std::vector<FunctionSpan> find_functions(std::string_view code);

}  // namespace juanzong::structure
