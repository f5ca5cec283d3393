// SPDX-License-Identifier: Apache-2.0
// Stages of a rental, of a card's deposit and of a temporary stop, computed from the facts (DOMAIN
// 4.5, 4.7), and what keeps a card's deposit from its refund. The rules refuse by these questions
// and the views show them.
#pragma once

#include "events/procedures/deposits.h"
#include "events/procedures/parking/parking_state.h"
#include "events/procedures/procedure.h"
#include "events/procedures/stage_set.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class ParkingStage : std::uint8_t {
  none,
  eligible,
  documented,
  rent_paid,  // no card yet, or the card was lost
  active,
  expired,
  returned,
  closed,
};
inline constexpr int parking_stage_count = 8;
[[nodiscard]] std::string_view name_of(ParkingStage stage);
using ParkingStages = StageSet<ParkingStage>;
constexpr ParkingStages operator|(ParkingStage a, ParkingStage b) {
  return ParkingStages(a) | ParkingStages(b);
}

// The period's charge is settled: neither it nor its payment was reversed.
[[nodiscard]] bool period_stands(const World& world, const ParkingPeriod& period);
// The last day that is paid; nullopt while nothing is.
[[nodiscard]] std::optional<CivilDate> rent_paid_until(const World& world,
                                                       const ParkingRental& rental);
[[nodiscard]] ParkingStage parking_stage(const World& world,
                                         const ParkingRental& rental,
                                         CivilDate today);

enum class CardDepositStage : std::uint8_t { none, held, returned, lost, refunded };
[[nodiscard]] std::string_view name_of(CardDepositStage stage);
// Of a deposit of kind parking_card.
[[nodiscard]] CardDepositStage card_deposit_stage(const World& world, std::string_view deposit_id);
// The card of the rental that the deposit was paid for; empty if there is none.
[[nodiscard]] std::string card_of_deposit(const ParkingRental& rental, std::string_view deposit_id);

// What keeps the deposit from its refund (H-PRK-4), as facts; `earliest` where a day alone lets it
// pass. No facts: nothing does.
struct CardRefundObstacles {
  std::vector<Fact> facts;
  std::optional<CivilDate> earliest;
};
[[nodiscard]] CardRefundObstacles card_refund_obstacles(const World& world,
                                                        std::string_view deposit_id,
                                                        CivilDate today);

enum class TemporaryStage : std::uint8_t { none, entered, exited, paid };
[[nodiscard]] std::string_view name_of(TemporaryStage stage);
[[nodiscard]] TemporaryStage temporary_stage(const World& world, std::string_view session_id);
// A row for every fee paid, key: dated_key of day, record, session; value: minutes, fen, payment
// id.
inline constexpr std::string_view temporary_list = "temporary_parking";
// The charge of a stop; it is assessed when it is paid.
[[nodiscard]] std::string temporary_charge_id(std::string_view session_id);

}  // namespace juanzong
