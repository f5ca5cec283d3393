// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/month_end.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace juanzong::simulate {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> payment_methods = {"CASH", "CARD", "TRANSFER", "QR"};

Result<json::object> ask(const Office& office, std::string_view view, std::string_view arguments) {
  const Result<std::string> answer = office.query(view, arguments);
  if (!answer) {
    return fail(answer.error());
  }
  json::error_code error;
  const json::value value = json::parse(*answer, error);
  return !error && value.is_object()
             ? Result<json::object>(value.get_object())
             : fail(ErrorCode::corruption, std::string(view) + ": not a JSON object");
}

std::int64_t fen(const json::object& report, std::string_view name) {
  return report.at(name).as_int64();
}

MonthEndCheck check_of(std::string name,
                       std::int64_t booked,
                       std::int64_t states,
                       std::int64_t accounts,
                       const json::object& report) {
  const bool same = booked == states && states == accounts;
  return {std::move(name), booked, states, accounts, same && report.at("balanced").as_bool()};
}

// Sum of the accounts of money in hand. One without an entry is not an account yet.
Result<std::int64_t> cash_accounts(const Office& office) {
  std::int64_t sum = 0;
  for (const std::string_view method : payment_methods) {
    const std::string account = "cash:" + std::string(method);
    const auto report = ask(office, "ledger", R"({"limit":"1","account":")" + account + "\"}");
    if (!report && report.error().code != ErrorCode::not_found) {
      return fail(report.error());
    }
    sum += report ? fen(*report, "balance_fen") : 0;
  }
  return sum;
}

// Cash has no state of its own: it is what all other accounts leave, whose sum the ledger shows.
Result<MonthEndCheck> check_cash(const Town& town) {
  const auto ledger = ask(town.office, "ledger", R"({"limit":"1"})");
  const Result<std::int64_t> accounts = cash_accounts(town.office);
  if (!ledger || !accounts) {
    return fail(!ledger ? ledger.error() : accounts.error());
  }
  return check_of("cash", town.books.cash, *accounts - fen(*ledger, "sum_fen"), *accounts, *ledger);
}

}  // namespace

bool MonthEnd::balanced() const {
  return std::ranges::all_of(checks, &MonthEndCheck::balanced);
}

Result<MonthEnd> check_month_end(const Town& town, CivilMonth month) {
  const auto deposits = ask(town.office, "deposits", R"({"limit":"1"})");
  const auto arrears = ask(town.office, "arrears", R"({"limit":"1"})");
  const auto cash = check_cash(town);
  for (const Error* error : {deposits ? nullptr : &deposits.error(),
                             arrears ? nullptr : &arrears.error(),
                             cash ? nullptr : &cash.error()}) {
    if (error != nullptr) {
      return fail(*error);
    }
  }
  MonthEnd end{month, town.office.records(), {}};
  end.checks.push_back(check_of("deposits",
                                town.books.deposits_held,
                                fen(*deposits, "held_fen"),
                                fen(*deposits, "liability_fen"),
                                *deposits));
  end.checks.push_back(check_of("receivables",
                                town.books.receivable,
                                fen(*arrears, "open_fen"),
                                fen(*arrears, "receivable_fen"),
                                *arrears));
  end.checks.push_back(*cash);
  return end;
}

}  // namespace juanzong::simulate
