// SPDX-License-Identifier: Apache-2.0
// The stage of a decoration case and of its deposits, computed from the facts, and sets of stages
// for the state machines' tables.
#pragma once

#include "events/procedures/decoration/decoration_state.h"
#include "events/procedures/deposits.h"

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

// A set of stages that can stand as a template argument.
template <class Stage>
struct StageSet {
  std::uint32_t bits = 0;
  constexpr StageSet() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a stage is the set of itself
  constexpr StageSet(Stage stage) : bits(std::uint32_t{1} << static_cast<unsigned>(stage)) {}
  [[nodiscard]] constexpr bool has(Stage stage) const { return (bits & StageSet(stage).bits) != 0; }
  friend constexpr StageSet operator|(StageSet a, StageSet b) {
    StageSet both;
    both.bits = a.bits | b.bits;
    return both;
  }
};
using DecorationStages = StageSet<DecorationStage>;
using DepositStages = StageSet<DepositStage>;

constexpr DecorationStages operator|(DecorationStage a, DecorationStage b) {
  return DecorationStages(a) | DecorationStages(b);
}
constexpr DepositStages operator|(DepositStage a, DepositStage b) {
  return DepositStages(a) | DepositStages(b);
}

template <class Stage>
constexpr StageSet<Stage> from_to(Stage first, Stage last) {
  StageSet<Stage> set;
  for (auto at = static_cast<unsigned>(first); at <= static_cast<unsigned>(last); ++at) {
    set = set | static_cast<Stage>(at);
  }
  return set;
}

// Names in order, separated by spaces.
template <class Stage>
[[nodiscard]] std::string names_of(StageSet<Stage> set, int count) {
  std::string names;
  for (int at = 0; at < count; ++at) {
    if (set.has(static_cast<Stage>(at))) {
      names.append(names.empty() ? "" : " ").append(name_of(static_cast<Stage>(at)));
    }
  }
  return names;
}

// Which fees keep a contracted case from its permit: policy keys without a value, purposes not
// assessed or not paid, "DEPOSIT". Empty: settled.
[[nodiscard]] std::vector<std::string> unsettled_fees(const World& world,
                                                      std::string_view deco_id,
                                                      const DecorationCase& deco);

// Accepted or cancelled, and no deposit of the case is held.
[[nodiscard]] bool is_closed(const World& world, const DecorationCase& deco);
[[nodiscard]] DecorationStage stage_of(const World& world,
                                       std::string_view deco_id,
                                       const DecorationCase& deco);
[[nodiscard]] DepositStage deposit_stage_of(const World& world,
                                            std::string_view deposit_id,
                                            CivilDate today);

}  // namespace juanzong
