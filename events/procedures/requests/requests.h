// SPDX-License-Identifier: Apache-2.0
// Requests and suggestions (客户需求、建议受理, P06): taken up, passed on, promised, handled,
// answered.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& requests_procedure();
[[nodiscard]] std::span<const DutyRule> request_duties();

}  // namespace juanzong
