// SPDX-License-Identifier: Apache-2.0
// Bodies of the events of keys, for the house of house.h: key K-1 of unit 3-1-1202 unless another
// is named, and the steps that bring a key into the cabinet.
#pragma once

#include "tests/support/house.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace juanzong::testing {

[[nodiscard]] inline std::string key_of(std::string_view key_no,
                                        std::initializer_list<std::string> fields = {},
                                        std::string_view unit = house_unit) {
  const std::string rest = json(fields);
  return "{" + unit_field(unit) + "," + text("key_no", key_no) + (rest == "{}" ? "" : ",") +
         rest.substr(1);
}

[[nodiscard]] inline std::string delivered_key(std::string_view key_no,
                                               std::string_view unit = house_unit) {
  return json({text("key_no", key_no), unit_field(unit), "\"copies\":2"});
}

[[nodiscard]] inline std::string delivery_json(std::initializer_list<std::string> keys) {
  std::string list;
  for (const std::string& key : keys) {
    list.append(list.empty() ? "" : ",").append(key);
  }
  return json({"\"keys\":[" + list + "]", signatures({signature("DEVELOPER", "DEV-1")})});
}

[[nodiscard]] inline std::string key_registered_json(std::string_view key_no = "K-1",
                                                     std::string_view unit = house_unit) {
  return key_of(key_no, {text("cabinet", "A-3"), "\"locked\":true"}, unit);
}

// Key numbers as a JSON list: R"("K-1","K-2")".
[[nodiscard]] inline std::string issued_keys_json(std::string_view list = "\"K-1\"",
                                                  std::initializer_list<std::string> more = {},
                                                  std::string_view to = house_owner) {
  std::string body = json({unit_field(),
                           "\"key_no\":[" + std::string(list) + "]",
                           text("to", to),
                           text("id_checked", "ID_CARD"),
                           signatures({signature("OWNER", to)})});
  for (const std::string& field : more) {
    body.insert(body.size() - 1, "," + field);
  }
  return body;
}

// At the handover of the house, whose half year is charge F-1.
[[nodiscard]] inline std::string handover_keys_json(std::string_view list = "\"K-1\"") {
  return issued_keys_json(list, {text("handover_case", house_unit), text("fee_charge_id", "F-1")});
}

[[nodiscard]] inline std::string exception_json() {
  return json({unit_field(),
               house_sealed("reason", "业主急需"),
               signatures({staff_signature("PM"), staff_signature("CL")})});
}

[[nodiscard]] inline std::string entrusted_json(std::string_view key_no = "K-1") {
  return key_of(key_no,
                {text("entruster", house_owner),
                 "\"vacant\":true",
                 "\"disclaimer_accepted\":true",
                 signed_by_house_owner()});
}

[[nodiscard]] inline std::string retained_json(std::string_view key_no = "K-1") {
  return key_of(key_no,
                {R"("defects":["D-1"])",
                 house_sealed("owner_opinion", "同意留一把"),
                 "\"owner_consented\":true",
                 signed_by_house_owner()});
}

[[nodiscard]] inline std::string house_defect_json(std::string_view defect_id = "D-1") {
  return json({unit_field(),
               text("defect_id", defect_id),
               text("item", "窗户"),
               text("location", "主卧"),
               text("responsible", "DEVELOPER"),
               text("found_on", "2025-03-03")});
}

[[nodiscard]] inline std::string lent_json(std::string_view borrower = "S-ENG",
                                           std::string_view due = "2025-03-03T18:00:00+08:00") {
  return key_of("K-1",
                {text("borrower", borrower),
                 text("purpose", "检修窗户"),
                 text("due", due),
                 signatures({staff_signature("KEY"), signature("STAFF", borrower)})});
}

[[nodiscard]] inline std::string key_returned_json(
    std::string_view at = "2025-03-03T10:00:00+08:00") {
  return key_of("K-1", {text("at", at)});
}

[[nodiscard]] inline std::string escorted_json(std::string_view escort = "S-CSA") {
  return key_of("K-1",
                {house_sealed("visitor", "张先生"),
                 text("escort", escort),
                 text("from", "2025-03-03T09:30:00+08:00"),
                 text("to", "2025-03-03T10:00:00+08:00")});
}

[[nodiscard]] inline std::string reclaimed_json(std::string_view from = house_owner) {
  return key_of("K-1", {text("from", from)});
}

[[nodiscard]] inline std::string loss_json(
    std::string_view liable = R"("liable":["S-KEY","S-PM"])") {
  return key_of("K-1", {house_sealed("circumstances", "不慎遗失"), std::string(liable)});
}

[[nodiscard]] inline std::string compensation_json(std::string_view cause = "LOST") {
  return key_of("K-1", {text("cause", cause), text("payer", house_owner), "\"amount_fen\":5000"});
}

// Delivered by the developer and locked away.
inline void put_in_custody(RuleTester& t, std::string_view key_no = "K-1") {
  t.as("S-KEY").given("KeyReceivedFromDeveloper", delivery_json({delivered_key(key_no)}));
  t.given("KeyRegistered", key_registered_json(key_no));
}

}  // namespace juanzong::testing
