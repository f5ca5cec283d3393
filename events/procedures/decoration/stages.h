// SPDX-License-Identifier: Apache-2.0
// The stage of a decoration case and of its deposits, computed from the facts.
#pragma once

#include "events/procedures/decorations.h"
#include "events/procedures/deposits.h"
#include "events/procedures/stage_set.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// Stages of a decoration deposit (DOMAIN 4.5).
enum class DepositStage : std::uint8_t {
  none,
  held,
  waiting,     // accepted, the months run
  refundable,  // the earliest refund date has come
  inspected,
  calculated,
  approved,
  refunded,
};
inline constexpr int deposit_stage_count = 8;

[[nodiscard]] std::string_view name_of(DecorationStage stage);
[[nodiscard]] std::string_view name_of(DepositStage stage);

using DecorationStages = StageSet<DecorationStage>;
using DepositStages = StageSet<DepositStage>;

constexpr DecorationStages operator|(DecorationStage a, DecorationStage b) {
  return DecorationStages(a) | DecorationStages(b);
}
constexpr DepositStages operator|(DepositStage a, DepositStage b) {
  return DepositStages(a) | DepositStages(b);
}

// Which fees keep a contracted case from its permit: policy keys without a value, purposes not
// assessed or not paid, "DEPOSIT". Empty: settled.
[[nodiscard]] std::vector<std::string> unsettled_fees(const World& world,
                                                      std::string_view deco_id,
                                                      const DecorationCase& deco);

// The case that the deposit belongs to; nullptr for deposits of other kinds.
[[nodiscard]] const DecorationCase* case_of(const World& world, const DepositState& deposit);

// Accepted or cancelled, and no deposit of the case is held.
[[nodiscard]] bool is_closed(const World& world, const DecorationCase& deco);
[[nodiscard]] DecorationStage stage_of(const World& world,
                                       std::string_view deco_id,
                                       const DecorationCase& deco);
[[nodiscard]] DepositStage deposit_stage_of(const World& world,
                                            std::string_view deposit_id,
                                            CivilDate today);

}  // namespace juanzong
