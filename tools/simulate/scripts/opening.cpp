// SPDX-License-Identifier: Apache-2.0
// How the community begins: everything that others refer to is registered.
#include "tools/simulate/scripts/scripts.h"

#include <algorithm>

namespace juanzong::simulate {
namespace {

constexpr std::size_t units_a_request = 100;
constexpr std::size_t roster_entries_max = 15;  // of one record: H-HOV
constexpr std::size_t units_a_delivery = 5;     // two keys each: 15 streams
constexpr int contractor_count = 6;
constexpr std::string_view developer = "DEV-1";

const std::vector<std::string>& roles() {
  static const std::vector<std::string> all = {"PM",   "HR",   "ARC", "CSA",  "CSM", "PS",  "CAS",
                                               "ENG",  "ENGM", "SEC", "SECM", "KEY", "GFC", "ENV",
                                               "AREA", "CL",   "QD",  "MDM",  "FIN", "MKT", "AUD"};
  return all;
}

std::string policy_json(Town& town) {
  const std::vector<std::pair<std::string, std::string>> values = {
      {"deposit.deco.permitted", "true"},
      {"penalty.deco.permitted", "true"},
      {"tariff.deco.deposit_fen", "200000"},
      {"tariff.deco.waste_removal_fen", "30000"},
      {"tariff.deco.pass_fen", "8000"}};
  std::string list;
  for (const auto& [key, value] : values) {
    list.append(list.empty() ? "" : ",")
        .append(R"({"key":")" + key + R"(","value":")" + value +
                R"(","citation":"模拟 simulated"})");
  }
  return town.form()
      .number("policy_ver", 1)
      .text("effective", to_text(town.today()))
      .raw("values", "[" + list + "]")
      .by_staff("PM")
      .json();
}

void adopt_calendar(Town& town, int year) {
  std::vector<std::string> days;
  for (const CivilDate day : holidays_of(year)) {
    days.push_back(to_text(day));
  }
  town.office.must("HR",
                   "HolidayCalendarAdopted",
                   town.form().number("year", year).texts("holidays", days).json());
}

void register_units(Town& town) {
  std::vector<Line> lines;
  for (const Unit& unit : town.units) {
    lines.push_back({"UnitRegistered",
                     town.form()
                         .text("unit", unit.code)
                         .text("building", unit.building)
                         .text("entrance", unit.entrance)
                         .number("floor", unit.floor)
                         .text("number", unit.number)
                         .number("area_cm2", unit.area_cm2)
                         .json()});
    if (lines.size() == units_a_request || unit.code == town.units.back().code) {
      town.office.must_all("ARC", lines);
      lines.clear();
    }
  }
}

void register_contractors(Town& town) {
  for (int i = 0; i < contractor_count; ++i) {
    town.contractors.push_back(town.next_id("C"));
    town.foremen.push_back(town.new_person());
    town.office.must("CSA",
                     "ContractorRegistered",
                     town.form()
                         .text("company", town.contractors.back())
                         .text("name", "装饰工程公司" + std::to_string(i + 1))
                         .text("principal", town.foremen.back().id)
                         .scan("licence", town.foremen.back().id, "营业执照")
                         .json());
  }
}

std::string entry_json(const Unit& unit) {
  return Form("")
      .text("unit", unit.code)
      .text("owner", unit.owner.id)
      .secret("owner_name", unit.owner.id, unit.owner.name)
      .secret("phone", unit.owner.id, unit.owner.phone)
      .text("contract_no", unit.contract_no)
      .json();
}

// The handover of a unit refers to the record of its roster.
void import_roster(Town& town) {
  for (std::size_t first = 0; first < town.units.size(); first += roster_entries_max) {
    const std::size_t end = std::min(town.units.size(), first + roster_entries_max);
    std::string entries;
    for (std::size_t i = first; i < end; ++i) {
      entries.append(i == first ? "" : ",").append(entry_json(town.units[i]));
    }
    const RecordIndex roster = town.office.must_at("ARC",
                                                   "OwnerRosterImported",
                                                   town.form()
                                                       .text("roster_id", town.next_id("R"))
                                                       .scan("roster_digest", "", "业主清册")
                                                       .text("developer", developer)
                                                       .raw("entries", "[" + entries + "]")
                                                       .json());
    for (std::size_t i = first; i < end; ++i) {
      town.units[i].roster = roster;
    }
  }
}

std::vector<Line> registered_keys(Town& town, std::size_t first, std::size_t end) {
  std::vector<Line> lines;
  for (std::size_t i = first; i < end; ++i) {
    for (const std::string& key : town.units[i].keys) {
      lines.push_back({"KeyRegistered",
                       town.form()
                           .text("unit", town.units[i].code)
                           .text("key_no", key)
                           .text("cabinet", "A-" + town.units[i].building)
                           .flag("locked", true)
                           .json()});
    }
  }
  return lines;
}

// Numbers of keys are one series (H-KEY-7).
void receive_keys(Town& town) {
  int number = 0;
  for (std::size_t first = 0; first < town.units.size(); first += units_a_delivery) {
    const std::size_t end = std::min(town.units.size(), first + units_a_delivery);
    std::string keys;
    for (std::size_t i = first; i < end; ++i) {
      for (int copy = 0; copy < 2; ++copy) {
        Unit& unit = town.units[i];
        unit.keys.push_back("K-" + std::to_string(++number));
        keys.append(keys.empty() ? "" : ",")
            .append(Form("")
                        .text("key_no", unit.keys.back())
                        .text("unit", unit.code)
                        .number("copies", 1)
                        .json());
      }
    }
    town.office.must("KEY",
                     "KeyReceivedFromDeveloper",
                     town.form().raw("keys", "[" + keys + "]").by("DEVELOPER", developer).json());
    town.office.must_all("KEY", registered_keys(town, first, end));
  }
}

}  // namespace

void open_estate(Town& town) {
  for (const std::string& role : roles()) {
    town.office.hire(role);
  }
  town.office.must("PM", "PolicyAdopted", policy_json(town));
  const int year = month_of(town.today()).months / 12;
  adopt_calendar(town, year);
  register_units(town);
  register_contractors(town);
  import_roster(town);
  receive_keys(town);
  town.every_month(20, 9, 0, [&town] {
    const CivilMonth month = month_of(town.today());
    if (month.months % 12 == 11) {
      adopt_calendar(town, month.months / 12 + 1);
    }
  });
}

}  // namespace juanzong::simulate
