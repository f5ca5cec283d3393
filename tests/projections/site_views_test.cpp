// SPDX-License-Identifier: Apache-2.0
// Lists of the site: equipment with 设备完好率, conferences with their tea, patrols of a day.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;

std::string of_newest(ViewLedger& t) {
  return std::to_string(number(t.newest()));
}

class EquipmentView : public ::testing::Test {
 protected:
  EquipmentView() {
    t.on("2025-03-03");
    t.given("ENGM",
            "MaintenancePlanSet",
            json({text("system", "ELEVATOR"),
                  R"("interval_days":15)",
                  R"("tasks":["检查"])",
                  signatures({staff_signature("ENGM")})}));
    add("LIFT-1", "ELEVATOR");
    add("LIFT-2", "ELEVATOR");
    add("PUMP-1", "WATER_POWER");
  }
  void add(std::string_view id, std::string_view system) {
    t.given("ENG",
            "EquipmentRegistered",
            json({text("equip_id", id),
                  text("system", system),
                  text("model", "X"),
                  R"("parameters":[{"name":"功率","value":"11 kW"}])",
                  text("installed_on", "2024-01-01"),
                  text("maintenance", "半月"),
                  text("location", "B1")}));
  }
  boost::json::object ledger(QueryArguments arguments = {{"date", "2025-03-18"}}) {
    return t.query("equipment", arguments, "ENG");
  }
  ViewLedger t;
};

