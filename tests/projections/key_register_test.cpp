// SPDX-License-Identifier: Apache-2.0
// The register of keys: holders, loans, what each role sees, one key's file, and all of it as of an
// earlier index.
#include "tests/support/key_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view other_unit = "2-1-0703";

class KeyRegister : public ::testing::Test {
 protected:
  KeyRegister() {
    t.on("2025-01-02").hand_over(house_unit);
    t.hand_over(other_unit);
    t.on("2025-03-03");
    t.given("KEY",
            "KeyReceivedFromDeveloper",
            delivery_json({delivered_key("K-1"), delivered_key("K-2", other_unit)}));
    t.given("KEY", "KeyRegistered", key_registered_json());
    t.given("KEY", "KeyRegistered", key_registered_json("K-2", other_unit));
  }
  boost::json::object keys(const QueryArguments& arguments = {}, std::string_view roles = "KEY") {
    return t.query("keys", arguments, roles);
  }
  std::string index() { return std::to_string(number(t.newest())); }
  ViewLedger t;
};

TEST_F(KeyRegister, ShowsWhereEachKeyIs) {
  const auto report = keys();
  EXPECT_THAT(column(report, "keys", "key_no"), ElementsAre("K-1", "K-2"));
  EXPECT_THAT(column(report, "keys", "state"), ElementsAre("IN_CUSTODY", "IN_CUSTODY"));
  EXPECT_THAT(column(report, "keys", "origin"), ElementsAre("DEVELOPER", "DEVELOPER"));
  EXPECT_THAT(column(report, "keys", "cabinet"), ElementsAre("A-3", "A-3"));
  EXPECT_THAT(column(report, "keys", "holder"), ElementsAre("null", "null"));
  EXPECT_EQ(report.at("in_custody"), 2);
  EXPECT_EQ(report.at("balanced"), true);
}

TEST_F(KeyRegister, ShowsWhoCollectedAKeyAndHowHeWasIdentified) {
  t.given("KEY", "KeyIssuedToOwner", issued_keys_json());
  const auto report = keys({{"unit", std::string(house_unit)}});
  EXPECT_THAT(column(report, "keys", "key_no"), ElementsAre("K-1"));
  EXPECT_THAT(column(report, "keys", "state"), ElementsAre("WITH_OWNER"));
  EXPECT_THAT(column(report, "keys", "holder"), ElementsAre(house_owner));
  EXPECT_THAT(column(report, "keys", "handed_out_to"), ElementsAre(house_owner));
  EXPECT_THAT(column(report, "keys", "id_checked"), ElementsAre("ID_CARD"));
  EXPECT_EQ(report.at("with_owner"), 1);
  EXPECT_EQ(report.at("in_custody"), 0);
}

TEST_F(KeyRegister, ListsOpenLoansAndThoseThatAreOverdue) {
  t.given("KEY", "KeyLentInternally", lent_json("S-ENG", "2025-03-03T18:00:00+08:00"));
  const QueryArguments lent{{"state", "LENT"}};
  EXPECT_THAT(column(keys(lent), "keys", "purpose"), ElementsAre("检修窗户"));
  EXPECT_THAT(column(keys(lent), "keys", "overdue"), ElementsAre("false"));
  EXPECT_EQ(keys(lent).at("in_custody"), 1) << "totals are of all keys";
  t.on("2025-03-03", "18:00:01").register_unit("1-1-0101");
  EXPECT_THAT(column(keys(lent), "keys", "overdue"), ElementsAre("true"));
  EXPECT_EQ(keys(lent).at("overdue"), 1);
  EXPECT_THAT(column(keys({{"state", "LENT"}, {"date", "2025-03-02"}}), "keys", "overdue"),
              ElementsAre("false"));
  t.given("KEY", "KeyReturned", key_returned_json("2025-03-03T18:00:00+08:00"));
  EXPECT_THAT(column(keys(lent), "keys", "key_no"), IsEmpty());
}

TEST_F(KeyRegister, TheNextDayAnOpenLoanIsOverdueThoughNothingWasRecorded) {
  t.given("KEY", "KeyLentInternally", lent_json("S-ENG", "2025-03-03T18:00:00+08:00"));
  EXPECT_EQ(keys().at("overdue"), 0);
  t.on("2025-03-04");
  EXPECT_EQ(keys().at("overdue"), 1);
}

TEST_F(KeyRegister, CountsViewingsAndShowsLossesWithWhoAnswers) {
  t.given("CSA", "ViewingEscorted", escorted_json());
  t.ledger.actor("PM");
  t.given("KEY", "KeyLossReported", loss_json());
  t.given("CSM", "KeyCompensationAssessed", compensation_json());
  const auto report = keys();
  const auto& first = row(report, "keys", 0);
  EXPECT_EQ(first.at("viewings"), 1);
  EXPECT_EQ(first.at("last_viewing"), "2025-03-03T10:00:00.000000+08:00");
  EXPECT_EQ(first.at("lost_on"), "2025-03-03");
  EXPECT_EQ(first.at("lost_from").as_object().at("code"), "IN_CUSTODY");
  EXPECT_EQ(first.at("liable"), "S-KEY S-PM");
  EXPECT_EQ(first.at("compensation_fen"), 5000);
}

