// SPDX-License-Identifier: Apache-2.0
// Bodies of the events of goods release for the house of house.h: slip S-1 with a sofa and a wall
// air conditioner, carried by the owner's nanny for a while unless said otherwise.
#pragma once

#include "tests/support/house.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace juanzong::testing {

inline const std::string house_carrier = person_id(3001);

[[nodiscard]] inline std::string of_slip(std::initializer_list<std::string> fields,
                                         std::string_view slip_id = "S-1") {
  return "{" + text("slip_id", slip_id) + "," + unit_field() + "," + json(fields).substr(1);
}

[[nodiscard]] inline std::string goods_item(std::string_view name,
                                            int qty_milli = 1000,
                                            std::string_view category = "FURNITURE") {
  return json({text("name", name),
               "\"qty_milli\":" + std::to_string(qty_milli),
               text("qty_unit", "件"),
               text("category", category)});
}

[[nodiscard]] inline std::string goods_items(std::string_view field = "items") {
  return "\"" + std::string(field) + "\":[" + goods_item("沙发") + "," +
         goods_item("壁挂空调", 2000, "APPLIANCE") + "]";
}

struct TestRelease {
  std::string_view slip_id = "S-1";
  std::string_view relation = "NANNY";
  std::string_view nature = "TEMPORARY";
  std::string carrier = house_carrier;
  std::string party = house_owner;
  std::string_view tenancy = {};
};

[[nodiscard]] inline std::string release_requested_json(const TestRelease& release = {}) {
  return of_slip({text("carrier", release.carrier),
                  text("relation", release.relation),
                  text("id_checked", "ID_CARD"),
                  goods_items(),
                  text("nature", release.nature),
                  house_sealed("reason", "维修"),
                  text("party", release.party),
                  release.tenancy.empty() ? "" : text("tenancy_id", release.tenancy)},
                 release.slip_id);
}

[[nodiscard]] inline TestRelease tenant_moves_goods(std::string_view nature = "MOVE_OUT") {
  return {.relation = "TENANT",
          .nature = nature,
          .carrier = house_tenant,
          .party = house_tenant,
          .tenancy = "T-1"};
}

// The recorded call of the owner; "COMPANY_REP" for the company's.
[[nodiscard]] inline std::string call_signature(std::string_view capacity = "OWNER",
                                                std::string_view signer = house_owner) {
  return signatures({signature(capacity, signer, "2025-10-30T15:00:00+08:00", "PHONE_RECORDED")});
}

[[nodiscard]] inline std::string release_word_json(
    bool consented = true, std::string_view signature_field = call_signature()) {
  return of_slip({house_sealed("phone_no", "13800000000"),
                  text("called_at", "2025-10-30T15:00:00+08:00"),
                  house_sealed("opinion", consented ? "同意" : "不同意"),
                  consented ? "\"consented\":true" : "\"consented\":false",
                  std::string(signature_field)});
}

[[nodiscard]] inline std::string contact_failed_json() {
  return of_slip({text("called_at", "2025-10-30T14:30:00+08:00"), "\"attempts\":2"});
}

[[nodiscard]] inline std::string release_refused_json(std::string_view reason = "ARREARS") {
  return of_slip({text("reason", reason)});
}

// What a party owes: water, electricity, gas, property fee, other.
struct TestOwed {
  int water = 0;
  int elec = 0;
  int gas = 0;
  int property_fee = 0;
  int other = 0;
};

[[nodiscard]] inline std::string clearance_json(std::string_view party,
                                                bool cleared = true,
                                                const TestOwed& owed = {},
                                                std::string_view as_of = "2025-10-30") {
  const auto amount = [](std::string_view name, int fen) {
    return "\"" + std::string(name) + "_fen\":" + std::to_string(fen);
  };
  return json(
      {unit_field(),
       text("party", party),
       text("as_of", as_of),
       amount("water", owed.water),
       amount("elec", owed.elec),
       amount("gas", owed.gas),
       amount("property_fee", owed.property_fee),
       amount("other", owed.other),
       amount("total_due", owed.water + owed.elec + owed.gas + owed.property_fee + owed.other),
       cleared ? "\"cleared\":true" : "\"cleared\":false",
       signatures({staff_signature("CAS")})});
}

[[nodiscard]] inline std::string slip_json(std::initializer_list<std::string> blocks,
                                           std::string_view tenancy = {},
                                           std::string_view items = goods_items()) {
  return of_slip({text("slip_no", "FX-0001"),
                  std::string(items),
                  "\"blanks_struck\":true",
                  tenancy.empty() ? "" : text("tenancy_id", tenancy),
                  signatures(blocks)});
}

[[nodiscard]] inline std::string carried_slip_json() {
  return slip_json({staff_signature("CSA"), signature("CARRIER", house_carrier)});
}

[[nodiscard]] inline std::string gate_json(std::string_view at = "2025-10-30T17:00:00+08:00") {
  return of_slip({text("slip_no", "FX-0001"),
                  text("gate", "G-1"),
                  goods_items("checked_items"),
                  text("at", at)});
}

[[nodiscard]] inline std::string filed_json() {
  return of_slip({text("slip_no", "FX-0001"), house_attachment("dig")});
}

}  // namespace juanzong::testing
