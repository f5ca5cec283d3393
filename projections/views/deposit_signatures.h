// SPDX-License-Identifier: Apache-2.0
// Who has signed the steps of a refund and who is still missing, read from the signature blocks of
// the records themselves.
#pragma once

#include "projections/views/deposit_figures.h"

namespace juanzong {

[[nodiscard]] Result<ReportTable> deposit_signatures(const ViewContext& context,
                                                     const DepositFigures& figures);

}  // namespace juanzong
