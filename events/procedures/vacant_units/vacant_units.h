// SPDX-License-Identifier: Apache-2.0
// Show flats and vacant units (样板房、空置房, P48): the condition of rooms in which nobody lives.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& vacant_units_procedure();

}  // namespace juanzong
