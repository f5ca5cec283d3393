// SPDX-License-Identifier: Apache-2.0
// A unit changes hands: the list of transfers, and the owner file before, on and after the day.
#include "tests/support/transfer_steps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Transfers : public ::testing::Test {
 protected:
  explicit Transfers(std::string_view at = transfer_moment) : effective(at) {
    t.on("2025-01-02").hand_over(house_unit);
    t.move_owner_in(house_unit, "2025-01-02");
    t.on("2025-04-16", "14:00:00");
    t.given("CSA", "OwnershipTransferSubmitted", submitted_json());
    t.given("CSA", "OwnershipTransferVerified", verified_json());
    t.given("CAS", "MeterReadingTaken", transfer_meters_json());
    t.given("CAS", "FormerOwnerSettled", former_settled_json());
    const std::string period = R"(,"period_from":"2025-04-16","period_to":"2025-10-16")";
    t.given("CAS",
            "ChargeAssessed",
            with(charge_json({"F-2", 162'120, "PROPERTY_FEE", "2025-04-16", period}),
                 house_owner,
                 house_buyer));
    prepaid = t.given("CAS", "NewOwnerPrepaid", prepaid_json());
    filed = t.given("CSA", "NewOwnerFileCreated", buyer_file_json());
    t.given("CSA", "SafetyResponsibilitySigned", buyer_paper_json());
    documented = t.given("ARC", "FormerOwnerFileAnnotated", annotated_json());
    transfer();
  }
  void transfer() {
    transferred = t.given("ARC", "OwnershipTransferred", transferred_json(effective));
    t.on("2025-05-01");
  }
  boost::json::object list(const QueryArguments& arguments = {}, std::string_view role = "CSM") {
    return t.query("transfers", arguments, role);
  }
  boost::json::object file(const QueryArguments& more = {}) {
    QueryArguments arguments{{"unit", std::string(house_unit)}};
    arguments.insert(more.begin(), more.end());
    return t.query("owner_file", arguments);
  }
  static std::string owner(const boost::json::object& report) {
    return std::string(report.at("owner").as_string());
  }
  static std::string at(RecordIndex index) { return std::to_string(number(index)); }
  std::string_view effective;
  ViewLedger t;
  RecordIndex prepaid{};
  RecordIndex filed{};
  RecordIndex documented{};
  RecordIndex transferred{};
};

TEST_F(Transfers, TheListTellsHowFarEachHasCome) {
  const auto report = list();
  EXPECT_EQ(report.at("count"), 1);
  const auto& line = row(report, "transfers", 0);
  EXPECT_EQ(line.at("transfer_id"), "TR-1");
  EXPECT_EQ(line.at("stage").as_object().at("code"), "EFFECTIVE");
  EXPECT_EQ(line.at("evidence").as_object().at("code"), "PROPERTY_CERT");
  EXPECT_EQ(line.at("prepaid_last"), "2025-10-15");
  EXPECT_EQ(line.at("records").as_object().at("prepaid_last").as_array().at(0), number(prepaid));
  EXPECT_EQ(line.at("transferred_on"), "2025-04-16");
  EXPECT_EQ(line.at("effective_at"), "2025-04-16T11:00:00.000000+08:00");
  EXPECT_EQ(line.at("paper_signed"), true);
}

TEST_F(Transfers, AsOfAnIndexItShowsWhatWasKnownThen) {
  EXPECT_THAT(column(list({{"as_of", at(documented)}}), "transfers", "stage"),
              ElementsAre("DOCUMENTED"));
  const auto earlier = list({{"as_of", at(prepaid)}});
  EXPECT_THAT(column(earlier, "transfers", "stage"), ElementsAre("SETTLED"));
  EXPECT_THAT(column(earlier, "transfers", "file_created"), ElementsAre("false"));
  EXPECT_THAT(column(list({{"as_of", at(RecordIndex{number(prepaid) - 1})}}), "transfers", "stage"),
              ElementsAre("VERIFIED"));
  EXPECT_EQ(list({{"as_of", "2025-01-02"}}).at("count"), 0);
  auto newest = list({{"as_of", at(transferred)}});
  EXPECT_EQ(newest.at("transfers"), list().at("transfers")) << "folded as stored";
}

TEST_F(Transfers, OfOneUnitItAddsTheOwnershipHistory) {
  const auto report = list({{"unit", std::string(house_unit)}});
  EXPECT_THAT(column(report, "owners", "owner"), ElementsAre(house_owner, house_buyer));
  EXPECT_THAT(column(report, "owners", "status"), ElementsAre("TRANSFERRED", "CURRENT"));
  EXPECT_THAT(column(report, "owners", "transferred_on"), ElementsAre("2025-04-16", "null"));
  t.register_unit("3-1-1203");
  const auto other = list({{"unit", "3-1-1203"}});
  EXPECT_THAT(other.at("transfers").as_array(), IsEmpty());
  EXPECT_THAT(other.at("owners").as_array(), IsEmpty());
  EXPECT_EQ(t.refusal("transfers", {{"unit", "9-9-0909"}}), "not_found");
}

TEST_F(Transfers, AreForThoseWhoKeepOwnersFiles) {
  for (const std::string_view role : {"SEC", "ENG", "GFC", "ENV", "QD"}) {
    EXPECT_EQ(t.refusal("transfers", {}, role), "not_permitted") << role;
  }
  EXPECT_EQ(list({}, "ARC").at("count"), 1);
}

TEST_F(Transfers, TheOwnerFileNamesTheOwnerOfTheBusinessDate) {
  EXPECT_EQ(owner(file()), house_buyer);
  EXPECT_EQ(file().at("records").as_object().at("owner_name").as_array().at(0), number(filed));
  EXPECT_EQ(owner(file({{"date", "2025-04-10"}})), house_owner);
  EXPECT_EQ(owner(file({{"date", "2025-04-15"}})), house_owner);
  EXPECT_EQ(owner(file({{"date", "2025-04-16"}})), house_buyer);
  EXPECT_TRUE(file({{"date", "2025-01-01"}}).at("owner").is_null()) << "before the first file";
  EXPECT_EQ(owner(file({{"as_of", at(documented)}})), house_owner);
}

class TransferAtMidnight : public Transfers {
 protected:
  TransferAtMidnight() : Transfers("2025-04-16T00:00:00+08:00") {}
};

TEST_F(TransferAtMidnight, BelongsToTheDayThatBegins) {
  EXPECT_EQ(owner(file({{"date", "2025-04-15"}})), house_owner);
  EXPECT_EQ(owner(file({{"date", "2025-04-16"}})), house_buyer);
}

TEST_F(Transfers, TheOwnerFileHoldsTheTransferAndItsPaper) {
  const auto report = file();
  EXPECT_THAT(column(report, "owners", "owner"), ElementsAre(house_owner, house_buyer));
  EXPECT_THAT(column(report, "papers", "case_ref"), Contains("transfer:TR-1"));
  EXPECT_THAT(column(report, "streams", "stream"), Contains("transfer:TR-1"));
  EXPECT_THAT(column(report, "timeline", "event"), Contains("OwnershipTransferred"));
}

TEST_F(Transfers, TheMonthsTableCountsTheTransferAndKeepsTheCategory) {
  const auto april = t.query("occupancy", {{"month", "2025-04"}});
  EXPECT_THAT(column(april, "events", "event"), ElementsAre("OwnershipTransferred"));
  EXPECT_THAT(april.at("transitions").as_array(), IsEmpty());
  EXPECT_EQ(april.at("balanced"), true);
}

}  // namespace
}  // namespace juanzong::testing
