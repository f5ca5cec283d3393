// SPDX-License-Identifier: Apache-2.0
// Who may rent, with which papers, and the rent: whole months at the published price.
#include "events/procedures/case_checks.h"
#include "events/procedures/charges.h"
#include "events/procedures/parking/parking_generated.h"
#include "events/procedures/parking/rules.h"
#include "events/procedures/policy.h"
#include "events/procedures/tariffs.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/units.h"

#include <algorithm>
#include <array>

namespace juanzong::parking {
namespace {

using Stage = ParkingStage;

constexpr auto parking_rent = static_cast<std::uint8_t>(body::Purpose::PARKING_RENT);

struct Claim {
  body::ParkingStatus status;
  std::string_view unit;
  std::string_view customer;
  std::string_view tenancy;
};

bool is_owner(const Claim& claim, const World& world) {
  const auto unit = world.get<UnitState>(claim.unit);
  return !unit.owner.empty() && unit.owner == claim.customer;
}

// Of this unit, registered and not ended: he may ask for a card before he moves in.
bool is_tenant(const Claim& claim, const World& world) {
  const auto tenancy = world.get<TenancyState>(claim.tenancy);
  const TenancyStage stage = tenancy_stage(world, claim.tenancy);
  return tenancy.unit == claim.unit && tenancy.tenant == claim.customer &&
         stage >= TenancyStage::registered && stage != TenancyStage::ended;
}

// H-PRK-1: asked when the rental begins and whenever it is paid for.
void check_claim(const Claim& claim, const World& world, Decision& decision) {
  const bool holds = claim.status == body::ParkingStatus::OUTSIDER_STANDARD_RATE ||
                     (claim.status == body::ParkingStatus::OWNER ? is_owner(claim, world)
                                                                 : is_tenant(claim, world));
  if (!holds) {
    decision.refuse(eligibility_rule,
                    {fact("status", body::EnumNameParkingStatus(claim.status)),
                     fact("unit", claim.unit),
                     fact("customer", claim.customer)});
  }
}

void check_customer(const body::ParkingEligibilityVerified& event,
                    const World& world,
                    Decision& decision) {
  const bool outsider = event.status() == body::ParkingStatus::OUTSIDER_STANDARD_RATE;
  if (outsider != (event.unit() == nullptr)) {
    decision.refuse_schema("unit",
                           "业主、租户须注明房屋,外来客户没有房屋",
                           "owners and tenants have a unit, others have none");
    return;
  }
  if (!outsider) {
    check_unit_registered(world, view_of(event.unit()), decision);
  }
  check_claim({event.status(),
               view_of(event.unit()),
               view_of(event.customer()),
               view_of(event.tenancy_id())},
              world,
              decision);
}

void decide_eligible(const body::ParkingEligibilityVerified& event,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  if (const auto* rental = world.find<ParkingRental>(view_of(event.rental_id()))) {
    decision.refuse_state(name_of(parking_stage(world, *rental, context.today)),
                          name_of(Stage::none));
  }
  check_customer(event, world, decision);
  if (!event.vehicle_licence_checked()) {
    decision.refuse(vehicle_rule, {fact("vehicle_licence_checked", "false")});
  }
}

void apply_eligible(const body::ParkingEligibilityVerified& event,
                    const EventContext& context,
                    WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.unit = text_of(event.unit());
  rental.customer = text_of(event.customer());
  rental.status = static_cast<std::uint8_t>(event.status());
  rental.tenancy = text_of(event.tenancy_id());
  rental.space_owner = text_of(event.space_owner());
  rental.eligible = context.index;
  rental.begun_on = context.today;
}

void decide_documents(const body::ParkingDocumentsCollected& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const auto question = ask_rental(event, Stage::eligible, context, world, decision);
  if (question && !question->rental.space_owner.empty() && event.space_contract() == nullptr) {
    decision.refuse(contract_rule, {fact("space_owner", question->rental.space_owner)});
  }
}

void apply_documents(const body::ParkingDocumentsCollected& event,
                     const EventContext& context,
                     WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.documents = context.index;
  rental.space_contract = event.space_contract() != nullptr;
}

// No machine names the pass: any rental may have one.
void decide_pass(const body::VehiclePassIssued& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  static_cast<void>(ask_rental(event, any_stage, context, world, decision));
  if (*date_of(event.valid_to()) < context.today) {
    decision.refuse_schema("valid_to", "出入证已过期", "the pass has run out already");
  }
}

void apply_pass(const body::VehiclePassIssued& event, const EventContext&, WorldChange& world) {
  world.edit<ParkingRental>(view_of(event.rental_id())).pass_valid_to = date_of(event.valid_to());
}

// Months of [from, to]; 0 if they are not whole.
std::int32_t whole_months(CivilDate from, CivilDate to) {
  constexpr std::int32_t months_max = 120;
  const CivilDate end = add_days(to, 1);
  for (std::int32_t months = 1; months <= months_max; ++months) {
    if (add_months(from, months) >= end) {
      return add_months(from, months) == end ? months : 0;
    }
  }
  return 0;
}

// H-FEE-2 where the amount is not that of the months.
void check_rent(const body::ParkingRentPaid& event,
                const EventContext& context,
                const World& world,
                Decision& decision) {
  constexpr std::string_view key = "parking.month_fen";
  constexpr Fen most{1'000'000'000'000};
  const std::int32_t months = whole_months(*date_of(event.from()), *date_of(event.to()));
  if (months == 0) {
    decision.refuse_schema("to", "月租按整月收取", "rent is paid for whole months");
    return;
  }
  auto rent = policy_amount(world, key, context.today);
  if (rent) {
    rent = Fen{std::min(*rent, most).value * months};
  }
  check_tariff_amount(key, rent, Fen{event.amount_fen()}, event.signatures(), world, decision);
}

bool is_of_period(const ParkingPeriod& period, const body::ParkingRentPaid& event) {
  return period.charge_id == view_of(event.charge_id()) && period.from == *date_of(event.from()) &&
         period.last == *date_of(event.to());
}

// A charge that exists is this rental's, of this period, open by this amount (its payment was
// reversed). A new one covers days that no standing period covers.
void check_period(const body::ParkingRentPaid& event,
                  const ParkingRental& rental,
                  const World& world,
                  Decision& decision) {
  if (const auto* charge = world.find<ChargeState>(view_of(event.charge_id()))) {
    const bool known = std::ranges::any_of(
        rental.periods, [&](const ParkingPeriod& each) { return is_of_period(each, event); });
    if (!known || charge->open() != Fen{event.amount_fen()}) {
      decision.refuse_schema(
          "charge_id", "编号已使用,或不是待缴的该期租金", "taken, or not this period's open rent");
    }
    return;
  }
  const CivilDate from = *date_of(event.from());
  const CivilDate to = *date_of(event.to());
  const bool overlaps = std::ranges::any_of(rental.periods, [&](const ParkingPeriod& each) {
    const auto* charge = world.find<ChargeState>(each.charge_id);
    return charge != nullptr && !charge->reversed && from <= each.last && each.from <= to;
  });
  if (overlaps) {
    decision.refuse_schema("from", "与已收租期重叠", "these days are rented already");
  }
}

void decide_rent(const body::ParkingRentPaid& event,
                 const EventContext& context,
                 const World& world,
                 Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto question = ask_rental(
      event, Stage::documented | Stage::active | Stage::expired, context, world, decision);
  if (!question) {
    return;
  }
  const ParkingRental& rental = question->rental;
  check_claim({static_cast<body::ParkingStatus>(rental.status),
               rental.unit,
               rental.customer,
               rental.tenancy},
              world,
              decision);
  check_rent(event, context, world, decision);
  check_period(event, rental, world, decision);
  if (world.find<PaymentState>(view_of(event.payment_id())) != nullptr) {
    decision.refuse_schema("payment_id", "编号已使用", "this payment id is taken");
  }
  decision.assigned.receipt_no = next_receipt_number(world, view_of(event.book()));
}

// Assesses the rent unless it is open already.
void assess_rent(const body::ParkingRentPaid& event,
                 const ParkingRental& rental,
                 const EventContext& context,
                 WorldChange& world) {
  if (world.find<ChargeState>(view_of(event.charge_id())) != nullptr) {
    return;
  }
  ChargeState charge;
  charge.unit = rental.unit;
  charge.party = rental.customer;
  charge.purpose = parking_rent;
  charge.case_ref = "parking:" + text_of(event.rental_id());
  charge.amount = Fen{event.amount_fen()};
  charge.due = context.today;
  charge.period_from = date_of(event.from());
  charge.period_to = add_days(*date_of(event.to()), 1);
  assess_charge(world, view_of(event.charge_id()), charge, context);
}

void apply_rent(const body::ParkingRentPaid& event,
                const EventContext& context,
                WorldChange& world) {
  ParkingRental& edited = world.edit<ParkingRental>(view_of(event.rental_id()));
  std::erase_if(edited.periods,
                [&](const ParkingPeriod& each) { return is_of_period(each, event); });
  edited.periods.push_back(
      {*date_of(event.from()), *date_of(event.to()), text_of(event.charge_id()), context.index});
  const ParkingRental rental = edited;
  assess_rent(event, rental, context, world);
  PaymentState payment;
  payment.unit = rental.unit;
  payment.party = rental.customer;
  payment.method = static_cast<std::uint8_t>(event.method());
  payment.amount = Fen{event.amount_fen()};
  payment.allocations = {{text_of(event.charge_id()), payment.amount}};
  payment.receipt_no = context.receipt_no;
  take_receipt_number(world, view_of(event.book()));
  book_payment(world, view_of(event.payment_id()), payment, context);
}

// Recorded by the server once for each last day.
void decide_expired(const body::ParkingRentExpired& event,
                    const EventContext& context,
                    const World& world,
                    Decision& decision) {
  const auto question = ask_rental(event, Stage::expired, context, world, decision);
  if (question && question->stage == Stage::expired &&
      question->rental.expired_last == rent_paid_until(world, question->rental)) {
    decision.refuse_state("EXPIRED, recorded before", "EXPIRED, not recorded yet");
  }
}

void apply_expired(const body::ParkingRentExpired& event, const EventContext&, WorldChange& world) {
  ParkingRental& rental = world.edit<ParkingRental>(view_of(event.rental_id()));
  rental.expired_last = rent_paid_until(world, rental);
}

constexpr std::array handlers{
    event<body::ParkingEligibilityVerified, decide_eligible, apply_eligible>(
        "ParkingEligibilityVerified"),
    event<body::ParkingDocumentsCollected, decide_documents, apply_documents>(
        "ParkingDocumentsCollected"),
    event<body::VehiclePassIssued, decide_pass, apply_pass>("VehiclePassIssued"),
    event<body::ParkingRentPaid, decide_rent, apply_rent>("ParkingRentPaid"),
    event<body::ParkingRentExpired, decide_expired, apply_expired>("ParkingRentExpired"),
};

}  // namespace

std::span<const EventHandler> rental_handlers() {
  return handlers;
}

}  // namespace juanzong::parking
