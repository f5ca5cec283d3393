// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/requests/requests.h"

#include <array>

namespace juanzong {

namespace {

constexpr std::array rules{
    DutyRule{.id = "D-REQ-3",
             .clause = "S0§6.5",
             .zh = "每周五 17 时前汇总受理事项",
             .en = "what was received is summed up by Friday 17:00",
             .period = Period::week,
             .policy = "duty.request_summary",
             .events = {{{"RequestWeeklySummaryFiled"}}},
             .responsible = Role::csa,
             .due_day = 5,
             .due_minute = 17 * 60},
};

}  // namespace

std::span<const DutyRule> request_duties() {
  return rules;
}

}  // namespace juanzong
