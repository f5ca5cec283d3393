// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/fee_desk.h"

#include <algorithm>

namespace juanzong::simulate {
namespace {

constexpr std::size_t shares_max = 12;  // of one payment
constexpr std::int64_t reversal_limit_fen = 100'000;

std::string kind_of(const Unit& unit, const std::string& party) {
  return party == unit.owner.id ? "OWNER" : "TENANT";
}

std::string shares_json(const std::vector<OpenCharge>& charges) {
  std::string list;
  for (const OpenCharge& charge : charges) {
    list.append(list.empty() ? "" : ",")
        .append(R"({"charge_id":")" + charge.id + R"(","amount_fen":)" +
                std::to_string(charge.fen) + "}");
  }
  return "[" + list + "]";
}

// Takes the charges out of what the unit owes.
std::vector<OpenCharge> take(Unit& unit, const std::vector<std::string>& ids) {
  std::vector<OpenCharge> taken;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(unit.open, id, &OpenCharge::id);
    check(found != unit.open.end(), "only open charges are paid or reversed");
    taken.push_back(*found);
    unit.open.erase(found);
  }
  return taken;
}

}  // namespace

std::string payment_method(Town& town) {
  static const std::vector<std::string> methods = {"QR", "QR", "QR", "TRANSFER", "CARD", "CASH"};
  return town.random.pick(methods);
}

Line charge_line(Town& town, Unit& unit, const NewCharge& charge) {
  const std::string party = charge.party.empty() ? unit.resident().id : charge.party;
  const CivilDate due = add_days(town.today(), charge.days_to_pay);
  const std::string id = town.next_id("CH");
  Form form = town.form();
  form.text("charge_id", id)
      .text("unit", unit.code)
      .text("party", party)
      .text("party_kind", charge.kind.empty() ? kind_of(unit, party) : charge.kind)
      .text("purpose", charge.purpose)
      .number("amount_fen", charge.fen)
      .text("due", to_text(due))
      .text("tariff_ver", "2025A")
      .text("calc", charge.calc);
  for (const auto& [name, value] : {std::pair("case_ref", charge.case_ref),
                                    std::pair("period_from", charge.from),
                                    std::pair("period_to", charge.to),
                                    std::pair("corrects", charge.corrects)}) {
    if (!value.empty()) {
      form.text(name, value);
    }
  }
  if (charge.pm_signs) {
    form.by_staff("PM");
  }
  unit.open.push_back({id, charge.purpose, charge.fen, party, due});
  town.books.receivable += charge.fen;
  return {"ChargeAssessed", form.json()};
}

std::string assess(Town& town, Unit& unit, const NewCharge& charge) {
  const Line line = charge_line(town, unit, charge);
  town.office.must("CAS", line.event, line.body);
  return unit.open.back().id;
}

std::string pay(Town& town,
                Unit& unit,
                const std::vector<std::string>& charge_ids,
                const std::string& payer,
                const std::string& case_ref) {
  const std::vector<OpenCharge> charges = take(unit, charge_ids);
  std::int64_t fen = 0;
  for (const OpenCharge& charge : charges) {
    fen += charge.fen;
  }
  const std::string id = town.next_id("PAY");
  Form form = town.form();
  form.text("payment_id", id)
      .text("unit", unit.code)
      .raw("charges", shares_json(charges))
      .number("amount_fen", fen)
      .text("method", payment_method(town))
      .text("book", "A")
      .text("payer", payer);
  if (!case_ref.empty()) {
    form.text("case_ref", case_ref);
  }
  town.office.must("CAS", "PaymentReceived", form.json());
  town.books.cash += fen;
  town.books.receivable -= fen;
  return id;
}

std::int64_t owed(const Unit& unit, std::string_view party) {
  std::int64_t fen = 0;
  for (const OpenCharge& charge : unit.open) {
    fen += charge.party == party ? charge.fen : 0;
  }
  return fen;
}

std::int64_t pay_all(Town& town, Unit& unit, const std::string& party) {
  const std::int64_t fen = owed(unit, party);
  while (owed(unit, party) > 0) {
    std::vector<std::string> ids;
    for (const OpenCharge& charge : unit.open) {
      if (charge.party == party && ids.size() < shares_max) {
        ids.push_back(charge.id);
      }
    }
    pay(town, unit, ids, party);
  }
  return fen;
}

std::string correct_charge(Town& town, Unit& unit, const std::string& charge_id, std::int64_t fen) {
  const OpenCharge wrong = take(unit, {charge_id}).front();
  Form reversal = town.form();
  reversal.text("charge_id", wrong.id)
      .text("unit", unit.code)
      .number("amount_fen", wrong.fen)
      .secret("reason", wrong.party, "抄表有误");
  if (wrong.fen > reversal_limit_fen) {
    reversal.by_staff("PM");
  }
  town.office.must("CAS", "ChargeReversed", reversal.json());
  town.books.receivable -= wrong.fen;
  NewCharge right;
  right.purpose = wrong.purpose;
  right.fen = fen;
  right.calc = "更正 corrected";
  right.party = wrong.party;
  right.corrects = wrong.id;
  return assess(town, unit, right);
}

}  // namespace juanzong::simulate
