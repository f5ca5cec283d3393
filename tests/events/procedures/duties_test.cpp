// SPDX-License-Identifier: Apache-2.0
// Duties: begun by the first record of a day once the project has taken them on, met by events that
// count for their period, subject and thing, and stated by the server when they are not.
#include "events/procedures/duties.h"

#include "events/procedures/catalogue.h"
#include "events/procedures/due_list.h"
#include "events/procedures/policy.h"
#include "events/procedures/rolls.h"

#include "tests/support/decoration_steps.h"
#include "tests/support/house.h"
#include "tests/support/visit_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> names_of(const std::vector<Breach>& breaches) {
  std::vector<std::string> names;
  for (const Breach& breach : breaches) {
    names.push_back(breach.rule + " " + breach.case_stream);
  }
  return names;
}

const DutyState* find_duty(RuleTester& t,
                           std::string_view rule,
                           std::string_view first,
                           std::string_view subject = {}) {
  return t.world().find<DutyState>(obligation_key(rule, duty_case(*parse_date(first), subject)));
}

std::vector<std::string> breaches_at(RuleTester& t, std::string_view instant) {
  return names_of(breaches_before(t.world(), *parse_instant(instant), 100));
}

class DutiesTest : public HouseTest {
 protected:
  DutiesTest() { register_unit(t); }
  // In force from March; the records of the day before that stand.
  void take_on(std::string_view policy) {
    t.at("2025-02-28T08:00:00+08:00");
    adopt(t, policy, "true", "2025-03-01");
  }
  // A record that counts for no duty.
  void something_at(std::string_view instant) {
    t.at(instant).as("S-HR");
    t.given("StaffRoleChanged", R"({"staff":"S-HR","roles":"HR"})");
  }
  void patrol(std::string_view id, std::string_view areas = "true") {
    const std::string at = to_rfc3339(*parse_instant(now_));
    t.at(now_).as("S-CSA");
    t.given("BuildingPatrolled",
            json({text("patrol_id", id),
                  text("building", "3"),
                  R"("areas":{"site":true,"greening":true,"hall":true,"garage":)" +
                      std::string(areas) + "}",
                  R"("floors":[12])",
                  text("started", at),
                  text("ended", at),
                  R"("topics":{"hygiene":"GOOD","facilities":"GOOD","tidiness":"GOOD",)"
                  R"("image":"GOOD","posts":"GOOD"})"}));
  }
  void visit(std::string_view id, int customer, std::string_view on) {
    t.at(std::string(on) + "T16:00:00+08:00").as("S-CSA");
    TestVisit visit;
    visit.id = id;
    visit.customer = person_id(customer);
    visit.on = on;
    t.given("CustomerVisited", visited_json(visit));
  }
  std::string now_ = "2025-03-04T10:00:00+08:00";
};

TEST_F(DutiesTest, AreNotOwedBeforeTheProjectTakesThemOn) {
  something_at("2025-03-03T08:00:00+08:00");
  something_at("2025-03-04T08:00:00+08:00");
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-03-04", "S-CSA"), nullptr);
  EXPECT_FALSE(is_anything_due(t.world(), *parse_instant("2030-01-01T00:00:00Z")));
}

TEST_F(DutiesTest, BeginWithTheFirstRecordOfEachDay) {
  take_on("duty.patrol_daily");
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-02-28", "S-CSA"), nullptr) << "not in force yet";
  something_at("2025-03-03T23:00:00+08:00");
  for (const auto* day : {"2025-03-01", "2025-03-02", "2025-03-03"}) {
    ASSERT_NE(find_duty(t, "D-PAT-1", day, "S-CSA"), nullptr) << "also of days without a record";
  }
  const DutyState* duty = find_duty(t, "D-PAT-1", "2025-03-03", "S-CSA");
  EXPECT_EQ(duty->begun_at, *parse_instant("2025-03-03T00:00:00+08:00"));
  EXPECT_EQ(duty->due_at, *parse_instant("2025-03-04T00:00:00+08:00"));
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-03-03", "S-CSM"), nullptr) << "no assistant";
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-03-04", "S-CSA"), nullptr);
}

TEST_F(DutiesTest, AreMetByWhatCountsAndBreachedOtherwise) {
  take_on("duty.patrol_daily");
  something_at("2025-03-04T00:00:01+08:00");
  patrol("P-1", "false");
  EXPECT_FALSE(find_duty(t, "D-PAT-1", "2025-03-04", "S-CSA")->ended) << "without the garage";
  patrol("P-2");
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-03-04", "S-CSA")->end, ObligationEnd::met);
  EXPECT_THAT(breaches_at(t, "2025-03-06T00:00:00+08:00"),
              ElementsAre("D-PAT-1 duty:2025-03-01.S-CSA",
                          "D-PAT-1 duty:2025-03-02.S-CSA",
                          "D-PAT-1 duty:2025-03-03.S-CSA"));
  EXPECT_THAT(breaches_at(t, "2025-03-02T00:05:00+08:00"), IsEmpty()) << "clocks may differ";
  t.as("S-SYS").at("2025-03-04T12:00:00+08:00");
  t.given("SlaBreached",
          R"({"rule":"D-PAT-1","case_stream":"duty:2025-03-01.S-CSA",)"
          R"("due":"2025-03-02T00:00:00+08:00"})");
  EXPECT_TRUE(find_duty(t, "D-PAT-1", "2025-03-01", "S-CSA")->breached);
  EXPECT_THAT(breaches_at(t, "2025-03-05T00:00:00+08:00"), SizeIs(2)) << "stated once";
}

