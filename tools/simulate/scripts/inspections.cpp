// SPDX-License-Identifier: Apache-2.0
// The inspection regime (P27): daily, weekly and monthly sheets, posts at night, equipment rooms,
// and the defects that are registered, closed and verified.
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

Form sheet(Town& town, std::string& id) {
  id = town.next_id("JC");
  return town.form().text("inspection_id", id);
}

void close_defect(Town& town, const std::string& defect) {
  town.office.must(
      "PM",
      "DefectClosed",
      town.form().text("defect_id", defect).text("closed_on", to_text(town.today())).json());
  town.then(town.office_hours_in(2), [&town, defect] {
    town.office.must("QD",
                     "DefectClosureVerified",
                     town.form()
                         .text("defect_id", defect)
                         .text("verified_on", to_text(town.today()))
                         .flag("ok", true)
                         .json());
  });
}

void register_defect(Town& town, const std::string& inspection) {
  const std::string defect = town.next_id("QX");
  const std::string early =
      town.form().text("defect_id", defect).text("closed_on", to_text(town.today())).json();
  if (town.random.percent(10)) {  // closed before it was registered
    town.office.refused("PM", "DefectClosed", early, "STATE_REFUSED");
  }
  town.office.must("PM",
                   "DefectRegistered",
                   town.form()
                       .text("defect_id", defect)
                       .text("source", "DAILY")
                       .text("inspection_id", inspection)
                       .text("item", "地砖破损")
                       .text("responsible", "S-ENG")
                       .text("found_on", to_text(town.today()))
                       .json());
  town.then(town.office_hours_in(town.random.between(1, 9)),
            [&town, defect] { close_defect(town, defect); });
}

void inspect_daily(Town& town) {
  std::string id;
  Form form = sheet(town, id);
  form.text("level", "OPERATOR_PATROL").text("scope", "garage").text("on", to_text(town.today()));
  const bool finds = town.random.percent(25);
  if (finds) {
    form.raw("findings", R"([{"item":"地面"}])");
  }
  town.office.must("ENG", "DailyInspectionRecorded", form.json());
  if (finds && town.random.percent(40)) {
    register_defect(town, id);
  }
  town.office.must("ENG",
                   "EquipmentRoomPatrolled",
                   sheet(town, id)
                       .text("room", "lift-1")
                       .text("at", town.office.now_text())
                       .raw("readings", R"([{"name":"温度","value_milli":26500,"unit_name":"℃"}])")
                       .json());
}

void inspect_weekly(Town& town) {
  std::string id;
  town.office.must("CSM",
                   "WeeklyInspectionRecorded",
                   sheet(town, id)
                       .text("area", "garage")
                       .text("on", to_text(town.today()))
                       .raw("findings", R"([{"item":"照明","responsible":"S-ENG"}])")
                       .texts("measures", {"更换灯管"})
                       .json());
}

void inspect_monthly(Town& town) {
  std::string id;
  town.office.must("QD",
                   "MonthlyInspectionRecorded",
                   sheet(town, id)
                       .text("project", "estate")
                       .text("on", to_text(town.today()))
                       .raw("scores", R"([{"item":"安全","points":18,"of":20}])")
                       .json());
}

void check_night_post(Town& town) {
  std::string id;
  town.office.must("PM",
                   "NightPostChecked",
                   sheet(town, id)
                       .text("post", "gate-1")
                       .text("at", town.office.now_text())
                       .text("inspector", "S-PM")
                       .text("checked_person", "S-SEC")
                       .flag("absent_or_refused", false)
                       .by_staff("PM")
                       .by_staff("SEC")
                       .json());
}

}  // namespace

void start_inspections(Town& town) {
  town.every_day(10, 40, [&town] { inspect_daily(town); });
  town.every_week(4, 15, 10, [&town] { inspect_weekly(town); });
  town.every_month(26, 14, 30, [&town] { inspect_monthly(town); });
  town.every_week(5, 1, 30, [&town] { check_night_post(town); });
}

}  // namespace juanzong::simulate
