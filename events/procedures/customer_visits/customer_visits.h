// SPDX-License-Identifier: Apache-2.0
// Customer visits (访问客户, P09): customers are called on unasked, and what they raise is
// followed.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& customer_visits_procedure();
[[nodiscard]] std::span<const DutyRule> customer_visit_duties();

inline constexpr std::string_view customer_visit_stream = "customer_visit";

}  // namespace juanzong
