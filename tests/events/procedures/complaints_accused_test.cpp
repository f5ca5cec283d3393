// SPDX-License-Identifier: Apache-2.0
// Whom a complaint is against neither judges nor closes it (H-PRV-11), the company leader's cases
// (H-CMP-4) and more time for a case (H-CMP-3).
#include "events/procedures/complaint_cases.h"
#include "events/procedures/deadlines.h"

#include "tests/support/complaint_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AccusedTest : public HouseTest {
 protected:
  AccusedTest() { t.at("2025-10-20T09:00:00+08:00"); }
  void receive(std::string_view more) {
    t.as("S-CSA").given("ComplaintReceived", complaint_json("," + std::string(more)));
  }
  std::vector<std::string> refused(std::string_view who,
                                   std::string_view event,
                                   const std::string& body) {
    t.as(who);
    return rules_when(event, body);
  }
  void until_handled() {
    t.as("S-PS").given("ComplaintClassified", classified_json("MINOR"));
    t.as("S-CSM").given("ComplaintOpinionSigned", opinion_json());
    t.at("2025-10-20T10:00:00+08:00");
    t.as("S-CSA").given("ComplaintFormCollected", collected_json());
    t.as("S-ENGM").given("ComplaintHandled", handled_json("2025-10-20T10:00:00+08:00"));
  }
  std::string extension(std::string_view due, std::string_view by) {
    return of_complaint(
        {text("new_due", due), house_sealed("reason"), signatures({staff_signature(by)})});
  }
};

TEST_F(AccusedTest, TheSupervisorsCaseIsJudgedByTheManager) {
  receive(R"("accused_staff":"S-PS")");
  EXPECT_THAT(refused("S-PS", "ComplaintClassified", classified_json("MINOR")),
              ElementsAre("H-PRV-11"));
  EXPECT_THAT(refused("S-PM", "ComplaintClassified", classified_json("MINOR", "", "PM")),
              IsEmpty());
}

TEST_F(AccusedTest, WhereTheManagerIsAccusedTooItIsTheLeaders) {
  receive(R"("accused_staff":"S-PS","against_manager":true)");
  EXPECT_THAT(refused("S-PM", "ComplaintClassified", classified_json("MINOR", "", "PM")),
              ElementsAre("H-PRV-11"));
  EXPECT_THAT(refused("S-CL", "ComplaintClassified", classified_json("MINOR", "", "CL")),
              IsEmpty());
}

TEST_F(AccusedTest, TheCustomerManagersCaseIsSignedAndClosedByTheManager) {
  receive(R"("accused_staff":"S-CSM")");
  t.as("S-PS").given("ComplaintClassified", classified_json("MINOR"));
  EXPECT_THAT(refused("S-CSM", "ComplaintOpinionSigned", opinion_json()), ElementsAre("H-PRV-11"));
  EXPECT_THAT(refused("S-PM", "ComplaintOpinionSigned", opinion_json("PM")), IsEmpty());
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json()),
              ElementsAre("H-PRV-11", "H-CMP-6"));
}

// H-CMP-4
TEST_F(AccusedTest, CompensationIsTheLeaders) {
  receive(R"("asks_compensation":true)");
  until_handled();
  EXPECT_THAT(refused("S-CSM", "ComplaintResultApproved", agreed_json()), ElementsAre("H-CMP-4"));
  EXPECT_THAT(refused("S-CL", "ComplaintResultApproved", agreed_json("CL")), IsEmpty());
}

TEST_F(AccusedTest, WhatIsAgainstTheManagerIsTheLeaders) {
  receive(R"("against_manager":true)");
  until_handled();
  EXPECT_THAT(refused("S-PM", "ComplaintResultApproved", agreed_json("PM")),
              ElementsAre("H-CMP-4"));
  EXPECT_THAT(refused("S-CL", "ComplaintResultApproved", agreed_json("CL")), IsEmpty());
}

// H-CMP-3
TEST_F(AccusedTest, MoreTimeIsApprovedByWhoMay) {
  receive(R"("receiver_handles":true)");
  const std::string due = "2025-10-22T09:00:00+08:00";
  EXPECT_THAT(refused("S-CSM", "ComplaintExtensionApproved", extension(due, "CSM")),
              ElementsAre("STATE_REFUSED"));
  t.as("S-PS").given("ComplaintClassified", classified_json("IMPORTANT", R"("SERVICE_FAULT")"));
  EXPECT_THAT(refused("S-CSM", "ComplaintExtensionApproved", extension(due, "CSM")),
              ElementsAre("H-CMP-3"));
  EXPECT_THAT(refused("S-MDM", "ComplaintExtensionApproved", extension(due, "MDM")), IsEmpty());
  EXPECT_THAT(
      refused("S-MDM", "ComplaintExtensionApproved", extension("2025-10-20T20:00:00+08:00", "MDM")),
      ElementsAre("SCHEMA"))
      << "before the limit";
  t.as("S-PS").given("ComplaintReclassified",
                     reclassified_json("IMPORTANT", "MAJOR", R"("DAMAGE")"));
  const std::string later = "2025-11-20T09:00:00+08:00";
  EXPECT_THAT(refused("S-MDM", "ComplaintExtensionApproved", extension(later, "MDM")),
              ElementsAre("H-CMP-3"));
  EXPECT_THAT(refused("S-CL", "ComplaintExtensionApproved", extension(later, "CL")), IsEmpty());
}

TEST_F(AccusedTest, WhoApprovesOvertimeOfMinorOnesIsPolicy) {
  adopt(t, "complaint.minor_overtime_approver", "PM", "2025-01-01");
  receive(R"("receiver_handles":true)");
  t.as("S-PS").given("ComplaintClassified", classified_json("MINOR"));
  const std::string due = "2025-10-22T09:00:00+08:00";
  EXPECT_THAT(refused("S-CSM", "ComplaintExtensionApproved", extension(due, "CSM")),
              ElementsAre("H-CMP-3"));
  EXPECT_THAT(refused("S-PM", "ComplaintExtensionApproved", extension(due, "PM")), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
