// SPDX-License-Identifier: Apache-2.0
// The life of a complaint, its order, and who may do what in it.
#include "events/procedures/complaint_cases.h"
#include "events/procedures/deadlines.h"

#include "tests/support/complaint_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ComplaintsTest : public HouseTest {
 protected:
  ComplaintsTest() { on("09:00"); }
  ComplaintsTest& on(std::string_view time, std::string_view day = "2025-10-20") {
    at_ = std::string(day) + "T" + std::string(time) + ":00+08:00";
    t.at(at_);
    return *this;
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
  ComplaintStage stage() { return complaint_stage(t.world(), complaint_id); }
  void receive(std::string_view more = "") {
    as("S-CSA", "ComplaintReceived", complaint_json(more));
  }
  void classify(std::string_view severity = "MINOR", std::string_view grounds = "") {
    as("S-PS", "ComplaintClassified", classified_json(severity, grounds));
  }
  void hand_out() {
    as("S-CSM", "ComplaintOpinionSigned", opinion_json());
    on("10:00");
    as("S-CSA", "ComplaintFormCollected", collected_json());
  }
  void handle() {
    on("11:00");
    as("S-ENGM", "ComplaintHandled", handled_json(at_));
  }
  void reply() {
    as("S-CSM", "ComplaintResultApproved", agreed_json());
    as("S-CSA", "ComplaintReplied", replied_json(at_));
  }
  void until_replied() {
    receive();
    classify();
    hand_out();
    handle();
    reply();
  }
  std::string visit(std::string_view more = R"("satisfied":true)", std::string_view level = "CSA") {
    return return_visit_json("complaint:TS-1", "COMPLAINT", at_, more, level);
  }
  std::string at_;
};

TEST_F(ComplaintsTest, AValidComplaintGoesFromReceptionToItsEnd) {
  receive();
  EXPECT_EQ(stage(), ComplaintStage::received);
  classify();
  EXPECT_EQ(stage(), ComplaintStage::classified);
  hand_out();
  EXPECT_EQ(stage(), ComplaintStage::in_process);
  handle();
  reply();
  EXPECT_EQ(stage(), ComplaintStage::replied);
  as("S-CSA", "ComplaintCustomerOpinionSigned", customer_opinion_json());
  EXPECT_EQ(stage(), ComplaintStage::opinion_signed);
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_EQ(stage(), ComplaintStage::visited);
  as("S-CSM", "ComplaintClosed", closed_json());
  EXPECT_EQ(stage(), ComplaintStage::closed);
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(refused("S-CSA", "ComplaintReceived", complaint_json()),
              ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(ComplaintsTest, AnInvalidOneIsExplainedAndClosed) {
  receive();
  classify("");
  EXPECT_EQ(stage(), ComplaintStage::explain);
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json("EXPLAINED_INVALID")),
              ElementsAre("H-CMP-6"));
  as("S-CSA", "ComplaintReplied", replied_json(at_));
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json("SOLVED")), ElementsAre("SCHEMA"));
  as("S-CSM", "ComplaintClosed", closed_json("EXPLAINED_INVALID"));
  EXPECT_EQ(stage(), ComplaintStage::closed);
}

// H-CMP-1
TEST_F(ComplaintsTest, OnlyTheProjectSupervisorJudges) {
  receive();
  EXPECT_THAT(refused("S-PS", "ComplaintClassified", classified_json("MINOR", "", "CSM")),
              ElementsAre("H-CMP-1"));
  EXPECT_THAT(refused("S-PM", "ComplaintClassified", classified_json("MINOR")),
              ElementsAre("H-CMP-1"));
  EXPECT_THAT(refused("S-CSA", "ComplaintClassified", classified_json("MINOR")),
              ElementsAre("ROLE"));
  classify();
  EXPECT_THAT(refused("S-PM",
                      "ComplaintReclassified",
                      reclassified_json("MINOR", "MAJOR", R"("DAMAGE")", "PM")),
              ElementsAre("H-CMP-1"));
}

TEST_F(ComplaintsTest, AClassHasItsSeverityAndItsGrounds) {
  receive();
  for (const std::string& body : {classified_json("MAJOR"),
                                  classified_json("MAJOR", R"("SERVICE_FAULT")"),
                                  classified_json("IMPORTANT", R"("OUTAGE")"),
                                  classified_json("MINOR", R"("DAMAGE")"),
                                  replaced(classified_json(""), "INVALID", "VALID"),
                                  replaced(classified_json("MINOR"), "VALID", "INVALID")}) {
    EXPECT_THAT(refused("S-PS", "ComplaintClassified", body), Contains("SCHEMA")) << body;
  }
  EXPECT_THAT(refused("S-PS", "ComplaintClassified", classified_json("MAJOR", R"("DAMAGE")")),
              IsEmpty());
}

