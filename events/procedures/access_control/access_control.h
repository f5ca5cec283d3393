// SPDX-License-Identifier: Apache-2.0
// Access control (出入控制, P34): who and what passes the gate. Visitors are registered by P14,
// goods that leave by P04.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& access_control_procedure();

}  // namespace juanzong
