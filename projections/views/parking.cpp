// SPDX-License-Identifier: Apache-2.0
// R10: the monthly rentals with rent, card and deposit, and the register 《月租办理记录》 for the
// garage, which shows the fields of that form and nothing else (H-PRV-10).
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/parking/stages.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <array>

namespace juanzong {
namespace {

struct Rental {
  const World& world;
  ParkingRental state;
  ParkingStage stage;
};

// A rental's unit never changes.
std::vector<std::string> ids_of(const ViewContext& context, const std::string& unit) {
  std::vector<std::string> ids = context.keys_with_stream(StateKind::parking_rental, "parking:");
  std::erase_if(ids, [&](const std::string& id) {
    return !unit.empty() && context.newest().get<ParkingRental>(id).unit != unit;
  });
  return ids;
}

Result<Rental> rental_of(const ViewContext& context, const std::string& id) {
  const std::string unit = context.newest().get<ParkingRental>(id).unit;
  const Result<const World*> world = context.case_world(unit, "parking:" + id);
  if (!world) {
    return fail(world.error());
  }
  auto state = (*world)->get<ParkingRental>(id);
  const ParkingStage stage = parking_stage(**world, state, context.date());
  return Rental{**world, std::move(state), stage};
}

// The card is with the customer though the rent has run out.
bool not_returned(const Rental& rental) {
  return rental.stage == ParkingStage::expired && !rental.state.card.empty() &&
         !rental.state.cards.at(rental.state.card).lost;
}

CellCode status_label(std::uint8_t status) {
  constexpr std::array<std::string_view, 4> zh{"未注明", "业主", "租户", "外来客户(标准收费)"};
  const auto named = static_cast<body::ParkingStatus>(status);
  return {body::EnumNameParkingStatus(named), std::string(zh.at(status % zh.size()))};
}

// Periods whose payment stands, by their records.
Records records_of_rent(const Rental& rental) {
  Records records;
  for (const ParkingPeriod& period : rental.state.periods) {
    if (period_stands(rental.world, period)) {
      records.push_back(period.paid);
    }
  }
  return records;
}

void add_card(TableBuilder& table, const Rental& rental) {
  const auto found = rental.state.cards.find(rental.state.card);
  if (found == rental.state.cards.end()) {
    table.add({}).add({}).add({}).add({}).add({}).add({});
    return;
  }
  const RentalCard& card = found->second;
  const auto deposit = rental.world.get<DepositState>(card.deposit_id);
  table.add(cell_text(rental.state.card), records_of(card.issued))
      .add(cell_text(card.deposit_id))
      .add(deposit.amount, {deposit.paid})
      .add(label_of(card_deposit_stage(rental.world, card.deposit_id)))
      .add(cell_maybe(card.returned_on), records_of(card.returned))
      .add(deposit.refund ? deposit.refund->amount : zero_fen,
           deposit.refund ? Records{deposit.refund->index} : Records{});
}

void add_rental(TableBuilder& table, const std::string& id, const Rental& rental) {
  const ParkingRental& state = rental.state;
  table.row()
      .add(cell_text(id))
      .add(cell_text(state.unit))
      .add(cell_text(state.customer), records_of(state.eligible))
      .add(status_label(state.status))
      .add(label_of(rental.stage))
      .add(cell_text(state.space_owner))
      .add(state.space_contract, state.space_contract ? records_of(state.documents) : Records{})
      .add(cell_maybe(state.pass_valid_to))
      .add(cell_maybe(rent_paid_until(rental.world, state)), records_of_rent(rental));
  add_card(table, rental);
  table.add(not_returned(rental));
}

std::vector<ReportColumn> rental_columns() {
  return {{"rental_id", "租用编号"},
          {"unit", "房屋"},
          {"customer", "客户"},
          {"status", "身份"},
          {"stage", "状态"},
          {"space_owner", "车位业主"},
          {"space_contract", "租用合同"},
          {"pass_valid_to", "出入证有效至"},
          {"rent_paid_until", "租金已缴至"},
          {"card_no", "月租卡号"},
          {"deposit_id", "押金编号"},
          {"deposit_fen", "押金"},
          {"deposit_state", "押金状态"},
          {"returned_on", "退卡日期"},
          {"refunded_fen", "已退押金"},
          {"expired_not_returned", "到期未退卡"}};
}

// One row as it was registered. Rows of rentals that have run out are not the garage's business.
Outcome add_registered(TableBuilder& table, const ViewContext& context, const Rental& rental) {
  const auto& record = rental.state.registered;
  if (!record || rental.stage != ParkingStage::active) {
    return Done{};
  }
  const Result<StoredRecord> stored = context.record(*record);
  if (!stored) {
    return fail(stored.error());
  }
  const auto* body =
      flatbuffers::GetRoot<body::MonthlyParkingRegistered>(stored->view.statement.body.data());
  const auto personal = [&](PersonalField field, std::string_view path) {
    return personal_cell(context, field, record, path);
  };
  table.row()
      .add(cell_maybe(date_of(body->date())), records_of(record))
      .add(personal(PersonalField::parking_name, "owner_name"))
      .add(personal(PersonalField::parking_phone, "phone"))
      .add(cell_text(view_of(body->car_type())))
      .add(personal(PersonalField::plate, "plate"))
      .add(cell_maybe(date_of(body->from())))
      .add(cell_maybe(date_of(body->to())))
      .add(cell_text(view_of(body->card_no())));
  return Done{};
}

// The last weekly copy that was given to the garage.
Outcome add_shared(ReportBuilder& out, const ViewContext& context) {
  const auto last = context.last_event("parking_register", "ParkingRegisterShared");
  if (!last) {
    return fail(last.error());
  }
  CellValue week;
  if (*last) {
    const Result<StoredRecord> stored = context.record(**last);
    if (!stored) {
      return fail(stored.error());
    }
    const auto* body =
        flatbuffers::GetRoot<body::ParkingRegisterShared>(stored->view.statement.body.data());
    week = cell_maybe(date_of(body->week()));
  }
  out.fact("shared_week", "最近一次交车库收费员(周)", week, records_of(*last));
  return Done{};
}

}  // namespace

Result<Report> view_parking(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::vector<std::string> ids = ids_of(context, context.argument("unit"));
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("rentals", "车位租用", rental_columns());
  std::int64_t active = 0;
  std::int64_t expired = 0;
  for (const std::string& id : ids) {
    const Result<Rental> rental = rental_of(context, id);
    if (!rental) {
      return fail(rental.error());
    }
    active += rental->stage == ParkingStage::active ? 1 : 0;
    expired += not_returned(*rental) ? 1 : 0;
    if (std::ranges::binary_search(part.keys, id)) {
      add_rental(table, id, *rental);
    }
  }
  ReportBuilder out(context);
  out.fact("date", "日期", context.date())
      .fact("count", "租用数", cell_count(ids.size()))
      .fact("active", "租用中", active)
      .fact("expired_not_returned", "到期未退卡", expired)
      .table(table)
      .next(part.next);
  return out.take();
}

Result<Report> view_parking_register(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const PagedKeys part = page_of(ids_of(context, ""), *page);
  TableBuilder table("register",
                     "月租办理记录",
                     {{"date", "办理日期"},
                      {"owner_name", "车主姓名"},
                      {"phone", "电话"},
                      {"car_type", "车型"},
                      {"plate", "车牌号"},
                      {"from", "月租起"},
                      {"to", "月租止"},
                      {"card_no", "月租卡号"}});
  for (const std::string& id : part.keys) {
    const Result<Rental> rental = rental_of(context, id);
    if (!rental) {
      return fail(rental.error());
    }
    if (const Outcome added = add_registered(table, context, *rental); !added) {
      return fail(added.error());
    }
  }
  ReportBuilder out(context);
  out.fact("date", "日期", context.date());
  if (const Outcome added = add_shared(out, context); !added) {
    return fail(added.error());
  }
  out.table(table).next(part.next);
  return out.take();
}

}  // namespace juanzong
