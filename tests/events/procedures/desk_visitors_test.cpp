// SPDX-License-Identifier: Apache-2.0
// Visitors, messages and what is turned away at the desk (P14).
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string visitor_json(std::string_view more, std::string_view consent = "true") {
  return json({text("visit_id", "VS-1"),
               house_sealed("visitor"),
               text("host", house_owner),
               R"("host_consent":)" + std::string(consent),
               std::string(more)});
}

const std::string comes = text("in", "2025-03-05T10:00:00+08:00");
const std::string leaves = text("out", "2025-03-05T10:50:00+08:00");

std::string entry_ref(RecordIndex entry) {
  return R"(,"ref":{"index":)" + std::to_string(number(entry)) + "}";
}

class DeskVisitorsTest : public HouseTest {
 protected:
  DeskVisitorsTest() { t.at("2025-03-05T11:00:00+08:00").as("S-SEC"); }
};

TEST_F(DeskVisitorsTest, AVisitorEntersWhenHisHostAgreed) {
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(comes, "false")),
              ElementsAre("H-DSK-4"));
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(comes)), IsEmpty());
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(comes + "," + leaves)),
              ElementsAre("SCHEMA"))
      << "in and out are two records";
  EXPECT_THAT(rules_when("VisitorRegistered", replaced(visitor_json(comes), "T10:00", "T12:00")),
              ElementsAre("SCHEMA"));
}

TEST_F(DeskVisitorsTest, HeLeavesByASecondRecordThatNamesTheFirst) {
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(leaves)), ElementsAre("STATE_REFUSED"));
  const RecordIndex entry = t.given("VisitorRegistered", visitor_json(comes));
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(comes)), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(leaves)), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("VisitorRegistered",
                         visitor_json(leaves + entry_ref(RecordIndex{number(entry) + 1}))),
              ElementsAre("SCHEMA"));
  t.given("VisitorRegistered", visitor_json(leaves + entry_ref(entry), "false"));
  EXPECT_THAT(rules_when("VisitorRegistered", visitor_json(leaves + entry_ref(entry))),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(DeskVisitorsTest, AMessageIsPassedOnOnce) {
  const std::string left = json({text("message_id", "N-1"),
                                 text("customer", house_owner),
                                 house_sealed("text"),
                                 text("at", "2025-03-05T10:00:00+08:00")});
  const std::string delivered = json(
      {text("message_id", "N-1"), text("to", "S-ENG"), text("at", "2025-03-05T10:30:00+08:00")});
  t.as("S-CSA");
  EXPECT_THAT(rules_when("MessageDelivered", delivered), ElementsAre("STATE_REFUSED"));
  t.given("MessageLeft", left);
  EXPECT_THAT(rules_when("MessageLeft", left), ElementsAre("STATE_REFUSED"));
  t.given("MessageDelivered", delivered);
  EXPECT_THAT(rules_when("MessageDelivered", delivered), ElementsAre("STATE_REFUSED"));
}

TEST_F(DeskVisitorsTest, ASubscriptionEndsAfterItBegins) {
  register_unit(t);
  const std::string subscribed = json({unit_field(),
                                       text("customer", house_owner),
                                       R"("titles":["参考消息"])",
                                       text("from", "2025-04-01"),
                                       text("to", "2025-12-31")});
  t.as("S-CSA");
  EXPECT_THAT(rules_when("PressSubscriptionRegistered", subscribed), IsEmpty());
  EXPECT_THAT(rules_when("PressSubscriptionRegistered", replaced(subscribed, "12-31", "03-31")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PressSubscriptionRegistered", replaced(subscribed, "1202", "9999")),
              ElementsAre("SCHEMA"));
}

TEST_F(DeskVisitorsTest, FaultsAndSellersAreNoted) {
  const std::string at = text("at", "2025-03-05T10:00:00+08:00");
  EXPECT_THAT(rules_when("UnauthorisedSalesRefused", json({house_sealed("who"), at})), IsEmpty());
  EXPECT_THAT(rules_when("DeskEquipmentFaultReported", json({text("device", "TOUCH_SCREEN"), at})),
              ElementsAre("ROLE"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("DeskEquipmentFaultReported", json({text("device", "TOUCH_SCREEN"), at})),
              IsEmpty());
  EXPECT_THAT(
      rules_when("DeskEquipmentFaultReported",
                 json({text("device", "TOUCH_SCREEN"), text("at", "2025-03-05T12:00:00+08:00")})),
      ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
