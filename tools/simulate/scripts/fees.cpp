// SPDX-License-Identifier: Apache-2.0
// Fees (P31): water and power each month, property fees each half year; paid in time, late, after
// dunning or not at all; now and then assessed wrongly, reversed and assessed again.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/scripts.h"

#include <algorithm>

namespace juanzong::simulate {
namespace {

constexpr std::size_t charges_a_request = 100;
constexpr std::int64_t fee_fen_per_m2_month = 302;
constexpr std::int64_t cm2_per_m2 = 10'000;
constexpr int billed_months = 6;
constexpr int notice_days = 10;  // property fees are asked for before they begin
constexpr std::size_t dunned_max = 10;

void pay_if_owed(Town& town, Unit& unit, const std::string& party) {
  if (owed(unit, party) > 0) {
    pay_all(town, unit, party);
  }
}

// When the party pays what he was billed today; one in twenty-five waits to be asked.
void plan_payment(Town& town, Unit& unit, const std::string& party) {
  const auto draw = town.random.below(100);
  if (draw >= 96) {
    return;
  }
  const int days = draw < 86 ? town.random.between(1, 13) : town.random.between(18, 45);
  town.then(town.office_hours_in(days), [&town, &unit, party] { pay_if_owed(town, unit, party); });
}

// A share that is more than what is open (H-FEE-4), and charges at the front desk (ROLE).
void try_wrongly(Town& town, const Unit& unit) {
  const OpenCharge& charge = unit.open.back();
  town.office.refused("CAS",
                      "PaymentReceived",
                      town.form()
                          .text("payment_id", "PAY-0")
                          .text("unit", unit.code)
                          .raw("charges",
                               R"([{"charge_id":")" + charge.id + R"(","amount_fen":)" +
                                   std::to_string(charge.fen + 1) + "}]")
                          .number("amount_fen", charge.fen + 1)
                          .text("method", "CASH")
                          .text("book", "A")
                          .text("payer", charge.party)
                          .json(),
                      "H-FEE-4");
  town.office.refused("CSA",
                      "ChargeReversed",
                      town.form()
                          .text("charge_id", charge.id)
                          .text("unit", unit.code)
                          .number("amount_fen", charge.fen)
                          .secret("reason", charge.party, "抄错")
                          .json(),
                      "ROLE");
}

NewCharge utility(Town& town, std::string_view purpose, int low, int high) {
  NewCharge charge;
  charge.purpose = purpose;
  charge.fen = town.random.between(low, high);
  charge.calc = "抄表用量 × 单价";
  const CivilMonth month = month_of(town.today());
  charge.from = to_text(first_day(CivilMonth{month.months - 1}));
  charge.to = to_text(first_day(month));
  return charge;
}

void bill_utilities(Town& town) {
  std::vector<Line> lines;
  std::vector<Unit*> billed;
  for (Unit& unit : town.units) {
    if (unit.lived_in()) {
      lines.push_back(charge_line(town, unit, utility(town, "WATER", 1'500, 9'000)));
      lines.push_back(charge_line(town, unit, utility(town, "ELEC", 4'000, 38'000)));
      billed.push_back(&unit);
    }
    if (lines.size() >= charges_a_request) {
      town.office.must_all("CAS", lines);
      lines.clear();
    }
  }
  town.office.must_all("CAS", lines);
  for (Unit* unit : billed) {
    const OpenCharge power = unit->open.back();
    if (town.random.percent(2)) {
      try_wrongly(town, *unit);
    }
    if (town.random.percent(2)) {
      correct_charge(town, *unit, power.id, power.fen - power.fen / 4);
    }
    plan_payment(town, *unit, power.party);
  }
}

void bill_property_fees(Town& town) {
  const CivilDate day = add_days(town.today(), notice_days);
  for (Unit& unit : town.units) {
    if (!unit.handed_over || unit.fee_until > day || unit.busy) {
      continue;
    }
    NewCharge charge;
    charge.purpose = "PROPERTY_FEE";
    charge.fen = unit.area_cm2 * fee_fen_per_m2_month * billed_months / cm2_per_m2;
    charge.calc = "面积 × 3.02 元 × 6 月";
    charge.party = unit.owner.id;
    charge.from = to_text(unit.fee_until);
    charge.to = to_text(add_months(unit.fee_until, billed_months));
    assess(town, unit, charge);
    unit.fee_until = add_months(unit.fee_until, billed_months);
    plan_payment(town, unit, unit.owner.id);
  }
}

void remind(Town& town, Unit& unit, const std::string& party, int level) {
  std::string charges;
  std::size_t count = 0;
  for (const OpenCharge& charge : unit.open) {
    if (charge.party == party && charge.due < town.today() && count < dunned_max) {
      charges.append(count++ == 0 ? "" : ",").append(R"({"charge_id":")" + charge.id + "\"}");
    }
  }
  town.office.must("CSA",
                   "DunningNoticeSent",
                   town.form()
                       .text("party", party)
                       .text("unit", unit.code)
                       .raw("charges", "[" + charges + "]")
                       .text("channel", level == 1 ? "PHONE" : "LETTER")
                       .number("level", level)
                       .json());
  if (town.random.percent(65)) {
    town.then(town.office_hours_in(town.random.between(1, 6)),
              [&town, &unit, party] { pay_if_owed(town, unit, party); });
  }
}

void remind_debtors(Town& town) {
  for (Unit& unit : town.units) {
    const auto late = std::ranges::find_if(
        unit.open, [&town](const OpenCharge& charge) { return charge.due < town.today(); });
    if (late != unit.open.end()) {
      const bool long_ago = add_days(late->due, 30) < town.today();
      remind(town, unit, late->party, long_ago ? 2 : 1);
    }
  }
}

}  // namespace

void start_fees(Town& town) {
  town.every_month(5, 9, 30, [&town] { bill_utilities(town); });
  town.every_day(8, 40, [&town] { bill_property_fees(town); });
  town.every_month(24, 14, 0, [&town] { remind_debtors(town); });
}

}  // namespace juanzong::simulate
