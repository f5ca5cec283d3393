// SPDX-License-Identifier: Apache-2.0
// The refund of the deposit: asked too early, calculated wrongly, then as the rules want it.
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/scripts/decoration.h"

#include <algorithm>

namespace juanzong::simulate {
namespace {

constexpr int waiting_months = 3;

std::string inspection_json(const Town& town, const Works& works) {
  return of_deposit(town, works)
      .flag("leak", false)
      .by("OWNER", works.owner)
      .by("CONTRACTOR", works.foreman.id)
      .by_staff("PM")
      .json();
}

// What the deposit pays: open charges of the case, then penalties.
struct Deductions {
  std::string utilities, penalties;  // JSON lists
  std::int64_t charges_fen = 0;
  std::int64_t penalties_fen = 0;
};

std::string deduction_json(std::string_view id_name,
                           const std::string& id,
                           std::int64_t fen,
                           std::string_view more) {
  const std::string amount = std::to_string(fen);
  return "{" + json_text(id_name) + ":" + json_text(id) + "," + std::string(more) +
         "\"amount_fen\":" + amount + ",\"applied_fen\":" + amount + "}";
}

Deductions deductions_of(const Works& works) {
  Deductions due;
  for (const OpenCharge& charge : works.unit.open) {
    if (charge.party == works.contractor) {
      due.utilities.append(due.utilities.empty() ? "" : ",")
          .append(deduction_json("charge_id", charge.id, charge.fen, R"("kind":"WATER",)"));
      due.charges_fen += charge.fen;
    }
  }
  for (const Penalty& penalty : works.penalties) {
    due.penalties.append(due.penalties.empty() ? "" : ",")
        .append(deduction_json("violation_id", penalty.violation, penalty.fen, ""));
    due.penalties_fen += penalty.fen;
  }
  return due;
}

std::string calculation_json(const Town& town,
                             const Works& works,
                             const Deductions& due,
                             std::int64_t net,
                             RecordIndex upto) {
  return of_deposit(town, works)
      .number("deposit_fen", deco_deposit_fen)
      .raw("utilities", "[" + due.utilities + "]")
      .raw("penalties", "[" + due.penalties + "]")
      .number("net_fen", net)
      .number("history_upto_seq", static_cast<std::int64_t>(number(upto)))
      .by_staff("CSA")
      .json();
}

std::string record_json(RecordIndex index) {
  return R"({"index":)" + std::to_string(number(index)) + "}";
}

// From the inspection to the payout, in one sitting: whatever changes the sum makes it stale.
void settle(Town& town, Works& works, RecordIndex inspected) {
  const Deductions due = deductions_of(works);
  const std::int64_t net = deco_deposit_fen - due.charges_fen - due.penalties_fen;
  if (due.penalties_fen > 0 && town.random.percent(30)) {  // the penalty forgotten
    Deductions wrong = due;
    wrong.penalties.clear();
    town.office.refused("CSA",
                        "DepositRefundCalculated",
                        calculation_json(town, works, wrong, net + due.penalties_fen, inspected),
                        "H-DEC-17");
  }
  const RecordIndex calculated = town.office.must_at(
      "CSA", "DepositRefundCalculated", calculation_json(town, works, due, net, inspected));
  const auto payout = [&](RecordIndex approval) {
    return of_deposit(town, works)
        .raw("approval_event", record_json(approval))
        .number("amount_fen", net)
        .text("payee", works.contractor)
        .text("method", "TRANSFER")
        .scan("receipt", works.foreman.id, "收款回单")
        .json();
  };
  if (town.random.percent(5)) {  // paid before the manager signed
    town.office.refused("CAS", "DepositRefunded", payout(calculated), "H-DEC-18");
  }
  const RecordIndex approved = town.office.must_at("PM",
                                                   "DepositRefundApproved",
                                                   of_deposit(town, works)
                                                       .raw("calc_event", record_json(calculated))
                                                       .number("net_fen", net)
                                                       .by_staff("PM")
                                                       .json());
  town.office.must("CAS", "DepositRefunded", payout(approved));
  town.books.deposits_held -= deco_deposit_fen;
  works.unit.deposit_held = false;
  town.books.cash -= net;
  town.books.receivable -= due.charges_fen;
  std::erase_if(works.unit.open,
                [&](const OpenCharge& charge) { return charge.party == works.contractor; });
}

RecordIndex ask(Town& town, const Works& works) {
  const RecordIndex request = town.office.must_at("CSA",
                                                  "DepositRefundRequested",
                                                  of_deposit(town, works)
                                                      .text("requester", "CONTRACTOR")
                                                      .by("CONTRACTOR", works.foreman.id)
                                                      .json());
  town.office.must("CSA",
                   "DepositRefundOwnerConsented",
                   of_deposit(town, works)
                       .raw("request_event", record_json(request))
                       .by("OWNER", works.owner)
                       .json());
  return request;
}

void refund(Town& town, Works& works) {
  // What the owner owes for water and power of these months would be deducted: he pays first.
  pay_all(town, works.unit, works.owner);
  ask(town, works);
  settle(town,
         works,
         town.office.must_at("CSA", "DepositRefundInspected", inspection_json(town, works)));
}

}  // namespace

void plan_refund(Town& town, const std::shared_ptr<Works>& works) {
  const CivilDate earliest = add_days(add_months(town.today(), waiting_months), 1);
  if (town.random.percent(40)) {
    town.then(town.office_hours_in(20), [&town, works] {
      NewCharge water;
      water.purpose = "WATER";
      water.fen = town.random.between(2'000, 12'000);
      water.calc = "施工期用水";
      water.party = works->contractor;
      water.kind = "CONTRACTOR";
      water.case_ref = "deco:" + works->id;
      assess(town, works->unit, water);
    });
  }
  if (town.random.percent(12)) {
    town.then(town.at(town.working_day_from(add_days(earliest, -6)), 10), [&town, works, earliest] {
      if (town.today() < earliest) {
        town.office.refused(
            "CSA", "DepositRefundInspected", inspection_json(town, *works), "H-DEC-13");
      }
    });
  }
  const CivilDate day = town.working_day_from(add_days(earliest, town.random.between(0, 9)));
  town.then(town.at(day, 10, town.random.between(0, 59)), [&town, works] { refund(town, *works); });
}

}  // namespace juanzong::simulate
