// SPDX-License-Identifier: Apache-2.0
// Office clients and rooms to let: what a client received, what he still owes, whether his room was
// cleaned in time, and all of it as of then.
#include "tests/support/key_steps.h"
#include "tests/support/office.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OfficeViews : public ::testing::Test {
 protected:
  OfficeViews() {
    t.on("2025-03-03").register_unit(house_unit);
    t.ledger.actor("MKT");
    t.given("KEY",
            "KeyReceivedFromDeveloper",
            delivery_json({delivered_key("K-1"), delivered_key("K-2")}));
    t.given("KEY", "KeyRegistered", key_registered_json("K-1"));
    t.given("KEY", "KeyRegistered", key_registered_json("K-2"));
    t.given("CSA", "OfficeRoomRechecked", rechecked_json());
    t.given("ENV", "OfficeFittingsSupplied", supplied_json());
    delivered = t.given("CSA", "OfficeKeysDelivered", keys_delivered_json());
    t.given("CSM", "OfficeClientFileOpened", client_file_json());
  }
  void vacate() {
    t.on("2025-09-30", "18:00:00");
    t.given("CSA", "LeaseTerminationNotified", termination_json());
    t.given("ENV",
            "OfficeFittingsReclaimed",
            replaced(replaced(fittings_back_json(), R"("quantity":4)", R"("quantity":3)"),
                     R"("signatures")",
                     R"("missing":[{"name":"门禁卡","quantity":1}],"signatures")"));
    t.given("CSM", "OfficeKeysReclaimed", keys_back_json());
    talked = t.given("CSA", "ExitTalkRecorded", exit_talk_json());
  }
  RecordIndex clean(std::string_view day, std::string_view at) {
    t.on(day, "23:00:00");
    return t.given("ENV", "VacatedRoomCleaned", cleaned_json(at));
  }
  void charge(std::string_view id, std::int64_t fen) {
    t.given("CAS",
            "ChargeAssessed",
            with(with(charge_json({id, fen, "COMPENSATION"}), house_owner, office_company),
                 "\"OWNER\"",
                 "\"TENANT\""));
  }
  boost::json::object clients(QueryArguments arguments = {}, std::string_view roles = "CSM") {
    return t.query("office_clients", arguments, roles);
  }
  boost::json::object room(std::string_view roles = "CSM") {
    return clients({{"unit", std::string(house_unit)}}, roles);
  }
  boost::json::object rooms(std::string_view date) {
    return t.query("rooms_to_let", {{"date", std::string(date)}}, "MKT");
  }
  ViewLedger t;
  RecordIndex delivered{};
  RecordIndex talked{};
};

TEST_F(OfficeViews, ListsTheClientsWithWhatTheySignedFor) {
  const auto report = clients();
  EXPECT_THAT(column(report, "clients", "company"), ElementsAre(office_company));
  EXPECT_THAT(column(report, "clients", "stage"), ElementsAre("LET"));
  EXPECT_THAT(column(report, "clients", "keys_out"), ElementsAre("2"));
  EXPECT_THAT(column(report, "clients", "fittings"), ElementsAre("遥控器×1、门禁卡×4"));
  EXPECT_THAT(column(report, "clients", "rules_explained"), ElementsAre("false"));
  EXPECT_EQ(row(report, "clients", 0).at("records").at("delivered_on").as_array().at(0),
            number(delivered));
}

TEST_F(OfficeViews, TheFileOfARoomNamesItsClient) {
  const auto file = t.query("owner_file", {{"unit", std::string(house_unit)}});
  EXPECT_EQ(file.at("office_client"), "CO-1");
  EXPECT_EQ(file.at("office_stage").as_object().at("code"), "LET");
}

TEST_F(OfficeViews, ShowsThePersonResponsibleToThoseWhoKeepTheFile) {
  EXPECT_THAT(column(clients(), "clients", "responsible"), ElementsAre(office_person));
  EXPECT_THAT(column(clients({}, "CSA"), "clients", "responsible"), ElementsAre("null"));
  EXPECT_THAT(column(clients({}, "CSA"), "clients", "filed"), ElementsAre("true"));
  EXPECT_EQ(t.refusal("office_clients", {}, "SEC"), "not_permitted");
  EXPECT_EQ(t.refusal("office_clients", {{"unit", "9-9-9999"}}, "CSM"), "not_found");
}

