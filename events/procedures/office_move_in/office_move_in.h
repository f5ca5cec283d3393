// SPDX-License-Identifier: Apache-2.0
// Office move-in (写字楼入驻, P41): the room is checked again, equipped, its keys are signed for,
// the client is told the rules and gets his file. The state stands in
// events/procedures/office_lets.h, because the termination of the lease asks for what was signed
// for here.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& office_move_in_procedure();

}  // namespace juanzong
