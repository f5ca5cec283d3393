// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/charges.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/repair_cases.h"
#include "events/schema/common_generated.h"

#include "tests/support/complaint_steps.h"
#include "tests/support/repair_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RepairsTest : public HouseTest {
 protected:
  RepairsTest() { on("09:00"); }
  void on(std::string_view time, std::string_view day = "2025-10-20") {
    at_ = std::string(day) + "T" + std::string(time) + ":00+08:00";
    t.at(at_);
  }
  void as(std::string_view who, std::string_view event, const std::string& body) {
    t.as(who).given(event, body);
  }
  std::vector<std::string> refused(std::string_view who,
                                   std::string_view event,
                                   const std::string& body) {
    t.as(who);
    return rules_when(event, body);
  }
  void until_claimed(const std::string& reported = repair_json()) {
    as("S-CSA", "RepairReported", reported);
    as("S-CSA", "RepairDispatched", at_json(at_));
    as("S-ENG", "RepairOrderClaimed", claimed_json(at_));
    on("11:00");
  }
  std::string visit(std::string_view level = "CSA") {
    return return_visit_json("repair:R-1", "REPAIR", at_, R"("satisfied":true)", level);
  }
  RepairStage stage() { return repair_stage(t.world(), repair_id); }
  RepairState state() { return t.world().get<RepairState>(repair_id); }
  ObligationState of(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "repair:R-1"));
  }
  std::string at_;
};

TEST_F(RepairsTest, ARepairGoesFromTheReportToTheVisit) {
  until_claimed();
  EXPECT_EQ(stage(), RepairStage::claimed);
  as("S-ENG", "RepairCompleted", done_json(at_));
  EXPECT_EQ(stage(), RepairStage::completed);
  as("S-ENG", "RepairOrderReturned", at_json(at_));
  EXPECT_EQ(stage(), RepairStage::returned);
  EXPECT_THAT(refused("S-ENG", "RepairOrderReturned", at_json(at_)), ElementsAre("SCHEMA"));
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_EQ(stage(), RepairStage::closed) << "nothing to be charged";
  EXPECT_THAT(refused("S-CSA", "RepairReported", repair_json()),
              ElementsAre("SCHEMA", "STATE_REFUSED"))
      << "the order number is used too";
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", done_json(at_)), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(RepairsTest, TheVisitDoesNotWaitForThePaper) {
  until_claimed();
  as("S-ENG", "RepairCompleted", done_json(at_));
  as("S-CSA", "ReturnVisitCompleted", visit());
  as("S-ENG", "RepairOrderReturned", at_json(at_));
  EXPECT_EQ(stage(), RepairStage::closed);
  EXPECT_TRUE(state().returned);
}

// H-RPR-1
TEST_F(RepairsTest, TheRecordOfAnOrderIsComplete) {
  const std::vector<std::pair<std::string, std::string>> fields{
      {R"("room":"大堂",)", "room"},
      {house_sealed("content") + ",", "content"},
      {R"("fault":"灯不亮",)", "fault"},
      {R"("reported_at":"2025-10-20T09:00:00+08:00",)", "reported_at"},
      {R"("receiver":"S-CSA",)", "receiver"},
      {house_sealed("phone") + ",", "phone"}};
  for (const auto& [field, name] : fields) {
    const Refusals refusals =
        t.as("S-CSA").when("RepairReported", replaced(repair_json(), field, ""));
    ASSERT_EQ(refusals.size(), 1U) << name;
    EXPECT_EQ(refusals[0].rule, "H-RPR-1");
    EXPECT_EQ(refusals[0].facts[0].value, name);
  }
  EXPECT_THAT(refused("S-CSA", "RepairReported", repair_json()), IsEmpty());
}

