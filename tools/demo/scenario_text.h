// SPDX-License-Identifier: Apache-2.0
// Scenario text: one JSON object a line, short enough to read, expanded here to what the client
// library takes. Lines that start with '#' are headings that a player shows.
//
//   {"at":"2025-01-06T09:10:00+08:00","as":"CSA","zh":"装修申请","type":"DecorationApplied",
//    "body":{…},"expect":"ok"|["H-DEC-13"],"save":"request"}
//
// Inside a body:
//   "signatures": ["OWNER P-1001", "STAFF PM"]   blocks signed at the step's time; "OWNER P-1001 @
//                                                2025-06-13" signs at noon of another day
//   {"scan": "施工图"}                            an attachment with that text
//   {"private": "陈静"}                           personal data
//   "P-1001"                                     a person id made of that number
//   "$request"                                   the index saved by an earlier step
#pragma once

#include "events/model/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct ScenarioStep {
  std::string heading;  // only a heading; everything else is empty
  std::string at;
  std::string actor;  // role code; the member of staff is "S-<code>"
  std::string zh;
  std::string type;
  std::string body;                 // JSON, not yet expanded
  std::vector<std::string> expect;  // rule ids; empty: accepted
  std::string save;
};

// malformed_request names the line.
[[nodiscard]] Result<std::vector<ScenarioStep>> parse_scenario(std::string_view text);

// The step's request line for RequestBuilder: {"type", "occurred_at", "body"}.
[[nodiscard]] Result<std::string> expand_step(const ScenarioStep& step,
                                              const std::map<std::string, std::uint64_t>& saved);

// Role codes of everybody who acts or signs as staff, each once, ascending.
[[nodiscard]] std::vector<std::string> staff_of(const std::vector<ScenarioStep>& steps);

// "P-1001" as the 32 hexadecimal digits of a person id.
[[nodiscard]] std::string scenario_person(std::string_view code);

}  // namespace juanzong
