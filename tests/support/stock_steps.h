// SPDX-License-Identifier: Apache-2.0
// Deliveries and issues of a warehouse as JSON, for the tests of their rules and of the stock book.
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

[[nodiscard]] inline std::string inspected_json(std::string_view batch,
                                                std::string_view result = "PASS",
                                                std::string_view item = "PAINT") {
  return json({text("batch_id", batch),
               text("item", item),
               "\"qty_milli\":10000",
               text("unit_name", "L"),
               text("supplier", "SUP-1"),
               text("inspector", "S-ENG"),
               std::string(R"("checks":{"appearance":true,"variety":true,"quantity":true,)") +
                   R"("certificate":)" + (result == "PASS" ? "true}" : "false}"),
               text("result", result),
               text("inspected_on", "2025-03-03")});
}

[[nodiscard]] inline std::string stored_json(std::string_view batch,
                                             std::string_view on = "2025-03-03",
                                             std::string_view expiry = "2025-12-31") {
  return json({text("batch_id", batch),
               text("item", "PAINT"),
               "\"qty_milli\":10000",
               text("name", "外墙涂料"),
               text("spec", "白 5L"),
               text("origin", "上海"),
               text("stored_on", on),
               text("expiry", expiry)});
}

[[nodiscard]] inline std::string issued_json(std::string_view number,
                                             std::string_view batch,
                                             int qty,
                                             std::string_view on = "2025-03-05") {
  return json({text("issue_no", number),
               text("batch_id", batch),
               text("item", "PAINT"),
               "\"qty_milli\":" + std::to_string(qty),
               text("receiver", "S-ENG"),
               text("issued_on", on),
               signatures({staff_signature("ENG")})});
}

[[nodiscard]] inline std::string goods_back_json(std::string_view batch,
                                                 int qty,
                                                 std::string_view reason) {
  return json({text("batch_id", batch),
               text("item", "PAINT"),
               "\"qty_milli\":" + std::to_string(qty),
               text("reason", reason),
               text("returned_on", "2025-03-05")});
}

[[nodiscard]] inline std::string qualified_json(std::string_view supplier,
                                                std::string_view valid_to) {
  return json({text("supplier", supplier),
               "\"docs\":[" + attachment(house_owner) + "]",
               text("valid_to", valid_to),
               signatures({staff_signature("ENGM")})});
}

[[nodiscard]] inline std::string service_json(std::string_view supplier, std::string_view result) {
  return json({text("supplier", supplier), text("ym", "2025-02"), text("result", result)});
}

}  // namespace juanzong::testing