TEST_F(KeyRegister, AKeyKeptBackShowsTheDefectsThatStillKeepIt) {
  t.given("CSA", "HandoverDefectRecorded", house_defect_json());
  t.given("KEY", "RectificationKeyRetained", retained_json());
  EXPECT_THAT(column(keys(), "keys", "open_defects"), ElementsAre("D-1", "null"));
  t.given("CSA",
          "HandoverDefectRectified",
          json({unit_field(),
                text("defect_id", "D-1"),
                text("done_on", "2025-03-03"),
                text("verified_by", "S-ENG"),
                "\"evidence\":[" + attachment(house_owner) + "]",
                signed_by_house_owner()}));
  EXPECT_THAT(column(keys(), "keys", "open_defects"), ElementsAre("null", "null"));
}

TEST_F(KeyRegister, TheFrontDeskDoesNotSeeWhereKeysAreKept) {
  for (const std::string_view role : {"KEY", "CSM", "PM", "CL", "AUD"}) {
    EXPECT_TRUE(row(keys({}, role), "keys", 0).contains("cabinet")) << role;
  }
  for (const std::string_view role : {"CSA", "SECM"}) {
    const auto report = keys({}, role);
    for (const std::string_view hidden : {"cabinet", "liable", "compensation_fen"}) {
      EXPECT_FALSE(row(report, "keys", 0).contains(hidden)) << role;
    }
  }
  for (const std::string_view role : {"CAS", "ARC", "SEC", "ENG", "GFC", "QD", "ENV"}) {
    EXPECT_EQ(t.refusal("keys", {}, role), "not_permitted") << role;
    EXPECT_EQ(t.refusal("key", {{"key", "K-1"}}, role), "not_permitted") << role;
  }
}

TEST_F(KeyRegister, AnEarlierAnswerStaysTheSame) {
  const std::string before_loan = index();
  const auto keys_then = keys({{"as_of", before_loan}, {"date", "2025-03-03"}});
  const auto key_then =
      t.query("key", {{"key", "K-1"}, {"as_of", before_loan}, {"date", "2025-03-03"}}, "KEY");
  t.given("KEY", "KeyIssuedToOwner", issued_keys_json());
  t.given("KEY", "KeyReceivedFromDeveloper", delivery_json({delivered_key("K-3")}));
  EXPECT_EQ(keys({{"as_of", before_loan}, {"date", "2025-03-03"}}), keys_then);
  EXPECT_EQ(t.query("key", {{"key", "K-1"}, {"as_of", before_loan}, {"date", "2025-03-03"}}, "KEY"),
            key_then);
  EXPECT_EQ(t.refusal("key", {{"key", "K-3"}, {"as_of", before_loan}}, "KEY"), "not_found");
  EXPECT_EQ(keys({{"as_of", index()}}), keys());
}

TEST_F(KeyRegister, AKeysFileHoldsItsRecordsAndSignatures) {
  t.given("KEY", "KeyLentInternally", lent_json());
  const auto file = t.query("key", {{"key", "K-1"}}, "KEY");
  EXPECT_THAT(column(file, "timeline", "event"),
              ElementsAre("KeyReceivedFromDeveloper", "KeyRegistered", "KeyLentInternally"));
  EXPECT_THAT(column(file, "signatures", "capacity"), ElementsAre("DEVELOPER", "KEY", "ENG"));
  EXPECT_THAT(column(file, "signatures", "signer"), ElementsAre("DEV-1", "S-KEY", "S-ENG"));
  EXPECT_THAT(column(file, "streams", "version"), ElementsAre("3"));
  EXPECT_EQ(t.refusal("key", {{"key", "K-9"}}, "KEY"), "not_found");
  EXPECT_EQ(t.refusal("key", {}, "KEY"), "query_invalid");
}

TEST_F(KeyRegister, PagesAndRefusesUnknownStates) {
  const auto first = keys({{"limit", "1"}});
  EXPECT_THAT(column(first, "keys", "key_no"), ElementsAre("K-1"));
  EXPECT_EQ(first.at("next"), "K-1");
  EXPECT_THAT(column(keys({{"limit", "1"}, {"cursor", "K-1"}}), "keys", "key_no"),
              ElementsAre("K-2"));
  EXPECT_EQ(t.refusal("keys", {{"state", "SOMEWHERE"}}, "KEY"), "query_invalid");
  EXPECT_EQ(t.refusal("keys", {{"state", "NONE"}}, "KEY"), "query_invalid");
}

TEST_F(KeyRegister, TheOwnerFileHoldsTheKeysOfItsUnitAndNoOthers) {
  t.given("KEY", "KeyIssuedToOwner", issued_keys_json());
  t.given("KEY", "KeyReclaimed", with(reclaimed_json(), "K-1", "K-1"));
  const auto file = t.query("owner_file", {{"unit", std::string(other_unit)}});
  EXPECT_THAT(column(file, "keys", "key_no"), ElementsAre("K-2"));
  EXPECT_THAT(column(file, "streams", "stream"), Contains("key:K-2"));
  EXPECT_THAT(column(file, "streams", "stream"), Not(Contains("key:K-1")))
      << "delivered by the same record";
  EXPECT_THAT(column(file, "timeline", "event"), Not(Contains("KeyReclaimed")));
  EXPECT_FALSE(t.query("owner_file", {{"unit", std::string(other_unit)}}, "ARC").contains("keys"));
}

}  // namespace
}  // namespace juanzong::testing
