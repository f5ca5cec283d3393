// SPDX-License-Identifier: Apache-2.0
// What statement, list and owner file say alike of a deposit, of a decoration or of a parking card.
#pragma once

#include "events/procedures/decoration/refund.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/deposits.h"
#include "events/procedures/parking/stages.h"

#include "projections/views/report_builder.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Of the deposit of a parking card.
struct CardDepositFigures {
  CardDepositStage stage = CardDepositStage::none;
  std::string card_no;
  RentalCard card;
  std::optional<CivilDate> rent_paid_until;
  CardRefundObstacles obstacles;  // on the business date
};

struct DepositFigures {
  DepositState deposit;
  std::optional<CardDepositFigures> card;  // else a decoration's
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
[[nodiscard]] CellCode deposit_kind_label(const DepositFigures& figures);
// "deco:2025-0031" or "parking:PK-1".
[[nodiscard]] std::string case_stream_of(const DepositState& deposit);
// The stage, or OBJECTED while the owner's no keeps the deposit from its inspection.
[[nodiscard]] CellCode deposit_state_label(const DepositFigures& figures);

// Columns and cells of a deposit's row in a list.
[[nodiscard]] std::vector<ReportColumn> deposit_columns();
void add_deposit_row(TableBuilder& table,
                     const ViewContext& context,
                     std::string_view deposit_id,
                     const DepositFigures& figures);

}  // namespace juanzong
