// SPDX-License-Identifier: Apache-2.0
// Quantity times price (数量 × 单价): thousandths of a measure, whole fen, rounded half up as a
// bill is written. Bounded, so that sums of such amounts fit whatever somebody types.
#pragma once

#include "events/model/limits.h"
#include "events/model/money.h"

#include <cstdint>
#include <optional>

namespace juanzong {

inline constexpr std::int64_t quantity_milli_max = 1'000'000'000;

// nullopt: no quantity, or beyond what an amount may be.
[[nodiscard]] constexpr std::optional<Fen> cost_of(Fen price, std::int64_t qty_milli) {
  constexpr std::int64_t milli = 1'000;
  if (qty_milli <= 0 || qty_milli > quantity_milli_max || price < zero_fen ||
      price.value > limits::amount_fen_max / (qty_milli / milli + 1)) {
    return std::nullopt;
  }
  // Whole measures and thousandths apart: the product of both limits would not fit.
  return Fen{qty_milli / milli * price.value +
             (qty_milli % milli * price.value + milli / 2) / milli};
}

}  // namespace juanzong
