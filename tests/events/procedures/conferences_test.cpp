// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/conferences/conferences.h"

#include "events/procedures/catalogue.h"
#include "events/procedures/deadlines.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string of(std::initializer_list<std::string> fields) {
  std::string body = json({text("conf_id", "CF-1")});
  body.pop_back();
  for (const std::string& field : fields) {
    body.append(",").append(field);
  }
  return body + "}";
}

std::string requested_json() {
  return of({text("organisation", "某局"),
             R"("persons":12)",
             house_sealed("requirements"),
             text("arrival", "2025-03-05T14:00:00+08:00"),
             house_sealed("notes")});
}

std::string prepared_json(std::string_view ready = "2025-03-05T13:30:00+08:00") {
  return of({R"("checks":{"clean":true,"ventilation":true,"lights":true,"projector":true,)"
             R"("room":true})",
             text("env_notified_at", "2025-03-05T13:00:00+08:00"),
             text("ready_at", ready)});
}

std::string at_json(std::string_view instant) {
  return of({text("at", instant)});
}

std::string tea_json(std::string_view instant, int cups = 12) {
  return of({text("at", instant),
             R"("utensils":[{"name":"茶杯","quantity":)" + std::to_string(cups) + "}]"});
}

std::string closed_json(int cups = 12) {
  return of({R"("utensils_returned":[{"name":"茶杯","quantity":)" + std::to_string(cups) + "}]",
             house_sealed("lessons")});
}

class ConferencesTest : public HouseTest {
 protected:
  ConferencesTest() { t.at("2025-03-05T10:00:00+08:00").as("S-CSM"); }
  void seat() {
    t.given("ConferenceRequested", requested_json());
    t.at("2025-03-05T13:31:00+08:00").given("ConferencePrepared", prepared_json());
    t.at("2025-03-05T14:05:00+08:00").as("S-CONF");
    t.given("ConferenceGuestsSeated", at_json("2025-03-05T14:05:00+08:00"));
  }
  ObligationState due(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "conference:CF-1"));
  }
};

TEST_F(ConferencesTest, TheRoomIsReadyHalfAnHourBeforeTheGuestsCome) {
  t.given("ConferenceRequested", requested_json());
  EXPECT_EQ(due("D-CNF-1").due_at, *parse_instant("2025-03-05T13:30:00+08:00"));
  t.at("2025-03-05T13:31:00+08:00").given("ConferencePrepared", prepared_json());
  EXPECT_EQ(due("D-CNF-1").end, ObligationEnd::met_late);
}

TEST_F(ConferencesTest, WhatIsAskedForTooLateIsNotOwed) {
  t.at("2025-03-05T13:30:00+08:00").given("ConferenceRequested", requested_json());
  EXPECT_EQ(due("D-CNF-1").rounds, 0U);
}

