// SPDX-License-Identifier: Apache-2.0
#include "tests/support/decoration_steps.h"
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A decoration at work with pass W-1 until 2025-04-01, and consent to acetylene until 2025-02-20.
class AccessControlTest : public ::testing::Test {
 protected:
  AccessControlTest() { s.apply().approve().on("2025-01-08").contract().pay(); }
  void permit() {
    s.given("SEC",
            "WorkerPassIssued",
            s.of_case(R"("pass_no":"W-1","kind":"REGULAR","worker":")" + person_id(5) +
                      R"(","valid_to":"2025-04-01","id_copy":)" + attachment(person_id(5))));
    s.enter().on("2025-02-11");
    consent = s.given(
        "ENGM",
        "RestrictedMaterialApproved",
        s.of_case(R"("items":["acetylene"],"valid_to":"2025-02-20")", {s.by_staff("ENGM")}));
  }
  std::vector<std::string> worker(std::string_view dir, std::string_view pass = "W-1") {
    return s.refused("SEC",
                     "WorkerAdmitted",
                     json({text("deco_id", s.deco),
                           text("pass_no", pass),
                           text("at", "2025-01-08T08:00:00+08:00"),
                           text("dir", dir)}));
  }
  [[nodiscard]] std::string goods(std::string_view name,
                                  std::string_view kind,
                                  std::string_view more = "") const {
    return json({unit_field(s.unit),
                 text("carrier", person_id(9)),
                 R"("items":[)" +
                     json({text("name", name),
                           text("kind", kind),
                           R"("qty_milli":2000)",
                           text("qty_unit", "瓶")}) +
                     "]",
                 text("deco_id", s.deco) + std::string(more)});
  }
  [[nodiscard]] std::string permit_ref(RecordIndex index) const {
    return R"(,"permit_ref":{"index":)" + std::to_string(number(index)) + "}";
  }
  std::vector<std::string> enters(const std::string& body) {
    return s.refused("SEC", "GoodsEntryRegistered", body);
  }
  DecorationSteps s;
  RecordIndex consent{};
};

TEST_F(AccessControlTest, AWorkerEntersWithAValidPass) {
  permit();
  EXPECT_THAT(worker("IN"), IsEmpty());
  EXPECT_THAT(worker("IN", "W-9"), ElementsAre("H-ACC-2"));
  s.on("2025-04-01");
  EXPECT_THAT(worker("IN"), IsEmpty()) << "its last day";
  s.on("2025-04-02");
  EXPECT_THAT(worker("IN"), ElementsAre("H-ACC-2"));
  EXPECT_THAT(worker("OUT"), IsEmpty()) << "nobody is kept inside";
  EXPECT_THAT(worker("OUT", "W-9"), ElementsAre("H-ACC-2"));
}

TEST_F(AccessControlTest, APassThatWasTakenBackOpensNothing) {
  permit();
  s.given("SEC", "WorkerPassReturned", s.of_case(R"("pass_no":"W-1")"));
  EXPECT_THAT(worker("IN"), ElementsAre("H-ACC-2"));
}

TEST_F(AccessControlTest, AWorkerEntersWhileWorksArePermitted) {
  EXPECT_THAT(worker("IN", "W-9"), ElementsAre("STATE_REFUSED", "H-ACC-2"))
      << "paid, not permitted";
  permit();
  s.accept("2025-03-14");
  EXPECT_THAT(worker("IN"), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(worker("OUT"), IsEmpty());
}

TEST_F(AccessControlTest, RestrictedMaterialEntersWithWrittenConsent) {
  permit();
  EXPECT_THAT(enters(goods("acetylene", "RESTRICTED_MATERIAL")), ElementsAre("H-ACC-3"));
  EXPECT_THAT(enters(goods("acetylene", "RESTRICTED_MATERIAL", permit_ref(consent))), IsEmpty());
  EXPECT_THAT(enters(goods("thinner", "RESTRICTED_MATERIAL", permit_ref(consent))),
              ElementsAre("H-ACC-3"))
      << "the consent does not name it";
  EXPECT_THAT(enters(goods("tiles", "DECORATION_MATERIAL")), IsEmpty());
  EXPECT_THAT(enters(goods("sofa", "LARGE_ITEM")), IsEmpty());
  s.on("2025-02-20");
  EXPECT_THAT(enters(goods("acetylene", "RESTRICTED_MATERIAL", permit_ref(consent))), IsEmpty());
  s.on("2025-02-21");
  EXPECT_THAT(enters(goods("acetylene", "RESTRICTED_MATERIAL", permit_ref(consent))),
              ElementsAre("H-ACC-3"));
}

TEST_F(AccessControlTest, AConsentIsOfTheUnitsDecoration) {
  permit();
  const RecordIndex other{number(consent) - 1};
  EXPECT_THAT(enters(goods("tiles", "DECORATION_MATERIAL", permit_ref(other))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(enters(goods("acetylene", "RESTRICTED_MATERIAL", permit_ref(other))),
              ElementsAre("SCHEMA", "H-ACC-3"));
  s.add_unit("3-1-1201");
  s.unit = "3-1-1201";
  EXPECT_THAT(enters(goods("tiles", "DECORATION_MATERIAL")), ElementsAre("SCHEMA"));
  s.unit = "9-9-0909";
  EXPECT_THAT(enters(replaced(goods("tiles", "LARGE_ITEM"), "," + text("deco_id", s.deco), "")),
              ElementsAre("SCHEMA"))
      << "an unknown unit";
  s.unit = "3-1-1202";
  EXPECT_THAT(enters(replaced(goods("tiles", "LARGE_ITEM"), "2000", "-2000")),
              ElementsAre("SCHEMA"));
}

class GateTest : public HouseTest {
 protected:
  GateTest() { t.at("2025-03-05T11:00:00+08:00").as("S-GFC"); }
  static std::string car(std::string_view at = "2025-03-05T10:00:00+08:00") {
    return json({text("passage_id", "C-1"), house_sealed("plate"), text("at", at)});
  }
};

TEST_F(GateTest, ACarComesAndLeavesOnce) {
  t.given("VehicleAdmitted", car());
  EXPECT_THAT(rules_when("VehicleAdmitted", car()), ElementsAre("STATE_REFUSED"));
  t.given("VehicleExited", car());
  EXPECT_THAT(rules_when("VehicleExited", car()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("VehicleExited", replaced(car(), "C-1", "C-2")), IsEmpty())
      << "its entry was not recorded";
  EXPECT_THAT(
      rules_when("VehicleAdmitted", replaced(car("2025-03-05T12:00:00+08:00"), "C-1", "C-3")),
      ElementsAre("SCHEMA"));
}

TEST_F(GateTest, WhatIsTurnedAwayOrOddIsNoted) {
  t.as("S-SEC");
  const std::string refused =
      json({text("item", "汽油"), text("kind", "FLAMMABLE"), house_sealed("reason")});
  EXPECT_THAT(rules_when("ProhibitedGoodsRefused", refused), IsEmpty());
  const std::string odd =
      json({house_sealed("plate"), house_sealed("note"), text("at", "2025-03-05T10:00:00+08:00")});
  EXPECT_THAT(rules_when("VehicleAnomalyNoted", odd), IsEmpty());
  EXPECT_THAT(rules_when("VehicleAnomalyNoted", replaced(odd, "T10", "T12")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
