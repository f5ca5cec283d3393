// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/parking/parking.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/parking/parking_schema.h"
#include "events/procedures/parking/rules.h"

#include <array>
#include <vector>

namespace juanzong {
namespace parking {

void check_customer_signature(const SignatureList* signatures,
                              std::string_view customer,
                              Decision& decision) {
  if (!signed_by(signatures, customer, body::Capacity::CUSTOMER)) {
    decision.refuse_schema("signatures", "须由客户签名", "the customer must sign");
  }
}

}  // namespace parking

namespace {

constexpr std::array rules{parking::eligibility_rule,
                           parking::vehicle_rule,
                           parking::card_rule,
                           parking::refund_rule,
                           parking::contract_rule};

constexpr std::array states{state_type<ParkingRental>("parking_rental"),
                            state_type<ParkingCard>("parking_card"),
                            state_type<TemporaryParking>("temporary_parking")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({parking::rental_handlers(),
                          parking::card_handlers(),
                          parking::register_handlers(),
                          parking::temporary_handlers()});
}

}  // namespace

const Procedure& parking_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P17",
                                   .name = "parking",
                                   .zh = "车位租用",
                                   .en = "Parking",
                                   .schema = parking_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .duties = parking_duties()};
  return procedure;
}

}  // namespace juanzong
