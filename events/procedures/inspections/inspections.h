// SPDX-License-Identifier: Apache-2.0
// Inspections (服务质量检查, P27): who looked at what, when, and what was found. Nothing here can
// refuse a late one; what the regimes ask for is counted by months and weeks and shown.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& inspections_procedure();
[[nodiscard]] std::span<const DutyRule> inspection_duties();

enum class InspectionKind : std::uint8_t {
  daily_full,
  daily_specialist,
  daily_patrol,
  weekly,
  monthly,
  quarterly,
  spot,
  night_post,
  equipment_room,
  resource,
  annual,
  head_office,
  assessment,
};
inline constexpr std::size_t inspection_kind_count = 13;
[[nodiscard]] std::string_view name_of(InspectionKind kind);

// The inspections of one kind and subject (area, project, person …) in a month or week.
struct InspectionTally {
  std::uint32_t count = 0;
  std::uint32_t days = 0;  // bit n: some on day n + 1 of the month; weeks count from Monday
  std::uint32_t findings = 0;
  std::uint32_t failed = 0;          // found not to conform (不合格)
  std::uint32_t weather_alerts = 0;  // made because of typhoon or rainstorm
  RecordIndex last{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(count, days, findings, failed, weather_alerts, last);
  }
};

// Key: a month "2025-03"; for weekly inspections and assessments a week by its Monday,
// "W2025-03-03". Every record that counts stands in the stream "inspections".
struct InspectionPeriodState {
  static constexpr StateKind kind = StateKind::inspection;
  std::map<std::string, InspectionTally> tallies;  // "DAILY_FULL|3-1"
  template <class Ar>
  void visit(Ar& ar) {
    ar(tallies);
  }
};
inline constexpr std::string_view inspections_stream = "inspections";

[[nodiscard]] CivilDate monday_of(CivilDate day);
[[nodiscard]] std::string week_key(CivilDate monday);
[[nodiscard]] std::string tally_key(InspectionKind kind, std::string_view subject);

}  // namespace juanzong