TEST_F(RepairsTest, SecurityTakesRepairsDownOutOfHours) {
  EXPECT_THAT(refused("S-SEC", "RepairReported", repair_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(
      refused("S-SEC", "RepairReported", repair_json("EMERGENCY", R"(,"after_hours":true)")),
      IsEmpty());
  const std::string early = R"(,"appointment":"2025-10-20T08:00:00+08:00")";
  EXPECT_THAT(refused("S-CSA", "RepairReported", repair_json("GENERAL", early)),
              ElementsAre("SCHEMA"));
}

// H-RPR-2
TEST_F(RepairsTest, WhatItCostsIsExplainedBeforeTheWork) {
  until_claimed();
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", paid_json(at_)), IsEmpty());
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", paid_json(at_, at_)), ElementsAre("H-RPR-2"))
      << "when it was done";
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", paid_json(at_, "2025-10-20T08:59:00+08:00")),
              Contains("H-RPR-2"));
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", done_json(at_, R"(,"labour_fen":1)")),
              ElementsAre("H-RPR-2"));
}

TEST_F(RepairsTest, MaterialsHaveQuantitiesAndPricesThatFit) {
  until_claimed();
  const auto done = [this](std::string_view qty, std::string_view price) {
    const std::string bulbs = replaced(paid_json(at_), "2000", qty);
    return refused("S-ENG", "RepairCompleted", replaced(bulbs, "1250", price));
  };
  EXPECT_THAT(done("-1", "1250"), ElementsAre("SCHEMA"));
  EXPECT_THAT(done("1000000001", "1"), ElementsAre("SCHEMA"));
  EXPECT_THAT(done("1000000", "1000000000000000"), ElementsAre("SCHEMA"));
  EXPECT_THAT(done("1000000", "900000000000"), IsEmpty());
}

TEST_F(RepairsTest, APaidOrderIsExplainedEvenWithoutMaterials) {
  until_claimed(repair_json("GENERAL", R"(,"paid":true)"));
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", done_json(at_)), ElementsAre("H-RPR-2"));
}

TEST_F(RepairsTest, WhatWasExplainedAtTheDeskIsExplained) {
  until_claimed(repair_json("GENERAL", R"(,"paid":true,"charge_explained":true)"));
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", done_json(at_, R"(,"labour_fen":500)")),
              IsEmpty());
}

// H-RPR-3
TEST_F(RepairsTest, WhoReportedItSignsThatItIsDone) {
  until_claimed();
  const auto by = [this](const std::string& signature_block) {
    return refused("S-ENG",
                   "RepairCompleted",
                   of_repair({text("finished_at", at_), signatures({signature_block})}));
  };
  EXPECT_THAT(by(signature("CUSTOMER", house_tenant)), ElementsAre("H-RPR-3"));
  EXPECT_THAT(by(staff_signature("CSA")), ElementsAre("H-RPR-3"));
  EXPECT_THAT(by(signature("CONTRACTOR", house_owner)), ElementsAre("H-RPR-3"));
  EXPECT_THAT(by(signature("OWNER", house_owner)), IsEmpty());
}

TEST_F(RepairsTest, AnOrderOfStaffIsSignedByThem) {
  until_claimed(replaced(repair_json(), R"("reporter":")" + house_owner, R"("reporter":"S-ENV)"));
  EXPECT_THAT(refused("S-ENG", "RepairCompleted", done_json(at_)), ElementsAre("H-RPR-3"));
  EXPECT_THAT(refused("S-ENG",
                      "RepairCompleted",
                      of_repair({text("finished_at", at_), signatures({staff_signature("ENV")})})),
              IsEmpty());
}

// H-RPR-4
TEST_F(RepairsTest, TheEngineerSignsWhenHeCollects) {
  as("S-CSA", "RepairReported", repair_json());
  EXPECT_THAT(refused("S-ENG", "RepairOrderClaimed", claimed_json(at_)),
              ElementsAre("STATE_REFUSED"));
  as("S-CSA", "RepairDispatched", at_json(at_));
  EXPECT_THAT(refused("S-ENG", "RepairOrderClaimed", claimed_json(at_, "ENV")),
              ElementsAre("H-RPR-4"));
  EXPECT_THAT(
      refused(
          "S-ENG", "RepairOrderClaimed", of_repair({text("engineer", "S-ENG"), text("at", at_)})),
      ElementsAre("H-RPR-4"));
  EXPECT_THAT(refused("S-ENG", "RepairOrderClaimed", claimed_json(at_)), IsEmpty());
}

