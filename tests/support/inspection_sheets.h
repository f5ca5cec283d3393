// SPDX-License-Identifier: Apache-2.0
// Sheets of inspections as JSON, for the tests of their rules and of the register.
#pragma once

#include "tests/support/house.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace juanzong::testing {

[[nodiscard]] inline std::string daily_json(std::string_view id, std::string_view on) {
  return json({text("inspection_id", id),
               text("level", "OPERATOR_PATROL"),
               text("scope", "garage"),
               text("on", on),
               R"("findings":[{"item":"地面"}])"});
}

[[nodiscard]] inline std::string weekly_json(std::string_view id, std::string_view on) {
  return json({text("inspection_id", id),
               text("area", "garage"),
               text("on", on),
               R"("findings":[{"item":"照明","responsible":"S-ENG"}],"measures":["更换灯管"])"});
}

[[nodiscard]] inline std::string monthly_json(std::string_view id, std::string_view on) {
  return json({text("inspection_id", id),
               text("project", "estate"),
               text("on", on),
               R"("scores":[{"item":"安全","points":18,"of":20}])"});
}

[[nodiscard]] inline std::string quarterly_json(std::string_view id,
                                                std::string_view on,
                                                std::string_view participant) {
  return json({text("inspection_id", id),
               text("on", on),
               R"("participants":[")" + std::string(participant) + R"("])",
               R"("items":[{"item":"屋面","result":"FAIL"},{"item":"外墙","result":"PASS"}])"});
}

[[nodiscard]] inline std::string spot_json(std::string_view id, std::string_view on, int quarter) {
  return json({text("inspection_id", id),
               text("project", "estate"),
               "\"quarter\":" + std::to_string(quarter),
               text("on", on)});
}

[[nodiscard]] inline std::string night_json(std::initializer_list<std::string> blocks,
                                            std::string_view id = "N-1",
                                            std::string_view at = "2025-03-07T02:00:00+08:00") {
  return json({text("inspection_id", id),
               text("post", "gate-1"),
               text("at", at),
               text("inspector", "S-PM"),
               text("checked_person", "S-SEC"),
               R"("absent_or_refused":false,"weather_alert":true)",
               signatures(blocks)});
}

[[nodiscard]] inline std::string assessed_json(std::string_view id, std::string_view week) {
  return json({text("inspection_id", id),
               text("staff", "S-SEC"),
               text("week", week),
               text("at", "2025-03-07T16:00:00+08:00"),
               R"("score":88,"nonconform":2)",
               text("result", "FAIL")});
}

[[nodiscard]] inline std::string room_json(std::string_view id) {
  return json({text("inspection_id", id),
               text("room", "lift-1"),
               text("at", "2025-03-07T16:00:00+08:00"),
               R"("readings":[{"name":"温度","value_milli":26500,"unit_name":"℃"}])",
               R"("findings":[{"item":"油位","responsible":"S-ENG"}])"});
}

[[nodiscard]] inline std::string defect_json(std::string_view id, std::string_view on) {
  return json({text("defect_id", id),
               text("source", "DAILY"),
               text("inspection_id", "I-1"),
               text("item", "地砖破损"),
               text("responsible", "S-ENG"),
               text("found_on", on)});
}

[[nodiscard]] inline std::string found_json(std::string_view id,
                                            std::string_view on,
                                            std::string_view source = "INSPECTION") {
  return json({text("nc_id", id),
               text("process", "cleaning"),
               text("dept", "ENV"),
               text("source", source),
               text("found_on", on)});
}

[[nodiscard]] inline std::string planned_json(std::string_view id, std::string_view due) {
  return json({text("nc_id", id),
               text("process", "cleaning"),
               text("cause", "人手不足"),
               text("measure", "增加班次"),
               text("due", due)});
}

}  // namespace juanzong::testing
