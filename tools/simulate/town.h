// SPDX-License-Identifier: Apache-2.0
// Town: the simulated community as the simulation itself knows it, beside the ledger: its units and
// people, who owes what, and its own books, which the month-end checks compare with the ledger's.
#pragma once

#include "tools/simulate/agenda.h"
#include "tools/simulate/form.h"
#include "tools/simulate/office.h"
#include "tools/simulate/seeded_random.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::simulate {

struct Person {
  std::string id;  // 32 hexadecimal digits
  std::string name;
  std::string phone;
};

struct OpenCharge {
  std::string id;
  std::string purpose;  // "WATER"
  std::int64_t fen = 0;
  std::string party;
  CivilDate due;
};

struct Unit {
  std::string code, building, entrance, number;
  int floor = 0;
  std::int64_t area_cm2 = 0;
  std::string contract_no;
  Person owner;
  std::vector<std::string> keys;
  RecordIndex roster{};  // of the developer's list that names its owner
  bool handed_over = false;
  bool owner_lives_here = false;
  bool decorating = false;
  bool deposit_held = false;  // of its works
  bool parks = false;
  bool busy = false;  // a tenancy, a transfer or works are under way: nothing else of these begins
  std::string tenancy;  // of the tenant who lives here, else empty
  Person tenant;
  CivilDate fee_until;  // the first day that is not paid for
  std::vector<OpenCharge> open;
  [[nodiscard]] bool lived_in() const { return owner_lives_here || !tenancy.empty(); }
  // Who lives there, pays for water and power, and calls the front desk.
  [[nodiscard]] const Person& resident() const { return tenancy.empty() ? owner : tenant; }
};

// In fen; what the simulation booked itself.
struct Books {
  std::int64_t cash = 0;
  std::int64_t deposits_held = 0;
  std::int64_t receivable = 0;
  std::int64_t advance = 0;
};

class Town {
 public:
  Town(Office& desk, std::uint64_t seed, std::size_t unit_count);

  Office& office;
  SeededRandom random;
  Agenda agenda;
  Books books;
  std::deque<Unit> units;
  std::vector<std::string> contractors;
  std::vector<Person> foremen;  // of the contractors, in their order

  [[nodiscard]] Form form() const { return Form(office.now_text()); }
  [[nodiscard]] Person new_person();
  // "PAY-000017": the next of its series.
  [[nodiscard]] std::string next_id(std::string_view series);

  // The calendar. Hours are of the ledger's zone.
  [[nodiscard]] UnixMicros at(CivilDate day, int hour, int minute = 0) const;
  [[nodiscard]] std::string instant(UnixMicros when) const { return to_rfc3339(when); }
  [[nodiscard]] CivilDate today() const { return office.today(); }
  [[nodiscard]] bool is_working_day(CivilDate day) const;
  // The day itself if it is one.
  [[nodiscard]] CivilDate working_day_from(CivilDate day) const;
  // A moment of office hours some days from now.
  [[nodiscard]] UnixMicros office_hours_in(int days);

  // A step at that moment, or at once if it has passed.
  void then(UnixMicros when, Agenda::Step step) { agenda.at(when, std::move(step)); }
  void in_minutes(int minutes, Agenda::Step step);
  // For ever, from the day after the first on.
  void every_day(int hour, int minute, const Agenda::Step& step);
  void every_working_day(int hour, int minute, const Agenda::Step& step);
  // On that weekday, 0 = Monday.
  void every_week(int weekday, int hour, int minute, const Agenda::Step& step);
  // On that day of the month, 1 to 28.
  void every_month(int day, int hour, int minute, const Agenda::Step& step);

  // One of the units that pass; nullptr if a handful of draws found none.
  [[nodiscard]] Unit* any_unit(const std::function<bool(const Unit&)>& passes);
  [[nodiscard]] Unit* any_home();  // somebody lives there

 private:
  void build_units(std::size_t count);
  std::map<std::string, std::uint64_t, std::less<>> series_;
};

// Weekdays of a year that are holidays, and weekends that are worked, as the simulation's calendar
// says; fixed days of the civil calendar, so that any year has them.
[[nodiscard]] std::vector<CivilDate> holidays_of(int year);

}  // namespace juanzong::simulate
