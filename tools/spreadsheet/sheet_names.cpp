// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/sheet_names.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace juanzong::spreadsheet {
namespace {

constexpr std::string_view forbidden = "[]:*?/\\'";
constexpr std::size_t characters_max = 31;
constexpr unsigned continuation_mask = 0xC0U;
constexpr unsigned continuation = 0x80U;

// The first characters of an UTF-8 text.
std::string_view head_of(std::string_view text, std::size_t characters) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & continuation_mask) != continuation;
    if (begins && ++seen > characters) {
      return text.substr(0, at);
    }
  }
  return text;
}

std::string allowed(const std::string& title) {
  std::string name = title;
  std::ranges::replace_if(
      name, [](char each) { return forbidden.find(each) != std::string_view::npos; }, '_');
  return name.empty() ? "_" : name;
}

}  // namespace

std::vector<std::string> sheet_names(const std::vector<ReportTable>& tables) {
  std::vector<std::string> names;
  for (const ReportTable& table : tables) {
    const std::string title = allowed(table.zh);
    std::string name(head_of(title, characters_max));
    for (int copy = 2; std::ranges::find(names, name) != names.end(); ++copy) {
      const std::string suffix = " (" + std::to_string(copy) + ")";
      name = std::string(head_of(title, characters_max - suffix.size())) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace juanzong::spreadsheet
