// SPDX-License-Identifier: Apache-2.0
// Transfer TR-1 of the tests' unit, from its owner to a buyer, on 2025-04-16: bodies as JSON.
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

inline const std::string house_buyer = person_id(3001);
inline constexpr std::string_view transfer_moment = "2025-04-16T11:00:00+08:00";

[[nodiscard]] inline std::string of_transfer(std::initializer_list<std::string> fields) {
  return "{" + unit_field() + "," + text("transfer_id", "TR-1") + "," + json(fields).substr(1);
}
[[nodiscard]] inline std::string signed_by_buyer() {
  return signatures({signature("OWNER", house_buyer)});
}
[[nodiscard]] inline std::string submitted_json() {
  return of_transfer({text("old_owner", house_owner),
                      text("new_owner", house_buyer),
                      text("evidence", "PROPERTY_CERT"),
                      "\"cert_no\":" + sealed(house_buyer, "不动产权第0012345号"),
                      text("holder_on_cert", house_buyer),
                      "\"dig\":" + attachment(house_buyer),
                      signed_by_buyer()});
}
[[nodiscard]] inline std::string verified_json() {
  return of_transfer({text("verified_by", "S-CSA"), "\"ok\":true"});
}
[[nodiscard]] inline std::string transfer_meters_json() {
  return json({unit_field(),
               R"("meters":[{"kind":"WATER","reading_milli":412600,)"
               R"("read_at":"2025-04-16T10:30:00+08:00"}])"});
}
// `payments` as a JSON list.
[[nodiscard]] inline std::string former_settled_json(std::string_view payments = "[]",
                                                     std::int64_t total_fen = 0,
                                                     std::string_view up_to = transfer_moment) {
  return of_transfer({text("up_to", up_to),
                      "\"payments\":" + std::string(payments),
                      "\"total_fen\":" + std::to_string(total_fen),
                      signatures({staff_signature("CAS")})});
}
[[nodiscard]] inline std::string prepaid_json(std::string_view charge_id = "F-2",
                                              std::string_view to = "2025-10-15",
                                              std::string_view payment_id = "P-2") {
  return of_transfer({text("payment_id", payment_id),
                      text("charge_id", charge_id),
                      text("from", "2025-04-16"),
                      text("to", to),
                      "\"amount_fen\":162120",
                      text("method", "CASH"),
                      text("book", "A")});
}
[[nodiscard]] inline std::string buyer_file_json() {
  return of_transfer({text("person", house_buyer),
                      "\"name\":" + sealed(house_buyer, "高磊"),
                      "\"id_number\":" + sealed(house_buyer, "x"),
                      "\"emergency_mobile\":" + sealed(house_buyer, "13912341234"),
                      R"("declined":["BIRTHDAY"])",
                      "\"form\":" + attachment(house_buyer),
                      "\"id_copy\":" + attachment(house_buyer),
                      signed_by_buyer()});
}
[[nodiscard]] inline std::string buyer_paper_json(bool names_the_transfer = true) {
  return json({unit_field(),
               text("party", house_buyer),
               text("doc_kind", "TRANSFER"),
               text("doc_version", "v1"),
               names_the_transfer ? text("transfer_id", "TR-1") : "",
               signed_by_buyer()});
}
[[nodiscard]] inline std::string annotated_json(std::string_view on = "2025-04-16") {
  return of_transfer({text("person", house_owner), text("transferred_on", on)});
}
[[nodiscard]] inline std::string transferred_json(std::string_view effective = transfer_moment) {
  return of_transfer({text("new_owner", house_buyer),
                      text("effective", effective),
                      signatures({staff_signature("ARC")})});
}

}  // namespace juanzong::testing
