// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/capital_amount.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace juanzong::evidence {
namespace {

constexpr std::array<std::string_view, 10> digits{
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 4> places{"", "拾", "佰", "仟"};
constexpr std::array<std::string_view, 4> groups{"", "万", "亿", "万"};  // the last of 亿
constexpr std::uint64_t group_size = 10'000;

// Whole yuan above zero. A run of zeros is one 零, said before the next digit.
std::string words_of(std::uint64_t yuan) {
  std::string words;
  bool zero = false;
  const bool beyond = yuan >= group_size * group_size * group_size;
  std::uint64_t divisor = group_size * group_size * group_size;
  for (std::size_t group = groups.size(); group-- > 0; divisor /= group_size) {
    const std::uint64_t part = yuan / divisor % group_size;
    std::uint64_t place_value = 1'000;
    for (std::size_t place = places.size(); place-- > 0; place_value /= 10) {
      const std::uint64_t digit = part / place_value % 10;
      if (digit == 0) {
        zero = !words.empty();
        continue;
      }
      words.append(zero ? digits[0] : "").append(digits[digit]).append(places[place]);
      zero = false;
    }
    if (part != 0 || (group == 2 && beyond)) {
      words.append(groups[group]);
    }
  }
  return words;
}

}  // namespace

std::string capital_amount(Fen amount) {
  const bool negative = amount.value < 0;
  const auto fen = static_cast<std::uint64_t>(negative ? -amount.value : amount.value);
  const std::uint64_t yuan = fen / 100;
  const std::uint64_t jiao = fen / 10 % 10;
  const std::uint64_t cents = fen % 10;
  std::string words = negative ? "人民币负" : "人民币";
  if (fen == 0) {
    return words + "零元整";
  }
  if (yuan != 0) {
    words += words_of(yuan) + "元";
  }
  if (jiao != 0) {
    words.append(digits[jiao]).append("角");
  } else if (cents != 0 && yuan != 0) {
    words.append(digits[0]);
  }
  if (cents != 0) {
    return words.append(digits[cents]).append("分");
  }
  return words + "整";
}

}  // namespace juanzong::evidence
