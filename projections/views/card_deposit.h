// SPDX-License-Identifier: Apache-2.0
// R1 of a parking card: the deposit, what keeps it from its refund, and until when.
#pragma once

#include "projections/views/deposit_figures.h"

#include <string>

namespace juanzong {

[[nodiscard]] Report card_deposit_statement(const ViewContext& context,
                                            const std::string& deposit_id,
                                            const DepositFigures& figures);

}  // namespace juanzong
