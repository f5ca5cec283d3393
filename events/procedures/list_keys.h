// SPDX-License-Identifier: Apache-2.0
// Keys of list rows that are read by day: civil date, record, and what the row is about.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

namespace juanzong {

// "2025-03-14|00000000000000000042|3-1-1202": sorts by date, then index.
[[nodiscard]] inline std::string dated_key(CivilDate date,
                                           RecordIndex index,
                                           std::string_view about) {
  std::array<char, 24> buffer{};
  std::snprintf(
      buffer.data(), buffer.size(), "%020llu", static_cast<unsigned long long>(number(index)));
  return to_text(date) + "|" + buffer.data() + "|" + std::string(about);
}

}  // namespace juanzong