TEST_F(ComplaintsTest, AnotherJudgementNamesTheOldAndChangesSomething) {
  receive();
  EXPECT_THAT(refused("S-PS",
                      "ComplaintReclassified",
                      reclassified_json("MINOR", "IMPORTANT", R"("SERVICE_FAULT")")),
              Contains("STATE_REFUSED"));
  classify();
  EXPECT_THAT(refused("S-PS", "ComplaintReclassified", reclassified_json("MINOR", "MINOR")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-PS", "ComplaintReclassified", reclassified_json("MAJOR", "MINOR")),
              ElementsAre("SCHEMA"));
  hand_out();
  as("S-PS", "ComplaintReclassified", reclassified_json("MINOR", "MAJOR", R"("DAMAGE")"));
  EXPECT_EQ(stage(), ComplaintStage::in_process) << "another severity leaves it where it is";
  as("S-PS", "ComplaintReclassified", reclassified_json("MAJOR", ""));
  EXPECT_EQ(stage(), ComplaintStage::explain);
  as("S-PS", "ComplaintReclassified", reclassified_json("", "MINOR"));
  EXPECT_EQ(stage(), ComplaintStage::classified);
}

// H-CMP-2
TEST_F(ComplaintsTest, TheResultIsAnsweredAfterTheManagerAgreed) {
  receive();
  EXPECT_THAT(refused("S-CSA", "ComplaintReplied", replied_json(at_)),
              ElementsAre("STATE_REFUSED"));
  classify();
  EXPECT_THAT(refused("S-CSA", "ComplaintReplied", replied_json(at_)), ElementsAre("H-CMP-2"));
  hand_out();
  handle();
  EXPECT_THAT(refused("S-CSA", "ComplaintReplied", replied_json(at_)), ElementsAre("H-CMP-2"));
  EXPECT_THAT(refused("S-CSM", "ComplaintResultApproved", agreed_json("PM")),
              ElementsAre("SCHEMA"));
  reply();
  EXPECT_THAT(refused("S-CSA", "ComplaintReplied", replied_json(at_)),
              ElementsAre("STATE_REFUSED"));
}

// H-CMP-5
TEST_F(ComplaintsTest, TheFormIsCollectedAfterTheOpinionWasSigned) {
  receive();
  classify();
  on("10:00");
  EXPECT_THAT(refused("S-CSA", "ComplaintFormCollected", collected_json()), ElementsAre("H-CMP-5"));
  EXPECT_THAT(refused("S-CSM", "ComplaintOpinionSigned", opinion_json("CSA")),
              ElementsAre("SCHEMA"));
  as("S-CSM", "ComplaintOpinionSigned", opinion_json());
  EXPECT_THAT(
      refused("S-CSA",
              "ComplaintFormCollected",
              replaced(collected_json(), R"("dept_head":"S-ENGM")", R"("dept_head":"S-SECM")")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-CSA", "ComplaintFormCollected", collected_json()), IsEmpty());
}

TEST_F(ComplaintsTest, TheHeadWhoCollectedTheFormReports) {
  receive();
  classify();
  hand_out();
  on("11:00");
  EXPECT_THAT(refused("S-SECM", "ComplaintHandled", handled_json(at_)), ElementsAre("SCHEMA"));
  EXPECT_THAT(refused("S-ENGM", "ComplaintHandled", handled_json("2025-10-21T10:00:00+08:00")),
              ElementsAre("SCHEMA"))
      << "to come";
  EXPECT_THAT(refused("S-ENGM", "ComplaintHandled", handled_json("2025-10-19T10:00:00+08:00")),
              ElementsAre("SCHEMA"))
      << "before the complaint";
  EXPECT_THAT(refused("S-ENGM", "ComplaintHandled", handled_json(at_)), IsEmpty());
}

// H-CMP-6
TEST_F(ComplaintsTest, ClosesAfterReplyOpinionAndVisit) {
  until_replied();
  const auto facts = [this] {
    std::vector<std::string> missing;
    for (const Refusal& refusal : t.as("S-CSM").when("ComplaintClosed", closed_json())) {
      EXPECT_EQ(refusal.rule, "H-CMP-6");
      std::ranges::transform(refusal.facts, std::back_inserter(missing), &Fact::value);
    }
    return missing;
  };
  EXPECT_THAT(facts(), ElementsAre("ComplaintCustomerOpinionSigned", "ReturnVisitCompleted"));
  as("S-CSA", "ReturnVisitCompleted", visit());
  EXPECT_THAT(facts(), ElementsAre("ComplaintCustomerOpinionSigned"));
  as("S-CSA", "ComplaintCustomerOpinionSigned", customer_opinion_json());
  EXPECT_EQ(stage(), ComplaintStage::visited) << "the sheet may come after the visit";
  EXPECT_THAT(facts(), IsEmpty());
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json("EXPLAINED_INVALID")),
              ElementsAre("SCHEMA"));
}

TEST_F(ComplaintsTest, TheCustomerSignsOrHisRefusalIsWitnessed) {
  until_replied();
  const auto opinion = [this](const std::string& body) {
    return refused("S-CSA", "ComplaintCustomerOpinionSigned", body);
  };
  EXPECT_THAT(opinion(of_complaint({house_sealed("opinion")})), ElementsAre("SCHEMA"));
  EXPECT_THAT(opinion(of_complaint(
                  {house_sealed("opinion"), signatures({signature("CUSTOMER", house_tenant)})})),
              ElementsAre("SCHEMA"))
      << "it is not the one who complained";
  EXPECT_THAT(opinion(of_complaint({"\"refused\":true", signatures({staff_signature("CSA")})})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(opinion(of_complaint({"\"refused\":true", house_sealed("refusal_note")})),
              ElementsAre("SCHEMA"));
  as("S-CSA",
     "ComplaintCustomerOpinionSigned",
     of_complaint(
         {"\"refused\":true", house_sealed("refusal_note"), signatures({staff_signature("CSA")})}));
  EXPECT_EQ(stage(), ComplaintStage::opinion_signed);
}

TEST_F(ComplaintsTest, ADissatisfiedCustomerSendsItBack) {
  until_replied();
  as("S-CSA", "ComplaintCustomerOpinionSigned", customer_opinion_json("UNSATISFIED"));
  EXPECT_EQ(stage(), ComplaintStage::assigned);
  as("S-CSA", "ComplaintFormCollected", collected_json("2025-10-20T11:00:00+08:00"));
  handle();
  reply();
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json()), ElementsAre("H-CMP-6"))
      << "a new round needs a new opinion";
  as("S-CSA", "ReturnVisitCompleted", visit(R"("satisfied":false)"));
  EXPECT_EQ(stage(), ComplaintStage::assigned);
}

TEST_F(ComplaintsTest, ThreeAttemptsStandForTheVisit) {
  until_replied();
  as("S-CSA", "ComplaintCustomerOpinionSigned", customer_opinion_json());
  const auto attempt = [this](int nth) {
    return json({text("source", "complaint:TS-1"),
                 "\"attempt_no\":" + std::to_string(nth),
                 text("at", at_)});
  };
  EXPECT_THAT(refused("S-CSA", "ReturnVisitFailed", attempt(2)), ElementsAre("SCHEMA"));
  as("S-CSA", "ReturnVisitFailed", attempt(1));
  as("S-CSA", "ReturnVisitFailed", attempt(2));
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json()), ElementsAre("H-CMP-6"));
  as("S-CSA", "ReturnVisitFailed", attempt(3));
  EXPECT_EQ(stage(), ComplaintStage::visited);
  EXPECT_THAT(refused("S-CSM", "ComplaintClosed", closed_json("CANNOT_SOLVE_EXPLAINED")),
              IsEmpty());
}

