// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/source_file.h"

#include "tests/structure/code_view.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace juanzong::structure {
namespace {

namespace fs = std::filesystem;

Language language_of(const std::string& path, std::string_view text) {
  const fs::path name(path);
  const std::string extension = name.extension().string();
  if (extension == ".h" || extension == ".cpp") {
    return Language::cpp;
  }
  if (extension == ".fbs") {
    return Language::flatbuffers;
  }
  if (extension == ".cmake" || name.filename() == "CMakeLists.txt") {
    return Language::cmake;
  }
  if (extension == ".md") {
    return Language::markdown;
  }
  const bool script = text.substr(0, 2) == "#!";
  return extension == ".sh" || (script && extension.empty()) ? Language::shell : Language::other;
}

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (name == ".ci") {
    return false;
  }
  return name.front() == '.' || name == "build" || name.rfind("build-", 0) == 0 ||
         name == "node_modules" || name == "demo-data" || name == "third_party";
}

// Large or binary files (golden bytes, fonts) are of no language that is checked.
constexpr std::uintmax_t file_size_bytes_max = 1U << 20U;

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

SourceFile make_source(std::string path, std::string text) {
  SourceFile file{std::move(path), Language::other, std::move(text), {}};
  file.language = language_of(file.path, file.text);
  file.code = file.language == Language::cpp ? code_view(file.text, Comments::blank) : file.text;
  return file;
}

std::vector<SourceFile> read_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    if (entry->is_directory() && is_left_out(entry->path())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || entry->is_symlink() ||
        entry->file_size() > file_size_bytes_max) {
      continue;
    }
    const std::string path = entry->path().lexically_relative(root).generic_string();
    SourceFile file = make_source(path, read_text(entry->path()));
    if (file.language != Language::other) {
      files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return a.path < b.path;
  });
  return files;
}

const std::vector<SourceFile>& project_tree() {
  static const std::vector<SourceFile> tree = read_tree(JUANZONG_SOURCE_DIR);
  return tree;
}

bool is_header(const SourceFile& file) {
  return file.path.size() > 2 && file.path.compare(file.path.size() - 2, 2, ".h") == 0;
}

bool is_below(const SourceFile& file, std::string_view folder) {
  return file.path.size() > folder.size() && file.path.compare(0, folder.size(), folder) == 0 &&
         file.path[folder.size()] == '/';
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::string describe(const Findings& findings) {
  std::ostringstream out;
  for (const Finding& finding : findings) {
    out << finding.path << ':' << finding.line << ": " << finding.message << '\n';
  }
  return out.str();
}

void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace juanzong::structure
