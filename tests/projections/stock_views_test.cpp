// SPDX-License-Identifier: Apache-2.0
// The stock book and the list of suppliers, now and as of earlier records.
#include "tests/support/stock_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StockViews : public ::testing::Test {
 protected:
  StockViews() {
    for (const std::string_view role : {"WH", "ENG", "ENV", "QD", "ENGM"}) {
      t.ledger.actor(role);
    }
    t.on("2025-03-03");
    deliver("B-1", "2025-06-30");
    stored = t.newest();
    deliver("B-2", "2025-12-31");
    t.on("2025-03-05");
    t.given("WH", "GoodsIssued", issued_json("L-1", "B-1", 4'000));
  }
  void deliver(std::string_view batch, std::string_view expiry) {
    t.given("WH", "GoodsInspected", inspected_json(batch));
    t.given("WH", "GoodsStored", stored_json(batch, "2025-03-03", expiry));
  }
  boost::json::object stock(QueryArguments arguments) { return t.query("stock", arguments); }
  ViewLedger t;
  RecordIndex stored{};
};

TEST_F(StockViews, TheStockIsTheSumOfItsBatches) {
  const auto report = stock({{"date", "2025-06-30"}});
  EXPECT_THAT(column(report, "items", "on_hand_milli"), ElementsAre("16000"));
  EXPECT_THAT(column(report, "items", "usable_milli"), ElementsAre("16000"));
  EXPECT_THAT(column(report, "items", "next_expiry"), ElementsAre("2025-06-30"));
  EXPECT_THAT(column(report, "batches", "on_hand_milli"), ElementsAre("6000", "10000"));
  EXPECT_THAT(column(report, "batches", "supplier"), ElementsAre("SUP-1", "SUP-1"));
  EXPECT_THAT(column(report, "batches", "stage"), ElementsAre("STORED", "STORED"));
}

TEST_F(StockViews, WhatHasExpiredIsOnHandButNotUsable) {
  const auto report = stock({{"date", "2025-07-01"}});
  EXPECT_THAT(column(report, "items", "on_hand_milli"), ElementsAre("16000"));
  EXPECT_THAT(column(report, "items", "usable_milli"), ElementsAre("10000"));
  EXPECT_THAT(column(report, "items", "next_expiry"), ElementsAre("2025-12-31"));
  EXPECT_THAT(column(report, "batches", "expired"), ElementsAre("true", "false"));
}

TEST_F(StockViews, TheStockAsOfARecord) {
  const auto then = stock({{"as_of", std::to_string(number(stored))}});
  EXPECT_THAT(column(then, "items", "on_hand_milli"), ElementsAre("10000"));
  EXPECT_THAT(column(then, "batches", "batch_id"), ElementsAre("B-1"));
  const auto newest = stock({{"as_of", std::to_string(number(t.newest()))}});
  EXPECT_EQ(newest.at("batches"), stock({}).at("batches"));
  EXPECT_EQ(newest.at("items"), stock({}).at("items"));
  EXPECT_THAT(column(stock({{"item", "SALT"}}), "items", "item"), IsEmpty());
  EXPECT_EQ(t.refusal("stock", {}, "SEC"), "not_permitted");
}

TEST_F(StockViews, SuppliersShowTheEndOfTheirPapers) {
  t.given("ENV", "SupplierServiceEvaluated", service_json("SUP-2", "FAIL"));
  const RecordIndex before = t.newest();
  t.given("ENGM", "SupplierQualified", qualified_json("SUP-2", "2025-12-31"));
  t.given("QD",
          "SupplierNotified",
          json({text("supplier", "SUP-2"),
                text("issue", "清运不及时"),
                text("notified_on", "2025-03-05")}));
  const auto report = t.query("suppliers", {{"date", "2025-12-31"}});
  EXPECT_THAT(column(report, "suppliers", "supplier"), ElementsAre("SUP-1", "SUP-2"));
  EXPECT_THAT(column(report, "suppliers", "standing"), ElementsAre("UNQUALIFIED", "VALID"))
      << "SUP-1 delivered goods";
  EXPECT_THAT(column(report, "suppliers", "evaluated"), ElementsAre("null", "2025-02"));
  EXPECT_THAT(column(report, "suppliers", "result"), ElementsAre("null", "FAIL"));
  EXPECT_THAT(column(report, "suppliers", "notified"), ElementsAre("0", "1"));
  const auto later = t.query("suppliers", {{"date", "2026-01-01"}});
  EXPECT_THAT(column(later, "suppliers", "standing"), ElementsAre("UNQUALIFIED", "EXPIRED"));
  const auto first = t.query("suppliers", {{"as_of", std::to_string(number(stored))}});
  EXPECT_THAT(column(first, "suppliers", "supplier"), ElementsAre("SUP-1"));
  const auto then = t.query("suppliers", {{"as_of", std::to_string(number(before))}});
  EXPECT_THAT(column(then, "suppliers", "standing"), ElementsAre("UNQUALIFIED", "UNQUALIFIED"));
}

}  // namespace
}  // namespace juanzong::testing
