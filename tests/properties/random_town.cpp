// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/random_town.h"

#include "tests/support/refund_steps.h"

#include <algorithm>
#include <utility>

namespace juanzong::testing {
namespace {

constexpr std::size_t decoration_steps = 17;
constexpr std::size_t refund_steps = 4;
constexpr std::size_t calculation_step = decoration_steps + 1;
constexpr std::size_t approval_step = decoration_steps + 2;
constexpr std::size_t payout_step = decoration_steps + 3;

std::string field(std::string_view name, const std::string& value) {
  return "\"" + std::string(name) + "\":\"" + value + "\"";
}

// Zero is no amount: admission would not let it through to the rules.
std::string amount(std::string_view name, std::int64_t fen) {
  return "\"" + std::string(name) + "\":" + std::to_string(std::max<std::int64_t>(fen, 1));
}

std::string index_of(std::string_view name, RecordIndex index) {
  return "\"" + std::string(name) + R"(":{"index":)" + std::to_string(number(index)) + "}";
}

}  // namespace

RandomTown::RandomTown(std::uint64_t seed) : random_(seed), today_(*parse_date("2025-01-02")) {
  town_.on("2025-01-02");
  for (int i = 1; i <= 3; ++i) {
    Flat& flat = flats_.emplace_back();
    flat.unit = "3-1-120" + std::to_string(i);
    flat.deco = "2025-000" + std::to_string(i);
    flat.deposit = "D-" + flat.deco;
    town_.hand_over(flat.unit);
    charges_.push_back("F-" + flat.unit);
    ++units_;
  }
}

std::vector<std::string> RandomTown::deposits() const {
  std::vector<std::string> ids;
  std::ranges::transform(flats_, std::back_inserter(ids), &Flat::deposit);
  return ids;
}

AppendResult RandomTown::step() {
  move_time();
  switch (random_.below(16)) {
    case 0:
      return register_unit();
    case 1:
    case 2:
      return assess();
    case 3:
    case 4:
      return pay();
    case 5:
      return assess_and_pay();
    case 6:
      return reverse_charge();
    case 7:
      return reverse_payment();
    case 8:
      return reallocate();
    default:
      return decorate();
  }
}

AppendResult RandomTown::submit(const std::string& role,
                                const std::vector<TestStatement>& statements) {
  return town_.ledger.append(town_.ledger.actor(role), statements);
}

// Days pass; sometimes a season, so that deposits come due.
void RandomTown::move_time() {
  const std::uint64_t dice = random_.below(40);
  today_.days += dice == 0 ? 100 : dice < 6 ? 1 : 0;
  town_.on(to_text(today_));
}

void RandomTown::take_up(const Flat& flat) {
  town_.forms.unit = flat.unit;
  town_.forms.deco = flat.deco;
  town_.forms.deposit = flat.deposit;
}

std::string RandomTown::any_charge() {
  return charges_[random_.below(charges_.size())];
}

std::string RandomTown::reason() const {
  return "\"reason\":" + sealed(house_owner, "x");
}

AppendResult RandomTown::register_unit() {
  const std::string room = std::to_string(100 + random_.below(200));
  AppendResult result =
      submit("ARC",
             {{"UnitRegistered",
               R"({"unit":"1-1-)" + room +
                   R"(","building":"1","entrance":"1","floor":1,"number":")" + room + "\"}"}});
  units_ += std::holds_alternative<AppendReceipt>(result) ? 1 : 0;
  return result;
}

AppendResult RandomTown::decorate() {
  Flat& flat = any_flat();
  take_up(flat);
  const bool out_of_turn = random_.below(5) == 0;
  const std::size_t step = out_of_turn ? random_.below(decoration_steps + refund_steps) : flat.step;
  const Command command = step < decoration_steps ? decoration_step(flat, step)
                                                  : refund_step(flat, step - decoration_steps);
  AppendResult result = submit(command.role, {command.statement});
  const auto* receipt = std::get_if<AppendReceipt>(&result);
  if (receipt == nullptr) {
    // A calculation that fees have overtaken is made again.
    flat.step = flat.step > calculation_step ? calculation_step : flat.step;
    return result;
  }
  flat.step = step == flat.step ? step + 1 : flat.step;
  flat.calculation = step == calculation_step ? receipt->first : flat.calculation;
  flat.approval = step == approval_step ? receipt->first : flat.approval;
  refunds_ += step == payout_step ? 1 : 0;
  return result;
}

