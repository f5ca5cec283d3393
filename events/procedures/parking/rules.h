// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the rules of P17 and the guards that every event of a rental
// asks. rental_rules.cpp judges who may rent and what he pays, card_rules.cpp card and deposit,
// register_rules.cpp the list for the garage, temporary_rules.cpp the stops.
#pragma once

#include "events/procedures/parking/stages.h"
#include "events/procedures/procedure.h"
#include "events/procedures/signatures.h"

#include <optional>
#include <span>
#include <string_view>

namespace juanzong::parking {

inline constexpr Rule eligibility_rule{"H-PRK-1",
                                       "S0§17.1(1)",
                                       "非本小区业主或租户不予办理,按标准收费的除外",
                                       "monthly parking is for owners and tenants of the estate, "
                                       "others only at the standard rate"};
inline constexpr Rule vehicle_rule{"H-PRK-2",
                                   "S0§17.1(2)",
                                   "须凭行驶证核实车辆合法性和车主身份",
                                   "the vehicle licence verifies the vehicle and its owner"};
inline constexpr Rule card_rule{"H-PRK-3",
                                "S0§17.4(1)",
                                "凭交费收据和押金办卡,月租才能办理",
                                "a card only for a monthly rental whose rent and card deposit are "
                                "paid"};
inline constexpr Rule refund_rule{"H-PRK-4",
                                  "S0§17.4(2)",
                                  "月租到期并退卡后,按原额退还押金一次",
                                  "the deposit is refunded once, in full, after the rent has "
                                  "expired and the card is back"};
inline constexpr Rule contract_rule{"H-PRK-5",
                                    "S0§17.2(1)",
                                    "租用业主车位须有租用合同复印件",
                                    "renting an owner's space needs the copy of the contract"};

// The rental that the event names, in its stage of today. Refuses STATE where the rental does not
// stand in `accepted` (nor in `explained`, where a rule of the event says what is missing), and
// SCHEMA where the event names another unit. nullopt: there is no such rental.
struct RentalQuestion {
  const ParkingRental& rental;
  ParkingStage stage;
};
inline constexpr ParkingStages any_stage = from_to(ParkingStage::eligible, ParkingStage::closed);

template <class Body>
[[nodiscard]] std::optional<RentalQuestion> ask_rental(const Body& event,
                                                       ParkingStages accepted,
                                                       const EventContext& context,
                                                       const World& world,
                                                       Decision& decision,
                                                       ParkingStages explained = {}) {
  const auto* rental = world.find<ParkingRental>(view_of(event.rental_id()));
  const ParkingStage stage =
      rental == nullptr ? ParkingStage::none : parking_stage(world, *rental, context.today);
  if (!(accepted | explained).has(stage)) {
    decision.refuse_state(name_of(stage), names_of(accepted, parking_stage_count));
  }
  if (stage == ParkingStage::none) {
    return std::nullopt;
  }
  if (rental->unit != view_of(event.unit())) {
    decision.refuse_schema("unit", "与车位租用登记的房屋不符", "not the unit of the rental");
  }
  return RentalQuestion{*rental, stage};
}

// The customer signs what is given to him and taken from him.
void check_customer_signature(const SignatureList* signatures,
                              std::string_view customer,
                              Decision& decision);
[[nodiscard]] std::span<const EventHandler> rental_handlers();
[[nodiscard]] std::span<const EventHandler> card_handlers();
[[nodiscard]] std::span<const EventHandler> register_handlers();
[[nodiscard]] std::span<const EventHandler> temporary_handlers();

}  // namespace juanzong::parking
