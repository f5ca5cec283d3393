// SPDX-License-Identifier: Apache-2.0
// Service model and conduct (服务模式、礼仪, P45): whether customers are met as they should be.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& conduct_procedure();

}  // namespace juanzong
