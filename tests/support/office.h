// SPDX-License-Identifier: Apache-2.0
// An office room and its client for tests: the forms of office move-in and lease termination as
// JSON bodies, for room 3-1-1202 and client CO-1, whose person responsible is `office_person`.
#pragma once

#include "events/procedures/key_custody.h"

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

inline constexpr std::string_view office_company = "CO-1";
inline const std::string office_person = person_id(3001);

// {"unit":…,"company":…, fields}
[[nodiscard]] inline std::string of_room(const std::string& fields) {
  return "{" + unit_field() + "," + fields + "}";
}
[[nodiscard]] inline std::string of_client(std::initializer_list<std::string> fields) {
  const std::string rest = json(fields);
  const std::string more = rest == "{}" ? "" : "," + rest.substr(1, rest.size() - 2);
  return of_room(text("company", office_company) + more);
}
[[nodiscard]] inline std::string by_client(std::string_view signer = office_person) {
  return signatures({signature("COMPANY_REP", signer)});
}

// A key of the room in the cabinet, as the procedure of keys leaves it.
inline void keep_key(RuleTester& t, std::string_view key_no, std::string_view unit = house_unit) {
  KeyState& key = t.world().edit<KeyState>(key_no);
  key.unit = unit;
  key.stage = KeyStage::in_custody;
  key.registered = RecordIndex{0};
}

[[nodiscard]] inline std::string rechecked_json(std::string_view at = "2025-03-03T09:00:00+08:00") {
  return of_room(text("result", "FIT") + "," + text("at", at));
}
[[nodiscard]] inline std::string supplied_json(
    std::string_view items = R"({"name":"门禁卡","quantity":4},{"name":"遥控器","quantity":1})") {
  return of_room(R"("items":[)" + std::string(items) + "]");
}
// Two keys, and what supplied_json() supplies.
[[nodiscard]] inline std::string keys_delivered_json() {
  return of_client({R"("keys":[{"key_no":"K-1"},{"key_no":"K-2"}])",
                    R"("fittings":[{"name":"门禁卡","quantity":4},{"name":"遥控器","quantity":1}])",
                    by_client()});
}
[[nodiscard]] inline std::string client_file_json() {
  return of_client({text("responsible", office_person),
                    R"("responsible_name":)" + sealed(office_person, "刘洋"),
                    R"("personal_file":)" + attachment(office_person),
                    R"("materials":[)" + attachment(office_person) + "]",
                    "\"services_explained\":true",
                    text("keeper", "S-CSM")});
}
[[nodiscard]] inline std::string termination_json() {
  return of_client({text("vacate_on", "2025-09-30"), text("from", "S-MKT")});
}
[[nodiscard]] inline std::string fittings_back_json() {
  return of_client(
      {R"("items":[{"name":"门禁卡","quantity":4},{"name":"遥控器","quantity":1}])", by_client()});
}
[[nodiscard]] inline std::string keys_back_json() {
  return of_client({R"("keys":[{"key_no":"K-1"},{"key_no":"K-2"}])", by_client()});
}
[[nodiscard]] inline std::string exit_talk_json() {
  return of_client({text("spoken_with", office_person),
                    R"("suggestions":)" + sealed(office_person, "电梯太慢"),
                    R"("new_address":)" + sealed(office_person, "东城"),
                    R"("declined":["PHONE"])"});
}
[[nodiscard]] inline std::string cleaned_json(std::string_view at) {
  return of_room(text("at", at));
}

}  // namespace juanzong::testing