RandomTown::Command RandomTown::decoration_step(const Flat& flat, std::size_t step) {
  const DecorationSteps& forms = town_.forms;
  const std::string in_case = R"(,"case_ref":"deco:)" + flat.deco + "\"";
  const auto fee = [&](const std::string& id, std::string_view purpose, std::int64_t fen) {
    return charge_json({id, fen, purpose, "2025-01-08", in_case, flat.unit});
  };
  const auto paid = [&](const std::string& id, std::int64_t fen) {
    return payment_json("P-" + id, id, fen, in_case, flat.unit);
  };
  const std::string waste = "WR-" + flat.deco;
  const std::string pass = "PF-" + flat.deco;
  const std::string today = to_text(today_);
  switch (step) {
    case 0:
      return {"CSA", {"DecorationApplied", forms.application()}};
    case 1:
      return {"CSA", {"DecorationUndertakingSigned", forms.undertaking(true)}};
    case 2:
      return {
          "CSA",
          {"DecorationDocumentsCollected", forms.of_case(forms.drawings() + forms.all_papers())}};
    case 3:
      return {"CSA", {"DecorationSubmittedForReview", forms.of_case("")}};
    case 4:
      return {"CSM", {"DecorationReviewSigned", forms.review("CUSTOMER", "CSM")}};
    case 5:
      return {"ENGM", {"DecorationReviewSigned", forms.review("ENGINEERING", "ENGM")}};
    case 6:
      return {"CSA", {"DecorationApprovalAcknowledged", forms.of_case("", {forms.by_owner()})}};
    case 7:
      return {"CSA",
              {"DecorationAgreementSigned",
               forms.of_case(R"("agreement_version":"2024")", {forms.by_contractor()})}};
    case 8:
      return {"CAS", {"DecorationDepositPaid", forms.payment()}};
    case 9:
      return {"CAS", {"ChargeAssessed", fee(waste, "WASTE_REMOVAL", 30'000)}};
    case 10:
      return {"CAS", {"PaymentReceived", paid(waste, 30'000)}};
    case 11:
      return {"CAS", {"ChargeAssessed", fee(pass, "PASS_FEE", 8'000)}};
    case 12:
      return {"CAS", {"PaymentReceived", paid(pass, 8'000)}};
    case 13:
      return {"CSA", {"DecorationPermitIssued", forms.permit()}};
    case 14:
      return {"CSA", {"DecorationEntryInspected", forms.entry()}};
    case 15:
      return {"CSA",
              {"CompletionAcceptanceRequested",
               forms.of_case(R"("form":)" + forms.scan(), {forms.by_owner()})}};
    default:
      return {"CSA", {"CompletionAcceptancePassed", forms.passed(today)}};
  }
}

// What the statement of the deposit says, as RefundSteps writes it.
std::string RandomTown::calculation(const Flat& flat) {
  const RefundEntitlement due = refund_entitlement(town_.ledger.machine().world(), flat.deposit);
  std::string lines;
  const auto list = [&lines](std::string_view name,
                             const std::vector<DeductionLine>& parts,
                             const std::string& more) {
    lines += ",\"" + std::string(name) + "\":[";
    for (const DeductionLine& part : parts) {
      lines += std::string(lines.back() == '[' ? "{" : ",{") + field("charge_id", part.ref) + more +
               "," + amount("amount_fen", part.owed.value) + "," +
               amount("applied_fen", part.applied.value) + "}";
    }
    lines += "]";
  };
  list("utilities", due.utilities, R"(,"kind":"WATER")");
  list("other", due.other, R"(,"purpose":"PROPERTY_FEE")");
  return town_.forms.of_deposit(
      amount("deposit_fen", due.deposit.value) + lines + "," +
          amount("history_upto_seq", static_cast<std::int64_t>(number(due.last_relevant))) + "," +
          amount("net_fen", due.entitlement.value),
      {town_.forms.by_staff("CSA")});
}

RandomTown::Command RandomTown::refund_step(const Flat& flat, std::size_t step) {
  const DecorationSteps& forms = town_.forms;
  const auto net =
      refund_entitlement(town_.ledger.machine().world(), flat.deposit).entitlement.value;
  switch (step) {
    case 0:
      return {
          "CSA",
          {"DepositRefundInspected",
           forms.of_deposit("", {forms.by_owner(), forms.by_contractor(), forms.by_staff("PM")})}};
    case 1:
      return {"CSA", {"DepositRefundCalculated", calculation(flat)}};
    case 2:
      return {
          "PM",
          {"DepositRefundApproved",
           forms.of_deposit(index_of("calc_event", flat.calculation) + "," + amount("net_fen", net),
                            {forms.by_staff("PM")})}};
    default:
      return {"CAS",
              {"DepositRefunded",
               forms.of_deposit(index_of("approval_event", flat.approval) + "," +
                                amount("amount_fen", net) + "," + field("payee", forms.contractor) +
                                R"(,"method":"CASH","receipt":)" + forms.scan())}};
  }
}

TestStatement RandomTown::assessment(const std::string& id, const Flat& flat) {
  static constexpr std::string_view purposes[] = {"PROPERTY_FEE", "WATER", "ELEC"};
  const auto fen = static_cast<std::int64_t>(random_.below(5'000)) + 1;
  return {"ChargeAssessed",
          charge_json({id, fen, purposes[random_.below(3)], to_text(today_), "", flat.unit})};
}

AppendResult RandomTown::assess() {
  const std::string id = "C-" + std::to_string(++ids_);
  AppendResult result = submit("CAS", {assessment(id, any_flat())});
  if (std::holds_alternative<AppendReceipt>(result)) {
    charges_.push_back(id);
  }
  return result;
}

AppendResult RandomTown::pay() {
  const Payment payment{"P-" + std::to_string(++ids_),
                        any_flat().unit,
                        {},
                        static_cast<std::int64_t>(random_.below(3'000)) + 1};
  AppendResult result = submit(
      "CAS",
      {{"PaymentReceived", payment_json(payment.id, any_charge(), payment.fen, "", payment.unit)}});
  if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
    payments_.push_back({payment.id, payment.unit, receipt->first, payment.fen});
  }
  return result;
}

// Both or neither; where the payment is too high, the charge must not be left behind.
AppendResult RandomTown::assess_and_pay() {
  const Flat& flat = any_flat();
  const std::string id = "C-" + std::to_string(++ids_);
  const auto fen = static_cast<std::int64_t>(random_.below(4'000)) + 1;
  AppendResult result = submit(
      "CAS",
      {assessment(id, flat), {"PaymentReceived", payment_json("P-" + id, id, fen, "", flat.unit)}});
  if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
    charges_.push_back(id);
    payments_.push_back({"P-" + id, flat.unit, RecordIndex{number(receipt->first) + 1}, fen});
  }
  return result;
}

AppendResult RandomTown::reverse_charge() {
  const std::string id = any_charge();
  const auto charge = town_.ledger.machine().world().get<ChargeState>(id);
  return submit("CAS",
                {{"ChargeReversed",
                  "{" + field("charge_id", id) + "," + field("unit", charge.unit) + "," +
                      amount("amount_fen", charge.amount.value) + "," + reason() + "," +
                      signatures({town_.forms.by_staff("PM")}) + "}"}});
}

AppendResult RandomTown::reverse_payment() {
  if (payments_.empty()) {
    return assess();
  }
  const Payment& payment = payments_[random_.below(payments_.size())];
  return submit("CAS",
                {{"PaymentReversed",
                  R"({"kind":"PAYMENT",)" + index_of("target_event", payment.index) + "," +
                      field("target_payment", payment.id) + "," + field("unit", payment.unit) +
                      "," + amount("amount_fen", payment.fen) + "," + reason() + "," +
                      signatures({town_.forms.by_staff("PM")}) + "}"}});
}

AppendResult RandomTown::reallocate() {
  if (payments_.empty()) {
    return assess();
  }
  const Payment& payment = payments_[random_.below(payments_.size())];
  const auto fen = static_cast<std::int64_t>(random_.below(2'000));
  return submit("CAS",
                {{"PaymentReallocated",
                  "{" + field("payment_id", payment.id) + "," + field("unit", payment.unit) +
                      R"(,"allocations":[{)" + field("charge_id", any_charge()) + "," +
                      amount("amount_fen", fen) + "}]," + reason() + "}"}});
}

}  // namespace juanzong::testing
