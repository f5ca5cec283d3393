// SPDX-License-Identifier: Apache-2.0
// Keys (钥匙, P23): received, registered, locked away, lent, shown, given to their owners. The
// state of a key stands in events/procedures/key_custody.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& keys_procedure();

}  // namespace juanzong
