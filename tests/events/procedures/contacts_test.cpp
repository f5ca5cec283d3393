// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view nine = "2025-03-03T09:00:00+08:00";

std::string of_contact(std::initializer_list<std::string> fields) {
  return "{" + text("contact_id", "K-1") + "," + json(fields).substr(1);
}

std::string logged_json(std::string_view channel = "CALL", std::string_view more = "") {
  return of_contact({text("channel", channel) + std::string(more), house_sealed("content")});
}

class ContactsTest : public HouseTest {
 protected:
  ContactsTest() { t.at(nine).as("S-CSA"); }
  unsigned stage() { return find_case(t.world(), "contact", "K-1")->stage; }
};

TEST_F(ContactsTest, AContactIsPassedOnAndAnswered) {
  const std::string at = text("at", nine);
  EXPECT_THAT(rules_when("ContactForwarded", of_contact({text("dept", "ENG"), at})),
              ElementsAre("STATE_REFUSED"));
  t.given("CustomerContactLogged", logged_json());
  EXPECT_EQ(stage(), 1U);
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json()), ElementsAre("STATE_REFUSED"));
  t.given("ContactForwarded", of_contact({text("dept", "ENG"), at}));
  EXPECT_EQ(stage(), 2U);
  t.given("ContactAnswered", of_contact({house_sealed("answer"), at}));
  EXPECT_EQ(stage(), 3U);
  EXPECT_THAT(rules_when("ContactForwarded", of_contact({text("dept", "ENG"), at})), IsEmpty())
      << "until the customer is satisfied";
  expect_states_round_trip(t);
}

TEST_F(ContactsTest, WhatIsAnsweredOnTheSpotIsAnswered) {
  t.given("CustomerContactLogged", logged_json("VISIT", "," + house_sealed("answer")));
  EXPECT_EQ(stage(), 3U);
}

TEST_F(ContactsTest, OnlyCallsHaveANumberAndRings) {
  const std::string number = "," + house_sealed("caller_no");
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json("CALL", number)), IsEmpty());
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json("CALL", R"(,"withheld":true)")),
              IsEmpty());
  EXPECT_THAT(
      rules_when("CustomerContactLogged", logged_json("CALL", number + R"(,"withheld":true)")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json("VISIT", number)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json("LETTER", R"(,"rings":2)")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CustomerContactLogged", logged_json("CALL", R"(,"unit":"9-9-9999")")),
              ElementsAre("SCHEMA"));
}

TEST_F(ContactsTest, WhatIsUrgentIsReportedAtOnce) {
  t.given("CustomerContactLogged", logged_json("CALL", R"(,"urgent":true)"));
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-CON-2", "contact:K-1"));
  };
  EXPECT_EQ(due().due_at, *parse_instant("2025-03-03T09:10:00+08:00"));
  t.at("2025-03-03T09:11:00+08:00");
  EXPECT_THAT(
      rules_when("ContactEscalated", of_contact({text("to", "S-NOBODY"), text("at", nine)})),
      ElementsAre("SCHEMA"));
  t.given("ContactEscalated", of_contact({text("to", "S-CSM"), text("at", nine)}));
  EXPECT_EQ(due().end, ObligationEnd::met_late);
  t.given("CustomerContactLogged", replaced(logged_json(), "K-1", "K-2"));
  EXPECT_EQ(t.world().get<ObligationState>(obligation_key("D-CON-2", "contact:K-2")).rounds, 0U);
}

}  // namespace
}  // namespace juanzong::testing
