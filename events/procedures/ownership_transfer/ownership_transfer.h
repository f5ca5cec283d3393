// SPDX-License-Identifier: Apache-2.0
// Ownership transfer (业主转让, P21): the new owner's legal evidence, the old owner's costs, the
// new owner's half year and papers, and last the roster. Its state, which other procedures ask
// too, stands in events/procedures/transfers.h; who owned the unit before, in units.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& ownership_transfer_procedure();

}  // namespace juanzong
