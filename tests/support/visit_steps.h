// SPDX-License-Identifier: Apache-2.0
// A customer visit as JSON, for the tests of the procedure and of its quotas.
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

struct TestVisit {
  std::string id = "V-1";
  std::string customer = house_owner;
  std::string role = "CSA";
  std::string mode = "DOOR";
  std::string satisfaction = "SATISFIED";
  std::string on = "2025-10-20";
  bool raises = false;
};

inline std::string visited_json(const TestVisit& visit = {}) {
  return json({text("visit_id", visit.id),
               text("customer", visit.customer),
               unit_field(),
               text("mode", visit.mode),
               R"("topics":["保洁"])",
               text("satisfaction", visit.satisfaction),
               visit.raises ? "\"opinions\":[" + sealed(visit.customer, "太吵") + "]" : "",
               text("visitor", "S-" + visit.role),
               text("visitor_role", visit.role),
               text("visited_on", visit.on),
               signatures({signature("CUSTOMER", visit.customer)})});
}
inline std::string follow_up_json(std::string_view target, std::string_view id = "V-1") {
  return json({text("visit_id", id), text("target", target)});
}

}  // namespace juanzong::testing