TEST_F(DutiesTest, CountDistinctThingsOfTheirMonth) {
  take_on("duty.visit_assistant");
  t.at("2025-02-28T09:00:00+08:00");
  visit("V-0", 1, "2025-02-28");
  for (int i = 0; i < 19; ++i) {
    visit("V-" + std::to_string(i + 1), 100 + i, "2025-03-10");
  }
  visit("V-again", 100, "2025-03-11");
  const auto* duty = find_duty(t, "D-VIS-2", "2025-03-01", "S-CSA");
  ASSERT_NE(duty, nullptr);
  EXPECT_THAT(duty->done, SizeIs(19)) << "a customer counts once, and only in his month";
  EXPECT_FALSE(duty->ended);
  visit("V-20", 300, "2025-03-31");
  EXPECT_EQ(find_duty(t, "D-VIS-2", "2025-03-01", "S-CSA")->end, ObligationEnd::met);
}

TEST_F(DutiesTest, MayBeDueInTheNextPeriod) {
  take_on("duty.occupancy_table");
  something_at("2025-03-05T08:00:00+08:00");
  const auto* march = find_duty(t, "D-OCC-2", "2025-03-01");
  ASSERT_NE(march, nullptr);
  EXPECT_EQ(march->due_at, *parse_instant("2025-04-04T00:00:00+08:00")) << "the end of the 3rd";
}

TEST_F(DutiesTest, AreDueOnADayOfTheirPeriodOrItsLast) {
  take_on("duty.occupancy_census");
  something_at("2025-03-05T08:00:00+08:00");
  const auto* march = find_duty(t, "D-OCC-1", "2025-03-01");
  ASSERT_NE(march, nullptr);
  EXPECT_THAT(march->items, ElementsAre("3.1"));
  EXPECT_EQ(march->due_at, *parse_instant("2025-03-31T00:00:00+08:00")) << "the end of the 30th";
  something_at("2026-02-02T08:00:00+08:00");
  EXPECT_EQ(find_duty(t, "D-OCC-1", "2026-02-01")->due_at,
            *parse_instant("2026-03-01T00:00:00+08:00"))
      << "February has no 30th";
}

TEST_F(DutiesTest, AreDueAtATimeOfDay) {
  take_on("duty.request_summary");
  something_at("2025-03-03T08:00:00+08:00");
  EXPECT_EQ(find_duty(t, "D-REQ-3", "2025-03-03")->due_at,
            *parse_instant("2025-03-07T17:00:00+08:00"))
      << "Friday";
}

TEST_F(DutiesTest, ACorrectedClockBeginsNothingTwice) {
  take_on("duty.patrol_daily");
  something_at("2025-03-04T09:00:00+08:00");
  patrol("P-1");
  begin_duties(catalogue().duties(),
               *parse_date("2025-03-02"),
               *parse_date("2025-03-04"),
               RecordIndex{99},
               t.world());
  EXPECT_EQ(find_duty(t, "D-PAT-1", "2025-03-04", "S-CSA")->end, ObligationEnd::met);
}

TEST_F(DutiesTest, RoundTrip) {
  take_on("duty.occupancy_census");
  something_at("2025-03-05T08:00:00+08:00");
  expect_states_round_trip(t);
}

// Each site by each of three departments.
TEST(DecorationDuty, AsksForEverySiteOfTheMorning) {
  DecorationSteps s;
  s.on("2025-01-06");
  s.t.world().edit<RollState>(site_roll).members = {"2025-0031", "2025-0032"};
  adopt(s.t, "duty.deco_patrol", "true", "2025-01-06");
  s.on("2025-01-07").t.as("S-HR");
  s.t.given("StaffRoleChanged", R"({"staff":"S-HR","roles":"HR"})");
  for (const auto* department : {"CS", "ENG", "SEC"}) {
    const auto* duty = find_duty(s.t, "D-DEC-2", "2025-01-07", department);
    ASSERT_NE(duty, nullptr);
    EXPECT_THAT(duty->items, ElementsAre("2025-0031", "2025-0032"));
  }
}

// Every rule names events that there are, a flag that there is, and ids are told apart.
TEST(DutyRules, NameWhatThereIs) {
  std::set<std::string_view> ids;
  for (const Procedure* procedure : catalogue().procedures()) {
    for (const DeadlineRule& rule : procedure->deadlines) {
      ids.insert(rule.id);
    }
  }
  EXPECT_GE(catalogue().duties().size(), 30U);
  for (const DutyRule* rule : catalogue().duties()) {
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
    const PolicyParameter* flag = find_policy_parameter(rule->policy);
    ASSERT_NE(flag, nullptr) << rule->policy;
    EXPECT_EQ(flag->kind, PolicyKind::flag);
    EXPECT_NE(rule->events.front().name, "");
    for (const DutyEvent& event : rule->events) {
      EXPECT_TRUE(event.name.empty() || catalogue().find(event.name) != nullptr) << event.name;
    }
    for (const std::string_view key : {rule->count_policy, rule->due_day_policy}) {
      EXPECT_TRUE(key.empty() || find_policy_parameter(key) != nullptr) << key;
    }
  }
}

}  // namespace
}  // namespace juanzong::testing