TEST_F(EquipmentView, CountsWhatIsInServiceAndWhatIsDue) {
  EXPECT_THAT(column(ledger(), "equipment", "next_due"),
              ElementsAre("2025-03-18", "2025-03-18", "null"));
  EXPECT_EQ(ledger().at("overdue"), 0);
  EXPECT_EQ(ledger({{"date", "2025-03-19"}}).at("overdue"), 2);
  t.on("2025-03-10");
  t.given("ENG",
          "MaintenancePerformed",
          json({text("equip_id", "LIFT-1"),
                text("task", "检查"),
                text("result", "DONE"),
                text("at", "2025-03-10T09:00:00+08:00"),
                text("by", "S-ENG")}));
  EXPECT_EQ(ledger({{"date", "2025-03-19"}}).at("overdue"), 1);
  EXPECT_EQ(ledger().at("availability_bp"), 10'000);
  t.given("ENG",
          "EquipmentFailed",
          json({text("equip_id", "LIFT-2"),
                text("cause", "门机"),
                text("failed_at", "2025-03-10T09:30:00+08:00")}));
  EXPECT_EQ(ledger().at("in_service"), 2);
  EXPECT_EQ(ledger().at("availability_bp"), 6'666);
  EXPECT_THAT(column(ledger(), "equipment", "state"),
              ElementsAre("IN_SERVICE", "FAILED", "IN_SERVICE"));
  EXPECT_EQ(ledger(), ledger({{"date", "2025-03-18"}, {"as_of", of_newest(t)}}));
  const std::string before = std::to_string(number(t.newest()) - 1);
  EXPECT_EQ(ledger({{"as_of", before}}).at("availability_bp"), 10'000);
  EXPECT_EQ(t.refusal("equipment", {}, "CAS"), "not_permitted");
}

class ConferencesView : public ::testing::Test {
 protected:
  ConferencesView() {
    t.ledger.actor("CONF");
    request("CF-1", "2025-03-05T14:00:00+08:00");
    request("CF-2", "2025-04-02T09:00:00+08:00");
    t.on("2025-03-05", "13:31:00");
    prepare("2025-03-05T13:30:00+08:00");
    t.on("2025-03-05", "14:05:00");
    conf("ConferenceGuestsSeated", text("at", "2025-03-05T14:00:00+08:00"));
    conf("TeaServed",
         text("at", "2025-03-05T14:04:01+08:00") + "," +
             R"("utensils":[{"name":"茶杯","quantity":12}])");
    conf("ConferenceRoundMade", text("at", "2025-03-05T14:05:00+08:00"));
  }
  void request(std::string_view id, std::string_view arrival) {
    t.on("2025-03-04")
        .given("CSM",
               "ConferenceRequested",
               json({text("conf_id", id),
                     text("organisation", "某局"),
                     R"("persons":12)",
                     house_sealed("requirements"),
                     text("arrival", arrival),
                     house_sealed("notes")}));
  }
  void prepare(std::string_view ready) {
    t.given("CSM",
            "ConferencePrepared",
            json({text("conf_id", "CF-1"),
                  R"("checks":{"clean":true})",
                  text("env_notified_at", "2025-03-05T13:00:00+08:00"),
                  text("ready_at", ready)}));
  }
  RecordIndex conf(std::string_view event, std::string_view fields) {
    return t.given("CONF", event, json({text("conf_id", "CF-1"), std::string(fields)}));
  }
  boost::json::object march(QueryArguments arguments = {}) {
    arguments["month"] = "2025-03";
    return t.query("conferences", arguments);
  }
  ViewLedger t;
};

TEST_F(ConferencesView, ShowsHowGuestsWereReceivedInAMonth) {
  const auto report = march();
  EXPECT_THAT(column(report, "conferences", "conf_id"), ElementsAre("CF-1"));
  EXPECT_THAT(column(report, "conferences", "ready_in_time"), ElementsAre("true"));
  EXPECT_THAT(column(report, "conferences", "organisation"), ElementsAre("某局"));
  EXPECT_THAT(column(report, "conferences", "persons"), ElementsAre("12"));
  EXPECT_THAT(column(report, "conferences", "tea_minutes"), ElementsAre("5"));
  EXPECT_THAT(column(report, "conferences", "rounds"), ElementsAre("1"));
  EXPECT_EQ(report.at("utensils_out"), 12);
  EXPECT_EQ(report.at("utensils_missing"), 0) << "it is not over";
  conf("ConferenceClosed",
       R"("utensils_returned":[{"name":"茶杯","quantity":11}],)" + house_sealed("lessons"));
  EXPECT_EQ(march().at("utensils_missing"), 1);
  EXPECT_EQ(march(), march({{"as_of", of_newest(t)}}));
  EXPECT_EQ(march({{"as_of", std::to_string(number(t.newest()) - 1)}}).at("utensils_missing"), 0);
  EXPECT_EQ(t.query("conferences", {{"month", "2025-04"}}).at("not_ready_in_time"), 1);
  EXPECT_EQ(t.refusal("conferences", {}, "SEC"), "not_permitted");
}

TEST_F(ConferencesView, ARoomThatIsReadyTooLateIsCounted) {
  EXPECT_EQ(march().at("not_ready_in_time"), 0);
  t.ledger.actor("PM");
  t.given("PM",
          "PolicyAdopted",
          R"({"policy_ver":2,"effective":"2025-03-05","values":[{"key":"conference.prepare_min",)"
          R"("value":"31"}],)" +
              signatures({staff_signature("PM")}) + "}");
  EXPECT_EQ(march().at("not_ready_in_time"), 1);
}

class PatrolsView : public ::testing::Test {
 protected:
  PatrolsView() {
    t.on("2025-03-05", "11:00:00");
    t.register_unit("3-1-1202");
    t.given("ARC",
            "UnitRegistered",
            json({unit_field("3-1-0202"),
                  text("building", "3"),
                  text("entrance", "1"),
                  R"("floor":2)",
                  text("number", "0202"),
                  R"("area_cm2":895000)"}));
    walk("P-1", "3,7,11,14", "4");
  }
  RecordIndex walk(std::string_view id, std::string_view floors, std::string_view building) {
    return t.given("CSA",
                   "BuildingPatrolled",
                   json({text("patrol_id", id),
                         text("building", building),
                         R"("areas":{"site":true,"greening":true,"hall":true,"garage":true})",
                         R"("floors":[)" + std::string(floors) + "]",
                         text("started", "2025-03-05T09:00:00+08:00"),
                         text("ended", "2025-03-05T10:00:00+08:00"),
                         R"("topics":{"hygiene":"GOOD","facilities":"GOOD","tidiness":"GOOD",)"
                         R"("image":"GOOD","posts":"GOOD"})"}));
  }
  boost::json::object on(std::string_view day) {
    return t.query("patrols", {{"date", std::string(day)}});
  }
  ViewLedger t;
};

TEST_F(PatrolsView, FiveFloorsAndAllAreasAreARound) {
  EXPECT_THAT(column(on("2025-03-05"), "patrols", "complete"), ElementsAre("false"));
  EXPECT_THAT(column(on("2025-03-05"), "assistants", "staff"), ElementsAre("S-CSA"));
  EXPECT_EQ(on("2025-03-05").at("owed"), 1);
  walk("P-2", "3,7,11,14,18", "4");
  EXPECT_THAT(column(on("2025-03-05"), "patrols", "complete"), ElementsAre("false", "true"));
  EXPECT_EQ(on("2025-03-05").at("owed"), 0);
  EXPECT_EQ(on("2025-03-06").at("count"), 0);
  EXPECT_EQ(on("2025-03-06").at("owed"), 1);
  const auto newest = t.query("patrols", {{"date", "2025-03-05"}, {"as_of", of_newest(t)}});
  EXPECT_EQ(on("2025-03-05"), newest);
  const std::string before = std::to_string(number(t.newest()) - 1);
  EXPECT_EQ(t.query("patrols", {{"date", "2025-03-05"}, {"as_of", before}}).at("owed"), 1);
  EXPECT_EQ(t.refusal("patrols", {}, "CAS"), "not_permitted");
}

TEST_F(PatrolsView, ASmallBuildingHasFewerFloors) {
  walk("P-2", "11", "3");
  EXPECT_THAT(column(on("2025-03-05"), "patrols", "complete"), ElementsAre("false", "false"));
  walk("P-3", "2,11", "3");
  EXPECT_THAT(column(on("2025-03-05"), "patrols", "complete"),
              ElementsAre("false", "false", "true"));
}

}  // namespace
}  // namespace juanzong::testing
