// SPDX-License-Identifier: Apache-2.0
// Building patrol (楼宇巡视, P10): rounds of the customer assistants, and what they find until it
// was seen to be in order.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& patrols_procedure();
[[nodiscard]] std::span<const DutyRule> patrol_duties();

}  // namespace juanzong
