// SPDX-License-Identifier: Apache-2.0
// Numbers in the texts of a package: ASCII decimal, one spelling a value.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace juanzong::evidence {

// Below 10^18, so that shells can reckon with it; no sign, no leading zeros.
[[nodiscard]] inline std::optional<std::uint64_t> plain_number(std::string_view text) {
  constexpr std::size_t digits_max = 18;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  const bool one_spelling = !text.empty() && (text.size() == 1 || text.front() != '0');
  return whole && one_spelling && text.size() <= digits_max ? std::optional(value) : std::nullopt;
}

}  // namespace juanzong::evidence
