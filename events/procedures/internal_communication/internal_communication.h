// SPDX-License-Identifier: Apache-2.0
// Internal communication (内部沟通, P43): information that is worth keeping, and tasks between
// departments.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& internal_communication_procedure();
[[nodiscard]] std::span<const DutyRule> internal_communication_duties();

}  // namespace juanzong
