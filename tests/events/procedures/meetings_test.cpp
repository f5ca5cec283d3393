// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string held_json(std::string_view kind = "DEPT_WEEKLY", std::string_view more = "") {
  return json({text("meeting_id", "M-1"),
               text("kind", kind),
               text("convenor", "S-CSM"),
               R"("attendees":["S-CSA","S-CAS"])",
               text("begun", "2025-03-03T09:00:00+08:00"),
               text("ended", "2025-03-03T10:00:00+08:00"),
               text("agenda", "上周总结") + std::string(more)});
}

std::string minutes_json(std::string_view at = "2025-03-04T09:00:00+08:00") {
  return json({text("meeting_id", "M-1"), house_attachment("minutes"), text("distributed_at", at)});
}

std::string assigned_json(std::string_view due = "2025-03-10") {
  return json({text("action_id", "A-1"),
               text("meeting_id", "M-1"),
               text("owner", "S-CSA"),
               text("what", "更换公告栏"),
               text("due", due)});
}

std::string done_json() {
  return json({text("action_id", "A-1"), text("result", "已换"), text("done_on", "2025-03-04")});
}

class MeetingsTest : public HouseTest {
 protected:
  MeetingsTest() { t.at("2025-03-03T11:00:00+08:00").as("S-CSM"); }
  ObligationState minutes_due(std::string_view rule = "D-MTG-2") {
    return t.world().get<ObligationState>(obligation_key(rule, "meeting:M-1"));
  }
};

TEST_F(MeetingsTest, AMeetingIsMinutedAndItsDecisionsAreDone) {
  t.given("MeetingHeld", held_json());
  t.given("MeetingActionAssigned", assigned_json());
  t.at("2025-03-04T11:00:00+08:00");
  t.given("MeetingMinutesIssued", minutes_json());
  EXPECT_EQ(minutes_due().end, ObligationEnd::met);
  t.given("MeetingActionDone", done_json());
  EXPECT_THAT(rules_when("MeetingActionDone", done_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MeetingMinutesIssued", minutes_json()), IsEmpty()) << "corrected";
  expect_states_round_trip(t);
}

TEST_F(MeetingsTest, MinutesAreDueInThreeDaysOrOnTheDayWhereTheyAreNeeded) {
  t.given("MeetingHeld", held_json());
  EXPECT_EQ(minutes_due().due_at, *parse_instant("2025-03-07T00:00:00+08:00"));
  EXPECT_EQ(minutes_due("D-MTG-2-DAY").rounds, 0U);
  t.given("MeetingHeld",
          replaced(held_json("DEPT_WEEKLY", R"(,"minutes_today":true)"), "M-1", "M-2"));
  const auto today = t.world().get<ObligationState>(obligation_key("D-MTG-2-DAY", "meeting:M-2"));
  EXPECT_EQ(today.due_at, *parse_instant("2025-03-04T00:00:00+08:00"));
}

TEST_F(MeetingsTest, SomebodyAttendsAndItEndsAfterItBegan) {
  const auto held = [this](std::string_view from, std::string_view to) {
    return rules_when("MeetingHeld", replaced(held_json(), from, to));
  };
  EXPECT_THAT(held(R"(["S-CSA","S-CAS"])", "[]"), ElementsAre("SCHEMA"));
  EXPECT_THAT(held("T10:00", "T08:00"), ElementsAre("SCHEMA"));
}

TEST_F(MeetingsTest, ABoardSignsIn) {
  EXPECT_THAT(rules_when("MeetingHeld", held_json("BOARD")), ElementsAre("SCHEMA"));
  const std::string one = "," + signatures({staff_signature("CSA")});
  EXPECT_THAT(rules_when("MeetingHeld", held_json("BOARD", one)), ElementsAre("SCHEMA"));
  const std::string both = "," + signatures({staff_signature("CSA"), staff_signature("CAS")});
  EXPECT_THAT(rules_when("MeetingHeld", held_json("BOARD", both)), IsEmpty());
  const std::string sheet = "," + house_attachment("sign_in");
  EXPECT_THAT(rules_when("MeetingHeld", held_json("BOARD", sheet)), IsEmpty());
}

TEST_F(MeetingsTest, ADecisionIsForTheDaysToCome) {
  t.given("MeetingHeld", held_json());
  EXPECT_THAT(rules_when("MeetingActionAssigned", assigned_json("2025-03-02")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MeetingActionAssigned", assigned_json("2025-03-03")), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
