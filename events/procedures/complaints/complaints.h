// SPDX-License-Identifier: Apache-2.0
// Complaints (客户投诉, P07): received, judged by the project supervisor, handled by the accused
// department, answered, visited, closed. States and stages: events/procedures/complaint_cases.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& complaints_procedure();

}  // namespace juanzong
