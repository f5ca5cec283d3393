// SPDX-License-Identifier: Apache-2.0
// Order in public areas and pets (公共秩序、宠物, P39): what was found, that people were asked to
// stop, and who was told.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& public_order_procedure();

}  // namespace juanzong
