// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/internal_communication/internal_communication.h"
#include "events/procedures/internal_communication/internal_communication_generated.h"

#include <array>

namespace juanzong {
namespace {

void mark_surveyed(const EventView& event, const World& /*world*/, DutyMarks& marks) {
  const auto& survey = *flatbuffers::GetRoot<body::StaffNeedsSurveyed>(event.body);
  if (survey.channel() == body::NeedsChannel::SURVEY) {
    marks.push_back({{}, {}, parse_date(text_of(survey.year()) + "-01-01")});
  }
}

constexpr std::array rules{
    DutyRule{.id = "D-COM-2",
             .clause = "S3/003",
             .zh = "每年普查员工需求",
             .en = "the needs of the staff are surveyed every year",
             .period = Period::year,
             .policy = "duty.staff_needs",
             .events = {{{"StaffNeedsSurveyed", mark_surveyed}}},
             .responsible = Role::hr},
};

}  // namespace

std::span<const DutyRule> internal_communication_duties() {
  return rules;
}

}  // namespace juanzong
