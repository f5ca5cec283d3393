// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duty_marks.h"
#include "events/procedures/fees/fees.h"
#include "events/procedures/fees/fees_generated.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array rules{
    DutyRule{.id = "D-FEE-1",
             .clause = "S2·3§8",
             .zh = "每月上报重大欠费",
             .en = "major arrears are reported every month",
             .period = Period::month,
             .policy = "duty.arrears_report",
             .events = {{{"MajorArrearsReported", mark_month<body::MajorArrearsReported>}}},
             .responsible = Role::csm},
};

}  // namespace

std::span<const DutyRule> fee_duties() {
  return rules;
}

}  // namespace juanzong
