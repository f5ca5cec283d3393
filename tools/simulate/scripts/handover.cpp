// SPDX-License-Identifier: Apache-2.0
// House handover (P01) with its half year of fees (P31) and its keys (P23).
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

constexpr int handover_days = 56;  // the developer hands over within eight weeks
constexpr std::int64_t fee_fen_per_m2_month = 302;
constexpr std::int64_t cm2_per_m2 = 10'000;
constexpr int prepaid_months = 6;

Form of_unit(const Town& town, const Unit& unit) {
  return town.form().text("unit", unit.code);
}

std::string owner_file_json(Town& town, const Unit& unit) {
  Form form = of_unit(town, unit);
  form.text("owner", unit.owner.id)
      .secret("name", unit.owner.id, unit.owner.name)
      .secret("id_number", unit.owner.id, "110101198001010000")
      .secret("emergency_mobile", unit.owner.id, unit.owner.phone)
      .scan("form", unit.owner.id, "业主档案表");
  if (town.random.percent(80)) {
    form.secret("birthday", unit.owner.id, "1980-01-01");
  } else {
    form.texts("declined", {"BIRTHDAY"});
  }
  return form.by("OWNER", unit.owner.id).json();
}

void open_case(Town& town, Unit& unit) {
  town.office.must(
      "CSA",
      "HandoverOpened",
      of_unit(town, unit)
          .text("owner", unit.owner.id)
          .raw("roster_entry", R"({"index":)" + std::to_string(number(unit.roster)) + "}")
          .text("opened_by", "S-CSA")
          .json());
}

void verify(Town& town, Unit& unit) {
  const std::string& owner = unit.owner.id;
  if (town.random.percent(2)) {  // the file before the identity
    town.office.refused("CSA", "OwnerFileCreated", owner_file_json(town, unit), "H-HOV-1");
  }
  town.office.must("CSA",
                   "OwnerIdentityVerified",
                   of_unit(town, unit)
                       .text("owner", owner)
                       .text("id_doc_kind", "ID_CARD")
                       .secret("id_doc", owner, "110101198001010000")
                       .text("purchase_contract_no", unit.contract_no)
                       .scan("contract_copy", owner, "购房合同")
                       .flag("roster_match", true)
                       .json());
  town.office.must("CSA",
                   "OwnerDocumentsCollected",
                   of_unit(town, unit).scan("id_copy", owner, "身份证复印件").json());
  town.office.must("CSA", "OwnerFileCreated", owner_file_json(town, unit));
  town.office.must("CSA",
                   "SafetyResponsibilitySigned",
                   of_unit(town, unit)
                       .text("party", owner)
                       .text("doc_kind", "HANDOVER")
                       .text("doc_version", "2025A")
                       .flag("explained", true)
                       .by("OWNER", owner)
                       .json());
}

void rectify(Town& town, Unit& unit, const std::string& defect) {
  town.office.must("ENG",
                   "HandoverDefectRectified",
                   of_unit(town, unit)
                       .text("defect_id", defect)
                       .text("done_on", to_text(town.today()))
                       .text("verified_by", "S-ENG")
                       .scans("evidence", unit.owner.id, "整改照片")
                       .by("OWNER", unit.owner.id)
                       .json());
}

// The number of defects that stay open.
int inspect(Town& town, Unit& unit) {
  town.office.must("CSA",
                   "UnitAcceptanceInspected",
                   of_unit(town, unit)
                       .raw("items", R"([{"item":"门窗","ok":true},{"item":"给排水","ok":true}])")
                       .raw("meters",
                            R"([{"kind":"WATER","reading_milli":1000},)"
                            R"({"kind":"ELEC","reading_milli":5000}])")
                       .scan("form", unit.owner.id, "验收表")
                       .by("OWNER", unit.owner.id)
                       .json());
  if (!town.random.percent(12)) {
    return 0;
  }
  const std::string defect = town.next_id("DF");
  town.office.must("ENG",
                   "HandoverDefectRecorded",
                   of_unit(town, unit)
                       .text("defect_id", defect)
                       .text("item", "窗户渗水")
                       .text("location", "主卧")
                       .text("responsible", "DEVELOPER")
                       .text("found_on", to_text(town.today()))
                       .json());
  town.then(town.office_hours_in(town.random.between(5, 30)),
            [&town, &unit, defect, owner = unit.owner.id] {
              if (unit.owner.id == owner) {
                rectify(town, unit, defect);
              }
            });
  return 1;
}

