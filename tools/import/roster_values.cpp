// SPDX-License-Identifier: Apache-2.0
#include "tools/import/roster_values.h"

#include "events/procedures/body_inspection.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 11> unit_words = {
    "号楼", "栋", "幢", "座", "楼", "单元", "门", "号", "室", "房", "#"};
constexpr std::array<std::string_view, 3> floor_words = {"层", "楼", "F"};
constexpr std::array<std::string_view, 4> area_words = {"平方米", "平米", "m2", "㎡"};
constexpr std::int32_t floor_max = 200;
constexpr std::size_t area_decimals = 4;
constexpr std::size_t area_digits_max = 6;

template <std::size_t count>
std::string_view without_word(std::string_view text,
                              const std::array<std::string_view, count>& words) {
  const auto word = std::ranges::find_if(words, [text](std::string_view each) {
    return text.ends_with(each) && text.size() > each.size();
  });
  if (word != words.end()) {
    text.remove_suffix(word->size());
  }
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

}  // namespace

std::optional<std::string> unit_part(std::string_view text) {
  const std::string part(without_word(text, unit_words));
  const bool fits = has_format(part, TextFormat::code) && part.find('-') == std::string::npos;
  return fits ? std::optional(part) : std::nullopt;
}

std::optional<std::int32_t> floor_number(std::string_view text) {
  text = without_word(text, floor_words);
  std::int32_t floor = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, floor);
  const bool fits = error == std::errc{} && stop == end && floor != 0 && floor >= -floor_max &&
                    floor <= floor_max;
  return fits ? std::optional(floor) : std::nullopt;
}

std::optional<std::int64_t> area_cm2(std::string_view text) {
  text = without_word(text, area_words);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
  const bool shaped = !whole.empty() && whole.size() <= area_digits_max && all_digits(whole) &&
                      decimals.size() <= area_decimals && all_digits(decimals) &&
                      (point == std::string_view::npos || !decimals.empty());
  if (!shaped) {
    return std::nullopt;
  }
  decimals.resize(area_decimals, '0');
  const std::string digits = std::string(whole) + decimals;
  std::int64_t area = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), area);
  return area > 0 ? std::optional(area) : std::nullopt;
}

std::optional<std::string> phone_number(std::string_view text) {
  if (text.starts_with("+86")) {
    text.remove_prefix(3);
  }
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits.push_back(c);
    } else if (c != ' ' && c != '-' && c != '(' && c != ')') {
      return std::nullopt;
    }
  }
  const bool mobile =
      digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
  const bool landline = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0';
  return mobile || landline ? std::optional(digits) : std::nullopt;
}

std::optional<std::string> contract_number(std::string_view text) {
  const bool fits = has_format(text, TextFormat::code);
  return fits ? std::optional(std::string(text)) : std::nullopt;
}

}  // namespace juanzong
