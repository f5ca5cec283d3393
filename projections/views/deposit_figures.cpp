// SPDX-License-Identifier: Apache-2.0
#include "projections/views/deposit_figures.h"

#include "events/procedures/charges.h"

#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"

namespace juanzong {

namespace {

// A card's deposit bears no deductions; it is waiting once only a day keeps it.
void add_card_figures(DepositFigures& figures,
                      const World& at,
                      std::string_view deposit_id,
                      CivilDate on) {
  const auto rental = at.get<ParkingRental>(figures.deposit.case_id);
  CardDepositFigures card;
  card.stage = card_deposit_stage(at, deposit_id);
  card.card_no = card_of_deposit(rental, deposit_id);
  const auto facts = rental.cards.find(card.card_no);
  card.card = facts == rental.cards.end() ? RentalCard{} : facts->second;
  card.rent_paid_until = rent_paid_until(at, rental);
  card.obstacles = card_refund_obstacles(at, deposit_id, on);
  const bool refundable = card.obstacles.facts.empty();
  figures.due.deposit = figures.deposit.amount;
  if (card.stage == CardDepositStage::refunded) {
    figures.stage = DepositStage::refunded;
  } else if (card.stage != CardDepositStage::none) {
    figures.stage = refundable                ? DepositStage::refundable
                    : card.obstacles.earliest ? DepositStage::waiting
                                              : DepositStage::held;
    const bool forfeited =
        card.stage == CardDepositStage::lost && figures.stage == DepositStage::held;
    figures.due.entitlement = forfeited ? zero_fen : figures.deposit.amount;
    figures.earliest = card.obstacles.earliest;
    if (refundable) {
      const bool ran_out = card.rent_paid_until && *card.rent_paid_until < on;
      figures.earliest = ran_out ? add_days(*card.rent_paid_until, 1) : on;
    }
  }
  figures.card = std::move(card);
}

void add_decoration_figures(DepositFigures& figures,
                            const World& at,
                            std::string_view deposit_id,
                            CivilDate on) {
  figures.deco = at.get<DecorationCase>(figures.deposit.case_id);
  figures.stage = deposit_stage_of(at, deposit_id, on);
  figures.earliest = earliest_refund(at, figures.deco);
  figures.due = refund_entitlement(at, deposit_id);
}

}  // namespace

std::string case_stream_of(const DepositState& deposit) {
  const bool decoration = deposit.deposit_kind == DepositKind::decoration;
  return (decoration ? "deco:" : "parking:") + deposit.case_id;
}

Result<DepositFigures> deposit_figures(const ViewContext& context, std::string_view deposit_id) {
  const auto* newest = context.newest().find<DepositState>(deposit_id);
  if (newest == nullptr) {
    return fail(ErrorCode::not_found, "deposit");
  }
  const Result<const World*> world = context.case_world(newest->unit, case_stream_of(*newest));
  if (!world) {
    return fail(world.error());
  }
  const World& at = **world;
  DepositFigures figures;
  figures.deposit = at.get<DepositState>(deposit_id);
  if (!figures.deposit.exists()) {
    return fail(ErrorCode::not_found, "deposit");
  }
  const bool of_card = figures.deposit.deposit_kind == DepositKind::parking_card;
  (of_card ? add_card_figures : add_decoration_figures)(figures, at, deposit_id, context.date());
  figures.held = Fen{-total_of(context, PostingView::money, deposit_account(deposit_id))};
  if (figures.deposit.refund) {
    figures.deducted = figures.deposit.amount - figures.deposit.refund->amount;
  }
  return figures;
}

CellCode deposit_kind_label(const DepositFigures& figures) {
  return figures.card ? CellCode{"PARKING_CARD", "月租卡押金"} : CellCode{"DECORATION", "装修押金"};
}

CellCode deposit_state_label(const DepositFigures& figures) {
  if (figures.card) {
    return label_of(figures.card->stage);
  }
  const bool before_inspection = figures.stage == DepositStage::held ||
                                 figures.stage == DepositStage::waiting ||
                                 figures.stage == DepositStage::refundable;
  return before_inspection && owner_objects(figures.deposit) ? CellCode{"OBJECTED", "业主不同意"}
                                                             : label_of(figures.stage);
}

std::vector<ReportColumn> deposit_columns() {
  return {{"deposit_id", "押金编号"},
          {"unit", "房屋"},
          {"kind", "种类"},
          {"case_id", "装修或车位租用编号"},
          {"payer", "交款人"},
          {"paid_fen", "押金"},
          {"paid_on", "收取日期"},
          {"state", "状态"},
          {"earliest_refund_on", "最早可退日期"},
          {"held_fen", "在押"},
          {"entitlement_fen", "应退"},
          {"refunded_fen", "已退"}};
}

void add_deposit_row(TableBuilder& table,
                     const ViewContext& context,
                     std::string_view deposit_id,
                     const DepositFigures& figures) {
  const DepositState& deposit = figures.deposit;
  const auto& refund = deposit.refund;
  table.row()
      .add(cell_text(deposit_id))
      .add(cell_text(deposit.unit))
      .add(deposit_kind_label(figures))
      .add(cell_text(deposit.case_id))
      .add(cell_text(deposit.payer))
      .add(deposit.amount, {deposit.paid})
      .add(deposit.paid_on)
      .add(deposit_state_label(figures))
      .add(cell_maybe(figures.earliest))
      .add(figures.held, postings_of(context, PostingView::money, deposit_account(deposit_id)))
      .add(figures.due.entitlement)
      .add(refund ? refund->amount : zero_fen, refund ? Records{refund->index} : Records{});
}

}  // namespace juanzong
