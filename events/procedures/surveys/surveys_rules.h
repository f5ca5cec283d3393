// SPDX-License-Identifier: Apache-2.0
// What the table of the procedure takes from the rules of its events.
#pragma once

#include "events/procedures/procedure.h"

#include <span>

namespace juanzong {

[[nodiscard]] std::span<const EventHandler> survey_handlers();
[[nodiscard]] std::span<const Rule> survey_rules();

}  // namespace juanzong
