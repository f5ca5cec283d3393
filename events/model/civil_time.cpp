// SPDX-License-Identifier: Apache-2.0
#include "events/model/civil_time.h"

#include "events/model/check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <date/date.h>

namespace juanzong {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

date::year_month_day ymd_of(CivilDate date) {
  return date::year_month_day{date::sys_days{date::days{date.days}}};
}

CivilDate date_from(date::year_month_day ymd) {
  return CivilDate{static_cast<std::int32_t>(date::sys_days{ymd}.time_since_epoch().count())};
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  const std::int64_t quotient = value / by;
  return quotient - ((value % by < 0) ? 1 : 0);
}

struct ClockText {
  std::string date;
  int hour, minute, second, micros;
};

ClockText split(std::int64_t local_micros) {
  const std::int64_t days = floor_divide(local_micros, micros_per_day);
  const std::int64_t rest = local_micros - days * micros_per_day;
  const auto seconds = static_cast<int>(rest / micros_per_second);
  return {to_text(CivilDate{static_cast<std::int32_t>(days)}),
          seconds / 3600,
          seconds / 60 % 60,
          seconds % 60,
          static_cast<int>(rest % micros_per_second)};
}

// Fraction digits after '.', as microseconds; advances `at` past them.
std::optional<int> fraction(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') {
    return 0;
  }
  ++at;
  int micros = 0;
  int scale = 100'000;
  const std::size_t start = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
    if (at - start == 6) {
      return std::nullopt;
    }
    micros += (text[at] - '0') * scale;
  }
  return at == start ? std::nullopt : std::optional<int>(micros);
}

// "Z" or "±hh:mm" as seconds east, nothing after it.
std::optional<int> offset_at(std::string_view text, std::size_t at) {
  if (text.substr(at) == "Z") {
    return 0;
  }
  const auto hours = digits(text, at + 1, 2);
  const auto minutes = digits(text, at + 4, 2);
  const bool shaped = text.size() == at + 6 && (text[at] == '+' || text[at] == '-') &&
                      text[at + 3] == ':' && hours && minutes && *hours <= 18 && *minutes < 60;
  if (!shaped) {
    return std::nullopt;
  }
  const int seconds = *hours * 3600 + *minutes * 60;
  return text[at] == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<CivilDate> parse_date(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && year && month && day;
  if (!shaped || *year < 1900 || *year > 2999) {
    return std::nullopt;
  }
  const date::year_month_day ymd{date::year{*year},
                                 date::month(static_cast<unsigned>(*month)),
                                 date::day(static_cast<unsigned>(*day))};
  return ymd.ok() ? std::optional<CivilDate>(date_from(ymd)) : std::nullopt;
}

std::optional<CivilMonth> parse_month(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const bool shaped = text.size() == 7 && text[4] == '-' && year && month;
  if (!shaped || *year < 1900 || *year > 2999 || *month < 1 || *month > 12) {
    return std::nullopt;
  }
  return CivilMonth{*year * 12 + *month - 1};
}

std::string to_text(CivilDate date) {
  const auto ymd = ymd_of(date);
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(),
                buffer.size(),
                "%04d-%02u-%02u",
                static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return buffer.data();
}

std::string to_text(CivilMonth month) {
  return to_text(first_day(month)).substr(0, 7);
}

CivilDate add_days(CivilDate date, std::int32_t days) {
  return CivilDate{date.days + days};
}

CivilDate add_months(CivilDate date, std::int32_t months) {
  auto ymd = ymd_of(date) + date::months{months};
  if (!ymd.ok()) {
    ymd = ymd.year() / ymd.month() / date::last;
  }
  return date_from(ymd);
}

CivilMonth month_of(CivilDate date) {
  const auto ymd = ymd_of(date);
  return CivilMonth{static_cast<int>(ymd.year()) * 12 +
                    static_cast<int>(static_cast<unsigned>(ymd.month())) - 1};
}

CivilDate first_day(CivilMonth month) {
  return date_from(date::year{month.months / 12} /
                   date::month{static_cast<unsigned>(month.months % 12 + 1)} / date::day{1});
}

CivilDate last_day(CivilMonth month) {
  return add_days(first_day(CivilMonth{month.months + 1}), -1);
}

int weekday_of(CivilDate date) {
  // 1970-01-01 was a Thursday.
  return static_cast<int>(((date.days % 7) + 7 + 3) % 7);
}

CivilZone::CivilZone(std::vector<ZoneRow> rows) : rows_(std::move(rows)) {
  check(!rows_.empty(), "a zone has at least one row");
}

std::int32_t CivilZone::offset_seconds_at(UnixMicros at) const {
  auto after = std::ranges::upper_bound(rows_, at, {}, &ZoneRow::from);
  return after == rows_.begin() ? rows_.front().offset_seconds : std::prev(after)->offset_seconds;
}

CivilDate CivilZone::date_of(UnixMicros at) const {
  const std::int64_t local = at.value + offset_seconds_at(at) * micros_per_second;
  return CivilDate{static_cast<std::int32_t>(floor_divide(local, micros_per_day))};
}

UnixMicros CivilZone::start_of(CivilDate date) const {
  const std::int64_t local = date.days * micros_per_day;
  // Two passes settle the offset around a change of it.
  UnixMicros guess{local - rows_.back().offset_seconds * micros_per_second};
  for (int pass = 0; pass < 2; ++pass) {
    guess = UnixMicros{local - offset_seconds_at(guess) * micros_per_second};
  }
  return guess;
}

std::string CivilZone::to_text(UnixMicros at) const {
  const std::int32_t offset = offset_seconds_at(at);
  const ClockText clock = split(at.value + offset * micros_per_second);
  const int minutes = std::abs(offset) / 60;
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(),
                buffer.size(),
                "%s %02d:%02d:%02d %c%02d:%02d",
                clock.date.c_str(),
                clock.hour,
                clock.minute,
                clock.second,
                offset < 0 ? '-' : '+',
                minutes / 60,
                minutes % 60);
  return buffer.data();
}

std::optional<UnixMicros> parse_instant(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  const bool shaped = text.size() > 19 && text[10] == 'T' && text[13] == ':' && text[16] == ':';
  if (!shaped || !date || !hour || !minute || !second) {
    return std::nullopt;
  }
  if (*hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  std::size_t at = 19;
  const auto micros = fraction(text, at);
  const auto offset = micros ? offset_at(text, at) : std::nullopt;
  if (!offset) {
    return std::nullopt;
  }
  const std::int64_t seconds = *hour * 3600 + *minute * 60 + *second - *offset;
  return UnixMicros{date->days * micros_per_day + seconds * micros_per_second + *micros};
}

std::string to_rfc3339(UnixMicros at) {
  const ClockText clock = split(at.value);
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(),
                buffer.size(),
                "%sT%02d:%02d:%02d.%06dZ",
                clock.date.c_str(),
                clock.hour,
                clock.minute,
                clock.second,
                clock.micros);
  return buffer.data();
}

}  // namespace juanzong
