// SPDX-License-Identifier: Apache-2.0
// DayClosed as JSON, for ledgers whose server is the test.
#pragma once

#include "projections/state/day_close.h"

#include <string>

namespace juanzong::testing {

inline std::string day_closed_json(const DayFacts& facts) {
  std::string totals;
  for (const auto& [name, sum] : facts.totals) {
    totals += totals.empty() ? "" : ",";
    totals += R"({"account":")" + name + R"(","fen":)" + std::to_string(sum.value) + "}";
  }
  return R"({"day":")" + to_text(facts.day) + R"(","size":)" + std::to_string(facts.size) +
         R"(,"root":")" + to_hex(facts.root) + R"(","streams":)" + std::to_string(facts.streams) +
         R"(,"streams_root":")" + to_hex(facts.streams_root) + R"(","totals":[)" + totals + "]}";
}

}  // namespace juanzong::testing
