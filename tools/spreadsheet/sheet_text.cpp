// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/sheet_text.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

namespace juanzong::spreadsheet {
namespace {

constexpr std::array<std::string_view, 8> formula_openers{
    "=", "+", "-", "@", "＝", "＋", "－", "＠"};

std::string yuan_of(Fen amount) {
  // Not through std::abs: the smallest value has no positive counterpart.
  const bool below = amount.value < 0;
  const auto bits = static_cast<std::uint64_t>(amount.value);
  const std::uint64_t fen = below ? std::uint64_t{0} - bits : bits;
  const std::string cents = std::to_string(fen % 100);
  return (below ? "-" : "") + std::to_string(fen / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

}  // namespace

std::string text_of(const CellValue& value, const CivilZone& zone) {
  return std::visit(
      [&zone](const auto& each) -> std::string {
        using T = std::decay_t<decltype(each)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return {};
        } else if constexpr (std::is_same_v<T, std::string>) {
          return each;
        } else if constexpr (std::is_same_v<T, bool>) {
          return each ? "是" : "否";
        } else if constexpr (std::is_same_v<T, Fen>) {
          return yuan_of(each);
        } else if constexpr (std::is_same_v<T, CivilDate>) {
          return to_text(each);
        } else if constexpr (std::is_same_v<T, UnixMicros>) {
          return zone.to_text(each);
        } else if constexpr (std::is_same_v<T, CellCode>) {
          return each.zh.empty() ? each.code : each.zh;
        } else {
          return std::to_string(each);
        }
      },
      value);
}

std::string inert(std::string_view text) {
  const std::string_view trimmed =
      text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const bool opens = std::ranges::any_of(
      formula_openers, [trimmed](std::string_view opener) { return trimmed.starts_with(opener); });
  const bool control = text.starts_with('\t') || text.starts_with('\r');
  return (opens || control ? "'" : "") + std::string(text);
}

bool is_text(const CellValue& value) {
  return std::holds_alternative<std::string>(value) || std::holds_alternative<CellCode>(value);
}

}  // namespace juanzong::spreadsheet
