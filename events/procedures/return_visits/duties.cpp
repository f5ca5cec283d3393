// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/return_visits/return_visits.h"
#include "events/procedures/return_visits/return_visits_generated.h"

#include <array>

namespace juanzong {
namespace {

void mark_monthly(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& visit = *flatbuffers::GetRoot<body::ReturnVisitCompleted>(event.body);
  if (visit.level() == body::VisitLevel::QD_MONTHLY) {
    marks.emplace_back();
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-RV-4",
             .clause = "S3/003",
             .zh = "品质部每周抽样回访维修单",
             .en = "a sample of repair orders is drawn every week",
             .period = Period::week,
             .policy = "duty.visit_sample",
             .events = {{{"ReturnVisitSampleDrawn"}}},
             .responsible = Role::qd},
    DutyRule{.id = "D-RV-6",
             .clause = "S3/003",
             .zh = "品质部每月回访",
             .en = "the quality department visits every month",
             .period = Period::month,
             .policy = "duty.visit_quality",
             .events = {{{"ReturnVisitCompleted", mark_monthly}}},
             .responsible = Role::qd},
};

}  // namespace

std::span<const DutyRule> return_visit_duties() {
  return rules;
}

}  // namespace juanzong