TEST_F(ComplaintsTest, AReopenedOneIsJudgedAgain) {
  until_replied();
  EXPECT_THAT(refused("S-CSA", "ComplaintReopened", reopened_json()), ElementsAre("STATE_REFUSED"));
  as("S-CSA", "ReturnVisitCompleted", visit());
  on("09:00", "2025-10-22");
  as("S-CSA", "ComplaintReopened", reopened_json());
  EXPECT_EQ(stage(), ComplaintStage::received);
  as("S-PS", "ComplaintClassified", classified_json("IMPORTANT", R"("SERVICE_FAULT")"));
  const auto due = t.world().get<ObligationState>(obligation_key("D-CMP-4", "complaint:TS-1"));
  EXPECT_EQ(due.due_at, *parse_instant("2025-10-23T09:00:00+08:00"));
}

TEST_F(ComplaintsTest, TheRestIsKeptWithTheCase) {
  EXPECT_THAT(refused("S-QD",
                      "ComplaintCauseAnalysed",
                      of_complaint({text("cause", "电梯"), text("prevention", "月检")})),
              ElementsAre("STATE_REFUSED"));
  receive();
  as("S-QD",
     "ComplaintCauseAnalysed",
     of_complaint({text("cause", "电梯"), text("prevention", "月检")}));
  EXPECT_EQ(t.world().get<ComplaintState>(complaint_id).cause, "电梯");
  const std::string report = of_complaint({house_attachment("report")});
  EXPECT_THAT(refused("S-QD", "MajorComplaintReportPublished", report), ElementsAre("SCHEMA"));
  classify("MAJOR", R"("DAMAGE")");
  EXPECT_THAT(refused("S-QD", "MajorComplaintReportPublished", report), IsEmpty());
}

TEST_F(ComplaintsTest, ReceptionNamesWhatIsRegistered) {
  const auto received = [this](std::string_view from, std::string_view to) {
    return refused("S-CSA", "ComplaintReceived", replaced(complaint_json(), from, to));
  };
  EXPECT_THAT(received("S-CSA", "S-NOBODY"), ElementsAre("SCHEMA"));
  EXPECT_THAT(received(R"("channel")", R"("unit":"9-9-9999","channel")"), ElementsAre("SCHEMA"));
  EXPECT_THAT(received(R"("channel")", R"("repair_id":"R-9","channel")"), ElementsAre("SCHEMA"));
  EXPECT_THAT(received(text("customer", house_owner) + ",", ""), ElementsAre("SCHEMA"))
      << "a caller without name and unit";
  EXPECT_THAT(received(R"("channel")", R"("customer_term":"2025-10-20T08:00:00+08:00","channel")"),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
