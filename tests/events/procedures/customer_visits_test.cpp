// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/complaint_steps.h"
#include "tests/support/visit_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CustomerVisitsTest : public HouseTest {
 protected:
  CustomerVisitsTest() {
    t.at("2025-10-20T09:00:00+08:00");
    register_unit(t);
    t.as("S-CSA");
  }
  std::vector<std::string> visited(std::string_view from, std::string_view to) {
    return rules_when("CustomerVisited", replaced(visited_json(), from, to));
  }
};

TEST_F(CustomerVisitsTest, AVisitIsFollowedByWhatTheCustomerRaised) {
  const auto follow = [this](std::string_view target) {
    return rules_when("VisitFollowUpRaised", follow_up_json(target));
  };
  t.given("ComplaintReceived", complaint_json());
  EXPECT_THAT(follow("complaint:TS-1"), ElementsAre("STATE_REFUSED"));
  t.given("CustomerVisited", visited_json());
  EXPECT_THAT(rules_when("CustomerVisited", visited_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(follow("complaint:TS-9"), ElementsAre("SCHEMA"));
  EXPECT_THAT(follow("unit:3-1-1202"), ElementsAre("SCHEMA"));
  t.given("CustomerVisited", visited_json({.id = "V-2"}));
  EXPECT_THAT(follow("customer_visit:V-2"), ElementsAre("SCHEMA"));
  t.given("VisitFollowUpRaised", follow_up_json("complaint:TS-1"));
  EXPECT_EQ(find_case(t.world(), "customer_visit", "V-1")->stage, 2U);
  expect_states_round_trip(t);
}

TEST_F(CustomerVisitsTest, TheCustomerSignsAndTheVisitorHoldsHisRole) {
  EXPECT_THAT(visited(R"("signer":")" + house_owner, R"("signer":")" + house_tenant),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(visited(R"("visitor_role":"CSA")", R"("visitor_role":"CSM")"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visited(R"("visitor_role":"CSA")", R"("visitor_role":"BOSS")"),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(visited(R"("visitor":"S-CSA")", R"("visitor":"S-X")"), Contains("SCHEMA"));
  EXPECT_THAT(visited(R"(["保洁"])", "[]"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visited(R"("unit":"3-1-1202")", R"("unit":"9-9-9999")"), ElementsAre("SCHEMA"));
  EXPECT_THAT(visited("2025-10-20\"", "2025-10-21\""), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CustomerVisited", visited_json()), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
