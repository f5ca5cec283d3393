// SPDX-License-Identifier: Apache-2.0
// Fees (收费、财务, P31): charges, payments and their reversals, dunning, accounts. The states and
// the postings are shared with other procedures: events/procedures/charges.h and deposits.h.
#pragma once

#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] const Procedure& fees_procedure();
[[nodiscard]] std::span<const DutyRule> fee_duties();

}  // namespace juanzong
