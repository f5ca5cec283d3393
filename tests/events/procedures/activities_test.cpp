// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/register_numbers.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string plan_json() {
  return json({text("year", "2025"),
               house_attachment("plan"),
               signatures({staff_signature("MDM"), staff_signature("HR"), staff_signature("CL")})});
}

std::string proposal_json() {
  return json(
      {text("activity_id", "A-1"),
       text("plan_year", "2025"),
       text("title", "中秋联欢"),
       text("date", "2025-03-20"),
       text("place", "中心广场"),
       "\"budget\":500000",
       house_attachment("proposal"),
       signatures({staff_signature("MDM"), staff_signature("FIN"), staff_signature("CL")})});
}

std::string announced_json() {
  return json(
      {text("activity_id", "A-1"), text("doc_no", "2025-7"), text("posted_on", "2025-03-04")});
}

std::string held_json(std::string_view photos) {
  return json({text("activity_id", "A-1"),
               text("held_on", "2025-03-20"),
               "\"attendance\":120",
               "\"photos\":[" + std::string(photos) + "]",
               "\"spend\":420000"});
}

std::string photo() {
  return attachment(house_owner);
}

std::string published_json() {
  return json(
      {text("activity_id", "A-1"), R"("channels":["OA"])", text("published_on", "2025-03-21")});
}

std::string media_json() {
  return json(
      {text("activity_id", "A-1"), R"("media":["晚报"])", signatures({staff_signature("CL")})});
}

class ActivitiesTest : public HouseTest {
 protected:
  ActivitiesTest() {
    t.at("2025-03-03T11:00:00+08:00").as("S-PM");
    t.world().edit<RegisterNumberState>(register_key("doc_no", "2025-7")).holder = "N-1";
  }
  void propose() {
    t.as("S-PM").given("ActivityPlanApproved", plan_json());
    t.given("ActivityProposalApproved", proposal_json());
  }
  unsigned stage() { return find_case(t.world(), "activity", "A-1")->stage; }
};

TEST_F(ActivitiesTest, AnActivityGoesFromItsProposalToItsPublication) {
  propose();
  t.at("2025-03-04T09:00:00+08:00").as("S-CSA").given("ActivityAnnounced", announced_json());
  t.as("S-CL").given("MediaInvitationApproved", media_json());
  t.at("2025-03-21T09:00:00+08:00").as("S-CSA").given("ActivityHeld", held_json(photo()));
  EXPECT_EQ(stage(), 3U);
  t.as("S-MDM").given("ActivityPublished", published_json());
  EXPECT_EQ(stage(), 3U);
  t.as("S-CL");
  EXPECT_THAT(rules_when("MediaInvitationApproved", media_json()), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(ActivitiesTest, PlansAndProposalsCarryTheirSignatures) {
  const auto without = [](const std::string& body, std::string_view role) {
    return replaced(body, staff_signature(role), staff_signature("CSA"));
  };
  for (const std::string_view role : {"MDM", "HR", "CL"}) {
    EXPECT_THAT(rules_when("ActivityPlanApproved", without(plan_json(), role)),
                ElementsAre("SCHEMA"))
        << role;
  }
  t.given("ActivityPlanApproved", plan_json());
  for (const std::string_view role : {"MDM", "FIN", "CL"}) {
    EXPECT_THAT(rules_when("ActivityProposalApproved", without(proposal_json(), role)),
                ElementsAre("SCHEMA"))
        << role;
  }
  EXPECT_THAT(rules_when("ActivityProposalApproved",
                         replaced(proposal_json(), staff_signature("MDM"), staff_signature("HR"))),
              ElementsAre("SCHEMA"));
}

TEST_F(ActivitiesTest, AMissingSignatureIsNamed) {
  const std::string body = replaced(plan_json(), staff_signature("HR"), staff_signature("CSA"));
  const Refusals refusals = t.when("ActivityPlanApproved", body);
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].facts[2].value, "missing signature: STAFF:HR");
}

TEST_F(ActivitiesTest, AProposalNamesAPlanThatThereIsAndADayToCome) {
  EXPECT_THAT(rules_when("ActivityProposalApproved", proposal_json()),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
  t.given("ActivityPlanApproved", plan_json());
  EXPECT_THAT(
      rules_when("ActivityProposalApproved", replaced(proposal_json(), "2025-03-20", "2025-03-02")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ActivityProposalApproved", proposal_json()), IsEmpty());
}

TEST_F(ActivitiesTest, ItIsAnnouncedUnderANumberThatWasIssued) {
  propose();
  t.at("2025-03-04T09:00:00+08:00").as("S-CSA");
  EXPECT_THAT(rules_when("ActivityAnnounced", replaced(announced_json(), "2025-7", "2025-8")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ActivityAnnounced", announced_json()), IsEmpty());
}

TEST_F(ActivitiesTest, PhotosAreTakenAndTheDayHasCome) {
  propose();
  t.at("2025-03-20T18:00:00+08:00").as("S-CSA");
  EXPECT_THAT(rules_when("ActivityHeld", held_json("")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ActivityHeld", replaced(held_json(photo()), "03-20", "03-21")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ActivityHeld", held_json(photo())), IsEmpty());
}

TEST_F(ActivitiesTest, TheNoticeHangsSevenDaysAhead) {
  propose();
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-ACT-3", "activity:A-1"));
  };
  EXPECT_EQ(due().due_at, *parse_instant("2025-03-14T00:00:00+08:00"));
  t.at("2025-03-14T09:00:00+08:00").as("S-CSA");
  t.given("ActivityAnnounced", announced_json());
  EXPECT_EQ(due().end, ObligationEnd::met_late);
}

}  // namespace
}  // namespace juanzong::testing
