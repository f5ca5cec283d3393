// SPDX-License-Identifier: Apache-2.0
// Communication with customers and care (与客户沟通、关怀, P44): what customers are told, and when
// they are heard.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& customer_care_procedure();
[[nodiscard]] std::span<const DutyRule> customer_care_duties();

}  // namespace juanzong
