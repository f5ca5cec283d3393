// SPDX-License-Identifier: Apache-2.0
// Names that documents of the business speak of before the program has them. A name that has
// arrived must leave the list: the test of the list says so.
#pragma once

#include <array>
#include <string_view>

namespace juanzong::testing {

inline constexpr std::array<std::string_view, 7> pending_events{
    "AttendanceSubmitted",
    "DailyWeeklyReportFiled",
    "InformationLogged",
    "RosterPrepared",
    "RosterSubmitted",
    "ServiceGuidePublished",
    "StaffTrained",
};

inline constexpr std::array<std::string_view, 5> pending_views{
    "badge",
    "decorations",
    "department_report",
    "handovers",
    "signatures",
};

}  // namespace juanzong::testing
