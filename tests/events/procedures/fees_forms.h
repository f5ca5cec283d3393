// SPDX-License-Identifier: Apache-2.0
// Bodies of P31's events for tests, and what the tests ask of the accounts afterwards.
#pragma once

#include "events/procedures/charges.h"
#include "events/procedures/deposits.h"
#include "events/procedures/units.h"

#include "tests/support/rule_tester.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong::testing::fees {

inline constexpr std::string_view unit = "4-2-1501";
inline const std::string owner = person_id(1001);
using Shares = std::vector<std::pair<std::string, std::int64_t>>;

inline std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

// `more` are further fields: R"(,"case_ref":"deco:1")".
inline std::string charge(std::string_view id,
                          std::int64_t fen,
                          std::string_view purpose = "PROPERTY_FEE",
                          std::string_view more = "",
                          std::string_view of_unit = unit) {
  return R"({"charge_id":)" + in_quotes(id) + R"(,"unit":)" + in_quotes(of_unit) + R"(,"party":)" +
         in_quotes(owner) + R"(,"party_kind":"OWNER","purpose":)" + in_quotes(purpose) +
         R"(,"amount_fen":)" + std::to_string(fen) +
         R"(,"due":"2025-06-30","tariff_ver":"2025-1","calc":"89.5 m2 x 3.02 x 6")" +
         std::string(more) + "}";
}

inline std::string shares_json(const Shares& shares) {
  std::string json = "[";
  for (const auto& [id, fen] : shares) {
    json += (json.size() == 1 ? "" : ",") + (R"({"charge_id":)" + in_quotes(id)) +
            R"(,"amount_fen":)" + std::to_string(fen) + "}";
  }
  return json + "]";
}

inline std::string payment(std::string_view id,
                           const Shares& shares,
                           std::int64_t fen,
                           std::string_view more = "",
                           std::string_view of_unit = unit) {
  return R"({"payment_id":)" + in_quotes(id) + R"(,"unit":)" + in_quotes(of_unit) +
         R"(,"charges":)" + shares_json(shares) + R"(,"amount_fen":)" + std::to_string(fen) +
         R"(,"method":"CASH","book":"A","payer":)" + in_quotes(owner) + std::string(more) + "}";
}

inline std::string reallocation(std::string_view id,
                                const Shares& shares,
                                std::string_view of_unit = unit) {
  return R"({"payment_id":)" + in_quotes(id) + R"(,"unit":)" + in_quotes(of_unit) +
         R"(,"allocations":)" + shares_json(shares) + R"(,"reason":)" + sealed(owner, "重开应收") +
         "}";
}

inline std::string charge_reversal(std::string_view id,
                                   std::int64_t fen,
                                   bool pm_signs = true,
                                   std::string_view more = "") {
  return R"({"charge_id":)" + in_quotes(id) + R"(,"unit":)" + in_quotes(unit) +
         R"(,"amount_fen":)" + std::to_string(fen) + R"(,"reason":)" + sealed(owner, "多记一位") +
         (pm_signs ? "," + signatures({staff_signature("PM")}) : "") + std::string(more) + "}";
}

// `target` is the whole of kind and id: R"("kind":"PAYMENT","target_payment":"P-1")".
inline std::string money_reversal(std::string_view target,
                                  RecordIndex record,
                                  std::int64_t fen,
                                  std::string_view more = "",
                                  std::string_view signer = "PM") {
  return "{" + std::string(target) + R"(,"target_event":{"index":)" +
         std::to_string(number(record)) + R"(},"unit":)" + in_quotes(unit) + R"(,"amount_fen":)" +
         std::to_string(fen) + R"(,"reason":)" + sealed(owner, "退票") + "," +
         signatures({staff_signature(signer)}) + std::string(more) + "}";
}

inline void register_unit(RuleTester& t, std::string_view number = "1501") {
  const std::string room(number);
  t.as("S-ARC").given("UnitRegistered",
                      R"({"unit":"4-2-)" + room +
                          R"(","building":"4","entrance":"2","floor":15,"number":")" + room +
                          "\"}");
  t.as("S-CAS");
}

// A deposit of 200,000 fen as decoration and its payment leave it, paid at `paid`.
inline DepositState& put_deposit(RuleTester& t,
                                 std::string_view id = "D-1",
                                 RecordIndex paid = RecordIndex{1}) {
  DepositState& deposit = t.world().edit<DepositState>(id);
  deposit.case_id = "2025-0031";
  deposit.unit = unit;
  deposit.payer = owner;
  deposit.beneficiary = owner;
  deposit.amount = Fen{200'000};
  deposit.method = 1;
  deposit.paid = paid;
  post_entry(t.world(), cash_account(1), deposit_account(id), deposit.amount, CivilDate{20'000});
  t.world().edit<UnitState>(unit).deposits.emplace_back(id);
  return deposit;
}

inline void calculate(DepositState& deposit, std::vector<DeductionLine> lines = {}) {
  RefundCalculation calculation;
  calculation.net = deposit.amount;
  for (const DeductionLine& line : lines) {
    calculation.net -= line.applied;
  }
  calculation.lines = std::move(lines);
  deposit.calculation = calculation;
  deposit.approval = RefundStep{RecordIndex{}, "S-PM", CivilDate{}, calculation.net};
}

inline std::int64_t posted(RuleTester& t, std::string_view account) {
  return t.world().posted(PostingView::money, account);
}

inline std::map<std::string, std::int64_t> accounts(RuleTester& t) {
  std::map<std::string, std::int64_t> totals;
  for (const Posting& posting : t.world().postings()) {
    if (posting.view == PostingView::money) {
      totals[posting.account] += posting.delta;
    }
  }
  return totals;
}

inline std::int64_t sum(const std::map<std::string, std::int64_t>& totals,
                        std::string_view prefix = "") {
  std::int64_t total = 0;
  for (const auto& [account, amount] : totals) {
    total += account.starts_with(prefix) ? amount : 0;
  }
  return total;
}

// One registered flat and its owner's accounts, in the morning of 2025-05-09.
class FeesTest : public ::testing::Test {
 protected:
  FeesTest() {
    t.at("2025-05-09T10:03:00+08:00");
    register_unit(t);
  }
  std::vector<std::string> rules(std::string_view event, std::string_view json) {
    return RuleTester::rules_of(t.when(event, json));
  }
  RuleTester t;
  const std::string receivable = "receivable:4-2-1501:" + owner + ":PROPERTY_FEE";
  const std::string advance = "advance:4-2-1501:" + owner;
};

}  // namespace juanzong::testing::fees
