// SPDX-License-Identifier: Apache-2.0
// Office lease termination (写字楼退租, P42): fittings and keys come back as they were signed for,
// a last talk, the room is cleaned and ready to let. The state stands in events/procedures/
// office_lets.h, where office move-in wrote it.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& lease_termination_procedure();

}  // namespace juanzong
