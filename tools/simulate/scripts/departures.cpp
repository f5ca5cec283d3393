// SPDX-License-Identifier: Apache-2.0
// Who leaves: tenants (P20) and owners who sell (P21). Both settle first; the rules are tried out
// by those who would rather not.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/scripts.h"

#include <memory>

namespace juanzong::simulate {
namespace {

constexpr std::int64_t fee_fen_per_m2_month = 302;
constexpr std::int64_t cm2_per_m2 = 10'000;
constexpr int prepaid_months = 6;

Form of_unit(const Town& town, const Unit& unit) {
  return town.form().text("unit", unit.code);
}

std::string meters_json(const Town& town) {
  return R"([{"kind":"WATER","reading_milli":90000,"read_at":")" + town.office.now_text() + "\"}]";
}

// Tenants
// ------------------------------------------------------------------------------------------

Form of_tenancy(const Town& town, const Unit& unit) {
  return of_unit(town, unit).text("tenancy_id", unit.tenancy);
}

std::string settled_json(const Town& town, const Unit& unit) {
  return of_tenancy(town, unit)
      .text("up_to", town.office.now_text())
      .number("total_fen", 0)
      .by_staff("CAS")
      .json();
}

bool owes_something_due(const Town& town, const Unit& unit) {
  for (const OpenCharge& charge : unit.open) {
    if (charge.party == unit.tenant.id && charge.due <= town.today()) {
      return true;
    }
  }
  return false;
}

void end_tenancy(Town& town, Unit& unit) {
  town.office.must(
      "CAS",
      "MeterReadingTaken",
      of_tenancy(town, unit).raw("meters", meters_json(town)).by("TENANT", unit.tenant.id).json());
  if (owes_something_due(town, unit)) {
    town.office.refused("CAS", "TenantArrearsSettled", settled_json(town, unit), "H-TMO-1");
  }
  pay_all(town, unit, unit.tenant.id);
  town.office.must("CAS", "TenantArrearsSettled", settled_json(town, unit));
  town.office.must("CSA",
                   "OwnerMoveOutConsented",
                   of_tenancy(town, unit)
                       .flag("told_of_move", true)
                       .texts("not_to_remove", {})
                       .text("called_at", town.office.now_text())
                       .by_phone("OWNER", unit.owner.id)
                       .json());
  town.office.must("CSA",
                   "TenancyEnded",
                   of_tenancy(town, unit)
                       .text("ended_on", to_text(town.today()))
                       .text("reason", "MOVED_OUT")
                       .json());
  unit.tenancy.clear();
  unit.tenant = {};
  unit.busy = town.random.percent(60);
  if (unit.busy) {
    town.then(town.office_hours_in(town.random.between(10, 50)),
              [&town, &unit] { rent_out(town, unit); });
  }
}

void give_notice(Town& town) {
  Unit* unit = town.any_unit([](const Unit& each) { return !each.tenancy.empty() && !each.busy; });
  if (unit == nullptr) {
    return;
  }
  unit->busy = true;
  const int days = town.random.between(7, 30);
  town.office.must("CSA",
                   "TenantMoveOutDeclared",
                   of_tenancy(town, *unit)
                       .text("planned", to_text(add_days(town.today(), days)))
                       .by("TENANT", unit->tenant.id)
                       .json());
  town.then(town.office_hours_in(days), [&town, unit] { end_tenancy(town, *unit); });
}

// Sales
// --------------------------------------------------------------------------------------------

struct Sale {
  Unit& unit;
  std::string id;
  Person buyer;
};

Form of_sale(const Town& town, const Sale& sale) {
  return of_unit(town, sale.unit).text("transfer_id", sale.id);
}

std::string submission_json(const Town& town, const Sale& sale, std::string_view evidence) {
  return of_sale(town, sale)
      .text("old_owner", sale.unit.owner.id)
      .text("new_owner", sale.buyer.id)
      .text("evidence", evidence)
      .secret("cert_no", sale.buyer.id, "不动产权第0000001号")
      .text("holder_on_cert", sale.buyer.id)
      .scan("dig", sale.buyer.id, "不动产权证")
      .by("OWNER", sale.buyer.id)
      .json();
}

void submit(Town& town, const Sale& sale) {
  if (town.random.percent(20)) {  // he brings the contract only
    town.office.refused("CSA",
                        "OwnershipTransferSubmitted",
                        submission_json(town, sale, "PRIVATE_CONTRACT"),
                        "H-TRF-1");
  }
  town.office.must(
      "CSA", "OwnershipTransferSubmitted", submission_json(town, sale, "PROPERTY_CERT"));
  town.office.must("CSA",
                   "OwnershipTransferVerified",
                   of_sale(town, sale).text("verified_by", "S-CSA").flag("ok", true).json());
}

// The former owner pays what he owes before; so nothing stands in the settlement itself.
void settle(Town& town, const Sale& sale) {
  pay_all(town, sale.unit, sale.unit.owner.id);
  town.office.must(
      "CAS", "MeterReadingTaken", of_unit(town, sale.unit).raw("meters", meters_json(town)).json());
  town.office.must("CAS",
                   "FormerOwnerSettled",
                   of_sale(town, sale)
                       .text("up_to", town.office.now_text())
                       .texts("payments", {})
                       .number("total_fen", 0)
                       .by_staff("CAS")
                       .json());
}

void prepay(Town& town, const Sale& sale) {
  const CivilDate end = add_months(town.today(), prepaid_months);
  NewCharge fee;
  fee.purpose = "PROPERTY_FEE";
  fee.fen = sale.unit.area_cm2 * fee_fen_per_m2_month * prepaid_months / cm2_per_m2;
  fee.calc = "面积 × 3.02 元 × 6 月";
  fee.party = sale.buyer.id;
  fee.kind = "OWNER";
  fee.from = to_text(town.today());
  fee.to = to_text(end);
  fee.days_to_pay = 0;
  const std::string charge = assess(town, sale.unit, fee);
  town.office.must("CAS",
                   "NewOwnerPrepaid",
                   of_sale(town, sale)
                       .text("payment_id", town.next_id("PAY"))
                       .text("charge_id", charge)
                       .text("from", fee.from)
                       .text("to", to_text(add_days(end, -1)))
                       .number("amount_fen", fee.fen)
                       .text("method", "TRANSFER")
                       .text("book", "A")
                       .json());
  sale.unit.open.pop_back();
  town.books.cash += fee.fen;
  town.books.receivable -= fee.fen;
  sale.unit.fee_until = end;
}

void sign_papers(Town& town, const Sale& sale) {
  const Person& buyer = sale.buyer;
  town.office.must("CSA",
                   "NewOwnerFileCreated",
                   of_sale(town, sale)
                       .text("person", buyer.id)
                       .secret("name", buyer.id, buyer.name)
                       .secret("id_number", buyer.id, "110101198001010000")
                       .secret("emergency_mobile", buyer.id, buyer.phone)
                       .texts("declined", {"BIRTHDAY"})
                       .scan("form", buyer.id, "业主档案表")
                       .scan("id_copy", buyer.id, "身份证复印件")
                       .by("OWNER", buyer.id)
                       .json());
  town.office.must("CSA",
                   "SafetyResponsibilitySigned",
                   of_sale(town, sale)
                       .text("party", buyer.id)
                       .text("doc_kind", "TRANSFER")
                       .text("doc_version", "2025A")
                       .flag("explained", true)
                       .by("OWNER", buyer.id)
                       .json());
}

void change_roster(Town& town, const Sale& sale) {
  const auto roster = [&] {
    return of_sale(town, sale)
        .text("new_owner", sale.buyer.id)
        .text("effective", town.office.now_text())
        .by_staff("ARC")
        .json();
  };
  if (town.random.percent(10)) {  // before the former owner's file is annotated
    town.office.refused("ARC", "OwnershipTransferred", roster(), "H-TRF-5");
  }
  town.office.must("ARC",
                   "FormerOwnerFileAnnotated",
                   of_sale(town, sale)
                       .text("person", sale.unit.owner.id)
                       .text("transferred_on", to_text(town.today()))
                       .json());
  town.office.must("ARC", "OwnershipTransferred", roster());
  sale.unit.owner = sale.buyer;
  sale.unit.busy = false;
}

// Only empty units are sold here: who lives there stays, which is another form (P22).
void sell(Town& town) {
  Unit* unit = town.any_unit([](const Unit& each) {
    return each.handed_over && !each.lived_in() && !each.busy && !each.deposit_held;
  });
  if (unit == nullptr) {
    return;
  }
  unit->busy = true;
  const auto sale = std::make_shared<Sale>(Sale{*unit, town.next_id("ZR"), town.new_person()});
  submit(town, *sale);
  town.then(town.office_hours_in(town.random.between(2, 8)), [&town, sale] {
    settle(town, *sale);
    prepay(town, *sale);
    sign_papers(town, *sale);
    change_roster(town, *sale);
  });
}

}  // namespace

void start_departures(Town& town) {
  town.every_working_day(9, 40, [&town] {
    const auto chance =
        static_cast<unsigned>(std::min<std::size_t>(90, 6 + town.units.size() / 20));
    if (town.random.percent(chance)) {
      give_notice(town);
    }
    if (town.random.percent(chance / 2)) {
      sell(town);
    }
  });
}

}  // namespace juanzong::simulate
