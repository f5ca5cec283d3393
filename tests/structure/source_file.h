// SPDX-License-Identifier: Apache-2.0
// The source tree as values: every file that the structure tests judge, with its text, and the
// findings they return. Checkers are pure functions of a SourceFile, so that each is also tested
// on planted text.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::structure {

enum class Language { cpp, flatbuffers, cmake, shell, markdown, other };

struct SourceFile {
  std::string path;  // from the root of the tree, with '/'
  Language language = Language::other;
  std::string text;
  std::string code;  // C++: comments and literals blanked; other languages: the text
};

struct Finding {
  std::string path;
  std::size_t line = 0;  // from 1
  std::string message;   // the rule and the remedy
};

using Findings = std::vector<Finding>;

[[nodiscard]] SourceFile make_source(std::string path, std::string text);

// All known files below root, sorted by path; build folders and hidden folders are left out.
[[nodiscard]] std::vector<SourceFile> read_tree(const std::filesystem::path& root);

// The tree under test, read once.
[[nodiscard]] const std::vector<SourceFile>& project_tree();

[[nodiscard]] bool is_header(const SourceFile& file);
[[nodiscard]] bool is_below(const SourceFile& file, std::string_view folder);

// Lines without their line ends; a last line end opens no further line.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

// One finding a line, "path:line: message".
[[nodiscard]] std::string describe(const Findings& findings);

void append(Findings& all, Findings more);

}  // namespace juanzong::structure
