// SPDX-License-Identifier: Apache-2.0
// What goes round every day and night: building patrols (P10), security (P32), cleaning (P37) and
// greening (P38), with what they find.
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

constexpr int patrolled_floors = 5;

void verify_defect(Town& town, const std::string& defect) {
  town.office.must("CSA",
                   "PatrolDefectVerified",
                   town.form()
                       .text("defect_id", defect)
                       .flag("ok", true)
                       .text("at", town.office.now_text())
                       .json());
}

// One in ten is looked at again too late (D-PAT-3).
void find_defect(Town& town, const std::string& patrol) {
  const std::string defect = town.next_id("XD");
  town.office.must("CSA",
                   "PatrolDefectFound",
                   town.form()
                       .text("defect_id", defect)
                       .text("patrol_id", patrol)
                       .text("place", "走廊")
                       .text("kind", "FACILITY")
                       .scans("photos", "", "照片")
                       .json());
  if (town.random.percent(3)) {
    const std::string early = town.form()
                                  .text("defect_id", defect)
                                  .flag("ok", true)
                                  .text("at", town.office.now_text())
                                  .json();
    town.office.refused("CSA", "PatrolDefectVerified", early, "STATE_REFUSED");
  }
  town.office.must("CSA",
                   "PatrolDefectForwarded",
                   town.form()
                       .text("defect_id", defect)
                       .text("dept", "ENG")
                       .text("at", town.office.now_text())
                       .json());
  town.then(town.at(add_days(town.today(), town.random.percent(90) ? 1 : 3), 11),
            [&town, defect] { verify_defect(town, defect); });
}

std::string floors_json(int highest) {
  const int count = std::min(patrolled_floors, highest);
  std::string list;
  for (int i = 0; i < count; ++i) {
    list.append(i == 0 ? "" : ",").append(std::to_string(1 + i * highest / count));
  }
  return "[" + list + "]";
}

void patrol_buildings(Town& town) {
  const Unit& unit = town.units[town.random.below(town.units.size())];
  const std::string patrol = town.next_id("XJ");
  const std::string started = town.office.now_text();
  int highest = 0;
  for (const Unit& each : town.units) {
    highest = each.building == unit.building ? std::max(highest, each.floor) : highest;
  }
  const bool defective = town.random.percent(30);
  town.in_minutes(50, [&town, building = unit.building, patrol, started, highest, defective] {
    town.office.must("CSA",
                     "BuildingPatrolled",
                     town.form()
                         .text("patrol_id", patrol)
                         .text("building", building)
                         .raw("areas", R"({"site":true,"greening":true,"hall":true,"garage":true})")
                         .raw("floors", floors_json(highest))
                         .text("started", started)
                         .text("ended", town.office.now_text())
                         .raw("topics",
                              R"({"hygiene":"GOOD","facilities":")" +
                                  std::string(defective ? "DEFECTIVE" : "GOOD") +
                                  R"(","tidiness":"GOOD","image":"GOOD","posts":"GOOD"})")
                         .json());
    if (defective) {
      find_defect(town, patrol);
    }
  });
}

void find_hazard(Town& town) {
  const std::string hazard = town.next_id("YH");
  town.office.must("SEC",
                   "HazardFound",
                   town.form()
                       .text("hazard_id", hazard)
                       .text("place", "地下车库")
                       .text("risk", "MEDIUM")
                       .text("description", "消防通道被占")
                       .json());
  town.in_minutes(town.random.between(60, 2'000), [&town, hazard] {
    town.office.must("SEC",
                     "HazardRectified",
                     town.form()
                         .text("hazard_id", hazard)
                         .text("measure", "已清理")
                         .text("at", town.office.now_text())
                         .json());
  });
}

void guard(Town& town) {
  town.office.must("SEC",
                   "SecurityPatrolRecorded",
                   town.form()
                       .text("patrol_no", town.next_id("SP"))
                       .text("route", "A")
                       .raw("points", R"([{"point":"G-1","at":")" + town.office.now_text() + "\"}]")
                       .json());
  if (town.random.percent(3)) {
    find_hazard(town);
  }
}

void watch_screens(Town& town, std::string_view shift, int hours) {
  const UnixMicros from{town.office.now().value - std::int64_t{hours} * 3'600 * micros_per_second};
  town.office.must("SEC",
                   "MonitoringDutyLogged",
                   town.form()
                       .text("duty_no", town.next_id("JK"))
                       .text("shift", shift)
                       .text("from", to_rfc3339(from))
                       .text("to", town.office.now_text())
                       .json());
}

void clean(Town& town) {
  for (const std::string_view area : {"CORRIDOR", "LOBBY", "LIFT", "ROAD"}) {
    town.office.must("ENV",
                     "CleaningDone",
                     town.form()
                         .text("area", area)
                         .text("place", "1")
                         .text("at", town.office.now_text())
                         .text("by", "S-ENV")
                         .json());
  }
  town.office.must("ENV",
                   "WasteRemoved",
                   town.form()
                       .text("site", "1")
                       .text("vehicle", "T-1")
                       .text("kind", "HOUSEHOLD")
                       .number("kg_milli", town.random.between(200, 900) * 1'000)
                       .text("by", "S-ENV")
                       .text("at", town.office.now_text())
                       .json());
}

void check_cleaning(Town& town) {
  const bool passes = town.random.percent(90);
  const auto sheet = [&](bool with_defects) {
    Form form = town.form();
    form.text("area", "LOBBY")
        .text("place", "1")
        .text("result", passes ? "PASS" : "FAIL")
        .text("at", town.office.now_text());
    return (with_defects ? form.texts("defects", {"地面有污渍"}) : form).json();
  };
  if (!passes) {  // a failure that does not say what is wrong
    town.office.refused("AREA", "CleaningChecked", sheet(false), "SCHEMA");
  }
  town.office.must("AREA", "CleaningChecked", sheet(!passes));
}

void tend_gardens(Town& town) {
  town.office.must("ENV",
                   "GreeningCareDone",
                   town.form()
                       .text("area", "1")
                       .text("kind", "WATER")
                       .text("at", town.office.now_text())
                       .text("by", "S-ENV")
                       .json());
  town.office.must("ENV",
                   "GreeningChecked",
                   town.form()
                       .text("area", "1")
                       .text("result", "PASS")
                       .text("at", town.office.now_text())
                       .json());
}

}  // namespace

void start_rounds(Town& town) {
  // One patrol in twenty-five is forgotten (D-PAT-1).
  town.every_day(9, 20, [&town] {
    if (town.random.percent(96)) {
      patrol_buildings(town);
    }
  });
  for (const int hour : {2, 6, 10, 14, 18, 22}) {
    town.every_day(hour, 5, [&town] { guard(town); });
  }
  town.every_day(8, 10, [&town] { watch_screens(town, "NIGHT", 8); });
  town.every_day(16, 10, [&town] { watch_screens(town, "EARLY", 8); });
  town.every_day(7, 0, [&town] { clean(town); });
  town.every_working_day(15, 30, [&town] { check_cleaning(town); });
  town.every_week(2, 8, 0, [&town] { tend_gardens(town); });
}

}  // namespace juanzong::simulate
