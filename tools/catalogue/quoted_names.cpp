// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue/quoted_names.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace juanzong {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

std::set<std::string> quoted_names(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;
       quote = text.find('"', quote + 1)) {
    std::size_t end = quote + 1;
    while (end < text.size() && is_name_character(text[end])) {
      ++end;
    }
    if (end > quote + 1 && end < text.size() && text[end] == '"') {
      names.emplace(text.substr(quote + 1, end - quote - 1));
    }
  }
  return names;
}

Result<QuotedNames> QuotedNames::read(const std::filesystem::path& folder) {
  QuotedNames index;
  std::error_code error;
  std::filesystem::directory_iterator files(folder, error);
  for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
    if (files->path().extension() != ".cpp") {
      continue;
    }
    std::ifstream in(files->path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) {
      return fail(ErrorCode::environment, files->path().string());
    }
    index.add(files->path().filename().string(), text);
  }
  if (error) {
    return fail(ErrorCode::environment, folder.string() + ": " + error.message());
  }
  return index;
}

void QuotedNames::add(const std::string& file, std::string_view text) {
  for (const std::string& name : quoted_names(text)) {
    files_[name].insert(file);
  }
}

std::string QuotedNames::file_of(std::string_view name, std::string_view prefix) const {
  const auto found = files_.find(name);
  if (found == files_.end()) {
    return {};
  }
  const auto own = std::ranges::find_if(
      found->second, [prefix](const std::string& file) { return file.starts_with(prefix); });
  return own == found->second.end() ? *found->second.begin() : *own;
}

}  // namespace juanzong