TEST_F(OfficeViews, ListsTheKeysAndFittingsOfARoomAndWhatIsMissing) {
  vacate();
  const auto report = room();
  EXPECT_THAT(column(report, "clients", "stage"), ElementsAre("VACATED"));
  EXPECT_THAT(column(t.query("keys", {}), "keys", "state"),
              ElementsAre("IN_CUSTODY", "IN_CUSTODY"));
  EXPECT_THAT(column(report, "keys", "key_no"), ElementsAre("K-1", "K-2"));
  EXPECT_THAT(column(report, "keys", "state"), ElementsAre("RETURNED", "RETURNED"));
  EXPECT_THAT(column(report, "fittings", "name"), ElementsAre("遥控器", "门禁卡"));
  EXPECT_THAT(column(report, "fittings", "supplied"), ElementsAre("1", "4"));
  EXPECT_THAT(column(report, "fittings", "missing"), ElementsAre("0", "1"));
}

TEST_F(OfficeViews, ShowsWhatTheClientStillOwesToThoseWhoMaySeeMoney) {
  charge("W-1", 5'000);
  t.given("CAS", "ChargeAssessed", charge_json({"O-1", 700}));
  auto report = room();
  EXPECT_EQ(report.at("open_fen"), 5'000);
  EXPECT_EQ(report.at("settled"), false);
  EXPECT_THAT(column(report, "charges", "charge_id"), ElementsAre("W-1"));
  EXPECT_FALSE(room("KEY").contains("open_fen"));
  t.given("CAS",
          "PaymentReceived",
          with(with(payment_json("P-1", "W-1", 5'000),
                    "\"amount_fen\":5000,\"method\"",
                    "\"amount_fen\":5200,\"method\""),
               house_owner,
               office_company));
  report = room();
  EXPECT_EQ(report.at("open_fen"), 0);
  EXPECT_EQ(report.at("settled"), true);
  EXPECT_EQ(report.at("advance_fen"), 200);
  EXPECT_EQ(report.at("deposits_held_fen"), 0);
}

TEST_F(OfficeViews, ARoomIsToLetOnceVacatedAndItsCleaningIsTimed) {
  EXPECT_THAT(rooms("2025-09-30").at("rooms").as_array(), IsEmpty());
  vacate();
  EXPECT_THAT(column(rooms("2025-10-01"), "rooms", "duty"), ElementsAre("RUNNING"));
  EXPECT_THAT(column(rooms("2025-10-02"), "rooms", "duty"), ElementsAre("BREACHED"));
  EXPECT_THAT(column(rooms("2025-10-01"), "rooms", "clean_due"),
              ElementsAre("2025-10-01T18:00:00.000000+08:00"));
  clean("2025-10-01", "2025-10-01T18:00:00+08:00");
  const auto report = rooms("2025-10-05");
  EXPECT_THAT(column(report, "rooms", "stage"), ElementsAre("READY_TO_LET"));
  EXPECT_THAT(column(report, "rooms", "duty"), ElementsAre("MET"));
  EXPECT_THAT(column(report, "rooms", "former_client"), ElementsAre(office_company));
  EXPECT_THAT(clients().at("clients").as_array(), IsEmpty());
}

TEST_F(OfficeViews, ALateCleaningStaysLateAndTheHoursAreThePolicys) {
  vacate();
  clean("2025-10-01", "2025-10-01T18:00:01+08:00");
  EXPECT_THAT(column(rooms("2025-10-05"), "rooms", "duty"), ElementsAre("MET_LATE"));
  t.given("PM",
          "PolicyAdopted",
          R"({"policy_ver":2,"effective":"2025-09-30","values":[{"key":"office.clean_h",)"
          R"("value":"48"}],)" +
              signatures({staff_signature("PM")}) + "}");
  EXPECT_THAT(column(rooms("2025-10-05"), "rooms", "duty"), ElementsAre("MET"));
}

TEST_F(OfficeViews, AnEarlierAnswerStandsAsOfItsRecord) {
  vacate();
  clean("2025-09-30", "2025-09-30T20:00:00+08:00");
  const auto as_of = [](RecordIndex index) { return std::to_string(number(index)); };
  const auto then = clients({{"as_of", as_of(delivered)}});
  EXPECT_THAT(column(then, "clients", "stage"), ElementsAre("LET"));
  EXPECT_THAT(column(then, "clients", "filed"), ElementsAre("false"));
  EXPECT_THAT(
      clients({{"as_of", as_of(RecordIndex{number(delivered) - 1})}}).at("clients").as_array(),
      IsEmpty());
  const auto vacated =
      t.query("rooms_to_let", {{"date", "2025-09-30"}, {"as_of", as_of(talked)}}, "MKT");
  EXPECT_THAT(column(vacated, "rooms", "stage"), ElementsAre("VACATED"));
  EXPECT_EQ(t.query("rooms_to_let", {{"date", "2025-09-30"}, {"as_of", as_of(t.newest())}}, "MKT"),
            rooms("2025-09-30"));
}

}  // namespace
}  // namespace juanzong::testing
