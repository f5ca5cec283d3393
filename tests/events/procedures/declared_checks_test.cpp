// SPDX-License-Identifier: Apache-2.0
// What schemas and machines declare, played on the procedure that has little else: meetings.
#include "events/procedures/declared_checks.h"

#include "events/procedures/catalogue.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string held(std::string_view id = "M-1") {
  return json({text("meeting_id", id),
               text("kind", "DEPT_WEEKLY"),
               text("convenor", "S-CSM"),
               R"("attendees":["S-CSA"])",
               text("begun", "2025-03-03T09:00:00+08:00"),
               text("ended", "2025-03-03T10:00:00+08:00"),
               text("agenda", "上周总结")});
}

std::string action(std::string_view meeting = "M-1") {
  return json({text("action_id", "A-1"),
               text("meeting_id", meeting),
               text("owner", "S-CSA"),
               text("what", "更换公告栏"),
               text("due", "2025-03-31")});
}

std::string done(std::string_view on) {
  return json({text("action_id", "A-1"), text("result", "已换"), text("done_on", on)});
}

class DeclaredTest : public HouseTest {
 protected:
  DeclaredTest() { t.at("2025-03-03T11:00:00+08:00").as("S-CSM"); }
  const CaseFileState* file(std::string_view prefix, std::string_view id) {
    return find_case(t.world(), prefix, id);
  }
  std::vector<std::string> facts_of(std::string_view event, const std::string& body) {
    std::vector<std::string> values;
    for (const Refusal& refusal : t.when(event, body)) {
      for (const Fact& fact : refusal.facts) {
        values.push_back(fact.value);
      }
    }
    return values;
  }
};

TEST_F(DeclaredTest, AStepIsRefusedWithTheStagesThatAcceptIt) {
  EXPECT_THAT(facts_of("MeetingActionDone", done("2025-03-03")), ElementsAre("NONE", "ASSIGNED"));
  EXPECT_THAT(facts_of("MeetingActionAssigned", action()), ElementsAre("NONE", "HELD, MINUTED"));
  t.given("MeetingHeld", held());
  EXPECT_THAT(facts_of("MeetingHeld", held()), ElementsAre("HELD", "NONE"));
}

TEST_F(DeclaredTest, ACaseKeepsItsStageAndTheNewestOfEachEvent) {
  EXPECT_EQ(file("meeting", "M-1"), nullptr);
  const RecordIndex opened = t.given("MeetingHeld", held());
  t.given("MeetingActionAssigned", action());
  const RecordIndex second = t.given("MeetingActionAssigned", replaced(action(), "A-1", "A-2"));
  const CaseFileState* meeting = file("meeting", "M-1");
  ASSERT_NE(meeting, nullptr);
  EXPECT_EQ(meeting->stage, 1) << "a note leaves it where it is";
  EXPECT_EQ(meeting->opened, opened);
  EXPECT_EQ(meeting->last, second);
  const EventType assigned = catalogue().find("MeetingActionAssigned")->descriptor.type;
  ASSERT_NE(find_mark(*meeting, assigned), nullptr);
  EXPECT_EQ(find_mark(*meeting, assigned)->index, second);
  EXPECT_EQ(find_mark(*meeting, assigned)->count, 2U);
  EXPECT_EQ(find_mark(*meeting, EventType{1}), nullptr);
  EXPECT_EQ(file("action", "A-2")->stage, 1);
}

TEST_F(DeclaredTest, AFactLiesBetweenTheBeginningOfItsCaseAndNow) {
  t.given("MeetingHeld", held());
  t.at("2025-03-05T09:00:00+08:00").given("MeetingActionAssigned", action());
  EXPECT_THAT(rules_when("MeetingActionDone", done("2025-03-06")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MeetingActionDone", done("2025-03-04")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MeetingActionDone", done("2025-03-05")), IsEmpty());
}

TEST_F(DeclaredTest, AnInstantMayDifferAsFarAsClocksDo) {
  EXPECT_THAT(rules_when("MeetingHeld", replaced(held(), "T10:00", "T11:04")), IsEmpty());
  EXPECT_THAT(rules_when("MeetingHeld", replaced(held(), "T10:00", "T11:06")),
              ElementsAre("SCHEMA"));
}

TEST_F(DeclaredTest, AReferenceNamesWhatIsRegistered) {
  EXPECT_THAT(rules_when("MeetingHeld", replaced(held(), "S-CSM", "S-NOBODY")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MeetingHeld", replaced(held(), R"(["S-CSA"])", R"(["S-CSA","S-NO"])")),
              ElementsAre("SCHEMA"));
}

TEST_F(DeclaredTest, EverythingThatIsWrongIsSaid) {
  t.given("MeetingHeld", held());
  const std::string wrong = replaced(replaced(held(), "S-CSM", "S-NOBODY"), "T10:00", "T23:00");
  EXPECT_THAT(rules_when("MeetingHeld", wrong), ElementsAre("SCHEMA", "SCHEMA", "STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
