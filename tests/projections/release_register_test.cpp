// SPDX-License-Identifier: Apache-2.0
// The register of goods releases: consents, clearance, gate, who leaves too often, one slip's file,
// and all of it as of an earlier index.
#include "tests/support/release_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReleaseRegister : public ::testing::Test {
 protected:
  ReleaseRegister() {
    t.on("2025-01-02").hand_over(house_unit);
    t.on("2025-10-30", "17:00:00");
  }
  boost::json::object releases(const QueryArguments& arguments = {},
                               std::string_view roles = "CSA") {
    return t.query("releases", arguments, roles);
  }
  boost::json::object slip(std::string_view roles = "CSA", const QueryArguments& more = {}) {
    QueryArguments arguments{{"slip", "S-1"}};
    arguments.insert(more.begin(), more.end());
    return t.query("release", arguments, roles);
  }
  void issue(std::string_view slip_id = "S-1", const std::string& carrier = house_carrier) {
    const auto of = [&](std::string body) {
      return with(with(with(std::move(body), "S-1", slip_id), house_carrier, carrier),
                  "FX-0001",
                  "FX-" + std::string(slip_id));
    };
    t.given("CSA", "GoodsReleaseRequested", of(release_requested_json()));
    t.given("CSA", "OwnerReleaseConsentRecorded", of(release_word_json()));
    t.given("CSA", "GoodsReleaseSlipIssued", of(carried_slip_json()));
  }
  ViewLedger t;
};

TEST_F(ReleaseRegister, FollowsASlipFromTheRequestToTheGate) {
  t.given("CSA", "GoodsReleaseRequested", release_requested_json());
  t.given("CSA", "OwnerContactFailed", contact_failed_json());
  t.given("CSA", "GoodsReleaseRefused", release_refused_json("UNREACHABLE"));
  EXPECT_EQ(releases().at("refused"), 1);
  EXPECT_THAT(column(releases(), "releases", "state"), ElementsAre("REFUSED"));
  EXPECT_THAT(column(releases(), "releases", "failed_calls"), ElementsAre("2"));
  EXPECT_THAT(column(releases(), "releases", "owner_agreed"), ElementsAre("null"));
  t.given("CSA", "OwnerReleaseConsentRecorded", release_word_json());
  t.given("CSA", "GoodsReleaseSlipIssued", carried_slip_json());
  EXPECT_EQ(releases().at("issued"), 1);
  t.given("SEC", "GoodsReleasedAtGate", gate_json());
  t.given("ARC", "GoodsReleaseSlipFiled", filed_json());
  const auto report = releases();
  const auto& only = row(report, "releases", 0);
  EXPECT_EQ(only.at("state").as_object().at("code"), "RELEASED");
  EXPECT_THAT(column(report, "releases", "carrier"), ElementsAre(house_carrier));
  EXPECT_EQ(only.at("relation").as_object().at("zh"), "保姆");
  EXPECT_EQ(only.at("owner_agreed"), true);
  EXPECT_EQ(only.at("owner_called_at"), "2025-10-30T15:00:00.000000+08:00");
  EXPECT_EQ(only.at("refusals"), 1);
  EXPECT_EQ(only.at("slip_no"), "FX-0001");
  EXPECT_EQ(only.at("items"), 2);
  EXPECT_EQ(only.at("by_phone"), true);
  EXPECT_EQ(only.at("gate"), "G-1");
  EXPECT_EQ(only.at("released_at"), "2025-10-30T17:00:00.000000+08:00");
  EXPECT_EQ(only.at("filed"), true);
  EXPECT_EQ(report.at("released"), 1);
}

