// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/zone_table.h"

#include <chrono>
#include <date/tz.h>
#include <exception>
#include <fstream>
#include <vector>

namespace juanzong::cli {
namespace {

constexpr const char* version_file = "/usr/share/zoneinfo/tzdata.zi";
constexpr std::string_view version_prefix = "# version ";

std::string installed_version() {
  std::ifstream file(version_file);
  std::string line;
  std::getline(file, line);
  return line.starts_with(version_prefix) ? line.substr(version_prefix.size()) : "unknown";
}

std::vector<ZoneRow> rows_of(const date::time_zone& zone) {
  using std::chrono::seconds;
  const date::sys_seconds end = date::sys_days(date::year(2100) / 1 / 1);
  std::vector<ZoneRow> rows;
  for (date::sys_seconds at{seconds(0)}; at < end;) {
    const date::sys_info info = zone.get_info(at);
    const auto offset = static_cast<std::int32_t>(info.offset.count());
    if (rows.empty() || rows.back().offset_seconds != offset) {
      rows.push_back({UnixMicros{at.time_since_epoch().count() * micros_per_second}, offset});
    }
    if (info.end <= at) {
      break;
    }
    at = info.end;
  }
  return rows;
}

}  // namespace

Result<ZoneTable> make_zone_table(const std::string& timezone) {
  try {
    return ZoneTable{CivilZone(rows_of(*date::locate_zone(timezone))), installed_version()};
  } catch (const std::exception&) {  // the library's only way to say "unknown zone"
    return fail(ErrorCode::environment, "timezone " + timezone + ": unknown, or no tzdata");
  }
}

}  // namespace juanzong::cli