std::string prepay(Town& town, Unit& unit) {
  const std::int64_t fen = unit.area_cm2 * fee_fen_per_m2_month * prepaid_months / cm2_per_m2;
  NewCharge charge;
  charge.purpose = "PROPERTY_FEE";
  charge.fen = fen;
  charge.calc = "面积 × 3.02 元 × 6 月";
  charge.party = unit.owner.id;
  charge.from = to_text(town.today());
  charge.to = to_text(add_months(town.today(), prepaid_months));
  charge.days_to_pay = 0;
  const std::string id = assess(town, unit, charge);
  pay(town, unit, {id}, unit.owner.id);
  unit.fee_until = add_months(town.today(), prepaid_months);
  return id;
}

void complete(Town& town, Unit& unit, const std::string& fee, int defects_open) {
  const RecordIndex docs = town.office.must_at(
      "CSA",
      "HandoverDocumentsIssued",
      of_unit(town, unit)
          .raw("docs", R"([{"title":"业主手册","copies":1},{"title":"装修手册","copies":1}])")
          .flag("key_use_explained", true)
          .flag("hotline_explained", true)
          .by("OWNER", unit.owner.id)
          .json());
  town.office.must("KEY",
                   "KeyIssuedToOwner",
                   of_unit(town, unit)
                       .texts("key_no", unit.keys)
                       .text("to", unit.owner.id)
                       .text("id_checked", "ID_CARD")
                       .text("handover_case", unit.code)
                       .text("fee_charge_id", fee)
                       .by("OWNER", unit.owner.id)
                       .json());
  town.office.must("CSA",
                   "HandoverCompleted",
                   of_unit(town, unit)
                       .text("handed_over_on", to_text(town.today()))
                       .text("fee_period_start", to_text(town.today()))
                       .text("fee_period_end", to_text(add_days(unit.fee_until, -1)))
                       .text("fee_charge_id", fee)
                       .texts("keys_issued", unit.keys)
                       .raw("docs_issued", R"({"index":)" + std::to_string(number(docs)) + "}")
                       .number("defects_open", defects_open)
                       .by("OWNER", unit.owner.id)
                       .json());
  unit.handed_over = true;
}

// What becomes of the unit afterwards; a quarter stays empty.
void choose_life(Town& town, Unit& unit) {
  const auto draw = town.random.below(100);
  const UnixMicros soon = town.office_hours_in(town.random.between(2, 20));
  if (draw < 30) {
    unit.busy = true;
    town.then(soon, [&town, &unit] { decorate(town, unit); });
  } else if (draw < 60) {
    unit.busy = true;
    town.then(soon, [&town, &unit] { move_owner_in(town, unit); });
  } else if (draw < 76) {
    unit.busy = true;
    town.then(soon, [&town, &unit] { rent_out(town, unit); });
  }
}

void hand_over(Town& town, Unit& unit) {
  open_case(town, unit);
  verify(town, unit);
  const int defects = inspect(town, unit);
  if (town.random.percent(2)) {  // keys before fees
    Form form = of_unit(town, unit);
    form.texts("key_no", unit.keys)
        .text("to", unit.owner.id)
        .text("id_checked", "ID_CARD")
        .text("handover_case", unit.code);
    town.office.refused(
        "KEY", "KeyIssuedToOwner", form.by("OWNER", unit.owner.id).json(), "H-KEY-1");
  }
  const std::string fee = prepay(town, unit);
  complete(town, unit, fee, defects);
  choose_life(town, unit);
}

void decline(Town& town, Unit& unit) {
  town.office.must("CSA",
                   "HandoverDeclined",
                   of_unit(town, unit)
                       .text("attempted_on", to_text(town.today()))
                       .secret("reason", unit.owner.id, "墙面空鼓,要求整改后再接房")
                       .json());
  town.then(town.office_hours_in(14), [&town, &unit] { hand_over(town, unit); });
}

}  // namespace

void start_handovers(Town& town) {
  for (Unit& unit : town.units) {
    if (town.random.percent(3)) {
      continue;  // the owner does not come at all
    }
    const bool declines = town.random.percent(4);
    town.then(town.office_hours_in(town.random.between(1, handover_days)),
              [&town, &unit, declines] {
                if (declines) {
                  decline(town, unit);
                } else {
                  hand_over(town, unit);
                }
              });
  }
}

}  // namespace juanzong::simulate
