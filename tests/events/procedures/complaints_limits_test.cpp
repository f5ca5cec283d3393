// SPDX-License-Identifier: Apache-2.0
// The limits of a complaint by its class: SC11 of the domain, and what moves them.
#include "events/procedures/complaint_cases.h"
#include "events/procedures/obligations.h"

#include "tests/support/complaint_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

UnixMicros moment(std::string_view day, std::string_view time) {
  return *parse_instant(std::string(day) + "T" + std::string(time) + ":00+08:00");
}

class LimitsTest : public HouseTest {
 protected:
  LimitsTest() { on("2025-10-20", "09:00"); }
  void on(std::string_view day, std::string_view time) {
    at_ = std::string(day) + "T" + std::string(time) + ":00+08:00";
    t.at(at_);
  }
  void receive(std::string_view more = "") {
    t.as("S-CSA").given("ComplaintReceived", complaint_json(more));
  }
  void classify(std::string_view severity, std::string_view grounds = "") {
    t.as("S-PS").given("ComplaintClassified", classified_json(severity, grounds));
  }
  ObligationState of(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "complaint:TS-1"));
  }
  bool runs(std::string_view rule) {
    return running_obligation(t.world(), rule, "complaint:TS-1") != nullptr;
  }
  void until_handled(std::string_view day, std::string_view time) {
    t.as("S-CSM").given("ComplaintOpinionSigned", opinion_json());
    t.as("S-CSA").given("ComplaintFormCollected", collected_json(at_));
    on(day, time);
    t.as("S-ENGM").given("ComplaintHandled", handled_json(at_));
  }
  std::string at_;
};

TEST_F(LimitsTest, AMinorOneHasHalfADayOfTheOffice) {
  receive();
  on("2025-10-20", "09:12");
  t.as("S-CSA").given("ComplaintForwarded", of_complaint({text("dept", "ENG"), text("at", at_)}));
  EXPECT_EQ(of("D-CMP-1").end, ObligationEnd::met_late);
  on("2025-10-20", "09:30");
  classify("MINOR");
  EXPECT_EQ(of("D-CMP-3").begun_at, moment("2025-10-20", "09:00"));
  EXPECT_EQ(of("D-CMP-3").due_at, moment("2025-10-20", "14:10"));
  EXPECT_EQ(of("D-CMP-9").due_at, moment("2025-10-27", "09:00"));
  EXPECT_FALSE(runs("D-CMP-2"));
}

// The rest of SC11: approved too late, then one of five complaints about a lift.
TEST_F(LimitsTest, ALateExtensionLeavesTheBreachAndAMajorOneCountsFromItsArrival) {
  receive();
  classify("MINOR");
  on("2025-10-20", "14:30");
  const std::string until = text("new_due", "2025-10-21T14:30:00+08:00");
  t.as("S-CSM").given(
      "ComplaintExtensionApproved",
      of_complaint({until, house_sealed("reason"), signatures({staff_signature("CSM")})}));
  EXPECT_EQ(of("D-CMP-3").due_at, moment("2025-10-20", "14:10"));
  on("2025-10-21", "10:00");
  t.as("S-PS").given("ComplaintReclassified",
                     reclassified_json("MINOR", "MAJOR", R"("MANY_CUSTOMERS")"));
  EXPECT_EQ(of("D-CMP-3").end, ObligationEnd::lapsed);
  EXPECT_EQ(of("D-CMP-5a").due_at, moment("2025-10-22", "09:00"));
  EXPECT_EQ(of("D-CMP-5b").due_at, moment("2025-11-04", "09:00"));
  EXPECT_EQ(of("D-CMP-2").due_at, moment("2025-10-21", "10:10")) << "known from now on";
  t.as("S-CSA").given("ComplaintInterimReplyGiven",
                      interim_json(false, "2025-10-21T16:00:00+08:00"));
  EXPECT_TRUE(runs("D-CMP-5a"));
  EXPECT_EQ(of("D-CMP-10").due_at, moment("2025-10-21", "16:00"));
  on("2025-10-21", "17:00");
  t.as("S-CSA").given("ComplaintInterimReplyGiven", interim_json(true));
  EXPECT_EQ(of("D-CMP-5a").end, ObligationEnd::met);
  EXPECT_EQ(of("D-CMP-10").end, ObligationEnd::met_late) << "promised for 16:00";
  until_handled("2025-10-24", "15:00");
  EXPECT_EQ(of("D-CMP-5b").end, ObligationEnd::met);
  EXPECT_EQ(of("D-CMP-6").due_at, moment("2025-10-25", "00:00"));
  EXPECT_EQ(of("D-CMP-7").due_at, moment("2025-10-25", "15:00"));
  t.as("S-CSM").given("ComplaintResultApproved", agreed_json());
  t.as("S-CSA").given("ComplaintReplied", replied_json(at_));
  EXPECT_EQ(of("D-CMP-6").end, ObligationEnd::met);
  on("2025-10-25", "15:01");
  t.as("S-CSA").given("ReturnVisitCompleted",
                      return_visit_json("complaint:TS-1", "COMPLAINT", at_));
  EXPECT_EQ(of("D-CMP-7").end, ObligationEnd::met_late);
}

