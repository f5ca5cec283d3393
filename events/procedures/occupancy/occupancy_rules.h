// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: unit_rules.cpp judges observations and changes of a unit,
// occupancy_rules.cpp census and table of a month.
#pragma once

#include "events/procedures/procedure.h"

#include <span>

namespace juanzong::occupancy {

[[nodiscard]] std::span<const EventHandler> unit_handlers();

}  // namespace juanzong::occupancy
