// SPDX-License-Identifier: Apache-2.0
// Greening (绿化, P38): the care of plants, its checks, flowers on display.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& greening_procedure();

}  // namespace juanzong
