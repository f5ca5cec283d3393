// SPDX-License-Identifier: Apache-2.0
// Fen: an amount of money in 0.01 CNY. Integers only; every sum is checked for overflow.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace juanzong {

struct Fen {
  std::int64_t value = 0;
  auto operator<=>(const Fen&) const = default;
};

inline constexpr Fen zero_fen{0};

// nullopt on overflow.
[[nodiscard]] std::optional<Fen> checked_add(Fen a, Fen b);
[[nodiscard]] std::optional<Fen> checked_subtract(Fen a, Fen b);

// For amounts already bounded by admission (|amount| ≤ 10^15, at most 2^13 terms): overflow would
// be our bug and stops the process.
[[nodiscard]] Fen operator+(Fen a, Fen b);
[[nodiscard]] Fen operator-(Fen a, Fen b);
[[nodiscard]] Fen operator-(Fen a);
Fen& operator+=(Fen& a, Fen b);
Fen& operator-=(Fen& a, Fen b);

// "1,613.60 元"; "-8.05 元".
[[nodiscard]] std::string to_text(Fen amount);

}  // namespace juanzong