TEST_F(ReleaseRegister, ShowsThatWhoMovesOutHadSettled) {
  t.given(
      "CSA",
      "GoodsReleaseRequested",
      release_requested_json({.relation = "OWNER", .nature = "MOVE_OUT", .carrier = house_owner}));
  t.given("CAS", "ArrearsClearanceConfirmed", clearance_json(house_owner));
  EXPECT_THAT(column(releases(), "releases", "cleared"), ElementsAre("null"));
  t.given("CSA",
          "GoodsReleaseSlipIssued",
          slip_json({staff_signature("CSA"), signature("OWNER", house_owner)}));
  EXPECT_THAT(column(releases(), "releases", "cleared"), ElementsAre("true"));
  EXPECT_THAT(column(releases(), "releases", "by_phone"), ElementsAre("false"));
}

TEST_F(ReleaseRegister, WarnsOfUnitsAndCarriersThatLeaveTooOften) {
  t.on("2025-10-24", "17:00:00");
  const auto earlier = [&](std::string_view slip_id) {
    t.given("CSA", "GoodsReleaseRequested", with(release_requested_json(), "S-1", slip_id));
    t.given("CSA",
            "OwnerReleaseConsentRecorded",
            with(with(release_word_json(), "S-1", slip_id), "2025-10-30T15", "2025-10-24T15"));
    t.given(
        "CSA",
        "GoodsReleaseSlipIssued",
        with(with(carried_slip_json(), "S-1", slip_id), "FX-0001", "FX-" + std::string(slip_id)));
  };
  earlier("S-1");
  t.on("2025-10-30", "17:00:00");
  issue("S-2");
  EXPECT_THAT(column(releases(), "watch", "subject"), IsEmpty()) << "two of three";
  issue("S-3", person_id(3002));
  EXPECT_THAT(column(releases(), "watch", "subject"), ElementsAre(house_unit));
  EXPECT_THAT(column(releases(), "watch", "slips"), ElementsAre("3"));
  EXPECT_THAT(column(releases({{"date", "2025-10-31"}}), "watch", "subject"), IsEmpty())
      << "the 24th lies seven days before the 31st";
  issue("S-4");
  EXPECT_THAT(column(releases(), "watch", "kind"), ElementsAre("UNIT", "CARRIER"));
  EXPECT_THAT(column(releases({{"date", "2025-10-29"}}), "watch", "subject"), IsEmpty())
      << "later slips are not of those days";
}

TEST_F(ReleaseRegister, WatchesAsThePolicySays) {
  t.given("PM",
          "PolicyAdopted",
          json({"\"policy_ver\":2",
                text("effective", "2025-10-30"),
                "\"values\":[" + json({text("key", "release.watch"), text("value", "1")}) + "]",
                signatures({staff_signature("PM")})}));
  t.given("CSA", "GoodsReleaseRequested", release_requested_json());
  EXPECT_THAT(column(releases(), "watch", "subject"), IsEmpty()) << "nothing has a slip yet";
  t.given("CSA", "OwnerReleaseConsentRecorded", release_word_json());
  t.given("CSA", "GoodsReleaseSlipIssued", carried_slip_json());
  EXPECT_THAT(column(releases(), "watch", "kind"), ElementsAre("UNIT", "CARRIER"));
}

TEST_F(ReleaseRegister, ASlipsFileHoldsItemsCallsRefusalsAndSignatures) {
  t.given("CSA", "GoodsReleaseRequested", release_requested_json());
  t.given("CSA", "OwnerContactFailed", contact_failed_json());
  t.given("CSA", "GoodsReleaseRefused", release_refused_json("UNREACHABLE"));
  t.given("CSA", "OwnerReleaseConsentRecorded", release_word_json());
  EXPECT_THAT(column(slip(), "items", "name"), ElementsAre("沙发", "壁挂空调"));
  t.given("CSA",
          "GoodsReleaseSlipIssued",
          slip_json({staff_signature("CSA"), signature("CARRIER", house_carrier)},
                    {},
                    "\"items\":[" + goods_item("沙发") + "]"));
  const auto file = slip();
  EXPECT_THAT(column(file, "items", "name"), ElementsAre("沙发"));
  EXPECT_THAT(column(file, "items", "category"), ElementsAre("FURNITURE"));
  EXPECT_THAT(column(file, "calls", "event"),
              ElementsAre("OwnerContactFailed", "OwnerReleaseConsentRecorded"));
  EXPECT_THAT(column(file, "calls", "called_at"),
              ElementsAre("2025-10-30T14:30:00.000000+08:00", "2025-10-30T15:00:00.000000+08:00"));
  EXPECT_THAT(column(file, "calls", "consented"), ElementsAre("null", "true"));
  EXPECT_THAT(column(file, "refusals", "reason"), ElementsAre("UNREACHABLE"));
  EXPECT_THAT(column(file, "signatures", "capacity"), ElementsAre("OWNER", "CSA", "CARRIER"));
  EXPECT_THAT(column(file, "streams", "version"), ElementsAre("5"));
  EXPECT_EQ(t.refusal("release", {{"slip", "S-9"}}), "not_found");
  EXPECT_EQ(t.refusal("release", {}), "query_invalid");
}

