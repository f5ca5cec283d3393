// SPDX-License-Identifier: Apache-2.0
// Published tariffs (收费标准): what an amount must be, asked in one voice by all procedures that
// take money at a fixed price (H-FEE-2).
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/signatures.h"

#include <optional>
#include <string_view>

namespace juanzong {

inline constexpr Rule tariff_rule{"H-FEE-2",
                                  "S0§2.9(1); S4§2.1",
                                  "金额须与公布的收费标准一致,否则须项目经理签字",
                                  "the amount must be that of the published tariff, or the project "
                                  "manager signs"};

// Refuses an amount that is not the tariff's, or where no tariff is set, unless the project manager
// signed. `key` is the policy key that the tariff comes from.
void check_tariff_amount(std::string_view key,
                         std::optional<Fen> tariff,
                         Fen amount,
                         const SignatureList* signatures,
                         const World& world,
                         Decision& decision);

}  // namespace juanzong
