// SPDX-License-Identifier: Apache-2.0
// Decoration (P02): application, review, agreement, deposit and entry; completion; then the refund
// (decoration_refund.cpp). Works and their violations: decoration_works.cpp.
#include "tools/simulate/scripts/decoration.h"

#include "tools/simulate/fee_desk.h"

namespace juanzong::simulate {
namespace {

constexpr std::int64_t waste_fen = 30'000;
constexpr std::int64_t pass_fen = 8'000;

std::string application_json(const Town& town, const Works& works, bool owner_signs) {
  Form form = of_works(town, works);
  form.text("unit", works.unit.code)
      .text("owner", works.owner)
      .text("contractor", works.contractor)
      .text("principal", works.foreman.id)
      .text("scope", "客厅吊顶、厨卫翻新")
      .raw("involves", "{}")
      .text("planned_start", to_text(town.today()))
      .text("planned_end", to_text(works.planned_end))
      .scan("form", works.owner, "装修申请表");
  return (owner_signs ? form.by("OWNER", works.owner) : form.by("CONTRACTOR", works.foreman.id))
      .json();
}

std::string drawing_json() {
  return R"({"stamped":true,"scan":)" + attachment_json("", "图纸") + "}";
}

std::string drawings_json() {
  std::string list;
  for (const std::string_view name : {"plan", "ceiling", "pipes_power_lowvoltage", "section"}) {
    list.append(list.empty() ? "{" : ",").append(json_text(name)).append(":" + drawing_json());
  }
  return list + "}";
}

std::string checks_json() {
  std::string list;
  for (const std::string_view paper :
       {"PRINCIPAL_ID", "BUSINESS_LICENCE", "CONSTRUCTION_QUALIFICATION"}) {
    list.append(list.empty() ? "[" : ",")
        .append(R"({"doc":)" + json_text(paper) +
                R"(,"valid_to":"2040-01-01","verified":true,"stamped":true})");
  }
  return list + "]";
}

void apply(Town& town, const Works& works) {
  town.office.must("CSA",
                   "DecorationNoticeIssued",
                   town.form().text("unit", works.unit.code).text("version", "2025A").json());
  if (town.random.percent(6)) {
    town.office.refused(
        "CSA", "DecorationApplied", application_json(town, works, false), "H-DEC-1");
  }
  town.office.must("CSA", "DecorationApplied", application_json(town, works, true));
  town.office.must("CSA",
                   "DecorationUndertakingSigned",
                   of_works(town, works)
                       .flag("delegates_agreement_to_contractor", true)
                       .scan("form", works.owner, "装修承诺书")
                       .by("OWNER", works.owner)
                       .json());
  town.office.must("CSA",
                   "DecorationDocumentsCollected",
                   of_works(town, works)
                       .raw("drawings", drawings_json())
                       .scan("principal_id", works.foreman.id, "身份证")
                       .scan("business_licence", works.foreman.id, "营业执照")
                       .scan("construction_qualification", works.foreman.id, "施工资质")
                       .raw("validity_checks", checks_json())
                       .json());
  town.office.must("CSA", "DecorationSubmittedForReview", of_works(town, works).json());
}

void sign_review(Town& town, const Works& works, std::string_view side, std::string_view role) {
  town.office.must(
      role,
      "DecorationReviewSigned",
      of_works(town, works).text("side", side).text("decision", "APPROVE").by_staff(role).json());
}

void review(Town& town, const Works& works) {
  const auto notice = [&] {
    return of_works(town, works)
        .text("result", "APPROVED")
        .text("channel", "PHONE")
        .text("notified_at", town.office.now_text())
        .json();
  };
  sign_review(town, works, "CUSTOMER", "CSM");
  if (town.random.percent(6)) {  // told before engineering has signed
    town.office.refused("CSA", "DecorationApprovalNotified", notice(), "STATE_REFUSED");
  }
  sign_review(town, works, "ENGINEERING", "ENGM");
  town.office.must("CSA", "DecorationApprovalNotified", notice());
}

void sign_agreement(Town& town, const Works& works) {
  town.office.must("CSA",
                   "DecorationApprovalAcknowledged",
                   of_works(town, works).by("OWNER", works.owner).json());
  town.office.must("CSA",
                   "DecorationAgreementSigned",
                   of_works(town, works)
                       .text("agreement_version", "2025A")
                       .scan("penalty_schedule", "", "违约金标准")
                       .scan("deposit_terms", "", "押金条款")
                       .by("CONTRACTOR", works.foreman.id)
                       .json());
  town.office.must("CSA",
                   "DecorationProhibitionsExplained",
                   of_works(town, works)
                       .texts("topics", {"FIRE", "CARRYING_HOURS", "GUARD_RAILS"})
                       .flag("oral", true)
                       .by("CONTRACTOR", works.foreman.id)
                       .json());
}

NewCharge charge_to_contractor(const Works& works, std::string_view purpose, std::int64_t fen) {
  NewCharge charge;
  charge.purpose = purpose;
  charge.fen = fen;
  charge.calc = "每户标准";
  charge.party = works.contractor;
  charge.kind = "CONTRACTOR";
  charge.case_ref = "deco:" + works.id;
  charge.days_to_pay = 0;
  return charge;
}

void take_money(Town& town, Works& works) {
  const auto deposit = [&](std::int64_t fen) {
    return of_deposit(town, works)
        .number("amount_fen", fen)
        .text("payer", works.contractor)
        .text("payer_capacity", "CONTRACTOR")
        .text("method", "TRANSFER")
        .text("book", "A")
        .number("tariff_ver", 1)
        .json();
  };
  if (town.random.percent(4)) {  // half of the tariff
    town.office.refused("CAS", "DecorationDepositPaid", deposit(deco_deposit_fen / 2), "H-DEC-8");
  }
  town.office.must("CAS", "DecorationDepositPaid", deposit(deco_deposit_fen));
  town.books.cash += deco_deposit_fen;
  town.books.deposits_held += deco_deposit_fen;
  works.unit.deposit_held = true;
  const std::string waste =
      assess(town, works.unit, charge_to_contractor(works, "WASTE_REMOVAL", waste_fen));
  const std::string passes =
      assess(town, works.unit, charge_to_contractor(works, "PASS_FEE", pass_fen));
  pay(town, works.unit, {waste, passes}, works.contractor, "deco:" + works.id);
}

void enter(Town& town, const Works& works) {
  town.office.must("CSA",
                   "DecorationPermitIssued",
                   of_works(town, works)
                       .text("permit_no", town.next_id("PZ"))
                       .flag("hotline_printed", true)
                       .flag("posted_on_door", true)
                       .text("valid_from", to_text(town.today()))
                       .text("valid_to", to_text(add_days(works.planned_end, 60)))
                       .json());
  town.office.must("CSA",
                   "DecorationEntryInspected",
                   of_works(town, works)
                       .text("unit", works.unit.code)
                       .raw("checklist", R"([{"facility":"入户门","condition":"完好"}])")
                       .by_staff("CSA")
                       .by("CONTRACTOR", works.foreman.id)
                       .json());
  town.office.must("CSA",
                   "DecorationEntryNotified",
                   of_works(town, works).texts("departments", {"ENG", "SEC"}).json());
  works.unit.decorating = true;
}

void begin(Town& town, const std::shared_ptr<Works>& works) {
  sign_agreement(town, *works);
  take_money(town, *works);
  enter(town, *works);
  start_works(town, works);
  const int days = works->planned_end.days - town.today().days + town.random.between(0, 12);
  town.then(town.office_hours_in(days), [&town, works] { complete_works(town, works); });
}

}  // namespace

Form of_works(const Town& town, const Works& works) {
  return town.form().text("deco_id", works.id);
}

Form of_deposit(const Town& town, const Works& works) {
  return of_works(town, works).text("unit", works.unit.code).text("deposit_id", works.deposit);
}

void decorate(Town& town, Unit& unit) {
  const std::size_t who = town.random.below(town.contractors.size());
  const std::string id = town.next_id("DECO");
  const auto works =
      std::make_shared<Works>(Works{unit,
                                    id,
                                    "D-" + id,
                                    unit.owner.id,
                                    town.contractors[who],
                                    town.foremen[who],
                                    add_days(town.today(), town.random.between(30, 75)),
                                    {}});
  apply(town, *works);
  const int wait = town.random.percent(6) ? 4 : 1;  // some reviews are late (D-DEC-1)
  const UnixMicros reviewed =
      town.at(town.working_day_from(add_days(town.today(), wait)), 15, town.random.between(0, 50));
  town.then(reviewed, [&town, works] {
    review(town, *works);
    town.then(town.office_hours_in(town.random.between(1, 4)),
              [&town, works] { begin(town, works); });
  });
}

}  // namespace juanzong::simulate
