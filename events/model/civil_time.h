// SPDX-License-Identifier: Apache-2.0
// Time. An instant is microseconds since 1970 UTC; a civil date is a day of the ledger's zone.
// The zone is a table of (from, offset) written into record 0, so that a replay in 2040 gets the
// same days whatever the machine's zone data say. No function here reads a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct UnixMicros {
  std::int64_t value = 0;
  auto operator<=>(const UnixMicros&) const = default;
};

inline constexpr std::int64_t micros_per_second = 1'000'000;
inline constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

// Days since 1970-01-01.
struct CivilDate {
  std::int32_t days = 0;
  auto operator<=>(const CivilDate&) const = default;
};

// Months since 0000-01: year * 12 + (month - 1).
struct CivilMonth {
  std::int32_t months = 0;
  auto operator<=>(const CivilMonth&) const = default;
};

// "2025-03-14", "2025-03": exactly that many digits, a day that exists, years 1900 to 2999.
[[nodiscard]] std::optional<CivilDate> parse_date(std::string_view text);
[[nodiscard]] std::optional<CivilMonth> parse_month(std::string_view text);
[[nodiscard]] std::string to_text(CivilDate date);
[[nodiscard]] std::string to_text(CivilMonth month);

[[nodiscard]] CivilDate add_days(CivilDate date, std::int32_t days);
// The same day number, clamped to the last day of the month.
[[nodiscard]] CivilDate add_months(CivilDate date, std::int32_t months);
[[nodiscard]] CivilMonth month_of(CivilDate date);
[[nodiscard]] CivilDate first_day(CivilMonth month);
[[nodiscard]] CivilDate last_day(CivilMonth month);
// 0 = Monday … 6 = Sunday.
[[nodiscard]] int weekday_of(CivilDate date);

// Offset in seconds east of UTC, valid from `from` on. Rows ascend; the first row's offset also
// holds before it.
struct ZoneRow {
  UnixMicros from;
  std::int32_t offset_seconds = 0;
  bool operator==(const ZoneRow&) const = default;
};

class CivilZone {
 public:
  CivilZone() : CivilZone(std::vector<ZoneRow>{{UnixMicros{0}, 8 * 3600}}) {}
  explicit CivilZone(std::vector<ZoneRow> rows);

  [[nodiscard]] std::int32_t offset_seconds_at(UnixMicros at) const;
  [[nodiscard]] CivilDate date_of(UnixMicros at) const;
  // First instant of the civil day.
  [[nodiscard]] UnixMicros start_of(CivilDate date) const;
  // "2025-06-16 09:30:00 +08:00"
  [[nodiscard]] std::string to_text(UnixMicros at) const;
  [[nodiscard]] const std::vector<ZoneRow>& rows() const { return rows_; }

 private:
  std::vector<ZoneRow> rows_;
};

// RFC 3339 with seconds and an offset: "2025-02-11T10:20:00+08:00", "…Z", up to 6 fraction digits.
[[nodiscard]] std::optional<UnixMicros> parse_instant(std::string_view text);
// "2025-02-11T02:20:00.000000Z"
[[nodiscard]] std::string to_rfc3339(UnixMicros at);

}  // namespace juanzong
