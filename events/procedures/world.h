// SPDX-License-Identifier: Apache-2.0
// World: what a rule may ask (states by kind and key), and WorldChange: what an accepted event may
// change. Both are implemented above (projections/state); rules see no storage, clock or thread.
//
// A state is a plain struct with a permanent kind, found by a key (usually the stream's rest):
//   const UnitState* unit = world.find<UnitState>("3-1-1202");
// A state that was never written is absent: find() gives nullptr, get() the default value.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/procedures/state_codec.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Permanent numbers: they are the first byte of a state row's key. Each kind has one owner.
enum class StateKind : std::uint8_t {
  ledger_settings = 1,  // registry: origin, zone, founder
  policy = 2,           // registry: adopted policy versions
  calendar = 3,         // registry: holidays and make-up working days
  staff = 4,            // registry
  badge = 5,            // registry: badge number -> staff
  actor_key = 6,        // actor_keys
  contractor = 7,       // registry
  unit = 8,             // shared/unit_state.h
  person = 9,           // registry: parties by person id
  charge = 10,          // fees
  payment = 11,         // fees
  receipt_book = 12,    // fees: next number of a book
  open_charges = 13,    // fees: open charges of a unit or case
  deposit = 14,         // shared/deposit_state.h
  account = 15,         // engine: running total of a posting account
  handover = 16,        // handover
  decoration = 17,      // decoration
  tenancy = 18,         // move_in
  census = 19,          // occupancy: census and table of a month
  move_out = 20,        // tenant_move_out
  entry = 21,           // corrections: what was said about a record
  safety_papers = 22,   // handover: who signed which responsibility paper of a unit
  move_in = 23,         // move_in: the owner's own move-in, by unit
  key = 24,             // keys
  register_no = 25,     // keys: numbers that are unique in a register
  release_slip = 26,    // goods_release
  clearance = 27,       // goods_release: what was confirmed of a unit, by party
  transfer = 28,        // ownership_transfer
  parking_rental = 29,  // parking
  parking_card = 30,    // parking: card number -> rental
  parking_stop = 31,    // parking: temporary parking, by session
  notice = 32,          // notices
  notice_receipt = 34,  // notices: who signed for one
  contracts = 35,       // contracts: management contracts and the properties under them
  office_let = 36,      // office_lets.h: the client of an office room, until it is ready to let
  operation = 40,       // operation: rules in force, the newest correction of the clock
  obligation = 41,      // deadlines.h: what is owed in a case, until when
  case_file = 42,       // case_machine.h: stage and steps of a case
  complaint = 43,       // complaints
  return_visit = 44,    // return_visits
  repair = 45,          // repairs
  survey = 46,          // surveys
  inspection = 47,      // inspections
  nonconformity = 48,   // nonconformities
  archive = 49,         // archives
  stock = 50,           // purchasing: items and stock of a warehouse
  paid_service = 51,    // paid_services
  roster = 52,          // rosters
  equipment = 53,       // facilities
  access_pass = 54,     // access_control
  conference = 55,      // conferences
  vacant_unit = 56,     // vacant_units
  due_hours = 57,       // due_list.h: hours in which something comes due
  due_hour = 58,        // due_list.h: what comes due in one of them
  duty = 59,            // duties.h: what the calendar asks for in a period
  desk_item = 60,       // front_desk: whose what the desk keeps or lends is
  roll = 61,            // rolls.h: staff, sites, entrances …
  signed_record = 64,   // signature_disputes.h: who signed a record
  denial = 65,          // signature_disputes.h: how a signature stands that was denied
  late_signature = 66,  // signature_disputes.h: what was signed after its record
  viewer = 71,          // archives: whose personal data somebody saw
  origin = 70,          // origins.h: under which origin the ledger speaks
  person_tie = 67,      // person_ties.h: in which cases a person has rights or duties
  person_data = 68,     // personal_data: holds, lock and erasure of a person
  erasure = 69,         // personal_data: requests for erasure, and those to be carried out
};

