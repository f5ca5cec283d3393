// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/occupancy/occupancy.h"

#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OccupancyTest : public HouseTest {
 protected:
  OccupancyTest() {
    hand_over(t);
    t.at("2025-10-30T10:00:00+08:00").as("S-CSA");
  }
  CensusState census() { return t.world().get<CensusState>("2025-10"); }
  // What stands on the account after all postings effective up to and including that day.
  std::int64_t count_on(std::string_view category, std::string_view day) {
    std::int64_t total = 0;
    for (const Posting& posting : t.world().postings()) {
      const bool counts = posting.view == PostingView::occupancy &&
                          posting.account == "3-1:" + std::string(category) &&
                          posting.effective <= *parse_date(day);
      total += counts ? posting.delta : 0;
    }
    return total;
  }
};

std::string facets(std::string_view occupant, std::string_view use, bool decorating = false) {
  return json({"\"handed_over\":true",
               text("occupant", occupant),
               text("use", use),
               std::string("\"decorating\":") + (decorating ? "true" : "false")});
}

std::string changed_json(const std::string& from,
                         const std::string& to,
                         std::string_view effective,
                         const std::string& more = "") {
  return json({unit_field(),
               "\"from_facets\":" + from,
               "\"to_facets\":" + to,
               house_sealed("reason"),
               text("effective", effective),
               more});
}

std::string observed_json(std::string_view category, std::string_view at, std::string_view ym) {
  return json({unit_field(),
               text("category", category),
               text("source", "CENSUS"),
               text("at", at),
               ym.empty() ? "" : text("ym", ym)});
}

const std::string table_digest(64, 'a');

std::string compiled_json(const std::string& digest = table_digest) {
  return json({text("ym", "2025-10"),
               R"("counts":[{"building":"3","entrance":"1","category":"VACANT","units":1}])",
               text("digest", digest)});
}

std::string signed_json(const std::string& digest = table_digest) {
  return json({text("ym", "2025-10"), text("digest", digest), signatures({staff_signature("PM")})});
}

const std::string distributed_json =
    json({text("ym", "2025-10"), R"("recipients":["SECURITY","CASHIER"])"});

TEST_F(OccupancyTest, TheTableIsCompiledSignedAndOnlyThenDistributed) {
  EXPECT_THAT(rules_when("MonthlyOccupancyTableDistributed", distributed_json),
              ElementsAre("H-OCC-1"));
  t.at("2025-11-03T09:00:00+08:00").given("MonthlyOccupancyTableCompiled", compiled_json());
  EXPECT_THAT(rules_when("MonthlyOccupancyTableDistributed", distributed_json),
              ElementsAre("H-OCC-1"));
  t.as("S-PM").given("MonthlyOccupancyTableSigned", signed_json());
  t.as("S-CSA").given("MonthlyOccupancyTableDistributed", distributed_json);
  EXPECT_TRUE(census().distributed.has_value());
  EXPECT_EQ(census().signed_on, *parse_date("2025-11-03"));
  expect_states_round_trip(t);
}

TEST_F(OccupancyTest, TheTableGoesToSecurityAndTheCashierOnly) {
  EXPECT_THAT(rules_when("MonthlyOccupancyTableDistributed",
                         json({text("ym", "2025-10"), R"("recipients":["OWNERS"])"})),
              ElementsAre("SCHEMA"));
}

