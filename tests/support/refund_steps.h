// SPDX-License-Identifier: Apache-2.0
// The refund of a deposit for tests: a case accepted 2025-03-14 (earliest refund 2025-06-15), and
// the forms of every step, filled in from the statement of the deposit.
#pragma once

#include "events/procedures/decoration/refund.h"

#include "tests/support/decoration_steps.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

inline constexpr std::string_view no_harm = R"("leak":false)";

// The forms of a refund, on a case accepted 2025-03-14.
class RefundSteps : public DecorationSteps {
 public:
  struct FromTheStart {};
  static constexpr FromTheStart from_the_start{};
  explicit RefundSteps(FromTheStart) {}  // nothing has happened yet
  RefundSteps() { until_accepted(); }
  RefundSteps& on(std::string_view day, std::string_view time = "10:00:00") {
    DecorationSteps::on(day, time);
    return *this;
  }

  void penalise(std::string_view id, std::int64_t fen) {
    const std::string violation = R"("violation_id":")" + std::string(id) + "\"";
    given("SEC",
          "DecorationViolationRecorded",
          of_case(violation + R"(,"severity":"SERIOUS","facts":)" + text() +
                  R"(,"rule_ref":"7.3","copies":3,"rectify_by":"2025-02-20",
                     "proposed_penalty_fen":)" +
                  std::to_string(fen)));
    confirm(id, fen);
  }
  void confirm(std::string_view id, std::int64_t fen) {
    given("PM",
          "DecorationPenaltyConfirmed",
          of_case(R"("violation_id":")" + std::string(id) +
                      R"(","agreement_clause":"7.3","amount_fen":)" + std::to_string(fen),
                  {by_staff("PM")}));
  }
  void assess_water(std::int64_t fen = 8'640) {
    assess("W-1", charge(body::Purpose::WATER, fen, "deco:" + deco));
  }
  [[nodiscard]] std::string request(std::string_view who, const std::string& block) const {
    return of_deposit(R"("requester":")" + std::string(who) + "\"", {block});
  }
  [[nodiscard]] std::string consent(RecordIndex request) const {
    return of_deposit(R"("request_event":{"index":)" + std::to_string(number(request)) + "}",
                      {by_owner()});
  }
  [[nodiscard]] std::string objection() const {
    return of_deposit(R"("reason":)" + text(),
                      {signature("OWNER", owner, "2025-06-16T10:00:00+08:00", "PHONE_RECORDED")});
  }
  [[nodiscard]] std::string inspection(std::string_view flags = no_harm) const {
    return of_deposit(flags, {by_owner(), by_contractor(), by_staff("PM")});
  }
  // The calculation as the statement of the deposit says it.
  [[nodiscard]] std::string calculation(std::string_view net = "") {
    const RefundEntitlement due = refund_entitlement(t.world(), deposit);
    const std::string total =
        net.empty() ? std::to_string(due.entitlement.value) : std::string(net);
    return of_deposit(R"("deposit_fen":)" + std::to_string(due.deposit.value) +
                          list("utilities", due.utilities, "charge_id", R"("kind":"WATER",)") +
                          list("other", due.other, "charge_id", R"("purpose":"COMPENSATION",)") +
                          list("penalties", due.penalties, "violation_id", "") +
                          R"(,"history_upto_seq":)" + std::to_string(number(due.last_relevant)) +
                          R"(,"net_fen":)" + total,
                      {by_staff("CSA")});
  }
  [[nodiscard]] std::string approval(RecordIndex calculation, std::string_view net) const {
    return of_deposit(R"("calc_event":{"index":)" + std::to_string(number(calculation)) +
                          R"(},"net_fen":)" + std::string(net),
                      {by_staff("PM")});
  }
  [[nodiscard]] std::string payout(RecordIndex approval,
                                   std::string_view amount,
                                   std::string_view more = "") const {
    return of_deposit(R"("approval_event":{"index":)" + std::to_string(number(approval)) +
                      R"(},"payee":")" + contractor + R"(","method":"CASH","receipt":)" + scan() +
                      R"(,"amount_fen":)" + std::string(amount) + std::string(more));
  }
  // Inspection, calculation and approval as due; the approval's record.
  RecordIndex approve_refund() {
    given("CSA", "DepositRefundInspected", inspection());
    return approve_calculation();
  }
  RecordIndex approve_calculation() {
    const std::string net =
        std::to_string(refund_entitlement(t.world(), deposit).entitlement.value);
    const RecordIndex calculated = given("CSA", "DepositRefundCalculated", calculation());
    return given("PM", "DepositRefundApproved", approval(calculated, net));
  }
  DepositStage deposit_stage(std::string_view today = "2025-06-16") {
    return deposit_stage_of(t.world(), deposit, *parse_date(today));
  }
  std::int64_t money(std::string_view account) {
    return t.world().posted(PostingView::money, account);
  }

 private:
  [[nodiscard]] static std::string list(std::string_view name,
                                        const std::vector<DeductionLine>& lines,
                                        std::string_view id,
                                        std::string_view more) {
    std::string text = R"(,")" + std::string(name) + "\":[";
    for (const DeductionLine& line : lines) {
      text += std::string(text.back() == '[' ? "" : ",") + "{\"" + std::string(id) + R"(":")" +
              line.ref + "\"," + std::string(more) + R"("amount_fen":)" +
              std::to_string(line.owed.value) + R"(,"applied_fen":)" +
              std::to_string(line.applied.value) + "}";
    }
    return text + "]";
  }
};

}  // namespace juanzong::testing
