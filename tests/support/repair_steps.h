// SPDX-License-Identifier: Apache-2.0
// Steps of repair order R-1 for the tests of repairs and their statistics, as JSON. Reported on
// Monday 2025-10-20 at 09:00 by the owner of the house.
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

inline constexpr std::string_view repair_id = "R-1";

inline std::string of_repair(std::initializer_list<std::string> fields) {
  const std::string rest = json(fields);
  return "{" + text("repair_id", repair_id) + (rest == "{}" ? "" : ",") + rest.substr(1);
}
inline std::string repair_json(std::string_view urgency = "GENERAL", std::string_view more = "") {
  return of_repair({text("order_no", "WX-1"),
                    text("room", "大堂"),
                    house_sealed("content"),
                    text("fault", "灯不亮"),
                    text("reported_at", "2025-10-20T09:00:00+08:00"),
                    text("receiver", "S-CSA"),
                    house_sealed("phone"),
                    text("urgency", urgency),
                    text("reporter", house_owner) + std::string(more)});
}
inline std::string at_json(std::string_view at) {
  return of_repair({text("at", at)});
}
inline std::string claimed_json(std::string_view at, std::string_view engineer = "ENG") {
  return of_repair({text("engineer", "S-" + std::string(engineer)),
                    text("at", at),
                    signatures({staff_signature(engineer)})});
}
inline std::string done_json(std::string_view at, std::string_view more = "") {
  return of_repair({text("finished_at", at) + std::string(more),
                    signatures({signature("CUSTOMER", house_owner)})});
}
// Two bulbs of 12.50 yuan and 30 yuan of labour, explained on the spot.
inline std::string paid_json(std::string_view at,
                             std::string_view explained = "2025-10-20T09:30:00+08:00") {
  return done_json(
      at,
      R"(,"materials":[{"name":"灯泡","qty_milli":2000,"measure":"个","unit_price_fen":1250}])"
      R"(,"labour_fen":3000,"charge_explained":true,"explained_at":")" +
          std::string(explained) + "\"");
}
inline std::string rework_json() {
  return of_repair({house_sealed("reason")});
}

}  // namespace juanzong::testing
