// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/customer_care/customer_care.h"
#include "events/procedures/customer_care/customer_care_generated.h"
#include "events/procedures/duty_marks.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array rules{
    DutyRule{.id = "D-CUS-1",
             .clause = "S3/003",
             .zh = "每月与业委会或客户代表沟通",
             .en = "the committee or the representatives are talked to every month",
             .period = Period::month,
             .policy = "duty.committee_talk",
             .events = {{{"CommitteeTalkHeld", mark_held<body::CommitteeTalkHeld>}}},
             .responsible = Role::pm},
    DutyRule{.id = "D-CUS-2",
             .clause = "S3/009§六",
             .zh = "每半年召开客户代表恳谈会",
             .en = "the customers’ representatives meet every half year",
             .period = Period::half_year,
             .policy = "duty.customer_forum",
             .events = {{{"CustomerRepresentativesForumHeld",
                          mark_held<body::CustomerRepresentativesForumHeld>}}},
             .responsible = Role::qd},
};

}  // namespace

std::span<const DutyRule> customer_care_duties() {
  return rules;
}

}  // namespace juanzong
