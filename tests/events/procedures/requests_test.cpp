// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"

#include "tests/support/complaint_steps.h"
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view nine = "2025-03-03T09:00:00+08:00";

std::string of_request(std::initializer_list<std::string> fields) {
  return "{" + text("request_id", "Q-1") + "," + json(fields).substr(1);
}
std::string received_json(std::string_view more = "") {
  return of_request({text("kind", "SUGGESTION") + std::string(more), house_sealed("content")});
}
std::string promise_json(std::string_view at) {
  return of_request({text("promised_at", at)});
}

class RequestsTest : public HouseTest {
 protected:
  RequestsTest() { t.at(nine).as("S-CSA"); }
  std::string forwarded_json() { return of_request({text("dept", "ENG"), text("at", nine)}); }
  std::string replied_json() { return of_request({text("at", nine), house_sealed("answer")}); }
  std::string handled_json(std::string_view by = "S-ENG") {
    return of_request({house_sealed("result"), text("by", by)});
  }
  unsigned stage() { return find_case(t.world(), "request", "Q-1")->stage; }
  ObligationState of(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "request:Q-1"));
  }
};

TEST_F(RequestsTest, ARequestIsPassedOnHandledAnsweredAndVisited) {
  t.given("CustomerRequestReceived", received_json());
  EXPECT_THAT(rules_when("RequestReplied", replied_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("RequestHandled", handled_json()), ElementsAre("STATE_REFUSED"));
  t.given("RequestForwarded", forwarded_json());
  t.given("RequestProgressNoted", of_request({house_sealed("note")}));
  EXPECT_THAT(rules_when("RequestHandled", handled_json("S-NOBODY")), ElementsAre("SCHEMA"));
  t.given("RequestHandled", handled_json());
  t.given("RequestReplied", replied_json());
  EXPECT_THAT(rules_when("RequestReplied", replied_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(of("D-REQ-1").end, ObligationEnd::met);
  EXPECT_EQ(of("D-REQ-2").end, ObligationEnd::met);
  t.given("ReturnVisitCompleted", return_visit_json("request:Q-1", "SUGGESTION", nine));
  EXPECT_EQ(stage(), 5U);
  expect_states_round_trip(t);
}

TEST_F(RequestsTest, WhatIsSolvedOnTheSpotIsAnswered) {
  t.given("CustomerRequestReceived", received_json(R"(,"solved_on_spot":true)"));
  EXPECT_EQ(of("D-REQ-1").rounds, 0U);
  EXPECT_THAT(rules_when("RequestForwarded", forwarded_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("RequestReplied", replied_json()), IsEmpty());
}

// H-REQ-1
TEST_F(RequestsTest, ATimeIsPromisedBeforeTheReply) {
  t.given("CustomerRequestReceived", received_json());
  EXPECT_EQ(of("D-REQ-2").due_at, *parse_instant("2025-03-04T09:00:00+08:00"));
  EXPECT_THAT(rules_when("RequestPromiseGiven", promise_json("2025-03-03T08:00:00+08:00")),
              ElementsAre("SCHEMA"));
  t.given("RequestPromiseGiven", promise_json("2025-03-06T09:00:00+08:00"));
  EXPECT_EQ(of("D-REQ-2").due_at, *parse_instant("2025-03-06T09:00:00+08:00"));
  t.at("2025-03-06T09:01:00+08:00");
  t.given("RequestPromiseGiven", promise_json("2025-03-08T09:00:00+08:00"));
  EXPECT_EQ(of("D-REQ-2").due_at, *parse_instant("2025-03-06T09:00:00+08:00"))
      << "too late to be moved";
  t.given("RequestForwarded", forwarded_json());
  t.given("RequestHandled", handled_json());
  t.given("RequestReplied", replied_json());
  EXPECT_EQ(of("D-REQ-2").end, ObligationEnd::met_late);
  EXPECT_THAT(rules_when("RequestPromiseGiven", promise_json("2025-03-09T09:00:00+08:00")),
              ElementsAre("H-REQ-1"));
}

TEST_F(RequestsTest, WhatIsUrgentIsReported) {
  t.given("CustomerRequestReceived", received_json(R"(,"urgent":true)"));
  EXPECT_EQ(of("D-REQ-5").end, ObligationEnd::running);
  t.given("RequestEscalated", of_request({text("to", "S-CSM"), text("at", nine)}));
  EXPECT_EQ(of("D-REQ-5").end, ObligationEnd::met);
}

TEST_F(RequestsTest, AWeekIsFiledOnce) {
  const std::string week = R"({"week":"2025-W10","received":5,"answered":4,"open":1})";
  t.given("RequestWeeklySummaryFiled", week);
  EXPECT_THAT(rules_when("RequestWeeklySummaryFiled", week), ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
