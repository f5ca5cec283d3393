// SPDX-License-Identifier: Apache-2.0
// What statement, list and owner file say alike of a decoration deposit.
#pragma once

#include "events/procedures/decoration/refund.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/deposits.h"

#include "projections/views/report_builder.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

struct DepositFigures {
  DepositState deposit;
  DecorationCase deco;
  DepositStage stage = DepositStage::none;
  std::optional<CivilDate> earliest;
  RefundEntitlement due;
  Fen held;      // by the postings of its account
  Fen deducted;  // once refunded
};

// not_found if the deposit had not been paid at the moment.
[[nodiscard]] Result<DepositFigures> deposit_figures(const ViewContext& context,
                                                     std::string_view deposit_id);
// The stage, or OBJECTED while the owner's no keeps the deposit from its inspection.
[[nodiscard]] CellCode deposit_state_label(const DepositFigures& figures);

// Columns and cells of a deposit's row in a list.
[[nodiscard]] std::vector<ReportColumn> deposit_columns();
void add_deposit_row(TableBuilder& table,
                     const ViewContext& context,
                     std::string_view deposit_id,
                     const DepositFigures& figures);

}  // namespace juanzong
