// SPDX-License-Identifier: Apache-2.0
// The price of a temporary stop (S0§17.3, DOMAIN A16): a first stretch at a flat price, each
// further hour more, at most a cap for each 24 hours from the entry. Started hours count whole.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>

namespace juanzong {

struct TemporaryTariff {
  std::int64_t first_minutes = 0;
  Fen first;
  Fen hour;
  Fen day_cap;
};
// That of the policy in force on the day.
[[nodiscard]] TemporaryTariff temporary_tariff(const World& world, CivilDate on);

[[nodiscard]] Fen temporary_fee(const TemporaryTariff& tariff, std::int64_t minutes);

// Started minutes between two instants.
[[nodiscard]] std::int64_t minutes_between(UnixMicros from, UnixMicros to);

}  // namespace juanzong
