// SPDX-License-Identifier: Apache-2.0
// What the rules remember of parking. Stages are computed (stages.h): a reversed payment takes the
// rent back by itself, and a rental expires by the calendar, not by an event.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

struct ParkingPeriod {
  CivilDate from;
  CivilDate last;  // the printed last day
  std::string charge_id;
  RecordIndex paid{};
  template <class Ar>
  void visit(Ar& ar) {
    ar(from, last, charge_id, paid);
  }
};

// A card in the hands of one rental.
struct RentalCard {
  std::string deposit_id;
  std::optional<RecordIndex> issued;
  std::optional<CivilDate> issued_on;
  std::optional<RecordIndex> returned;
  std::optional<CivilDate> returned_on;
  std::optional<RecordIndex> lost;
  template <class Ar>
  void visit(Ar& ar) {
    ar(deposit_id, issued, issued_on, returned, returned_on, lost);
  }
};

// Key: rental id.
struct ParkingRental {
  static constexpr StateKind kind = StateKind::parking_rental;
  std::string unit;  // empty: an outsider
  std::string customer;
  std::uint8_t status = 0;  // body::ParkingStatus
  std::string tenancy;      // of a tenant
  std::string space_owner;  // empty: a space of the project
  std::optional<RecordIndex> eligible;
  CivilDate begun_on;  // the policy in force on this day judges the refund
  std::optional<RecordIndex> documents;
  bool space_contract = false;
  std::optional<CivilDate> pass_valid_to;
  std::vector<ParkingPeriod> periods;       // as paid
  std::map<std::string, RentalCard> cards;  // by card number, lost ones too
  std::string card;                         // in the customer's hands, or returned last
  std::optional<RecordIndex> registered;    // MonthlyParkingRegistered, the last one
  std::optional<CivilDate> expired_last;    // last day of the rent whose expiry was recorded
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit,
       customer,
       status,
       tenancy,
       space_owner,
       eligible,
       begun_on,
       documents,
       space_contract,
       pass_valid_to,
       periods,
       cards,
       card,
       registered,
       expired_last);
  }
};

// Key: card number. Who holds it now, or held it last.
struct ParkingCard {
  static constexpr StateKind kind = StateKind::parking_card;
  std::string rental_id;
  template <class Ar>
  void visit(Ar& ar) {
    ar(rental_id);
  }
};

// Key: session id.
struct TemporaryParking {
  static constexpr StateKind kind = StateKind::parking_stop;
  std::optional<RecordIndex> entered;
  UnixMicros entered_at;
  std::optional<RecordIndex> exited;
  UnixMicros exited_at;
  std::optional<RecordIndex> paid;  // the last payment
  CivilDate paid_on;
  std::int32_t minutes = 0;
  Fen fee;
  template <class Ar>
  void visit(Ar& ar) {
    ar(entered, entered_at, exited, exited_at, paid, paid_on, minutes, fee);
  }
};

}  // namespace juanzong