// A decoded state of any kind. Immutable once published.
class StateBox {
 public:
  StateBox() = default;
  StateBox(const StateBox&) = delete;
  StateBox& operator=(const StateBox&) = delete;
  virtual ~StateBox() = default;
  // Appends the encoding.
  virtual void encode(ByteWriter& out) = 0;
  [[nodiscard]] virtual std::unique_ptr<StateBox> clone() const = 0;
};

template <class T>
class Boxed final : public StateBox {
 public:
  Boxed() = default;
  explicit Boxed(const T& from) : value(from) {}
  void encode(ByteWriter& out) override {
    StateEncoder encoder(out);
    value.visit(encoder);
  }
  [[nodiscard]] std::unique_ptr<StateBox> clone() const override {
    return std::make_unique<Boxed<T>>(value);
  }
  T value{};
};

[[nodiscard]] inline Bytes encoded(StateBox& box) {
  ByteWriter out;
  box.encode(out);
  return out.take();
}

// How the engine decodes rows of a kind without knowing the struct.
struct StateType {
  StateKind kind;
  std::string_view name;
  // nullptr if the bytes are not what encode() writes.
  std::unique_ptr<StateBox> (*decode)(ByteView bytes);
};

template <class T>
constexpr StateType state_type(std::string_view name) {
  return {T::kind, name, [](ByteView bytes) -> std::unique_ptr<StateBox> {
            auto box = std::make_unique<Boxed<T>>();
            StateDecoder decoder(bytes);
            box->value.visit(decoder);
            return decoder.finished() ? std::move(box) : nullptr;
          }};
}

class World {
 public:
  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  virtual ~World() = default;

  template <class T>
  [[nodiscard]] const T* find(std::string_view key) const {
    const StateBox* box = find_box(T::kind, key);
    return box == nullptr ? nullptr : &static_cast<const Boxed<T>*>(box)->value;
  }
  // By value: a default-constructed T if there is none.
  template <class T>
  [[nodiscard]] T get(std::string_view key) const {
    const T* found = find<T>(key);
    return found == nullptr ? T{} : *found;
  }
  [[nodiscard]] virtual const CivilZone& zone() const = 0;

 private:
  // The box stays valid until the next change of that state.
  [[nodiscard]] virtual const StateBox* find_box(StateKind kind, std::string_view key) const = 0;
};

// Postings: the one mechanism for all money and all counts. A view keeps, per account, a row for
// each posting with the running total; a figure is the last row, its expansion a scan.
enum class PostingView : std::uint8_t {
  money = 1,      // accounts of P31's postings table, amounts in fen
  occupancy = 2,  // units per building, entrance and category
};

class WorldChange : public World {
 public:
  // Creates the state when absent. The reference is valid until the next edit of the same key.
  template <class T>
  T& edit(std::string_view key) {
    StateBox& box =
        edit_box(T::kind, key, [] { return std::unique_ptr<StateBox>(new Boxed<T>()); });
    return static_cast<Boxed<T>&>(box).value;
  }
  // A closed case leaves the rule state; its records stay.
  virtual void erase(StateKind kind, std::string_view key) = 0;
  // Adds `delta` to the account, booked on civil date `effective`.
  virtual void post(PostingView view,
                    std::string_view account,
                    std::int64_t delta,
                    CivilDate effective) = 0;
  // Total of the account after every posting so far.
  [[nodiscard]] virtual std::int64_t posted(PostingView view, std::string_view account) const = 0;
  // A row of a list that views read: `list` is a permanent name, `key` sorts within it.
  virtual void put_row(std::string_view list, std::string_view key, std::string_view value) = 0;

 private:
  virtual StateBox& edit_box(StateKind kind,
                             std::string_view key,
                             std::unique_ptr<StateBox> (*make)()) = 0;
};

}  // namespace juanzong
