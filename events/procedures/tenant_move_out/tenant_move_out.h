// SPDX-License-Identifier: Apache-2.0
// Tenant move-out (租户退租, P20): meters read, costs settled, the owner's consent, the tenancy's
// end. Its state, with what the owner wants to stay, stands in events/procedures/tenancies.h,
// because goods release asks it.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& tenant_move_out_procedure();

}  // namespace juanzong
