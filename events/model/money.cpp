// SPDX-License-Identifier: Apache-2.0
#include "events/model/money.h"

#include "events/model/check.h"

namespace juanzong {

std::optional<Fen> checked_add(Fen a, Fen b) {
  Fen sum;
  if (__builtin_add_overflow(a.value, b.value, &sum.value)) {
    return std::nullopt;
  }
  return sum;
}

std::optional<Fen> checked_subtract(Fen a, Fen b) {
  Fen difference;
  if (__builtin_sub_overflow(a.value, b.value, &difference.value)) {
    return std::nullopt;
  }
  return difference;
}

Fen operator+(Fen a, Fen b) {
  const auto sum = checked_add(a, b);
  check(sum.has_value(), "money sums stay inside 64 bits");
  return *sum;
}

Fen operator-(Fen a, Fen b) {
  const auto difference = checked_subtract(a, b);
  check(difference.has_value(), "money differences stay inside 64 bits");
  return *difference;
}

Fen operator-(Fen a) {
  return zero_fen - a;
}

Fen& operator+=(Fen& a, Fen b) {
  a = a + b;
  return a;
}

Fen& operator-=(Fen& a, Fen b) {
  a = a - b;
  return a;
}

std::string to_text(Fen amount) {
  const bool negative = amount.value < 0;
  // Negating the most negative value is undefined: work in unsigned.
  std::uint64_t fen = static_cast<std::uint64_t>(amount.value);
  if (negative) {
    fen = ~fen + 1;
  }
  std::string yuan = std::to_string(fen / 100);
  for (std::size_t at = yuan.size(); at > 3;) {
    at -= 3;
    yuan.insert(at, 1, ',');
  }
  const std::uint64_t cents = fen % 100;
  std::string text = negative ? "-" : "";
  text.append(yuan).append(cents < 10 ? ".0" : ".").append(std::to_string(cents)).append(" 元");
  return text;
}

}  // namespace juanzong
