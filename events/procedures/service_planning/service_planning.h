// SPDX-License-Identifier: Apache-2.0
// Planning and confirmation of service processes (服务提供过程的策划与确认, P24): work instructions
// in their versions, and processes that are fit to be carried out.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& service_planning_procedure();

}  // namespace juanzong
