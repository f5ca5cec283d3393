// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/fees/fees.h"
#include "events/procedures/fees/fees_generated.h"

#include <array>

namespace juanzong {
namespace {

void mark_report(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& report = *flatbuffers::GetRoot<body::MajorArrearsReported>(event.body);
  marks.push_back({{}, {}, first_day(*parse_month(view_of(report.ym())))});
}

constexpr std::array rules{
    DutyRule{.id = "D-FEE-1",
             .clause = "S2·3§8",
             .zh = "每月上报重大欠费",
             .en = "major arrears are reported every month",
             .period = Period::month,
             .policy = "duty.arrears_report",
             .events = {{{"MajorArrearsReported", mark_report}}},
             .responsible = Role::csm},
};

}  // namespace

std::span<const DutyRule> fee_duties() {
  return rules;
}

}  // namespace juanzong
