// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/sizes.h"

#include "tests/structure/function_scanner.h"

#include <algorithm>
#include <string>

namespace juanzong::structure {
namespace {

// Must fit 150 lines (issue 4), which evidence_script_test counts; that leaves no room for width.
constexpr std::string_view bounded_by_lines = "tools/evidence/verify.sh";

std::size_t column_count(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a continuation of UTF-8
  }));
}

void check_length(const SourceFile& file, std::size_t line_count, Findings& findings) {
  const std::size_t limit = is_header(file) ? header_lines_max : file_lines_max;
  if (line_count > limit) {
    findings.push_back({file.path,
                        line_count,
                        std::to_string(line_count) + " lines, at most " + std::to_string(limit) +
                            ": split the file by concept"});
  }
}

void check_functions(const SourceFile& file, Findings& findings) {
  for (const FunctionSpan& span : find_functions(file.code)) {
    if (span.line_count() > function_lines_max) {
      findings.push_back({file.path,
                          span.first_line,
                          "function of " + std::to_string(span.line_count()) + " lines, at most " +
                              std::to_string(function_lines_max) +
                              ": name its steps as functions: " + span.head.substr(0, 80)});
    }
  }
}

}  // namespace

Findings check_sizes(const SourceFile& file) {
  if (file.language == Language::markdown || file.language == Language::other) {
    return {};
  }
  Findings findings;
  const auto lines = split_lines(file.text);
  check_length(file, lines.size(), findings);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t columns = column_count(lines[i]);
    const bool address = lines[i].find("://") != std::string_view::npos;
    if (columns > line_columns_max && !address && file.path != bounded_by_lines) {
      findings.push_back({file.path,
                          i + 1,
                          "line of " + std::to_string(columns) + " characters, at most " +
                              std::to_string(line_columns_max)});
    }
  }
  if (file.language == Language::cpp) {
    check_functions(file, findings);
  }
  return findings;
}

}  // namespace juanzong::structure
