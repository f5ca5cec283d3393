// SPDX-License-Identifier: Apache-2.0
// Security patrol, hazards and the monitoring room (安保巡逻, P32).
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& security_procedure();

}  // namespace juanzong
