// SPDX-License-Identifier: Apache-2.0
// Meetings (例会/会议, P16): held, minuted, and what was decided until it is done.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& meetings_procedure();
[[nodiscard]] std::span<const DutyRule> meeting_duties();

}  // namespace juanzong
