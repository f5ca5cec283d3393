// SPDX-License-Identifier: Apache-2.0
// Mail, stored things and lent umbrellas at the desk.
#include "events/procedures/deadlines.h"
#include "events/procedures/units.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view now = "2025-03-05T11:00:00+08:00";

std::string by_customer(std::string_view who = house_owner) {
  return signatures({signature("CUSTOMER", who)});
}

std::string received_json(std::string_view kind = "LETTER") {
  return json({text("mail_id", "M-1"),
               text("addressee", house_owner),
               unit_field(),
               text("kind", kind),
               house_sealed("from"),
               text("at", "2025-03-05T09:00:00+08:00")});
}

std::string collected_json(std::string_view more = "", std::string_view who = house_owner) {
  return json(
      {text("mail_id", "M-1"), text("collector", who), by_customer(who) + std::string(more)});
}

std::string stored_json(std::string_view category = "LUGGAGE", std::string_view as = "OWNER") {
  return json({text("storage_id", "ST-1"),
               unit_field(),
               text("depositor", house_owner),
               text("customer", as),
               text("item", "行李箱"),
               text("category", category),
               R"("category_ok":true)",
               text("deposited_at", "2025-03-05T10:00:00+08:00"),
               text("pickup_at", "2025-03-06T18:00:00+08:00"),
               by_customer()});
}

std::string checked_json(std::string_view more = "", std::string_view on = "2025-03-05") {
  return json({text("date", on), R"("list":["ST-1"])" + std::string(more)});
}

std::string given_back_json(std::string_view who = house_owner, std::string_view id = "ID_CARD") {
  return json({text("storage_id", "ST-1"),
               text("collector", who),
               text("returned_at", now),
               text("id_checked", id),
               house_sealed("id_doc"),
               R"("item_checked":true)",
               text("condition", "INTACT"),
               by_customer(who)});
}

std::string lent_json(std::string_view condition = "INTACT", std::string_view as = "OWNER") {
  return json({text("item_id", "U-7"),
               unit_field(),
               text("borrower", house_owner),
               text("customer", as),
               text("condition", condition),
               R"("price_fen":3000)",
               text("at", "2025-03-05T10:00:00+08:00"),
               by_customer()});
}

std::string brought_back_json(std::string_view condition) {
  return json({text("item_id", "U-7"),
               text("returned_by", house_owner),
               text("condition", condition),
               text("at", now),
               by_customer()});
}

std::string compensated_json(std::string_view cause, int fen = 3000) {
  return json({text("item_id", "U-7"),
               text("cause", cause),
               text("payer", house_owner),
               "\"amount_fen\":" + std::to_string(fen),
               text("confirmed_by", "S-CSA"),
               signatures({staff_signature("CSA")})});
}

class FrontDeskTest : public HouseTest {
 protected:
  FrontDeskTest() {
    register_unit(t);
    UnitState& unit = t.world().edit<UnitState>(house_unit);
    unit.owner = house_owner;
    unit.handed_over = true;
    t.at(now).as("S-CSA");
  }
  ObligationState due(std::string_view rule, std::string_view of) {
    return t.world().get<ObligationState>(obligation_key(rule, of));
  }
};