TEST_F(ReleaseRegister, GuardsSeeSlipsButNoPhoneNumbersAndOthersSeeNothing) {
  issue();
  const auto phone = [&](std::string_view role) {
    return column(slip(role, {{"case_ref", "slip:S-1"}}), "calls", "phone_no").front();
  };
  EXPECT_EQ(phone("SEC"), "HIDDEN");
  EXPECT_NE(phone("CSA"), "HIDDEN");
  EXPECT_NE(phone("CAS"), phone("CSA")) << "masked";
  for (const std::string_view role : {"KEY", "ENG", "ENV", "GFC", "QD"}) {
    EXPECT_EQ(t.refusal("releases", {}, role), "not_permitted") << role;
    EXPECT_EQ(t.refusal("release", {{"slip", "S-1"}}, role), "not_permitted") << role;
  }
}

TEST_F(ReleaseRegister, AnEarlierAnswerStaysTheSame) {
  issue();
  const QueryArguments then{{"as_of", std::to_string(number(t.newest()))}, {"date", "2025-10-30"}};
  const QueryArguments slip_then{{"as_of", then.at("as_of")}};
  const auto before = releases(then);
  const auto file_before = slip("CSA", slip_then);
  t.given("SEC", "GoodsReleasedAtGate", with(gate_json(), "FX-0001", "FX-S-1"));
  issue("S-2");
  EXPECT_EQ(releases(then), before);
  EXPECT_EQ(slip("CSA", slip_then), file_before);
  EXPECT_EQ(t.refusal("release", {{"slip", "S-2"}, {"as_of", then.at("as_of")}}), "not_found");
  EXPECT_EQ(releases({{"as_of", std::to_string(number(t.newest()))}}), releases());
}

TEST_F(ReleaseRegister, FiltersByUnitAndCarrierAndPages) {
  issue("S-1");
  issue("S-2", person_id(3002));
  const auto ids = [&](const QueryArguments& arguments) {
    return column(releases(arguments), "releases", "slip_id");
  };
  EXPECT_THAT(ids({}), ElementsAre("S-1", "S-2"));
  EXPECT_THAT(ids({{"carrier", person_id(3002)}}), ElementsAre("S-2"));
  EXPECT_THAT(ids({{"unit", "9-9-9999"}}), IsEmpty());
  EXPECT_THAT(ids({{"unit", std::string(house_unit)}}), ElementsAre("S-1", "S-2"));
  EXPECT_THAT(ids({{"limit", "1"}}), ElementsAre("S-1"));
  EXPECT_THAT(ids({{"limit", "1"}, {"cursor", "S-1"}}), ElementsAre("S-2"));
}

TEST_F(ReleaseRegister, TheOwnerFileListsTheSlipsOfItsUnit) {
  issue();
  const auto file = t.query("owner_file", {{"unit", std::string(house_unit)}});
  EXPECT_THAT(column(file, "releases", "slip_id"), ElementsAre("S-1"));
  EXPECT_FALSE(
      t.query("owner_file", {{"unit", std::string(house_unit)}}, "KEY").contains("releases"));
}

}  // namespace
}  // namespace juanzong::testing