TEST_F(OccupancyTest, TheSignatureNamesTheCompiledDigestAndIsTheProjectManagers) {
  t.as("S-PM");
  EXPECT_THAT(rules_when("MonthlyOccupancyTableSigned", signed_json()), ElementsAre("H-OCC-2"));
  t.as("S-CSA").given("MonthlyOccupancyTableCompiled", compiled_json());
  t.as("S-PM");
  EXPECT_THAT(rules_when("MonthlyOccupancyTableSigned", signed_json(std::string(64, 'b'))),
              ElementsAre("H-OCC-2"));
  EXPECT_THAT(rules_when("MonthlyOccupancyTableSigned",
                         replaced(signed_json(),
                                  signatures({staff_signature("PM")}),
                                  signatures({staff_signature("CSM")}))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MonthlyOccupancyTableSigned", signed_json("aabb")),
              ElementsAre("SCHEMA", "H-OCC-2"));
}

TEST_F(OccupancyTest, ASignedTableIsFrozenAndAnUnsignedOneMayBeReplaced) {
  t.given("MonthlyOccupancyTableCompiled", compiled_json(std::string(64, 'c')));
  t.given("MonthlyOccupancyTableCompiled", compiled_json());
  t.as("S-PM").given("MonthlyOccupancyTableSigned", signed_json());
  EXPECT_THAT(rules_when("MonthlyOccupancyTableSigned", signed_json()), ElementsAre("H-OCC-2"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("MonthlyOccupancyTableCompiled", compiled_json()), ElementsAre("H-OCC-2"));
  EXPECT_THAT(
      rules_when("MonthlyOccupancyTableCompiled", replaced(compiled_json(), "2025-10", "2025-09")),
      IsEmpty());
}

TEST_F(OccupancyTest, ALateFactOfASignedMonthIsAcceptedAndLeavesTheTableAlone) {
  t.given("MonthlyOccupancyTableCompiled", compiled_json());
  t.as("S-PM").given("MonthlyOccupancyTableSigned", signed_json());
  const CensusState before = census();
  t.at("2025-11-05T10:00:00+08:00").back_entry();
  move_owner_in(t, "2025-10-30");
  EXPECT_EQ(census().compiled->digest, before.compiled->digest);
  EXPECT_EQ(census().signed_by_pm, before.signed_by_pm);
  EXPECT_EQ(count_on("HOUSEHOLD", "2025-10-31"), 1);
}

TEST_F(OccupancyTest, ATableHasEachRowOnceAndNoNegativeCount) {
  EXPECT_THAT(
      rules_when(
          "MonthlyOccupancyTableCompiled",
          replaced(compiled_json(),
                   R"("units":1})",
                   R"("units":1},{"building":"3","entrance":"1","category":"VACANT","units":-1})")),
      ElementsAre("SCHEMA", "SCHEMA"));
}

TEST_F(OccupancyTest, AMonthIsWalkedAndCountedOnceItHasBegun) {
  const std::string census =
      json({text("ym", "2025-11"), text("building", "3"), text("entrance", "1"), "\"units\":1"});
  const std::string table = replaced(compiled_json(), "2025-10", "2025-11");
  t.at("2025-10-31T15:59:59Z");
  EXPECT_THAT(rules_when("OccupancyCensusCompleted", census), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MonthlyOccupancyTableCompiled", table), ElementsAre("SCHEMA"));
  t.at("2025-10-31T16:00:00Z");
  EXPECT_THAT(rules_when("OccupancyCensusCompleted", census), IsEmpty());
  EXPECT_THAT(rules_when("MonthlyOccupancyTableCompiled", table), IsEmpty());
}

TEST_F(OccupancyTest, CountsAreNotNegativeAndDigestsAndAgentsAreWhole) {
  EXPECT_THAT(rules_when("OccupancyCensusCompleted",
                         json({text("ym", "2025-10"),
                               text("building", "3"),
                               text("entrance", "1"),
                               "\"units\":-1"})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("MonthlyOccupancyTableCompiled", compiled_json("abcd")),
              ElementsAre("SCHEMA"));
  t.given("MonthlyOccupancyTableCompiled", compiled_json());
  t.as("S-PM");
  EXPECT_THAT(
      rules_when("MonthlyOccupancyTableSigned",
                 replaced(signed_json(),
                          staff_signature("PM"),
                          staff_signature("PM") + "," + signature("OWNER_AGENT", house_owner))),
      ElementsAre("SCHEMA"))
      << "an agent without his power of attorney";
}

TEST_F(OccupancyTest, ACensusIsAssignedToRegisteredStaff) {
  const std::string assigned = json({text("ym", "2025-11"),
                                     text("building", "3"),
                                     text("entrance", "1"),
                                     text("person", "S-CSA")});
  t.as("S-CSM");
  EXPECT_THAT(rules_when("OccupancyCensusAssigned", assigned), IsEmpty());
  EXPECT_THAT(rules_when("OccupancyCensusAssigned", replaced(assigned, "S-CSA", "S-999")),
              ElementsAre("SCHEMA"));
}

TEST_F(OccupancyTest, ACensusIsAssignedObservedAndCompleted) {
  t.as("S-CSM").given("OccupancyCensusAssigned",
                      json({text("ym", "2025-10"),
                            text("building", "3"),
                            text("entrance", "1"),
                            text("person", "S-CSA")}));
  t.as("S-CSA").given("UnitOccupancyObserved",
                      observed_json("HOUSEHOLD", "2025-10-30T09:00:00+08:00", "2025-10"));
  const std::string completed = json(
      {text("ym", "2025-10"),
       text("building", "3"),
       text("entrance", "1"),
       "\"units\":1",
       "\"discrepancies\":[" +
           json({unit_field(), text("observed", "HOUSEHOLD"), text("derived", "VACANT")}) + "]"});
  EXPECT_THAT(rules_when("OccupancyCensusCompleted",
                         replaced(completed, text("entrance", "1"), text("entrance", "2"))),
              ElementsAre("SCHEMA"));
  t.given("OccupancyCensusCompleted", completed);
  EXPECT_EQ(census().assigned.at("3-1"), "S-CSA");
  EXPECT_EQ(census().observed.at("3-1"), 1U);
  EXPECT_EQ(census().completed.at("3-1").on, *parse_date("2025-10-30"));
  EXPECT_EQ(census().completed.at("3-1").discrepancies, 1U);
  expect_states_round_trip(t);
}

TEST_F(OccupancyTest, ADiscrepancyIsWhatDiffersAtThatMomentAndIsNeverAppliedByItself) {
  t.given("UnitOccupancyObserved",
          observed_json("HOUSEHOLD", "2025-10-30T09:00:00+08:00", "2025-10"));
  const auto found = census().discrepancies.at(std::string(house_unit));
  EXPECT_EQ(found.observed, static_cast<std::uint8_t>(UnitCategory::household));
  EXPECT_EQ(found.derived, static_cast<std::uint8_t>(UnitCategory::vacant));
  EXPECT_EQ(count("VACANT"), 1);
  t.given("UnitOccupancyChanged",
          changed_json(facets("NONE", "UNKNOWN"), facets("OWNER", "RESIDENTIAL"), "2025-10-30"));
  EXPECT_EQ(count("HOUSEHOLD"), 1);
  EXPECT_EQ(census().discrepancies.size(), 1U) << "it stays shown as it was seen";
  t.given("UnitOccupancyObserved",
          observed_json("HOUSEHOLD", "2025-10-30T09:30:00+08:00", "2025-10"));
  EXPECT_THAT(census().discrepancies, IsEmpty());
}

TEST_F(OccupancyTest, AnObservationLiesInItsMonthOfTheProjectsZone) {
  t.at("2025-10-31T16:20:00Z");
  EXPECT_THAT(rules_when("UnitOccupancyObserved",
                         observed_json("VACANT", "2025-10-31T16:20:00Z", "2025-10")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("UnitOccupancyObserved",
                         observed_json("VACANT", "2025-10-31T16:20:00Z", "2025-11")),
              IsEmpty());
  EXPECT_THAT(rules_when("UnitOccupancyObserved",
                         observed_json("VACANT", "2025-10-31T15:55:00Z", "2025-10")),
              IsEmpty());
  EXPECT_THAT(
      rules_when("UnitOccupancyObserved", observed_json("VACANT", "2025-10-31T15:55:00Z", "")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("UnitOccupancyObserved",
                 replaced(observed_json("VACANT", "2025-10-31T15:55:00Z", ""), "CENSUS", "PATROL")),
      IsEmpty());
}

TEST_F(OccupancyTest, FacetsChangeOnlyFromHowTheUnitStands) {
  EXPECT_THAT(
      rules_when(
          "UnitOccupancyChanged",
          changed_json(facets("OWNER", "RESIDENTIAL"), facets("OWNER", "OFFICE"), "2025-10-30")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("UnitOccupancyChanged",
                 changed_json(facets("NONE", "UNKNOWN"), facets("NONE", "UNKNOWN"), "2025-10-30")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("UnitOccupancyChanged",
                         changed_json(facets("NONE", "UNKNOWN"),
                                      facets("OWNER", "OFFICE"),
                                      "2025-10-30",
                                      R"("cause_event":{"index":999})")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("UnitOccupancyChanged",
                 changed_json(facets("NONE", "UNKNOWN"), facets("OWNER", "OFFICE"), "2025-10-31")),
      ElementsAre("SCHEMA"));
}

TEST_F(OccupancyTest, AFacetThatAnotherProcedureMovesIsNotMovedHere) {
  const std::string not_handed_over =
      replaced(facets("NONE", "UNKNOWN"), R"("handed_over":true)", R"("handed_over":false)");
  EXPECT_THAT(rules_when("UnitOccupancyChanged",
                         changed_json(facets("NONE", "UNKNOWN"), not_handed_over, "2025-10-30")),
              ElementsAre("SCHEMA"));
  rent_out(t, "2025-10-30");
  EXPECT_THAT(
      rules_when(
          "UnitOccupancyChanged",
          changed_json(facets("TENANT", "RESIDENTIAL"), facets("NONE", "UNKNOWN"), "2025-10-30")),
      ElementsAre("SCHEMA"));
  t.world().edit<UnitState>(house_unit).open_decorations = {"2025-0031"};
  t.world().edit<UnitState>(house_unit).decorating = true;
  EXPECT_THAT(rules_when("UnitOccupancyChanged",
                         changed_json(facets("TENANT", "RESIDENTIAL", true),
                                      facets("TENANT", "RESIDENTIAL"),
                                      "2025-10-30")),
              ElementsAre("SCHEMA"));
}

TEST_F(OccupancyTest, AResidentOwnerMayLeaveWhileTheTenantStays) {
  rent_out(t, "2025-10-30");
  move_owner_in(t, "2025-10-30");
  const std::string same = facets("TENANT", "RESIDENTIAL");
  EXPECT_THAT(rules_when("UnitOccupancyChanged", changed_json(same, same, "2025-10-30")),
              ElementsAre("SCHEMA"));
  t.given("UnitOccupancyChanged",
          changed_json(same, same, "2025-10-30", "\"owner_moved_out\":true"));
  EXPECT_FALSE(t.world().get<UnitState>(house_unit).owner_resident);
  EXPECT_EQ(count("TENANT"), 1);
}

TEST_F(OccupancyTest, CountsFollowEveryTransitionAndClosingIsOpeningPlusInMinusOut) {
  t.at("2025-10-05T10:00:00+08:00");
  move_owner_in(t, "2025-10-05");
  t.at("2025-10-12T10:00:00+08:00");
  t.given("UnitOccupancyChanged",
          changed_json(facets("OWNER", "RESIDENTIAL"), facets("NONE", "UNKNOWN"), "2025-10-12"));
  EXPECT_EQ(count("VACANT"), 1);
  t.at("2025-10-20T10:00:00+08:00");
  rent_out(t, "2025-10-20");
  t.at("2025-10-31T15:50:00Z");
  clear_tenancy(t, "2025-10-30T16:40:00+08:00");
  t.at("2025-10-31T15:55:00Z").given("TenancyEnded", ended_json("2025-10-31"));
  t.at("2025-10-31T16:20:00Z");
  move_owner_in(t, "2025-11-01");

  struct Month {
    std::int64_t opening = 0;
    std::int64_t in = 0;
    std::int64_t out = 0;
  };
  std::map<std::string, Month> october;
  for (const Posting& posting : t.world().postings()) {
    if (posting.view != PostingView::occupancy) {
      continue;
    }
    Month& month = october[posting.account];
    const std::string ym = to_text(month_of(posting.effective));
    month.opening += ym < "2025-10" ? posting.delta : 0;
    month.in += ym == "2025-10" && posting.delta > 0 ? posting.delta : 0;
    month.out -= ym == "2025-10" && posting.delta < 0 ? posting.delta : 0;
  }
  std::int64_t units = 0;
  for (const auto& [account, month] : october) {
    const std::int64_t closing = count_on(account.substr(4), "2025-10-31");
    EXPECT_EQ(closing, month.opening + month.in - month.out) << account;
    units += closing;
  }
  EXPECT_EQ(units, 1);
  EXPECT_EQ(october["3-1:VACANT"].in, 2);
  EXPECT_EQ(october["3-1:VACANT"].out, 2);
  EXPECT_EQ(october["3-1:HOUSEHOLD"].in, 1) << "the move-in after midnight is November's";
  EXPECT_EQ(october["3-1:TENANT"].out, 1) << "the end before midnight is October's";
  EXPECT_EQ(count_on("VACANT", "2025-10-31"), 1);
  EXPECT_EQ(count_on("HOUSEHOLD", "2025-11-30"), 1);
}

}  // namespace
}  // namespace juanzong::testing
