// SPDX-License-Identifier: Apache-2.0
// SC5 and the views of money: arrears by age, accounts, receipts.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view unit = "4-2-1501";

class MoneyViews : public ::testing::Test {
 protected:
  MoneyViews() { t.on("2025-01-03").register_unit(unit); }
  RecordIndex assess(std::string_view id,
                     std::int64_t fen,
                     std::string_view due,
                     std::string_view more = "",
                     std::string_view purpose = "PROPERTY_FEE") {
    return t.given("CAS", "ChargeAssessed", charge_json({id, fen, purpose, due, more, unit}));
  }
  RecordIndex pay(std::string_view id, std::string_view charge, std::int64_t fen) {
    return t.given("CAS", "PaymentReceived", payment_json(id, charge, fen, "", unit));
  }
  boost::json::object arrears(const QueryArguments& more = {}) {
    QueryArguments arguments{{"unit", std::string(unit)}};
    arguments.insert(more.begin(), more.end());
    return t.query("arrears", arguments, "CAS");
  }
  void reverse_mistaken_fee() {
    t.given("CAS",
            "ChargeReversed",
            R"({"charge_id":"CH-881","unit":"4-2-1501","amount_fen":1621200,"reason":)" +
                sealed(house_owner, "多记一位") + "," + signatures({staff_signature("PM")}) + "}");
    assess("CH-882", 162'120, "2025-05-09", R"(,"corrects":"CH-881")");
    t.given("CAS",
            "PaymentReallocated",
            R"({"payment_id":"P-551","unit":"4-2-1501","allocations":[{"charge_id":"CH-882",)"
            R"("amount_fen":162120}],"reason":)" +
                sealed(house_owner, "重开应收") + "}");
  }
  ViewLedger t;
  const std::string receivable = "receivable:4-2-1501:" + house_owner + ":PROPERTY_FEE";
};

TEST_F(MoneyViews, AMistakenFeeIsArrearsUntilItIsReversedAndForEverAsOfThen) {
  t.on("2025-05-09");
  const RecordIndex assessed = assess("CH-881", 1'621'200, "2025-05-09");
  const RecordIndex paid = pay("P-551", "CH-881", 162'120);
  auto report = arrears();
  EXPECT_EQ(report.at("arrears_fen"), 1'459'080);
  EXPECT_EQ(report.at("balanced"), true);
  EXPECT_EQ(row(report, "arrears", 0).at("records").at("open_fen").as_array().at(0),
            number(assessed));
  EXPECT_EQ(row(report, "charges", 0).at("records").at("paid_fen").as_array().at(0), number(paid));
  reverse_mistaken_fee();
  report = arrears();
  EXPECT_EQ(report.at("arrears_fen"), 0);
  EXPECT_EQ(report.at("receivable_fen"), 0);
  EXPECT_EQ(report.at("advance_fen"), 0);
  EXPECT_THAT(report.at("arrears").as_array(), IsEmpty());
  report = arrears({{"as_of", std::to_string(number(paid))}});
  EXPECT_EQ(report.at("arrears_fen"), 1'459'080);
  EXPECT_EQ(report.at("receivable_fen"), 1'459'080);
  EXPECT_EQ(report.at("balanced"), true);
}

TEST_F(MoneyViews, AgesOpenChargesByDaysSinceTheyWereDue) {
  assess("A", 1, "2025-07-01");
  assess("B", 10, "2025-06-30");
  assess("C", 100, "2025-05-31");
  assess("D", 1'000, "2025-05-30");
  assess("E", 10'000, "2025-01-01");
  assess("F", 100'000, "2024-12-31");
  assess("G", 1'000'000, "2025-01-01", "", "WATER");
  const auto report = arrears({{"date", "2025-06-30"}});
  const auto& line = row(report, "arrears", 0);
  EXPECT_EQ(line.at("not_due_fen"), 1);
  EXPECT_EQ(line.at("days_0_30_fen"), 110);
  EXPECT_EQ(line.at("days_31_90_fen"), 1'000);
  EXPECT_EQ(line.at("days_91_180_fen"), 1'010'000);
  EXPECT_EQ(line.at("over_180_days_fen"), 100'000);
  EXPECT_EQ(line.at("arrears_fen"), 1'111'110);
  EXPECT_EQ(line.at("open_fen"), 1'111'111);
  EXPECT_EQ(line.at("oldest_due"), "2024-12-31");
}

TEST_F(MoneyViews, TellsHowLongTheSettledPropertyFeeLasts) {
  const std::string first = R"(,"period_from":"2025-01-01","period_to":"2025-07-01")";
  const std::string second = R"(,"period_from":"2025-07-01","period_to":"2026-01-01")";
  assess("H-1", 100, "2025-01-01", first);
  pay("P-1", "H-1", 100);
  EXPECT_EQ(arrears().at("prepaid_until"), "2025-06-30");
  assess("H-2", 100, "2025-07-01", second);
  EXPECT_EQ(row(arrears(), "arrears", 0).at("prepaid_until"), "2025-06-30");
}

TEST_F(MoneyViews, AllAccountsSumToZeroAndOneExpandsToItsPostings) {
  t.on("2025-05-09");
  const RecordIndex assessed = assess("CH-881", 1'621'200, "2025-05-09");
  pay("P-551", "CH-881", 162'120);
  reverse_mistaken_fee();
  const auto all = t.query("ledger", {}, "CAS");
  EXPECT_EQ(all.at("sum_fen"), 0);
  EXPECT_EQ(all.at("balanced"), true);
  EXPECT_THAT(
      column(all, "accounts", "account"),
      ElementsAre(
          "advance:4-2-1501:" + house_owner, "cash:CASH", "income:PROPERTY_FEE", receivable));
  const auto one = t.query("ledger", {{"account", receivable}}, "CAS");
  EXPECT_EQ(one.at("balance_fen"), 0);
  EXPECT_THAT(column(one, "postings", "delta_fen"),
              ElementsAre("1621200", "-162120", "-1621200", "162120", "162120", "-162120"));
  EXPECT_THAT(column(one, "postings", "total_fen"),
              ElementsAre("1621200", "1459080", "-162120", "0", "162120", "0"));
  EXPECT_THAT(column(one, "postings", "event"),
              ElementsAre("ChargeAssessed",
                          "PaymentReceived",
                          "ChargeReversed",
                          "ChargeReversed",
                          "ChargeAssessed",
                          "PaymentReallocated"));
  const auto then = t.query(
      "ledger", {{"account", receivable}, {"as_of", std::to_string(number(assessed))}}, "CAS");
  EXPECT_EQ(then.at("balance_fen"), 1'621'200);
  EXPECT_EQ(then.at("postings").as_array().size(), 1U);
}

TEST_F(MoneyViews, PagesPostingsAndAccountsWithoutHolesOrRepeats) {
  assess("CH-1", 100, "2025-05-09");
  for (int i = 0; i < 5; ++i) {
    pay("P-" + std::to_string(i), "CH-1", 10);
  }
  std::vector<std::string> totals;
  std::string cursor;
  do {
    QueryArguments arguments{{"account", receivable}, {"limit", "4"}};
    if (!cursor.empty()) {
      arguments["cursor"] = cursor;
    }
    const auto part = t.query("ledger", arguments, "CAS");
    EXPECT_LE(part.at("postings").as_array().size(), 4U);
    for (const std::string& total : column(part, "postings", "total_fen")) {
      totals.push_back(total);
    }
    cursor = part.contains("next") ? std::string(part.at("next").as_string()) : "";
  } while (!cursor.empty());
  EXPECT_THAT(totals, ElementsAre("100", "90", "80", "70", "60", "50"));
  const auto first = t.query("ledger", {{"limit", "1"}}, "CAS");
  const auto rest =
      t.query("ledger", {{"cursor", std::string(first.at("next").as_string())}}, "CAS");
  EXPECT_THAT(column(first, "accounts", "account"), ElementsAre("cash:CASH"));
  EXPECT_THAT(column(rest, "accounts", "account"), ElementsAre("income:PROPERTY_FEE", receivable));
}

TEST_F(MoneyViews, RegistersEveryReceiptAndWhichAreVoid) {
  assess("CH-1", 100, "2025-05-09");
  const RecordIndex first = pay("P-1", "CH-1", 40);
  const RecordIndex second = pay("P-2", "CH-1", 60);
  t.given("CAS",
          "PaymentReversed",
          R"({"kind":"PAYMENT","target_payment":"P-1","target_event":{"index":)" +
              std::to_string(number(first)) + R"(},"unit":"4-2-1501","amount_fen":40,"reason":)" +
              sealed(house_owner, "退票") + "," + signatures({staff_signature("PM")}) + "}");
  const auto report = t.query("receipts", {}, "FIN");
  EXPECT_EQ(report.at("count"), 2);
  EXPECT_THAT(column(report, "receipts", "receipt_no"), ElementsAre("A-000001", "A-000002"));
  EXPECT_THAT(column(report, "receipts", "voided"), ElementsAre("true", "false"));
  EXPECT_THAT(column(report, "receipts", "cashier"), ElementsAre("S-CAS", "S-CAS"));
  const auto then = t.query("receipts", {{"as_of", std::to_string(number(second))}}, "FIN");
  EXPECT_THAT(column(then, "receipts", "voided"), ElementsAre("false", "false"));
  EXPECT_EQ(t.query("receipts", {{"as_of", std::to_string(number(first))}}, "FIN").at("count"), 1);
  EXPECT_EQ(t.query("receipts", {{"book", "B"}}, "FIN").at("count"), 0);
}

}  // namespace
}  // namespace juanzong::testing
