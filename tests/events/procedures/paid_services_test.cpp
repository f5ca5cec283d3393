// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/complaint_steps.h"
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view nine = "2025-03-03T09:00:00+08:00";

std::string tariff_json(std::string_view version = "T-1",
                        std::string_view effective = "2025-03-03") {
  return json({text("tariff_ver", version),
               R"("lines":[{"code":"CLEAN","price_fen":3000,"measure":"小时"}])",
               text("effective", effective),
               R"("posted":["公告栏"])",
               signatures({staff_signature("PM")})});
}
std::string item_json(std::initializer_list<std::string> fields) {
  return "{" + text("item", "CLEAN") + "," + json(fields).substr(1);
}
std::string ordered_json(std::string_view more = "") {
  return json({text("service_id", "F-1"),
               unit_field(),
               text("customer", house_owner),
               house_sealed("address"),
               text("item", "CLEAN"),
               R"("qty_milli":1500)",
               text("tariff_ver", "T-1") + std::string(more),
               signatures({signature("CUSTOMER", house_owner)})});
}
std::string delivered_json(int bill = 4'500, const std::string& who = house_owner) {
  return json({text("service_id", "F-1"),
               house_sealed("result"),
               text("at", nine),
               "\"bill_fen\":" + std::to_string(bill),
               signatures({signature("CUSTOMER", who)})});
}
std::string surveyed_json(bool satisfied, bool solved = false) {
  return json({text("service_id", "F-1"),
               house_sealed("result"),
               std::string("\"satisfied\":") + (satisfied ? "true" : "false"),
               std::string("\"solved\":") + (solved ? "true" : "false")});
}

class PaidServicesTest : public HouseTest {
 protected:
  PaidServicesTest() {
    t.at(nine);
    register_unit(t);
    t.as("S-CSM").given("PaidServiceProposed",
                        item_json({text("demand", "入户保洁"), R"("cost_fen":2500)"}));
  }
  std::vector<std::string> refused(std::string_view who,
                                   std::string_view event,
                                   const std::string& body) {
    t.as(who);
    return rules_when(event, body);
  }
  void publish() { t.as("S-CSM").given("TariffPublished", tariff_json()); }
  void order(std::string_view more = "") {
    publish();
    t.as("S-CSA").given("PaidServiceOrdered", ordered_json(more));
  }
  unsigned stage() { return find_case(t.world(), "service", "F-1")->stage; }
};

TEST_F(PaidServicesTest, AServiceIsOrderedDeliveredAndAskedAbout) {
  order();
  EXPECT_THAT(refused("S-QD", "SpecialServiceSurveyed", surveyed_json(true)),
              ElementsAre("STATE_REFUSED"));
  t.as("S-ENV").given("PaidServiceDelivered", delivered_json());
  EXPECT_THAT(refused("S-ENV", "PaidServiceDelivered", delivered_json()),
              ElementsAre("STATE_REFUSED"));
  t.as("S-CSA").given("ReturnVisitCompleted",
                      return_visit_json("service:F-1", "PAID_SERVICE", nine));
  t.as("S-QD").given("SpecialServiceSurveyed", surveyed_json(false));
  EXPECT_EQ(stage(), 3U);
  t.given("SpecialServiceSurveyed", surveyed_json(true, true));
  EXPECT_EQ(stage(), 4U);
  expect_states_round_trip(t);
}

