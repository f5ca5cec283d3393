// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/parking/stages.h"

#include "events/procedures/charges.h"
#include "events/procedures/policy.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, parking_stage_count> rental_names{
    "NONE", "ELIGIBLE", "DOCUMENTED", "RENT_PAID", "ACTIVE", "EXPIRED", "RETURNED", "CLOSED"};
constexpr std::array<std::string_view, 5> deposit_names{
    "NONE", "HELD", "RETURNED", "LOST", "REFUNDED"};
constexpr std::array<std::string_view, 4> temporary_names{"NONE", "ENTERED", "EXITED", "PAID"};

bool is_settled(const World& world, std::string_view charge_id) {
  const auto* charge = world.find<ChargeState>(charge_id);
  return charge != nullptr && !charge->reversed && charge->open() == zero_fen;
}

ParkingStage stage_without_card(const ParkingRental& rental,
                                std::optional<CivilDate> paid_until,
                                CivilDate today) {
  if (!paid_until) {
    return rental.documents ? ParkingStage::documented : ParkingStage::eligible;
  }
  return today <= *paid_until ? ParkingStage::rent_paid : ParkingStage::expired;
}

RentalCard card_facts(const ParkingRental& rental, const std::string& card_no) {
  const auto card = rental.cards.find(card_no);
  return card == rental.cards.end() ? RentalCard{} : card->second;
}

}  // namespace

std::string_view name_of(ParkingStage stage) {
  return rental_names[static_cast<std::size_t>(stage)];
}

std::string_view name_of(CardDepositStage stage) {
  return deposit_names[static_cast<std::size_t>(stage)];
}

std::string_view name_of(TemporaryStage stage) {
  return temporary_names[static_cast<std::size_t>(stage)];
}

bool period_stands(const World& world, const ParkingPeriod& period) {
  return is_settled(world, period.charge_id);
}

std::optional<CivilDate> rent_paid_until(const World& world, const ParkingRental& rental) {
  std::optional<CivilDate> until;
  for (const ParkingPeriod& period : rental.periods) {
    if (period_stands(world, period) && (!until || *until < period.last)) {
      until = period.last;
    }
  }
  return until;
}

ParkingStage parking_stage(const World& world, const ParkingRental& rental, CivilDate today) {
  if (!rental.eligible) {
    return ParkingStage::none;
  }
  const auto paid_until = rent_paid_until(world, rental);
  const RentalCard card = card_facts(rental, rental.card);
  if (!card.issued || card.lost) {
    return stage_without_card(rental, paid_until, today);
  }
  if (card.returned) {
    const auto* deposit = world.find<DepositState>(card.deposit_id);
    const bool held = deposit != nullptr && deposit->held();
    return held ? ParkingStage::returned : ParkingStage::closed;
  }
  return paid_until && today <= *paid_until ? ParkingStage::active : ParkingStage::expired;
}

std::string card_of_deposit(const ParkingRental& rental, std::string_view deposit_id) {
  const auto card = std::ranges::find_if(
      rental.cards, [&](const auto& each) { return each.second.deposit_id == deposit_id; });
  return card == rental.cards.end() ? std::string() : card->first;
}

CardDepositStage card_deposit_stage(const World& world, std::string_view deposit_id) {
  const auto deposit = world.get<DepositState>(deposit_id);
  if (!deposit.exists() || deposit.payment_reversed) {
    return CardDepositStage::none;
  }
  if (deposit.refund) {
    return CardDepositStage::refunded;
  }
  const auto rental = world.get<ParkingRental>(deposit.case_id);
  const RentalCard card = card_facts(rental, card_of_deposit(rental, deposit_id));
  return card.lost       ? CardDepositStage::lost
         : card.returned ? CardDepositStage::returned
                         : CardDepositStage::held;
}

CardRefundObstacles card_refund_obstacles(const World& world,
                                          std::string_view deposit_id,
                                          CivilDate today) {
  const auto deposit = world.get<DepositState>(deposit_id);
  const auto rental = world.get<ParkingRental>(deposit.case_id);
  const CardDepositStage stage = card_deposit_stage(world, deposit_id);
  const auto allows = [&](std::string_view key) {
    return policy_flag(world, key, rental.begun_on).value_or(false);
  };
  CardRefundObstacles obstacles;
  if (stage == CardDepositStage::none || stage == CardDepositStage::refunded) {
    obstacles.facts.push_back(fact("deposit", name_of(stage)));
    return obstacles;
  }
  if (stage == CardDepositStage::held) {
    obstacles.facts.push_back(fact("missing", "card"));
  }
  if (stage == CardDepositStage::lost && !allows("parking.lost_card_refund")) {
    obstacles.facts.push_back(fact("card", "LOST"));
  }
  const auto paid_until = rent_paid_until(world, rental);
  if (paid_until && today <= *paid_until && !allows("parking.refund_before_expiry")) {
    if (obstacles.facts.empty()) {
      obstacles.earliest = add_days(*paid_until, 1);
    }
    obstacles.facts.push_back(fact("rent_paid_until", *paid_until));
  }
  return obstacles;
}

std::string temporary_charge_id(std::string_view session_id) {
  return "TEMPORARY-" + std::string(session_id);
}

TemporaryStage temporary_stage(const World& world, std::string_view session_id) {
  const auto session = world.get<TemporaryParking>(session_id);
  if (session.paid && is_settled(world, temporary_charge_id(session_id))) {
    return TemporaryStage::paid;
  }
  return session.exited    ? TemporaryStage::exited
         : session.entered ? TemporaryStage::entered
                           : TemporaryStage::none;
}

}  // namespace juanzong
