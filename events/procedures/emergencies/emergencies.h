// SPDX-License-Identifier: Apache-2.0
// Emergencies (应急, P33): plans and drills, and every incident from the first word to its report.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& emergencies_procedure();

}  // namespace juanzong
