// SPDX-License-Identifier: Apache-2.0
// Repairs (P13) with their charges and return visits (P08): emergencies, rework, orders collected
// too late, a few cancelled.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/scripts.h"

#include <memory>

namespace juanzong::simulate {
namespace {

constexpr std::int64_t bulb_fen = 1'250;
constexpr std::int64_t labour_fen = 3'000;

struct Repair {
  Unit& unit;
  std::string id;
  std::string reporter;
  bool paid = false;
  bool urgent = false;
};

Form of_repair(const Town& town, const Repair& repair) {
  return town.form().text("repair_id", repair.id);
}

void report(Town& town, const Repair& repair) {
  town.office.must("CSA",
                   "RepairReported",
                   of_repair(town, repair)
                       .text("order_no", "WX-" + repair.id)
                       .text("unit", repair.unit.code)
                       .secret("content", repair.reporter, "厨房漏水")
                       .text("fault", "漏水")
                       .text("reported_at", town.office.now_text())
                       .text("receiver", "S-CSA")
                       .secret("phone", repair.reporter, "13800000000")
                       .text("urgency", repair.urgent ? "EMERGENCY" : "GENERAL")
                       .flag("paid", repair.paid)
                       .flag("charge_explained", repair.paid)
                       .text("reporter", repair.reporter)
                       .json());
  town.office.must(
      "CSA", "RepairDispatched", of_repair(town, repair).text("at", town.office.now_text()).json());
}

void visit(Town& town, const std::shared_ptr<Repair>& repair, bool again) {
  town.office.must("CSA",
                   "ReturnVisitCompleted",
                   town.form()
                       .text("source", "repair:" + repair->id)
                       .text("kind", "REPAIR")
                       .text("level", again ? "SPECIAL" : "CSA")
                       .flag("handled", true)
                       .flag("satisfied", true)
                       .text("channel", "PHONE")
                       .text("at", town.office.now_text())
                       .json());
}

std::string completion_json(const Town& town, const Repair& repair, bool is_signed) {
  Form form = of_repair(town, repair);
  form.text("finished_at", town.office.now_text());
  if (repair.paid) {
    form.raw("materials",
             R"([{"name":"灯泡","qty_milli":2000,"measure":"个","unit_price_fen":)" +
                 std::to_string(bulb_fen) + "}]")
        .number("labour_fen", labour_fen)
        .flag("charge_explained", true);
  }
  return (is_signed ? form.by("CUSTOMER", repair.reporter) : form.by_staff("ENG")).json();
}

void claim(Town& town, const Repair& repair) {
  town.office.must("ENG",
                   "RepairOrderClaimed",
                   of_repair(town, repair)
                       .text("engineer", "S-ENG")
                       .text("at", town.office.now_text())
                       .by_staff("ENG")
                       .json());
}

void complete(Town& town, const std::shared_ptr<Repair>& repair, bool again) {
  if (town.random.percent(3)) {  // without the signature of who reported it
    town.office.refused("ENG", "RepairCompleted", completion_json(town, *repair, false), "H-RPR-3");
  }
  town.office.must("ENG", "RepairCompleted", completion_json(town, *repair, true));
  town.office.must("ENG",
                   "RepairOrderReturned",
                   of_repair(town, *repair).text("at", town.office.now_text()).json());
  if (repair->paid && !again) {
    NewCharge charge;
    charge.purpose = "REPAIR";
    charge.fen = 2 * bulb_fen + labour_fen;
    charge.calc = "灯泡 2 个,人工 30 元";
    charge.party = repair->reporter;
    charge.case_ref = "repair:" + repair->id;
    pay(town, repair->unit, {assess(town, repair->unit, charge)}, repair->reporter);
  }
  visit(town, repair, again);
}

void rework(Town& town, const std::shared_ptr<Repair>& repair) {
  town.office.must("CSA",
                   "ReworkOrdered",
                   of_repair(town, *repair).secret("reason", repair->reporter, "仍有渗水").json());
  claim(town, *repair);
  repair->paid = false;
  town.in_minutes(town.random.between(40, 200), [&town, repair] { complete(town, repair, true); });
}

void work(Town& town, const std::shared_ptr<Repair>& repair) {
  claim(town, *repair);
  const bool again = town.random.percent(5);
  town.in_minutes(town.random.between(20, 150), [&town, repair, again] {
    complete(town, repair, false);
    if (again) {
      town.in_minutes(town.random.between(200, 1'200), [&town, repair] { rework(town, repair); });
    }
  });
}

void break_down(Town& town) {
  Unit* unit = town.any_home();
  if (unit == nullptr) {
    return;
  }
  const auto repair = std::make_shared<Repair>(Repair{*unit,
                                                      town.next_id("BX"),
                                                      unit->resident().id,
                                                      town.random.percent(35),
                                                      town.random.percent(8)});
  report(town, *repair);
  if (town.random.percent(3)) {
    town.in_minutes(5, [&town, repair] {
      town.office.must(
          "CSA",
          "RepairCancelled",
          of_repair(town, *repair).secret("reason", repair->reporter, "已自行修好").json());
    });
    return;
  }
  const bool late = town.random.percent(8);  // D-RPR-2
  const int in_time = repair->urgent ? 6 : 20;
  town.in_minutes(late ? town.random.between(60, 300) : town.random.between(2, in_time),
                  [&town, repair] { work(town, repair); });
}

}  // namespace

void start_repairs(Town& town) {
  town.every_working_day(8, 33, [&town] {
    for (std::size_t i = 0; i < 1 + town.units.size() / 250; ++i) {
      const UnixMicros at =
          town.at(town.today(), town.random.between(9, 14), town.random.between(0, 59));
      town.then(at, [&town] { break_down(town); });
    }
  });
}

}  // namespace juanzong::simulate
