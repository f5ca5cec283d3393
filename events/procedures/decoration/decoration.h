// SPDX-License-Identifier: Apache-2.0
// Decoration (办理装修, P02): application, review, agreement, works, completion acceptance and the
// refund of the deposit.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& decoration_procedure();
[[nodiscard]] std::span<const DutyRule> decoration_duties();

}  // namespace juanzong
