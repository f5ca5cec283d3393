// SPDX-License-Identifier: Apache-2.0
// Looks at personal data (H-PRV-2, H-PRV-14): for what, and at how many people within an hour.
#include "tests/support/house.h"
#include "tests/support/rule_tester.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string people(int first, int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    list += (i == 0 ? "\"" : ",\"") + person_id(first + i) + "\"";
  }
  return "\"people\":[" + list + "]";
}

std::string viewed(std::string_view who,
                   std::string_view items = R"("NAME","PHONE")",
                   std::string_view purpose = R"("case_ref":"repair:R-1")",
                   std::string_view viewer = "S-CSA") {
  return R"({"viewer":")" + std::string(viewer) + R"(","view":"cases",)" + std::string(who) +
         R"(,"items":[)" + std::string(items) + "]" + (purpose.empty() ? "" : ",") +
         std::string(purpose) + "}";
}

std::string approved(std::string_view until,
                     int most = 100,
                     std::string_view role = "CL",
                     std::string_view viewer = "S-CSA") {
  return R"({"viewer":")" + std::string(viewer) + R"(","people_max":)" + std::to_string(most) +
         R"(,"purpose":)" + sealed(person_id(1), "census") + R"(,"valid_until":")" +
         std::string(until) + "\"," + signatures({staff_signature(role)}) + "}";
}

class ViewingTest : public ::testing::Test {
 protected:
  ViewingTest() { t.at("2025-03-03T10:00:00+08:00").as("S-SYS"); }

  std::vector<std::string> looking(std::string_view who,
                                   std::string_view items = R"("NAME")",
                                   std::string_view purpose = R"("case_ref":"repair:R-1")") {
    return RuleTester::rules_of(t.when("RecordViewed", viewed(who, items, purpose)));
  }

  RuleTester t;
};

TEST_F(ViewingTest, OnlyTheServerSaysWhoLooked) {
  t.as("S-ARC");
  EXPECT_THAT(looking(people(1, 1)), ElementsAre("ROLE"));
}

TEST_F(ViewingTest, ALookHasAPurpose) {
  EXPECT_THAT(looking(people(1, 1)), IsEmpty());
  EXPECT_THAT(looking(people(1, 1), R"("NAME")", ""), ElementsAre("H-PRV-2"));
  EXPECT_THAT(looking(people(1, 1), R"("NAME")", R"("case_ref":"unit:1-1-101")"),
              ElementsAre("H-PRV-2"));
  EXPECT_THAT(looking(people(1, 1), R"("ID_COPY")"), ElementsAre("H-PRV-2"));
  EXPECT_THAT(looking(people(1, 1), R"("NAME")", R"("view_id":"Q-9")"), ElementsAre("H-PRV-2"))
      << "no such approval";
}

TEST_F(ViewingTest, TwentyPeopleWithinAnHourAreTheLimit) {
  for (int i = 0; i < 20; i += 5) {
    t.given("RecordViewed", viewed(people(i, 5)));
  }
  EXPECT_THAT(looking(people(3, 4)), IsEmpty()) << "seen already";
  EXPECT_THAT(looking(people(19, 2)), ElementsAre("H-PRV-14"));
  t.at("2025-03-03T11:00:00+08:00");
  EXPECT_THAT(looking(people(20, 5)), IsEmpty()) << "an hour later";
  EXPECT_THAT(RuleTester::rules_of(
                  t.when("RecordViewed",
                         viewed(people(0, 5), R"("NAME")", R"("case_ref":"repair:R-1")", "S-ENG"))),
              IsEmpty())
      << "somebody else";
}

TEST_F(ViewingTest, AnApprovalRaisesTheLimitUntilItEnds) {
  t.as("S-ARC").given("BulkViewApproved", approved("2025-03-03T10:30:00+08:00", 30));
  t.as("S-SYS");
  for (int i = 0; i < 30; i += 10) {
    t.given("RecordViewed", viewed(people(i, 10)));
  }
  EXPECT_THAT(looking(people(30, 1)), ElementsAre("H-PRV-14"));
  t.at("2025-03-03T10:30:01+08:00");
  EXPECT_THAT(looking(people(29, 1)), ElementsAre("H-PRV-14")) << "30 people within the hour";
}

TEST_F(ViewingTest, AnApprovalIsSignedLimitedAndForSomebodyElse) {
  t.as("S-ARC");
  const auto rules = [this](const std::string& json) {
    return RuleTester::rules_of(t.when("BulkViewApproved", json));
  };
  EXPECT_THAT(rules(approved("2025-03-04T10:00:00+08:00")), IsEmpty());
  EXPECT_THAT(rules(approved("2025-03-04T10:00:00+08:00", 100, "PM")), IsEmpty());
  EXPECT_THAT(rules(approved("2025-03-04T10:00:00+08:00", 100, "CSM")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules(approved("2025-05-04T10:00:00+08:00")), ElementsAre("H-PRV-14"));
  EXPECT_THAT(rules(approved("2025-03-03T10:00:00+08:00")), ElementsAre("H-PRV-14"));
  EXPECT_THAT(rules(approved("2025-03-04T10:00:00+08:00", 100, "CL", "S-ARC")),
              ElementsAre("H-PRV-14"));
}

}  // namespace
}  // namespace juanzong::testing
