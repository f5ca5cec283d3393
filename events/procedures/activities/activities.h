// SPDX-License-Identifier: Apache-2.0
// Community activities (社区文化活动, P19): the year's plan, and each activity from its proposal
// to its publication.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& activities_procedure();
[[nodiscard]] std::span<const DutyRule> activity_duties();

}  // namespace juanzong
