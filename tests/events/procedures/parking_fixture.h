// SPDX-License-Identifier: Apache-2.0
// The tests' unit, handed over, on 2025-12-01, and its owner's rental PK-1.
#pragma once

#include "events/procedures/parking/stages.h"
#include "events/procedures/units.h"

#include "tests/support/parking_steps.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

class ParkingFixture : public HouseTest {
 protected:
  ParkingFixture() {
    hand_over(t);
    on("2025-12-01");
  }
  void on(std::string_view day) {
    today_ = *parse_date(day);
    t.at(std::string(day) + "T10:00:00+08:00");
  }
  ParkingRental rental() { return t.world().get<ParkingRental>("PK-1"); }
  ParkingStage stage() { return parking_stage(t.world(), rental(), today_); }
  CardDepositStage deposit() { return card_deposit_stage(t.world(), "CD-1"); }
  std::int64_t posted(std::string_view account) {
    return t.world().posted(PostingView::money, account);
  }
  std::vector<std::string> as(std::string_view role,
                              std::string_view event,
                              const std::string& body) {
    return RuleTester::rules_of(t.as("S-" + std::string(role)).when(event, body));
  }
  std::vector<std::string> paying(const TestRent& rent) {
    return as("CAS", "ParkingRentPaid", rent_json(rent));
  }
  void begin() {
    t.as("S-CSA").given("ParkingEligibilityVerified", eligible_json());
    t.given("ParkingDocumentsCollected", parking_documents_json());
  }
  // Paid for December, with card and deposit.
  void activate() {
    begin();
    rent_paid = t.as("S-CAS").given("ParkingRentPaid", rent_json());
    deposit_paid = t.given("ParkingCardDepositPaid", card_deposit_json());
    t.given("ParkingCardIssued", of_card_json());
  }
  void reverse(std::string_view kind,
               std::string_view target,
               std::string_view id,
               RecordIndex record,
               std::int64_t fen,
               bool with_unit = true) {
    const bool payment = kind == "PAYMENT";
    t.as("S-CAS").given("PaymentReversed",
                        json({text("kind", kind),
                              "\"target_event\":{\"index\":" + std::to_string(number(record)) + "}",
                              text(target, id),
                              with_unit ? unit_field() : "",
                              payment ? "" : text("case_ref", "parking:PK-1"),
                              number_field("amount_fen", fen),
                              house_sealed("reason"),
                              kind == "DEPOSIT_REFUND" ? house_attachment("proof") : "",
                              signatures({staff_signature("PM")})}));
  }
  RecordIndex rent_paid{};
  RecordIndex deposit_paid{};

 private:
  CivilDate today_;
};

}  // namespace juanzong::testing
