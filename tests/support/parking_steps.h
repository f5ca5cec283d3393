// SPDX-License-Identifier: Apache-2.0
// Rental PK-1 of the tests' owner with card IC-1 and deposit CD-1, December 2025, and temporary
// stops: bodies as JSON.
#pragma once

#include "tests/support/house.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace juanzong::testing {

[[nodiscard]] inline std::string of_rental(std::initializer_list<std::string> fields) {
  const std::string rest = json(fields);
  return "{" + text("rental_id", "PK-1") + "," + unit_field() + (rest == "{}" ? "" : ",") +
         rest.substr(1);
}
// The same rental as one of somebody from outside.
[[nodiscard]] inline std::string outside(std::string body) {
  return replaced(std::move(body), unit_field() + ",", "");
}
[[nodiscard]] inline std::string number_field(std::string_view name, std::int64_t value) {
  return "\"" + std::string(name) + "\":" + std::to_string(value);
}
[[nodiscard]] inline std::string signed_by_customer(std::string_view customer = house_owner) {
  return signatures({signature("CUSTOMER", customer)});
}
[[nodiscard]] inline std::string eligible_json(std::string_view status = "OWNER") {
  return of_rental({text("customer", house_owner),
                    text("status", status),
                    "\"vehicle_licence_checked\":true",
                    text("vehicle_owner", house_owner)});
}
[[nodiscard]] inline std::string parking_documents_json() {
  return of_rental({house_attachment("id_copy"),
                    house_attachment("vehicle_licence_copy"),
                    house_sealed("mobile", "13812341234")});
}
[[nodiscard]] inline std::string pass_json(std::string_view valid_to = "2026-12-31") {
  return of_rental({house_sealed("plate", "粤B12345"), text("valid_to", valid_to)});
}
struct TestRent {
  std::string_view from = "2025-12-01";
  std::string_view to = "2025-12-31";
  std::int64_t fen = 10'000;
  std::string_view id = "R-1";  // of payment and charge
};
[[nodiscard]] inline std::string rent_json(const TestRent& rent = {}) {
  return of_rental({text("payment_id", "P-" + std::string(rent.id)),
                    text("charge_id", "C-" + std::string(rent.id)),
                    text("from", rent.from),
                    text("to", rent.to),
                    number_field("amount_fen", rent.fen),
                    text("method", "CASH"),
                    text("book", "A")});
}
[[nodiscard]] inline std::string card_deposit_json(std::int64_t fen = 5'000) {
  return of_rental({text("deposit_id", "CD-1"),
                    text("card_no", "IC-1"),
                    number_field("amount_fen", fen),
                    text("method", "CASH"),
                    text("book", "B")});
}
[[nodiscard]] inline std::string of_card_json(std::string_view customer = house_owner) {
  return of_rental({text("card_no", "IC-1"), signed_by_customer(customer)});
}
[[nodiscard]] inline std::string card_refund_json(std::int64_t fen = 5'000) {
  return of_rental({text("deposit_id", "CD-1"),
                    text("card_no", "IC-1"),
                    number_field("amount_fen", fen),
                    text("payee", house_owner),
                    text("method", "CASH"),
                    signed_by_customer()});
}
[[nodiscard]] inline std::string parking_row_json() {
  return of_rental({text("date", "2025-12-01"),
                    house_sealed("owner_name", "陈静"),
                    house_sealed("phone", "13812341234"),
                    text("car_type", "小型轿车"),
                    house_sealed("plate", "粤B12345"),
                    text("from", "2025-12-01"),
                    text("to", "2025-12-31"),
                    text("card_no", "IC-1")});
}
[[nodiscard]] inline std::string shared_json(std::string_view week = "2025-12-01") {
  return json({text("week", week), house_attachment("list"), text("received_by", "S-GFC")});
}
[[nodiscard]] inline std::string stop_json(std::string_view at, std::string_view session = "S-1") {
  return json({text("session_id", session), house_sealed("plate", "粤B12345"), text("at", at)});
}
[[nodiscard]] inline std::string stop_paid_json(std::int64_t minutes,
                                                std::int64_t fen,
                                                std::string_view payment = "TP-1",
                                                std::string_view session = "S-1") {
  return json({text("session_id", session),
               text("payment_id", payment),
               number_field("minutes", minutes),
               number_field("amount_fen", fen),
               number_field("tariff_ver", 1),
               text("method", "CASH"),
               text("book", "G")});
}

}  // namespace juanzong::testing
