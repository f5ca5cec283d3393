// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/parking/temporary_tariff.h"

#include "events/procedures/policy.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;

// The started ones of `size`.
std::int64_t started(std::int64_t amount, std::int64_t size) {
  return amount <= 0 ? 0 : (amount - 1) / size + 1;
}

// Amounts beyond this are no amounts (admission); a policy may hold any number.
constexpr Fen most{1'000'000'000'000'000};

Fen times(Fen price, std::int64_t count) {
  if (count == 0 || price == zero_fen) {
    return zero_fen;
  }
  return price.value > most.value / count ? most : Fen{price.value * count};
}

// Within one block of 24 hours; nothing for no minutes.
Fen fee_of_block(const TemporaryTariff& tariff, std::int64_t minutes) {
  if (minutes == 0) {
    return zero_fen;
  }
  const std::int64_t hours = started(minutes - tariff.first_minutes, 60);
  return std::min(std::min(tariff.first, most) + times(tariff.hour, hours), tariff.day_cap);
}

}  // namespace

TemporaryTariff temporary_tariff(const World& world, CivilDate on) {
  const auto amount = [&](std::string_view key) {
    return policy_amount(world, key, on).value_or(zero_fen);
  };
  return {policy_number(world, "parking.temp.first_min", on).value_or(0),
          amount("parking.temp.first_fen"),
          amount("parking.temp.hour_fen"),
          amount("parking.temp.day_cap_fen")};
}

Fen temporary_fee(const TemporaryTariff& tariff, std::int64_t minutes) {
  return times(tariff.day_cap, minutes / minutes_a_day) +
         fee_of_block(tariff, minutes % minutes_a_day);
}

std::int64_t minutes_between(UnixMicros from, UnixMicros to) {
  constexpr std::int64_t minute_us = 60'000'000;
  return started(to.value - from.value, minute_us);
}

}  // namespace juanzong