TEST_F(ConferencesTest, TeaComesInFiveMinutesAndARoundEveryQuarter) {
  seat();
  const auto conference = t.world().get<ConferenceState>(conference_key("CF-1"));
  EXPECT_EQ(conference.organisation, "某局");
  EXPECT_EQ(conference.persons, 12);
  EXPECT_EQ(conference.arrival, *parse_instant("2025-03-05T14:00:00+08:00"));
  EXPECT_EQ(conference.env_notified_at, parse_instant("2025-03-05T13:00:00+08:00"));
  EXPECT_EQ(conference.ready_at, parse_instant("2025-03-05T13:30:00+08:00"));
  EXPECT_EQ(due("D-CNF-2").due_at, *parse_instant("2025-03-05T14:10:00+08:00"));
  EXPECT_EQ(due("D-CNF-3").due_at, *parse_instant("2025-03-05T14:20:00+08:00"));
  t.at("2025-03-05T14:11:00+08:00").given("TeaServed", tea_json("2025-03-05T14:11:00+08:00"));
  EXPECT_EQ(due("D-CNF-2").end, ObligationEnd::met_late);
  t.at("2025-03-05T14:20:00+08:00");
  t.given("ConferenceRoundMade", at_json("2025-03-05T14:20:00+08:00"));
  EXPECT_EQ(due("D-CNF-3").end, ObligationEnd::met);
  EXPECT_EQ(due("D-CNF-3-NEXT").due_at, *parse_instant("2025-03-05T14:35:00+08:00"));
  t.at("2025-03-05T14:30:00+08:00").given("ConferenceClosed", closed_json());
  EXPECT_EQ(due("D-CNF-3-NEXT").end, ObligationEnd::lapsed);
  EXPECT_THAT(rules_when("ConferenceClosed", closed_json()), ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(ConferencesTest, ThePolicySaysHowLong) {
  adopt(t, "conference.tea_min", "3", "2025-03-01");
  t.as("S-CSM");
  seat();
  EXPECT_EQ(due("D-CNF-2").due_at, *parse_instant("2025-03-05T14:08:00+08:00"));
}

TEST_F(ConferencesTest, EachStepHasItsPlace) {
  EXPECT_THAT(
      rules_when("ConferencePrepared",
                 replaced(prepared_json("2025-03-05T09:30:00+08:00"), "05T13:00", "05T09:00")),
      ElementsAre("STATE_REFUSED"));
  t.given("ConferenceRequested", requested_json());
  EXPECT_THAT(rules_when("ConferenceRequested", requested_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CONF");
  EXPECT_THAT(rules_when("TeaServed", tea_json("2025-03-05T10:00:00+08:00")),
              ElementsAre("STATE_REFUSED"))
      << "nobody sits yet";
  EXPECT_THAT(rules_when("ConferenceRoundMade", at_json("2025-03-05T10:00:00+08:00")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("ConferenceClosed", closed_json(0)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ConferenceGuestsSeated", at_json("2025-03-05T10:00:00+08:00")), IsEmpty())
      << "nobody was ready: shown, not refused";
}

TEST_F(ConferencesTest, TheRoomIsReadyAfterSomebodyWasTold) {
  t.given("ConferenceRequested", requested_json());
  t.at("2025-03-05T13:31:00+08:00");
  EXPECT_THAT(rules_when("ConferencePrepared", prepared_json("2025-03-05T12:59:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ConferencePrepared", prepared_json("2025-03-05T14:30:00+08:00")),
              ElementsAre("SCHEMA"))
      << "a moment to come";
  EXPECT_THAT(rules_when("ConferencePrepared", prepared_json()), IsEmpty());
}

TEST_F(ConferencesTest, NothingIsServedBeforeTheGuestsSit) {
  seat();
  EXPECT_THAT(rules_when("TeaServed", tea_json("2025-03-05T14:04:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ConferenceRoundMade", at_json("2025-03-05T14:04:00+08:00")),
              ElementsAre("SCHEMA"));
}

TEST_F(ConferencesTest, WhatIsTakenBackWasCarriedIn) {
  seat();
  EXPECT_THAT(rules_when("TeaServed", tea_json("2025-03-05T14:05:00+08:00", -1)),
              ElementsAre("SCHEMA"));
  t.given("TeaServed", tea_json("2025-03-05T14:05:00+08:00"));
  EXPECT_THAT(rules_when("ConferenceClosed", closed_json(13)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ConferenceClosed", closed_json(-2)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ConferenceClosed", closed_json(11)), IsEmpty()) << "one is missing";
}

TEST_F(ConferencesTest, NoNumberOfPeopleIsBelowZero) {
  EXPECT_THAT(rules_when("ConferenceRequested", replaced(requested_json(), ":12", ":-12")),
              ElementsAre("SCHEMA"));
}

// H-CNF-1: no event has a field for what was spoken of. Free texts in plain are these and no
// others.
TEST_F(ConferencesTest, NothingHoldsWhatWasSpokenOf) {
  std::set<std::string> plain;
  for (const CatalogueEntry* entry : catalogue().entries()) {
    if (entry->descriptor.procedure == "P40") {
      for (const FieldDescriptor& field : entry->descriptor.body->fields) {
        if (field.shape == FieldShape::text && field.format == TextFormat::free) {
          plain.insert(field.name);
        }
      }
    }
  }
  EXPECT_THAT(plain, ElementsAre("organisation"));
}

}  // namespace
}  // namespace juanzong::testing
