// SPDX-License-Identifier: Apache-2.0
// The civil zone of a new ledger, made once from the machine's zone data and kept in record 0.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include <string>
#include <string_view>

namespace juanzong::cli {

struct ZoneTable {
  CivilZone zone;              // offsets from 1970 to 2100, as far as the zone data say
  std::string tzdata_version;  // "2025b"; "unknown" where the system does not say
};

// environment if the zone is unknown or there are no zone data.
[[nodiscard]] Result<ZoneTable> make_zone_table(const std::string& timezone);

}  // namespace juanzong::cli
