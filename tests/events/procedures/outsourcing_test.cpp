// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"

#include "tests/support/stock_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OutsourcingTest : public HouseTest {
 protected:
  OutsourcingTest() { t.at("2025-03-05T09:00:00+08:00").as("S-ENGM"); }
  ObligationState owed() {
    return t.world().get<ObligationState>(obligation_key("D-OUT-1", "supplier:SUP-1"));
  }
};

TEST_F(OutsourcingTest, ASupplierIsQualifiedUntilItsDayAndAgain) {
  t.given("SupplierQualified", qualified_json("SUP-1", "2025-12-31"));
  EXPECT_EQ(find_case(t.world(), "supplier", "SUP-1")->stage, 1U);
  EXPECT_EQ(owed().due_at, *parse_instant("2026-01-01T00:00:00+08:00"));
  t.given("SupplierServiceEvaluated", service_json("SUP-1", "PASS"));
  t.at("2025-12-20T09:00:00+08:00");
  t.given("SupplierQualified", qualified_json("SUP-1", "2026-12-31"));
  EXPECT_EQ(owed().due_at, *parse_instant("2027-01-01T00:00:00+08:00"));
  EXPECT_EQ(owed().end, ObligationEnd::running);
  EXPECT_EQ(owed().rounds, 2U);
}

TEST_F(OutsourcingTest, PapersAreThereValidAndSigned) {
  const std::string body = qualified_json("SUP-1", "2025-12-31");
  EXPECT_THAT(rules_when("SupplierQualified", replaced(body, attachment(house_owner), "")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SupplierQualified", qualified_json("SUP-1", "2025-03-04")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SupplierQualified",
                         replaced(body, staff_signature("ENGM"), staff_signature("CSA"))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SupplierQualified", body), IsEmpty());
}

TEST_F(OutsourcingTest, WhoWorksWithoutPapersIsJudgedAllTheSame) {
  EXPECT_THAT(rules_when("SupplierServiceEvaluated", service_json("SUP-2", "FAIL")), IsEmpty());
  EXPECT_THAT(rules_when("SupplierServiceEvaluated",
                         replaced(service_json("SUP-2", "FAIL"), "2025-02", "2025-04")),
              ElementsAre("SCHEMA"));
  t.given("SupplierServiceEvaluated", service_json("SUP-2", "FAIL"));
  EXPECT_EQ(find_case(t.world(), "supplier", "SUP-2")->stage, 0U);
  const std::string told = json({text("supplier", "SUP-2"),
                                 text("issue", "客户反映清运不及时"),
                                 text("notified_on", "2025-03-05")});
  EXPECT_THAT(rules_when("SupplierNotified", told), ElementsAre("ROLE"));
  t.as("S-QD");
  EXPECT_THAT(rules_when("SupplierNotified", replaced(told, "03-05", "03-06")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SupplierNotified", told), IsEmpty());
}

}  // namespace
}  // namespace juanzong::testing
