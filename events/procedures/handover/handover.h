// SPDX-License-Identifier: Apache-2.0
// Handover (房屋交接, P01): the developer's unit given to its first owner. Its state, which keys
// and other procedures ask too, stands in events/procedures/handovers.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& handover_procedure();

}  // namespace juanzong