// H-RPR-5
TEST_F(RepairsTest, TheMonthNamesWhatTheFeeDeskAssessed) {
  until_claimed();
  as("S-ENG", "RepairCompleted", paid_json(at_));
  EXPECT_EQ(state().materials, Fen{2'500});
  EXPECT_EQ(state().labour, Fen{3'000});
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_EQ(stage(), RepairStage::visited) << "not charged yet";
  EXPECT_TRUE(lacks_charge(t.world(), repair_id));
  const auto month = [this](std::string_view amount, std::string_view ym = "2025-10") {
    const std::string item = R"({"repair_id":"R-1","charge_id":"C-1","amount_fen":)";
    return refused("S-CAS",
                   "RepairMonthlyFeeRecorded",
                   json({text("ym", ym), "\"items\":[" + item + std::string(amount) + "}]"}));
  };
  EXPECT_THAT(month("5500"), ElementsAre("H-RPR-5"));
  register_unit(t);
  as("S-CAS",
     "ChargeAssessed",
     json({text("charge_id", "C-1"),
           unit_field(),
           text("party", house_owner),
           text("party_kind", "OWNER"),
           text("purpose", "REPAIR"),
           text("case_ref", "repair:R-1"),
           R"("amount_fen":5500)",
           text("due", "2025-10-31"),
           text("tariff_ver", "2025"),
           text("calc", "2*12.50+30")}));
  EXPECT_FALSE(lacks_charge(t.world(), repair_id));
  EXPECT_THAT(month("5501"), ElementsAre("H-RPR-5"));
  EXPECT_THAT(month("5500", "2025-11"), ElementsAre("SCHEMA"));
  EXPECT_THAT(month("5500"), IsEmpty());
}

TEST_F(RepairsTest, OrdersAreUrgedAndCancelledBeforeTheyAreCollected) {
  as("S-CSA", "RepairReported", repair_json());
  const auto urged = [this](int nth) {
    return of_repair({"\"nth\":" + std::to_string(nth), text("at", at_)});
  };
  EXPECT_THAT(refused("S-CSA", "RepairUrged", urged(2)), ElementsAre("SCHEMA"));
  as("S-CSA", "RepairUrged", urged(1));
  as("S-CSA", "RepairUrged", urged(2));
  as("S-CSA", "RepairCancelled", rework_json());
  EXPECT_EQ(stage(), RepairStage::cancelled);
  EXPECT_EQ(of("D-RPR-1").end, ObligationEnd::lapsed);
  EXPECT_THAT(refused("S-CSA", "RepairDispatched", at_json(at_)), ElementsAre("STATE_REFUSED"));
}

TEST_F(RepairsTest, AnEmergencyIsCollectedSooner) {
  as("S-CSA", "RepairReported", repair_json("EMERGENCY"));
  as("S-CSA", "RepairDispatched", at_json(at_));
  EXPECT_EQ(of("D-RPR-2").rounds, 0U);
  EXPECT_EQ(of("D-RPR-2-URGENT").due_at, *parse_instant("2025-10-20T09:10:00+08:00"));
}

TEST_F(RepairsTest, TheVisitIsDueOnTheDayOrAfterTheShiftOnTheNextWorkingDay) {
  until_claimed();
  EXPECT_EQ(of("D-RPR-2").end, ObligationEnd::met);
  as("S-ENG", "RepairCompleted", done_json(at_));
  EXPECT_EQ(of("D-RPR-3").due_at, *parse_instant("2025-10-21T00:00:00+08:00"));
  t.as("S-ENG").given("ReturnVisitCompleted",
                      replaced(visit("PROVIDER"),
                               R"("channel")",
                               signatures({signature("CUSTOMER", house_owner)}) + R"(,"channel")"));
  EXPECT_EQ(of("D-RPR-3").end, ObligationEnd::running) << "the front desk's duty is its own";
  EXPECT_EQ(stage(), RepairStage::completed);
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_EQ(of("D-RPR-3").end, ObligationEnd::met);
  EXPECT_THAT(refused("S-CSA", "ReturnVisitCompleted", visit()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(refused("S-QD", "ReturnVisitCompleted", visit("QD_SAMPLE")), IsEmpty());
}

TEST_F(RepairsTest, AfterFiveOnFridayTheVisitIsDueOnMonday) {
  until_claimed();
  on("17:30", "2025-10-24");
  as("S-ENG", "RepairCompleted", done_json(at_));
  EXPECT_EQ(of("D-RPR-3").due_at, *parse_instant("2025-10-28T00:00:00+08:00"));
}

TEST_F(RepairsTest, ReworkGoesBackAndIsVisitedWithinADay) {
  until_claimed();
  EXPECT_THAT(refused("S-CSA", "ReworkOrdered", rework_json()), ElementsAre("STATE_REFUSED"));
  as("S-ENG", "RepairCompleted", done_json(at_));
  as("S-CSA", "ReturnVisitCompleted", visit());
  as("S-CSA", "ComplaintReceived", complaint_json(R"(,"repair_id":"R-1")"));
  on("12:00");
  as("S-CSA", "ReworkOrdered", rework_json());
  EXPECT_EQ(of("D-RV-5").due_at, *parse_instant("2025-10-21T11:00:00+08:00"))
      << "from the complaint";
  EXPECT_EQ(stage(), RepairStage::dispatched);
  EXPECT_EQ(state().reworks, 1U);
  as("S-ENG", "RepairOrderClaimed", claimed_json(at_));
  as("S-ENG", "RepairCompleted", done_json(at_));
  as("S-CSA", "ReturnVisitCompleted", visit("SPECIAL"));
  EXPECT_EQ(of("D-RV-5").end, ObligationEnd::met);
  on("13:00");
  as("S-QD", "ReworkOrdered", rework_json());
  EXPECT_EQ(of("D-RV-5").due_at, *parse_instant("2025-10-21T13:00:00+08:00"))
      << "nobody complained";
}

TEST_F(RepairsTest, TheEarlyShiftListsWhatIsOut) {
  const auto listed = [this](std::string_view list) {
    return refused("S-CSA",
                   "RepairNotReturnedReported",
                   json({text("day", "2025-10-20"),
                         "\"list\":[" + std::string(list) + "]",
                         text("to", "S-CSM"),
                         house_sealed("reason")}));
  };
  until_claimed();
  EXPECT_THAT(listed(R"("R-1")"), IsEmpty());
  EXPECT_THAT(listed(R"("R-1","R-1")"), ElementsAre("SCHEMA"));
  EXPECT_THAT(listed(R"("R-9")"), ElementsAre("SCHEMA"));
  as("S-ENG", "RepairCompleted", done_json(at_));
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_THAT(listed(R"("R-1")"), IsEmpty()) << "visited, but the paper is out";
  as("S-ENG", "RepairOrderReturned", at_json(at_));
  EXPECT_THAT(listed(R"("R-1")"), ElementsAre("SCHEMA"));
}

TEST_F(RepairsTest, AWeeksSampleIsDrawnOnce) {
  as("S-CSA", "RepairReported", repair_json());
  const auto sample = [this](std::string_view ids, int population) {
    return refused("S-QD",
                   "ReturnVisitSampleDrawn",
                   json({text("week", "2025-W43"),
                         "\"population\":" + std::to_string(population),
                         "\"sample\":[" + std::string(ids) + "]"}));
  };
  EXPECT_THAT(sample(R"("R-9")", 3), ElementsAre("SCHEMA"));
  EXPECT_THAT(sample(R"("R-1","R-1")", 3), ElementsAre("SCHEMA"));
  EXPECT_THAT(sample("", 3), ElementsAre("SCHEMA"));
  EXPECT_THAT(sample(R"("R-1")", 1), IsEmpty());
  as("S-QD", "ReturnVisitSampleDrawn", R"({"week":"2025-W43","population":3,"sample":["R-1"]})");
  EXPECT_THAT(sample(R"("R-1")", 1), ElementsAre("SCHEMA"));
}

TEST_F(RepairsTest, LargeDefectsAreLookedAtAgain) {
  const std::string visited = of_repair(
      {text("visitor", "S-ENV"), text("effect", "不再渗水"), text("visited_on", "2025-10-20")});
  EXPECT_THAT(refused("S-ENV", "DefectFollowUpVisited", visited), ElementsAre("SCHEMA"));
  as("S-CSA", "RepairReported", repair_json());
  EXPECT_THAT(refused("S-ENV", "DefectFollowUpVisited", visited), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
