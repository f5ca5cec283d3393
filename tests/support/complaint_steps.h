// SPDX-License-Identifier: Apache-2.0
// Steps of complaint TS-1 for the tests of complaints, return visits and their statistics: bodies
// as JSON. Received on Monday 2025-10-20 09:00 (SC11).
#pragma once

#include "tests/support/house.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

inline constexpr std::string_view complaint_id = "TS-1";

inline std::string of_complaint(std::initializer_list<std::string> fields) {
  const std::string rest = json(fields);
  return "{" + text("complaint_id", complaint_id) + (rest == "{}" ? "" : ",") + rest.substr(1);
}
inline std::string complaint_json(std::string_view more = "") {
  return of_complaint({text("customer", house_owner),
                       text("channel", "CALL"),
                       house_sealed("content"),
                       text("first_receiver", "S-CSA"),
                       text("incident", "LIFT-1"),
                       text("accused_department", "ENG") + std::string(more)});
}
inline std::string classified_json(std::string_view severity,
                                   std::string_view grounds = "",
                                   std::string_view by = "PS") {
  return of_complaint({text("validity", severity.empty() ? "INVALID" : "VALID"),
                       severity.empty() ? "" : text("severity", severity),
                       "\"grounds\":[" + std::string(grounds) + "]",
                       signatures({staff_signature(by)})});
}
inline std::string reclassified_json(std::string_view from,
                                     std::string_view to,
                                     std::string_view grounds = "",
                                     std::string_view by = "PS") {
  return of_complaint({text("old_validity", from.empty() ? "INVALID" : "VALID"),
                       from.empty() ? "" : text("old_severity", from),
                       text("new_validity", to.empty() ? "INVALID" : "VALID"),
                       to.empty() ? "" : text("new_severity", to),
                       "\"grounds\":[" + std::string(grounds) + "]",
                       signatures({staff_signature(by)})});
}
inline std::string interim_json(bool definite, std::string_view next = "") {
  return of_complaint({house_sealed("text"),
                       std::string("\"definite\":") + (definite ? "true" : "false"),
                       next.empty() ? "" : text("next_reply_at", next)});
}
inline std::string opinion_json(std::string_view by = "CSM") {
  return of_complaint(
      {house_sealed("opinion"), text("dept", "ENG"), signatures({staff_signature(by)})});
}
inline std::string collected_json(std::string_view at = "2025-10-20T10:00:00+08:00") {
  return of_complaint(
      {text("dept_head", "S-ENGM"), text("at", at), signatures({staff_signature("ENGM")})});
}
inline std::string handled_json(std::string_view at) {
  return of_complaint({house_sealed("result"), text("at", at), text("measures", "更换电梯钢缆")});
}
inline std::string agreed_json(std::string_view by = "CSM") {
  return of_complaint({signatures({staff_signature(by)})});
}
inline std::string replied_json(std::string_view at) {
  return of_complaint({text("replied_at", at), house_sealed("text")});
}
inline std::string customer_opinion_json(std::string_view answer = "SATISFIED") {
  return of_complaint({house_sealed("opinion"),
                       text("satisfied", answer),
                       signatures({signature("CUSTOMER", house_owner)})});
}
inline std::string return_visit_json(std::string_view source,
                                     std::string_view kind,
                                     std::string_view at,
                                     std::string_view more = R"("satisfied":true)",
                                     std::string_view level = "CSA") {
  return json({text("source", source),
               text("kind", kind),
               text("level", level),
               R"("handled":true)",
               std::string(more),
               text("channel", "PHONE"),
               text("at", at)});
}
inline std::string closed_json(std::string_view outcome = "SOLVED", std::string_view by = "CSM") {
  return of_complaint({text("outcome", outcome), signatures({staff_signature(by)})});
}
inline std::string reopened_json() {
  return of_complaint({house_sealed("reason")});
}

}  // namespace juanzong::testing
