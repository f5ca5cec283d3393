// SPDX-License-Identifier: Apache-2.0
// Bodies of a survey round as JSON, for the tests of its rules and of its results.
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

[[nodiscard]] inline std::string round_json(std::string_view scheme,
                                            std::string_view id = "R-1",
                                            int population = 4) {
  return json({text("round_id", id),
               text("scheme", scheme),
               text("window_from", "2025-07-01"),
               text("window_to", "2025-07-15"),
               "\"population\":" + std::to_string(population)});
}

[[nodiscard]] inline std::string announced_json(std::string_view id = "R-1") {
  return json({text("round_id", id), text("doc_no", "2025-7"), text("posted_on", "2025-07-01")});
}

[[nodiscard]] inline std::string form_json(std::string_view serial, std::string_view id = "R-1") {
  return json(
      {text("round_id", id), text("serial", serial), unit_field(), text("customer", house_owner)});
}

[[nodiscard]] inline std::string returned_json(std::string_view serial,
                                               int cleaning,
                                               int security,
                                               std::string_view id = "R-1") {
  return json({text("round_id", id),
               text("serial", serial),
               R"("answers":[{"q":"q1","dept":"ENV","score":)" + std::to_string(cleaning) +
                   R"(},{"q":"q2","dept":"SEC","score":)" + std::to_string(security) + "}]",
               signatures({signature("OWNER", house_owner)})});
}

// Two forms of four, answered 5 and 2, 4 and 4.
[[nodiscard]] inline std::string tally_json(std::string_view id = "R-1") {
  return json({text("round_id", id),
               R"("distributed":3,"returned":2,"distribution_bp":7500,"recovery_bp":6666)",
               R"("satisfaction_bp":7500,"scores":[{"q":"q1","answers":2,"points":9},)"
               R"({"q":"q2","answers":2,"points":6}])"});
}

[[nodiscard]] inline std::string assigned_json(std::string_view item = "A-1",
                                               std::string_view id = "R-1") {
  return json({text("round_id", id),
               text("item", item),
               text("dept", "SEC"),
               text("what", "夜间巡逻加密"),
               text("due", "2025-08-15")});
}

[[nodiscard]] inline std::string reply_json(std::string_view blocks, std::string_view id = "R-1") {
  return json({text("round_id", id),
               text("item", "A-1"),
               text("customer", house_owner),
               house_sealed("text"),
               std::string(blocks)});
}

[[nodiscard]] inline std::string letter_json(std::string_view blocks, std::string_view id = "R-1") {
  return json({text("round_id", id),
               house_attachment("letter"),
               text("posted_on", "2025-07-12"),
               std::string(blocks)});
}

[[nodiscard]] inline std::string follow_up_json(bool ok, std::string_view id = "R-1") {
  return json({text("round_id", id),
               text("item", "A-1"),
               std::string("\"ok\":") + (ok ? "true" : "false"),
               text("verified_on", "2025-07-12")});
}

}  // namespace juanzong::testing
