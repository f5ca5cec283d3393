// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/purchasing/purchasing.h"

#include "events/procedures/case_machine.h"

#include "tests/support/stock_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PurchasingTest : public HouseTest {
 protected:
  PurchasingTest() { t.at("2025-03-05T09:00:00+08:00").as("S-WH"); }
  // The fact of a delivery lies on the day that it states.
  void deliver(std::string_view batch, std::string_view on, std::string_view expiry) {
    t.at(std::string(on) + "T09:00:00+08:00");
    t.given("GoodsInspected", replaced(inspected_json(batch), "2025-03-03", on));
    t.given("GoodsStored", stored_json(batch, on, expiry));
    t.at("2025-03-05T09:00:00+08:00");
  }
  unsigned stage(std::string_view batch) { return find_case(t.world(), "batch", batch)->stage; }
  StockBatch batch(const std::string& id) {
    return t.world().get<StockState>("PAINT").batches.at(id);
  }
};

TEST_F(PurchasingTest, ADeliveryIsInspectedStoredAndIssued) {
  deliver("B-1", "2025-03-03", "2025-12-31");
  EXPECT_EQ(stage("B-1"), 3U);
  EXPECT_EQ(batch("B-1").on_hand(), 10'000U);
  t.given("GoodsIssued", issued_json("L-1", "B-1", 4'000));
  EXPECT_EQ(batch("B-1").on_hand(), 6'000U);
  EXPECT_EQ(batch("B-1").supplier, "SUP-1");
  expect_states_round_trip(t);
}

TEST_F(PurchasingTest, OnlyWhatPassedIsStored) {
  EXPECT_THAT(rules_when("GoodsStored", stored_json("B-1")),
              ElementsAre("STATE_REFUSED", "H-WHS-1"));
  t.given("GoodsInspected", inspected_json("B-1", "FAIL"));
  EXPECT_THAT(rules_when("GoodsStored", stored_json("B-1", "2025-03-05")), ElementsAre("H-WHS-1"));
  t.given("GoodsInspected", inspected_json("B-2"));
  EXPECT_THAT(rules_when("GoodsStored", stored_json("B-2", "2025-03-05")), IsEmpty());
}

TEST_F(PurchasingTest, OnlyWhatIsStoredIsIssued) {
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-1", 1'000)),
              ElementsAre("STATE_REFUSED", "H-WHS-1"));
  t.given("GoodsInspected", inspected_json("B-1"));
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-1", 1'000)), ElementsAre("H-WHS-1"));
}

TEST_F(PurchasingTest, APassIsWhatEveryCheckSays) {
  const std::string failed = replaced(inspected_json("B-1", "FAIL"), "2025-03-03", "2025-03-05");
  EXPECT_THAT(rules_when("GoodsInspected", replaced(failed, "FAIL", "PASS")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("GoodsInspected", replaced(inspected_json("B-1"), "PASS", "FAIL")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("GoodsInspected", replaced(failed, "S-ENG", "S-NOBODY")),
              ElementsAre("SCHEMA"));
  t.given("GoodsInspected", failed);
  EXPECT_THAT(rules_when("GoodsInspected", failed), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(
      rules_when("GoodsInspected",
                 replaced(inspected_json("B-2"), "\"unit_name\":\"L\"", "\"unit_name\":\"kg\"")),
      ElementsAre("SCHEMA"));
}

TEST_F(PurchasingTest, QuantitiesAreThoseOfTheRecords) {
  t.given("GoodsInspected", inspected_json("B-1"));
  const std::string stored = stored_json("B-1", "2025-03-05");
  EXPECT_THAT(rules_when("GoodsStored", replaced(stored, "10000", "9999")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("GoodsStored", replaced(stored, "10000", "10001")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("GoodsStored", replaced(stored, "2025-12-31", "2025-03-04")),
              ElementsAre("SCHEMA"));
  t.given("GoodsInspected", inspected_json("B-9", "PASS", "SALT"));
  EXPECT_THAT(rules_when("GoodsStored", stored_json("B-9", "2025-03-05")), ElementsAre("SCHEMA"))
      << "a batch of another item";
  t.given("GoodsStored", stored);
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-1", 10'001)), ElementsAre("SCHEMA"));
  t.given("GoodsIssued", issued_json("L-1", "B-1", 10'000));
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-2", "B-1", 1)), ElementsAre("SCHEMA"));
}

TEST_F(PurchasingTest, TheReceiverSignsAndALineIsUsedOnce) {
  deliver("B-1", "2025-03-03", "2025-12-31");
  const std::string issued = issued_json("L-1", "B-1", 1'000);
  EXPECT_THAT(
      rules_when("GoodsIssued", replaced(issued, staff_signature("ENG"), staff_signature("WH"))),
      ElementsAre("H-WHS-2"));
  t.given("GoodsIssued", issued);
  EXPECT_THAT(rules_when("GoodsIssued", issued), ElementsAre("SCHEMA"));
}

TEST_F(PurchasingTest, WhatExpiresGoesOutFirstInFirstOut) {
  deliver("B-2", "2025-03-01", "2025-12-31");
  deliver("B-1", "2025-03-03", "2025-06-30");
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-1", 1'000)), ElementsAre("H-WHS-3"));
  t.given("GoodsIssued", issued_json("L-1", "B-2", 10'000));
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-2", "B-1", 1'000)), IsEmpty());
}

TEST_F(PurchasingTest, WhatHasExpiredIsNotIssuedAndStandsInNobodysWay) {
  deliver("B-1", "2025-03-01", "2025-03-04");
  deliver("B-2", "2025-03-03", "2025-12-31");
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-1", 1'000)), ElementsAre("H-WHS-3"));
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-2", 1'000)), IsEmpty());
}

TEST_F(PurchasingTest, WhatDoesNotExpireHasNoOrder) {
  const auto without = [](const std::string& body) {
    return replaced(body, R"(,"expiry":"2025-12-31")", "");
  };
  t.given("GoodsInspected", inspected_json("B-1"));
  t.given("GoodsStored", without(stored_json("B-1", "2025-03-05")));
  t.given("GoodsInspected", inspected_json("B-2"));
  t.given("GoodsStored", without(stored_json("B-2", "2025-03-05")));
  EXPECT_THAT(rules_when("GoodsIssued", issued_json("L-1", "B-2", 1'000)), IsEmpty());
}

TEST_F(PurchasingTest, WhatFailedGoesBackWholeAndOfTheStockAPart) {
  t.given("GoodsInspected", inspected_json("B-1", "FAIL"));
  deliver("B-2", "2025-03-05", "2025-12-31");
  t.as("S-PUR");
  const auto back = [this](std::string_view id, int qty, std::string_view reason) {
    return rules_when("GoodsReturnedToSupplier", goods_back_json(id, qty, reason));
  };
  EXPECT_THAT(back("B-1", 9'999, "FAILED_INSPECTION"), ElementsAre("SCHEMA"));
  EXPECT_THAT(back("B-1", 10'000, "DAMAGED"), ElementsAre("SCHEMA"));
  EXPECT_THAT(back("B-2", 10'000, "FAILED_INSPECTION"), ElementsAre("SCHEMA"));
  EXPECT_THAT(back("B-2", 10'001, "DAMAGED"), ElementsAre("SCHEMA"));
  EXPECT_THAT(back("B-3", 1, "DAMAGED"), ElementsAre("STATE_REFUSED"));
  t.given("GoodsReturnedToSupplier", goods_back_json("B-1", 10'000, "FAILED_INSPECTION"));
  EXPECT_EQ(stage("B-1"), 4U);
  EXPECT_THAT(back("B-1", 10'000, "FAILED_INSPECTION"), ElementsAre("STATE_REFUSED"));
  t.given("GoodsReturnedToSupplier", goods_back_json("B-2", 3'000, "DAMAGED"));
  EXPECT_EQ(stage("B-2"), 3U);
  EXPECT_EQ(batch("B-2").on_hand(), 7'000U);
}

TEST_F(PurchasingTest, TheWarehouseIsInspectedOnceAMonth) {
  t.as("S-PM");
  const std::string good = json({text("ym", "2025-03"),
                                 text("inspected_on", "2025-03-05"),
                                 R"("stocktake_ok":true,"placement_ok":true)"});
  EXPECT_THAT(rules_when("WarehouseInspected", replaced(good, "2025-03\"", "2025-02\"")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("WarehouseInspected",
                         replaced(good, R"("placement_ok":true)", R"("placement_ok":false)")),
              ElementsAre("SCHEMA"));
  t.given("WarehouseInspected", good);
  EXPECT_THAT(rules_when("WarehouseInspected", good), ElementsAre("STATE_REFUSED"));
}

TEST_F(PurchasingTest, PlansAndConsumptionHaveLines) {
  t.as("S-CSM");
  const std::string plan = json({text("plan_id", "P-1"),
                                 text("ym", "2025-04"),
                                 R"("items":[{"item":"PAINT","qty_milli":5000,"unit_name":"L"}])"});
  EXPECT_THAT(rules_when("PurchasePlanFiled", plan), IsEmpty());
  EXPECT_THAT(
      rules_when("PurchasePlanFiled",
                 replaced(plan, R"({"item":"PAINT","qty_milli":5000,"unit_name":"L"})", "")),
      ElementsAre("SCHEMA"));
  const std::string used = json({text("report_id", "C-1"),
                                 text("ym", "2025-03"),
                                 text("dept", "ENV"),
                                 R"("lines":[{"item":"PAINT","qty_milli":500,"amount":12000}])"});
  EXPECT_THAT(rules_when("MaterialConsumptionReported", replaced(used, "2025-03", "2025-04")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MaterialConsumptionReported",
                         replaced(used, R"({"item":"PAINT","qty_milli":500,"amount":12000})", "")),
              ElementsAre("SCHEMA"));
  t.given("MaterialConsumptionReported", used);
  EXPECT_THAT(rules_when("MaterialConsumptionReported", used), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