TEST_F(LimitsTest, ATimelyExtensionMovesTheLimit) {
  receive();
  classify("IMPORTANT", R"("SERVICE_FAULT")");
  EXPECT_EQ(of("D-CMP-4").due_at, moment("2025-10-21", "09:00"));
  t.as("S-MDM").given("ComplaintExtensionApproved",
                      of_complaint({text("new_due", "2025-10-23T09:00:00+08:00"),
                                    house_sealed("reason"),
                                    signatures({staff_signature("MDM")})}));
  EXPECT_EQ(of("D-CMP-4").due_at, moment("2025-10-23", "09:00"));
  EXPECT_EQ(t.world().get<ComplaintState>(complaint_id).due_at, moment("2025-10-23", "09:00"));
}

TEST_F(LimitsTest, TheCustomersTermTakesThePlaceOfHalfADay) {
  receive(R"(,"customer_term":"2025-10-22T12:00:00+08:00")");
  classify("MINOR");
  EXPECT_EQ(of("D-CMP-3").due_at, moment("2025-10-22", "12:00"));
}

TEST_F(LimitsTest, WhatWasReportedBeforeItWasJudgedIsReported) {
  receive();
  on("2025-10-20", "09:05");
  t.as("S-CSA").given("ComplaintEscalated", of_complaint({text("to", "S-CSM"), text("at", at_)}));
  on("2025-10-20", "12:00");
  classify("IMPORTANT", R"("SERVICE_FAULT")");
  EXPECT_EQ(of("D-CMP-2").end, ObligationEnd::met);
}

TEST_F(LimitsTest, AnInvalidOneHasNoneAndEndsThose) {
  receive(R"(,"receiver_handles":true)");
  EXPECT_FALSE(runs("D-CMP-1"));
  classify("MAJOR", R"("OUTAGE")");
  EXPECT_TRUE(runs("D-CMP-5b"));
  t.as("S-PS").given("ComplaintReclassified", reclassified_json("MAJOR", ""));
  for (const std::string_view rule : {"D-CMP-2", "D-CMP-5a", "D-CMP-5b", "D-CMP-9"}) {
    EXPECT_EQ(of(rule).end, ObligationEnd::lapsed) << rule;
  }
}

// Friday 16:40: half an hour until 17:10, the rest on Monday.
TEST_F(LimitsTest, OfficeHoursSkipTheWeekendAndFollowThePolicy) {
  const UnixMicros friday = moment("2025-10-24", "16:40");
  EXPECT_EQ(after_office_minutes(t.world(), friday, 30), moment("2025-10-24", "17:10"));
  EXPECT_EQ(after_office_minutes(t.world(), friday, 90), moment("2025-10-27", "09:30"));
  adopt(t, "calendar.office_hours", "09:00-18:00", "2025-01-01");
  EXPECT_EQ(after_office_minutes(t.world(), friday, 90), moment("2025-10-27", "09:10"));
}

TEST_F(LimitsTest, HoursThatAreNoTimesAreTheSeeds) {
  for (const std::string_view hours : {"from nine", "09:00-18:00 17:00-19:00", "09:00-25:00"}) {
    RuleTester fresh;
    adopt(fresh, "calendar.office_hours", hours, "2025-01-01");
    EXPECT_EQ(after_office_minutes(fresh.world(), moment("2025-10-24", "16:40"), 90),
              moment("2025-10-27", "09:30"))
        << hours;
  }
}

TEST_F(LimitsTest, ANextReplyNeedsItsTime) {
  receive();
  t.as("S-CSA");
  EXPECT_EQ(rules_when("ComplaintInterimReplyGiven", interim_json(false)),
            std::vector<std::string>{"SCHEMA"});
  EXPECT_EQ(
      rules_when("ComplaintInterimReplyGiven", interim_json(false, "2025-10-20T08:00:00+08:00")),
      std::vector<std::string>{"SCHEMA"});
}

}  // namespace
}  // namespace juanzong::testing
