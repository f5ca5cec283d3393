// SPDX-License-Identifier: Apache-2.0
// Calls and visits received (客户来电来访, P05): logged, reported upward or passed on, answered.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& contacts_procedure();

}  // namespace juanzong
