// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/town.h"

#include "crypto/hex.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace juanzong::simulate {
namespace {

constexpr std::uint64_t town_draws = 5;  // stream of the seed, behind the office's
constexpr int units_a_floor = 4;
constexpr int floors = 18;
constexpr int entrances = 2;
constexpr std::int64_t area_min_cm2 = 600'000;
constexpr int draws_max = 24;

// By code point, so that no text is cut.
const std::array<std::string_view, 20> family_names = {"王", "李", "张", "刘", "陈", "杨", "赵",
                                                       "黄", "周", "吴", "徐", "孙", "胡", "朱",
                                                       "高", "林", "何", "郭", "马", "罗"};
const std::array<std::string_view, 20> given_names = {
    "静",   "磊",   "敏",   "伟", "芳", "建国", "秀英", "洋", "艳", "勇",
    "晓梅", "志强", "桂英", "军", "杰", "娟",   "涛",   "超", "丽", "子涵"};

// Month and day; weekends among them are days off anyway.
constexpr std::array<std::pair<int, int>, 11> fixed_holidays = {{{1, 1},
                                                                 {1, 28},
                                                                 {1, 29},
                                                                 {1, 30},
                                                                 {1, 31},
                                                                 {5, 1},
                                                                 {5, 2},
                                                                 {10, 1},
                                                                 {10, 2},
                                                                 {10, 3},
                                                                 {10, 6}}};

std::string numbered(std::string_view format_prefix, std::uint64_t number, int width) {
  std::array<char, 24> digits{};
  std::snprintf(
      digits.data(), digits.size(), "%0*llu", width, static_cast<unsigned long long>(number));
  return std::string(format_prefix) + digits.data();
}

CivilDate date_of(int year, int month, int day) {
  return add_days(first_day(CivilMonth{year * 12 + month - 1}), day - 1);
}

int year_of(CivilDate day) {
  return month_of(day).months / 12;
}

}  // namespace

std::vector<CivilDate> holidays_of(int year) {
  std::vector<CivilDate> days;
  for (const auto& [month, day] : fixed_holidays) {
    days.push_back(date_of(year, month, day));
  }
  return days;
}

Town::Town(Office& desk, std::uint64_t seed, std::size_t unit_count)
    : office(desk), random(seed, town_draws) {
  build_units(unit_count);
}

void Town::build_units(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entrance = i / (units_a_floor * floors);
    const std::size_t place = i % (units_a_floor * floors);
    Unit unit;
    unit.building = std::to_string(1 + entrance / entrances);
    unit.entrance = std::to_string(1 + entrance % entrances);
    unit.floor = static_cast<int>(1 + place / units_a_floor);
    unit.number = numbered("", static_cast<std::uint64_t>(unit.floor), 2) +
                  numbered("", 1 + place % units_a_floor, 2);
    unit.code = unit.building + "-" + unit.entrance + "-" + unit.number;
    unit.area_cm2 = area_min_cm2 + random.between(0, 90) * 10'000;
    unit.contract_no = next_id("GF");
    unit.owner = new_person();
    units.push_back(std::move(unit));
  }
}

Person Town::new_person() {
  std::array<std::uint8_t, 16> id{};
  random.fill(id);
  Person person;
  person.id = crypto::hex_encode(id);
  person.name = std::string(family_names[random.below(family_names.size())]) +
                std::string(given_names[random.below(given_names.size())]);
  person.phone = numbered("138", random.below(100'000'000), 8);
  return person;
}

std::string Town::next_id(std::string_view series) {
  const std::string name(series);
  return numbered(name + "-", ++series_[name], 6);
}

UnixMicros Town::at(CivilDate day, int hour, int minute) const {
  return UnixMicros{office.zone().start_of(day).value +
                    (std::int64_t{hour} * 60 + minute) * 60 * micros_per_second};
}

bool Town::is_working_day(CivilDate day) const {
  return weekday_of(day) < 5 && std::ranges::count(holidays_of(year_of(day)), day) == 0;
}

CivilDate Town::working_day_from(CivilDate day) const {
  while (!is_working_day(day)) {
    day = add_days(day, 1);
  }
  return day;
}

UnixMicros Town::office_hours_in(int days) {
  const CivilDate day = working_day_from(add_days(today(), days));
  return at(day, random.between(9, 16), random.between(0, 59));
}

void Town::in_minutes(int minutes, Agenda::Step step) {
  agenda.at(UnixMicros{office.now().value + std::int64_t{minutes} * 60 * micros_per_second},
            std::move(step));
}

void Town::every_day(int hour, int minute, const Agenda::Step& step) {
  agenda.at(at(add_days(today(), 1), hour, minute), [this, hour, minute, step] {
    every_day(hour, minute, step);
    step();
  });
}

void Town::every_working_day(int hour, int minute, const Agenda::Step& step) {
  every_day(hour, minute, [this, step] {
    if (is_working_day(today())) {
      step();
    }
  });
}

void Town::every_week(int weekday, int hour, int minute, const Agenda::Step& step) {
  every_day(hour, minute, [this, weekday, step] {
    if (weekday_of(today()) == weekday) {
      step();
    }
  });
}

void Town::every_month(int day, int hour, int minute, const Agenda::Step& step) {
  every_day(hour, minute, [this, day, step] {
    if (add_days(first_day(month_of(today())), day - 1) == today()) {
      step();
    }
  });
}

Unit* Town::any_unit(const std::function<bool(const Unit&)>& passes) {
  for (int draw = 0; draw < draws_max; ++draw) {
    Unit& unit = units[random.below(units.size())];
    if (passes(unit)) {
      return &unit;
    }
  }
  return nullptr;
}

Unit* Town::any_home() {
  return any_unit([](const Unit& unit) { return unit.lived_in(); });
}

}  // namespace juanzong::simulate
