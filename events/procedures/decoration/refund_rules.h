// SPDX-License-Identifier: Apache-2.0
// Guards that the steps of a refund share.
#pragma once

#include "events/procedures/decoration/case_rules.h"

namespace juanzong {

// H-DEC-13, with the first day of the refund where it is known.
void check_waiting(const DepositQuestion& question, Decision& decision);

}  // namespace juanzong
