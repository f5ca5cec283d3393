// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duty_marks.h"
#include "events/procedures/evaluations/evaluations.h"
#include "events/procedures/evaluations/evaluations_generated.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array rules{
    DutyRule{.id = "D-EXT-1",
             .clause = "S2·1§1.9",
             .zh = "每年进行管理评审",
             .en = "the management is reviewed every year",
             .period = Period::year,
             .policy = "duty.management_review",
             .events = {{{"ManagementReviewHeld", mark_held<body::ManagementReviewHeld>}}},
             .responsible = Role::mr},
    DutyRule{.id = "D-EXT-1-AUDIT",
             .clause = "S0·4§4.2.4",
             .zh = "每年接受外部审核",
             .en = "there is an external audit every year",
             .period = Period::year,
             .policy = "duty.external_audit",
             .events = {{{"ExternalAuditRecorded", mark_held<body::ExternalAuditRecorded>}}},
             .responsible = Role::qd},
};

}  // namespace

std::span<const DutyRule> evaluation_duties() {
  return rules;
}

}  // namespace juanzong
