// SPDX-License-Identifier: Apache-2.0
// Identification and traceability (标识和可追溯性, P25): badges, signs, and equipment that is
// marked out of service.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& traceability_procedure();

}  // namespace juanzong
