// SPDX-License-Identifier: Apache-2.0
// Management (管理职责、计划、培训、考核, P47): plans, reports, training and appraisal of
// departments.
#pragma once

#include "events/procedures/procedure.h"

#include <span>

namespace juanzong {

[[nodiscard]] const Procedure& management_procedure();
[[nodiscard]] std::span<const DutyRule> management_duties();

// Parts of the procedure, by what they are about.
[[nodiscard]] std::span<const EventHandler> management_report_handlers();
[[nodiscard]] std::span<const EventHandler> management_staff_handlers();

inline constexpr Rule weekly_figures_rule{
    "H-MGT-1",
    "S0§7.9, §8.6",
    "周汇报须有投诉统计和回访统计",
    "a weekly report has the figures of complaints and of return visits"};

}  // namespace juanzong
