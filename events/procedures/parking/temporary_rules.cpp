// SPDX-License-Identifier: Apache-2.0
// Temporary parking: in, out, paid. The fee is recomputed from the tariff; a payment that was
// reversed leaves the stop to be paid again.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/list_keys.h"
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/parking/rules.h"
#include "events/procedures/parking/temporary_tariff.h"
#include "events/procedures/policy.h"
#include "events/procedures/tariffs.h"

#include <array>
#include <string>

namespace juanzong::parking {
namespace {

using Stage = TemporaryStage;

// The driver is nobody's party: all stops share one account.
constexpr std::string_view driver = "temporary";
constexpr auto parking_rent = static_cast<std::uint8_t>(body::Purpose::PARKING_RENT);

template <class Body>
bool stands_in(const Body& event, Stage accepted, const World& world, Decision& decision) {
  const Stage stage = temporary_stage(world, view_of(event.session_id()));
  if (stage != accepted) {
    decision.refuse_state(name_of(stage), name_of(accepted));
  }
  return stage == accepted;
}

void decide_entered(const body::TemporaryParkingEntered& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  static_cast<void>(stands_in(event, Stage::none, world, decision));
  check_instant_passed("at", *parse_instant(view_of(event.at())), context, world, decision);
}

void apply_entered(const body::TemporaryParkingEntered& event,
                   const EventContext& context,
                   WorldChange& world) {
  TemporaryParking& session = world.edit<TemporaryParking>(view_of(event.session_id()));
  session.entered = context.index;
  session.entered_at = *parse_instant(view_of(event.at()));
}

void decide_exited(const body::TemporaryParkingExited& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  const UnixMicros at = *parse_instant(view_of(event.at()));
  check_instant_passed("at", at, context, world, decision);
  if (stands_in(event, Stage::entered, world, decision) &&
      at <= world.get<TemporaryParking>(view_of(event.session_id())).entered_at) {
    decision.refuse_schema("at", "出场须在入场之后", "out after in");
  }
}

void apply_exited(const body::TemporaryParkingExited& event,
                  const EventContext& context,
                  WorldChange& world) {
  TemporaryParking& session = world.edit<TemporaryParking>(view_of(event.session_id()));
  session.exited = context.index;
  session.exited_at = *parse_instant(view_of(event.at()));
}

// H-FEE-2: minutes, amount and version are what the ledger says they are.
void check_fee(const body::TemporaryParkingFeePaid& event,
               const EventContext& context,
               const World& world,
               Decision& decision) {
  const auto session = world.get<TemporaryParking>(view_of(event.session_id()));
  const std::int64_t minutes = minutes_between(session.entered_at, session.exited_at);
  const Fen fee = temporary_fee(temporary_tariff(world, context.today), minutes);
  const std::uint32_t version = policy_version(world, context.today);
  std::vector<Fact> wrong;
  if (event.minutes() != minutes) {
    wrong.push_back(fact("minutes_expected", std::to_string(minutes)));
  }
  if (Fen{event.amount_fen()} != fee) {
    wrong.push_back(fact("tariff", fee));
  }
  if (event.tariff_ver() != version) {
    wrong.push_back(fact("tariff_ver_expected", std::to_string(version)));
  }
  if (!wrong.empty()) {
    decision.refuse(tariff_rule, std::move(wrong));
  }
}

void decide_paid(const body::TemporaryParkingFeePaid& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  if (stands_in(event, Stage::exited, world, decision)) {
    check_fee(event, context, world, decision);
  }
  if (world.find<PaymentState>(view_of(event.payment_id())) != nullptr) {
    decision.refuse_schema("payment_id", "编号已使用", "this payment id is taken");
  }
  const auto session = world.get<TemporaryParking>(view_of(event.session_id()));
  const std::string charge_id = temporary_charge_id(view_of(event.session_id()));
  if (!session.paid && world.find<ChargeState>(charge_id) != nullptr) {
    decision.refuse_schema(
        "session_id", "应收编号已被占用", "the charge id is taken: " + charge_id);
  }
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

// The charge of the stop. After a reversed payment it may be open by another amount than is due
// today (the tariff changed): then it is reversed and assessed anew.
void assess_stop(WorldChange& world,
                 const std::string& charge_id,
                 Fen amount,
                 const EventContext& context) {
  const auto* open = world.find<ChargeState>(charge_id);
  if (open != nullptr && !open->reversed && open->open() == amount) {
    return;
  }
  if (open != nullptr && !open->reversed) {
    reverse_charge(world, charge_id, context);
  }
  ChargeState charge;
  charge.party = driver;
  charge.purpose = parking_rent;
  charge.amount = amount;
  charge.due = context.today;
  assess_charge(world, charge_id, charge, context);
}

void apply_paid(const body::TemporaryParkingFeePaid& event,
                const EventContext& context,
                WorldChange& world) {
  const std::string charge_id = temporary_charge_id(view_of(event.session_id()));
  const Fen amount{event.amount_fen()};
  TemporaryParking& session = world.edit<TemporaryParking>(view_of(event.session_id()));
  session.paid = context.index;
  session.paid_on = context.today;
  session.minutes = event.minutes();
  session.fee = amount;
  assess_stop(world, charge_id, amount, context);
  PaymentState payment;
  payment.party = driver;
  payment.method = static_cast<std::uint8_t>(event.method());
  payment.amount = amount;
  payment.allocations = {{charge_id, amount}};
  payment.receipt_no = context.receipt_no;
  take_receipt_number(world, view_of(event.book()));
  book_payment(world, view_of(event.payment_id()), payment, context);
  world.put_row(temporary_list,
                dated_key(context.today, context.index, view_of(event.session_id())),
                std::to_string(event.minutes()) + " " + std::to_string(amount.value) + " " +
                    text_of(event.payment_id()));
}

constexpr std::array handlers{
    event<body::TemporaryParkingEntered, decide_entered, apply_entered>("TemporaryParkingEntered"),
    event<body::TemporaryParkingExited, decide_exited, apply_exited>("TemporaryParkingExited"),
    event<body::TemporaryParkingFeePaid, decide_paid, apply_paid>("TemporaryParkingFeePaid"),
};

}  // namespace

std::span<const EventHandler> temporary_handlers() {
  return handlers;
}

}  // namespace juanzong::parking