// H-SRV-1
TEST_F(PaidServicesTest, APriceIsApprovedAndPublishedBeforeTheService) {
  const auto published = [this](std::string_view from, std::string_view to) {
    return refused("S-CSM", "TariffPublished", replaced(tariff_json(), from, to));
  };
  EXPECT_THAT(published(R"("staff_role":"PM")", R"("staff_role":"CSM")"), ElementsAre("H-SRV-1"));
  EXPECT_THAT(published(R"("posted":["公告栏"],)", ""), ElementsAre("H-SRV-1"));
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", ordered_json()), ElementsAre("H-SRV-1"));
  publish();
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", ordered_json()), IsEmpty());
  EXPECT_THAT(refused("S-CSM", "TariffPublished", tariff_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-CSM", "TariffPublished", tariff_json("T-2", "2025-03-02")),
              ElementsAre("SCHEMA"));
}

TEST_F(PaidServicesTest, TheTariffInForceIsTheNewestWhoseDayHasCome) {
  publish();
  t.as("S-CSM").given("TariffPublished", tariff_json("T-2", "2025-03-04"));
  const std::string second = replaced(ordered_json(), "T-1", "T-2");
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", second), ElementsAre("H-SRV-1"));
  t.at("2025-03-04T09:00:00+08:00");
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", second), IsEmpty());
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", ordered_json()), ElementsAre("H-SRV-1"));
  t.as("S-CSM").given("TariffPublished", tariff_json("A-3", "2025-03-04"));
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", second), ElementsAre("H-SRV-1"))
      << "of one day the one published last";
}

TEST_F(PaidServicesTest, TheBillIsThePriceAndTheCustomerConfirms) {
  order();
  EXPECT_THAT(refused("S-ENV", "PaidServiceDelivered", delivered_json(4'501)),
              ElementsAre("H-SRV-1"));
  EXPECT_THAT(refused("S-ENV", "PaidServiceDelivered", delivered_json(4'500, house_tenant)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-ENV", "PaidServiceDelivered", delivered_json()), IsEmpty());
}

TEST_F(PaidServicesTest, AnAgreementIsSignedAndDeliveredAgain) {
  publish();
  const std::string agreed = "," + house_attachment("agreement");
  EXPECT_THAT(refused("S-CSA",
                      "PaidServiceOrdered",
                      replaced(ordered_json(agreed),
                               R"("signer":")" + house_owner,
                               R"("signer":")" + house_tenant)),
              ElementsAre("SCHEMA"));
  t.as("S-CSA").given("PaidServiceOrdered", ordered_json(agreed));
  t.as("S-ENV").given("PaidServiceDelivered", delivered_json(9'900));
  EXPECT_THAT(refused("S-ENV", "PaidServiceDelivered", delivered_json(100)), IsEmpty());
}

// H-SRV-4
TEST_F(PaidServicesTest, AProblemIsSolvedWhenTheCustomerIsSatisfied) {
  order();
  t.as("S-ENV").given("PaidServiceDelivered", delivered_json());
  EXPECT_THAT(refused("S-QD", "SpecialServiceSurveyed", surveyed_json(false, true)),
              ElementsAre("H-SRV-4"));
  EXPECT_THAT(refused("S-QD", "SpecialServiceSurveyed", surveyed_json(true, true)), IsEmpty());
}

TEST_F(PaidServicesTest, WhatLosesMoneyIsReportedAndStopped) {
  publish();
  const std::string stop = item_json({house_sealed("reason"), signatures({staff_signature("PM")})});
  t.as("S-CSM").given("PaidServiceLossReported",
                      item_json({text("period", "2025-02"), R"("loss_fen":12000)"}));
  EXPECT_THAT(refused("S-PM", "PaidServiceStopped", item_json({house_sealed("reason")})),
              ElementsAre("SCHEMA"));
  t.as("S-PM").given("PaidServiceStopped", stop);
  EXPECT_THAT(refused("S-PM", "PaidServiceStopped", stop), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", ordered_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(PaidServicesTest, AnOrderNamesWhatIsOfferedAndRegistered) {
  publish();
  const auto ordered = [this](std::string_view from, std::string_view to) {
    return refused("S-CSA", "PaidServiceOrdered", replaced(ordered_json(), from, to));
  };
  EXPECT_THAT(ordered("CLEAN", "PAINT"), ElementsAre("STATE_REFUSED", "H-SRV-1"));
  EXPECT_THAT(ordered(R"("qty_milli":1500)", R"("qty_milli":-1)"), ElementsAre("SCHEMA"));
  EXPECT_THAT(ordered(R"("qty_milli":1500)", R"("qty_milli":1000000001)"), ElementsAre("SCHEMA"));
  EXPECT_THAT(ordered("3-1-1202", "9-9-9999"), ElementsAre("SCHEMA"));
  t.as("S-CSA").given("PaidServiceOrdered", ordered_json());
  EXPECT_THAT(refused("S-CSA", "PaidServiceOrdered", ordered_json()), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
