// SPDX-License-Identifier: Apache-2.0
// Parking (P17): monthly rentals with their cards, renewed or given back; stops at the gate.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/scripts.h"

#include <memory>

namespace juanzong::simulate {
namespace {

constexpr std::int64_t rent_fen = 10'000;
constexpr std::int64_t card_deposit_fen = 5'000;
constexpr std::int64_t stop_first_fen = 200;
constexpr int stop_first_minutes = 120;
constexpr std::int64_t stop_hour_fen = 100;
constexpr std::int64_t stop_cap_fen = 600;
constexpr int minutes_an_hour = 60;

struct Rental {
  Unit& unit;
  std::string id;
  Person customer;
  std::string tenancy;
  std::string plate;
  std::string card;
  CivilDate paid_until;  // the first day that is not paid for
};

Form of_rental(const Town& town, const Rental& rental) {
  return town.form().text("rental_id", rental.id).text("unit", rental.unit.code);
}

std::string rent_json(Town& town, const Rental& rental, int months, std::int64_t fen) {
  return of_rental(town, rental)
      .text("payment_id", town.next_id("PP"))
      .text("charge_id", town.next_id("PC"))
      .text("from", to_text(rental.paid_until))
      .text("to", to_text(add_days(add_months(rental.paid_until, months), -1)))
      .number("amount_fen", fen)
      .text("method", payment_method(town))
      .text("book", "A")
      .json();
}

void pay_rent(Town& town, Rental& rental, int months) {
  if (town.random.percent(2)) {
    town.office.refused("CAS",
                        "ParkingRentPaid",
                        rent_json(town, rental, months, rent_fen * months / 2),
                        "H-FEE-2");
  }
  town.office.must("CAS", "ParkingRentPaid", rent_json(town, rental, months, rent_fen * months));
  town.books.cash += rent_fen * months;
  rental.paid_until = add_months(rental.paid_until, months);
}

void register_row(Town& town, const Rental& rental, CivilDate from) {
  town.office.must("CSA",
                   "MonthlyParkingRegistered",
                   of_rental(town, rental)
                       .text("date", to_text(town.today()))
                       .secret("owner_name", rental.customer.id, rental.customer.name)
                       .secret("phone", rental.customer.id, rental.customer.phone)
                       .text("car_type", "小型轿车")
                       .secret("plate", rental.customer.id, rental.plate)
                       .text("from", to_text(from))
                       .text("to", to_text(add_days(rental.paid_until, -1)))
                       .text("card_no", rental.card)
                       .json());
}

void verify(Town& town, const Rental& rental) {
  Form eligible = of_rental(town, rental);
  eligible.text("customer", rental.customer.id)
      .text("status", rental.tenancy.empty() ? "OWNER" : "TENANT")
      .flag("vehicle_licence_checked", true)
      .text("vehicle_owner", rental.customer.id);
  if (!rental.tenancy.empty()) {
    eligible.text("tenancy_id", rental.tenancy);
  }
  town.office.must("CSA", "ParkingEligibilityVerified", eligible.json());
  town.office.must("CSA",
                   "ParkingDocumentsCollected",
                   of_rental(town, rental)
                       .scan("id_copy", rental.customer.id, "身份证")
                       .scan("vehicle_licence_copy", rental.customer.id, "行驶证")
                       .secret("mobile", rental.customer.id, rental.customer.phone)
                       .json());
  town.office.must("CSA",
                   "VehiclePassIssued",
                   of_rental(town, rental)
                       .secret("plate", rental.customer.id, rental.plate)
                       .text("valid_to", to_text(add_months(town.today(), 24)))
                       .json());
}

Form deposit_of(const Town& town, const Rental& rental) {
  return of_rental(town, rental)
      .text("deposit_id", "CD-" + rental.id)
      .text("card_no", rental.card)
      .number("amount_fen", card_deposit_fen);
}

void issue_card(Town& town, Rental& rental) {
  const auto issued = [&] {
    return of_rental(town, rental)
        .text("card_no", rental.card)
        .by("CUSTOMER", rental.customer.id)
        .json();
  };
  if (town.random.percent(4)) {  // the card before its deposit
    town.office.refused("CAS", "ParkingCardIssued", issued(), "H-PRK-3");
  }
  town.office.must("CAS",
                   "ParkingCardDepositPaid",
                   deposit_of(town, rental).text("method", "CASH").text("book", "B").json());
  town.books.cash += card_deposit_fen;
  town.books.deposits_held += card_deposit_fen;
  town.office.must("CAS", "ParkingCardIssued", issued());
}

void give_back(Town& town, const Rental& rental) {
  town.office.must("CAS",
                   "ParkingCardReturned",
                   of_rental(town, rental)
                       .text("card_no", rental.card)
                       .by("CUSTOMER", rental.customer.id)
                       .json());
  town.office.must("CAS",
                   "ParkingCardDepositRefunded",
                   deposit_of(town, rental)
                       .text("payee", rental.customer.id)
                       .text("method", "CASH")
                       .by("CUSTOMER", rental.customer.id)
                       .json());
  town.books.cash -= card_deposit_fen;
  town.books.deposits_held -= card_deposit_fen;
}

bool still_there(const Rental& rental) {
  return rental.tenancy == rental.unit.tenancy && rental.customer.id == rental.unit.resident().id;
}

// Before the paid days are over he pays again, or he leaves afterwards.
void plan_end(Town& town, const std::shared_ptr<Rental>& rental) {
  const CivilDate before = add_days(rental->paid_until, -4);
  town.then(town.at(before, town.random.between(9, 16), 20), [&town, rental] {
    if (still_there(*rental) && town.random.percent(88)) {
      const CivilDate from = rental->paid_until;
      pay_rent(town, *rental, town.random.percent(30) ? 3 : 1);
      register_row(town, *rental, from);
      plan_end(town, rental);
      return;
    }
    const CivilDate after = town.working_day_from(add_days(rental->paid_until, 2));
    town.then(town.at(after, 11, town.random.between(0, 50)),
              [&town, rental] { give_back(town, *rental); });
  });
}

void rent_space(Town& town) {
  Unit* unit = town.any_home();
  if (unit == nullptr || unit->parks || unit->busy) {
    return;
  }
  unit->parks = true;
  const std::string id = town.next_id("PK");
  const auto rental = std::make_shared<Rental>(Rental{*unit,
                                                      id,
                                                      unit->resident(),
                                                      unit->tenancy,
                                                      "粤B" + id.substr(4),
                                                      "IC-" + id.substr(3),
                                                      town.today()});
  const CivilDate from = town.today();
  verify(town, *rental);
  pay_rent(town, *rental, town.random.percent(30) ? 3 : 1);
  issue_card(town, *rental);
  register_row(town, *rental, from);
  plan_end(town, rental);
}

// Two hours cost the first price, each further started hour one more, a day no more than the cap.
std::int64_t stop_fee(int minutes) {
  if (minutes <= stop_first_minutes) {
    return stop_first_fen;
  }
  const int hours = (minutes - stop_first_minutes + minutes_an_hour - 1) / minutes_an_hour;
  return std::min(stop_first_fen + hours * stop_hour_fen, stop_cap_fen);
}

void leave(Town& town, const std::string& session, const std::string& plate, UnixMicros entered) {
  const std::string driver = town.units.front().owner.id;
  const UnixMicros at = town.office.now();
  const auto minute = 60 * micros_per_second;
  const int minutes = static_cast<int>((at.value - entered.value + minute - 1) / minute);
  town.office.must("GFC",
                   "TemporaryParkingExited",
                   town.form()
                       .text("session_id", session)
                       .secret("plate", driver, plate)
                       .text("at", to_rfc3339(at))
                       .json());
  const auto paid = [&](std::int64_t fen) {
    return town.form()
        .text("session_id", session)
        .text("payment_id", town.next_id("TP"))
        .number("minutes", minutes)
        .number("amount_fen", fen)
        .number("tariff_ver", 1)
        .text("method", "QR")
        .text("book", "G")
        .json();
  };
  if (town.random.percent(2)) {
    town.office.refused(
        "GFC", "TemporaryParkingFeePaid", paid(stop_fee(minutes) + stop_hour_fen), "H-FEE-2");
  }
  town.office.must("GFC", "TemporaryParkingFeePaid", paid(stop_fee(minutes)));
  town.books.cash += stop_fee(minutes);
}

void stop_at_gate(Town& town) {
  const std::string session = town.next_id("TS");
  const std::string plate = "粤B" + session.substr(4);
  const UnixMicros entered = town.office.now();
  town.office.must("GFC",
                   "TemporaryParkingEntered",
                   town.form()
                       .text("session_id", session)
                       .secret("plate", town.units.front().owner.id, plate)
                       .text("at", to_rfc3339(entered))
                       .json());
  town.in_minutes(town.random.between(20, 400),
                  [&town, session, plate, entered] { leave(town, session, plate, entered); });
}

void share_register(Town& town) {
  town.office.must("CSA",
                   "ParkingRegisterShared",
                   town.form()
                       .text("week", to_text(town.today()))
                       .scan("list", "", "月租办理记录")
                       .text("received_by", "S-GFC")
                       .json());
}

}  // namespace

void start_parking(Town& town) {
  town.every_working_day(8, 45, [&town] {
    for (std::size_t i = 0; i < 1 + town.units.size() / 300; ++i) {
      town.then(town.office_hours_in(0), [&town] { rent_space(town); });
    }
  });
  town.every_day(7, 30, [&town] {
    for (std::size_t i = 0; i < 1 + town.units.size() / 60; ++i) {
      town.then(town.at(town.today(), town.random.between(8, 16), town.random.between(0, 59)),
                [&town] { stop_at_gate(town); });
    }
  });
  town.every_week(0, 9, 5, [&town] { share_register(town); });
}

}  // namespace juanzong::simulate
