// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal/grouped_number.h"

namespace juanzong::terminal {
namespace {

std::string group_digits(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

// Also of the smallest number, whose negative is no int64.
std::uint64_t magnitude(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  return number < 0 ? ~bits + 1 : bits;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  return group_digits(std::to_string(number));
}

std::string grouped(std::int64_t number) {
  return (number < 0 ? "-" : "") + grouped(magnitude(number));
}

}  // namespace juanzong::terminal