TEST_F(FrontDeskTest, MailGoesToItsAddresseeWhoSigns) {
  t.given("MailReceived", received_json());
  EXPECT_THAT(rules_when("MailReceived", received_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MailCollected", collected_json("", house_tenant)),
              ElementsAre("H-DSK-1"));
  EXPECT_THAT(rules_when("MailCollected", replaced(collected_json(), "CUSTOMER", "CARRIER")),
              ElementsAre("H-DSK-1"));
  EXPECT_THAT(rules_when("MailCollected", collected_json(R"(,"id_needed":true)")),
              ElementsAre("H-DSK-1"));
  t.given("MailCollected", collected_json(R"(,"id_needed":true,"id_shown":true)"));
  EXPECT_THAT(rules_when("MailCollected", collected_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("MailCollected", replaced(collected_json(), "M-1", "M-2")),
              ElementsAre("STATE_REFUSED"));
  expect_states_round_trip(t);
}

TEST_F(FrontDeskTest, ImportantMailIsDeliveredOnItsDay) {
  t.given("MailReceived", received_json());
  EXPECT_EQ(due("D-DSK-2", "mail:M-1").rounds, 0U) << "a letter";
  t.given("MailReceived", replaced(received_json("EXPRESS"), "M-1", "M-2"));
  EXPECT_EQ(due("D-DSK-2", "mail:M-2").due_at, *parse_instant("2025-03-06T00:00:00+08:00"));
  EXPECT_THAT(rules_when("MailReceived",
                         replaced(replaced(received_json(), "M-1", "M-3"), "05T09", "05T12")),
              ElementsAre("SCHEMA"));
}

TEST_F(FrontDeskTest, ALeaderOfTheHouseSignsForHisMail) {
  t.given("MailReceived", replaced(received_json("REGISTERED"), house_owner, "S-PM"));
  const std::string by_leader = json(
      {text("mail_id", "M-1"), text("collector", "S-PM"), signatures({staff_signature("PM")})});
  EXPECT_THAT(rules_when("MailCollected", by_leader), IsEmpty());
}

TEST_F(FrontDeskTest, SomeThingsAreNotStored) {
  for (const std::string_view category : {"PERISHABLE_FOOD",
                                          "IMPORTANT_DOCUMENT",
                                          "CASH",
                                          "VOUCHER",
                                          "PRECISION_INSTRUMENT",
                                          "FRAGILE_GLASS",
                                          "VALUABLES"}) {
    EXPECT_THAT(rules_when("StorageAccepted", stored_json(category)), ElementsAre("H-DSK-2"))
        << category;
  }
  EXPECT_THAT(
      rules_when("StorageAccepted",
                 replaced(stored_json(), R"("category_ok":true)", R"("category_ok":false)")),
      ElementsAre("H-DSK-2"));
  EXPECT_THAT(rules_when("StorageAccepted", stored_json()), IsEmpty());
  EXPECT_THAT(rules_when("StorageAccepted", stored_json("OTHER")), IsEmpty());
  EXPECT_THAT(
      rules_when("StorageRefused",
                 json({text("item", "现金"), text("category", "CASH"), house_sealed("reason")})),
      IsEmpty());
}

TEST_F(FrontDeskTest, OnlyTheHousesCustomersStoreAndBorrow) {
  const auto both = [this](std::string_view as) {
    return std::pair(rules_when("StorageAccepted", stored_json("LUGGAGE", as)),
                     rules_when("UmbrellaLent", lent_json("INTACT", as)));
  };
  EXPECT_THAT(both("OWNER").first, IsEmpty());
  EXPECT_THAT(both("OCCUPANT").first, ElementsAre("H-DSK-3")) << "nobody lives there";
  EXPECT_THAT(both("OFFICE_STAFF").second, ElementsAre("H-DSK-3"));
  t.world().edit<UnitState>(house_unit).occupant = UnitOccupant::tenant;
  t.world().edit<UnitState>(house_unit).use = UnitUsage::office;
  EXPECT_THAT(both("OCCUPANT").second, IsEmpty());
  EXPECT_THAT(both("OFFICE_STAFF").first, IsEmpty());
  t.world().edit<UnitState>(house_unit).owner = house_tenant;
  EXPECT_THAT(both("OWNER").first, ElementsAre("H-DSK-3")) << "another owner";
}

TEST_F(FrontDeskTest, SeveralBrokenRulesAreAllNamed) {
  const std::string unsigned_form =
      replaced(stored_json("CASH", "OCCUPANT"), "CUSTOMER", "CARRIER");
  EXPECT_THAT(rules_when("StorageAccepted", unsigned_form),
              ElementsAre("SCHEMA", "H-DSK-3", "H-DSK-2"));
}

TEST_F(FrontDeskTest, WhatIsStoredIsCheckedEveryDay) {
  t.given("StorageAccepted", stored_json());
  EXPECT_EQ(due("D-DSK-1", "storage:ST-1").due_at, *parse_instant("2025-03-06T00:00:00+08:00"));
  EXPECT_EQ(due("D-DSK-3", "storage:ST-1").due_at, *parse_instant("2025-03-07T00:00:00+08:00"));
  EXPECT_THAT(rules_when("StorageChecked", checked_json(R"(,"discrepancies":["ST-2"])")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("StorageChecked", checked_json("", "2025-03-06")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("StorageChecked", replaced(checked_json(), "ST-1", "ST-9")),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
  t.given("StorageChecked", checked_json(R"(,"discrepancies":["ST-1"])"));
  EXPECT_EQ(due("D-DSK-1", "storage:ST-1").end, ObligationEnd::met);
  EXPECT_EQ(due("D-DSK-1-NEXT", "storage:ST-1").due_at,
            *parse_instant("2025-03-07T00:00:00+08:00"));
}

TEST_F(FrontDeskTest, StoredThingsGoBackAfterALookAtIdentityAndItem) {
  EXPECT_THAT(rules_when("StorageReturned", given_back_json()), ElementsAre("STATE_REFUSED"));
  t.given("StorageAccepted", stored_json());
  EXPECT_THAT(rules_when("StorageReturned", given_back_json(house_tenant)), ElementsAre("H-DSK-6"));
  EXPECT_THAT(rules_when("StorageReturned", given_back_json(house_owner, "NONE")),
              ElementsAre("H-DSK-6"));
  EXPECT_THAT(
      rules_when("StorageReturned",
                 replaced(given_back_json(), R"("item_checked":true)", R"("item_checked":false)")),
      ElementsAre("H-DSK-6"));
  EXPECT_THAT(rules_when("StorageReturned", replaced(given_back_json(), "CUSTOMER", "CARRIER")),
              ElementsAre("SCHEMA"))
      << "he did not sign";
  t.given("StorageReturned", given_back_json());
  EXPECT_THAT(rules_when("StorageReturned", given_back_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("StorageChecked", checked_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(FrontDeskTest, PickedUpAfterItWasLeft) {
  EXPECT_THAT(rules_when("StorageAccepted", replaced(stored_json(), "06T18", "05T10")),
              ElementsAre("SCHEMA"));
}

TEST_F(FrontDeskTest, AnUmbrellaIsLentAgainAndAgain) {
  EXPECT_THAT(rules_when("UmbrellaReturned", brought_back_json("INTACT")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("UmbrellaLent", lent_json("LOST")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("UmbrellaLent", replaced(lent_json(), "CUSTOMER", "CARRIER")),
              ElementsAre("SCHEMA"))
      << "he did not sign";
  t.given("UmbrellaLent", lent_json());
  EXPECT_THAT(rules_when("UmbrellaLent", lent_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("UmbrellaReturned", brought_back_json("LOST")), ElementsAre("SCHEMA"));
  t.given("UmbrellaReturned", brought_back_json("INTACT"));
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("DAMAGED")), ElementsAre("SCHEMA"))
      << "it came back whole";
  EXPECT_THAT(rules_when("UmbrellaLent", lent_json()), IsEmpty());
}

TEST_F(FrontDeskTest, ADamagedOrLostUmbrellaCostsItsOriginalPrice) {
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("LOST")),
              ElementsAre("STATE_REFUSED"));
  t.given("UmbrellaLent", lent_json());
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("LOST", 2000)),
              ElementsAre("H-DSK-5"));
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("LOST")), IsEmpty());
  EXPECT_THAT(rules_when("LoanItemCompensated",
                         replaced(compensated_json("LOST"), house_owner, house_tenant)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("LoanItemCompensated",
                 replaced(compensated_json("LOST"), R"("signer":"S-CSA")", R"("signer":"S-CSM")")),
      ElementsAre("SCHEMA"));
  t.given("UmbrellaReturned", brought_back_json("DAMAGED"));
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("LOST")), ElementsAre("SCHEMA"));
  t.given("LoanItemCompensated", compensated_json("DAMAGED"));
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("DAMAGED")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("UmbrellaLent", lent_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(FrontDeskTest, WhatWentOutDamagedCostsNothing) {
  t.given("UmbrellaLent", lent_json("DAMAGED"));
  t.given("UmbrellaReturned", brought_back_json("DAMAGED"));
  EXPECT_THAT(rules_when("LoanItemCompensated", compensated_json("DAMAGED")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
