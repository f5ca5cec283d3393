// SPDX-License-Identifier: Apache-2.0
// Cleaning (P37), greening (P38) and order in public areas (P39).
#include "events/procedures/parties.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string at = text("at", "2025-03-05T10:00:00+08:00");
const std::string later = text("at", "2025-03-05T12:00:00+08:00");

std::string cleaned(std::initializer_list<std::string> more) {
  std::string body = json({text("area", "LOBBY"), text("place", "3-HALL")});
  body.pop_back();
  for (const std::string& field : more) {
    body.append(",").append(field);
  }
  return body + "}";
}

class GroundsTest : public HouseTest {
 protected:
  GroundsTest() { t.at("2025-03-05T11:00:00+08:00").as("S-ENV"); }
};

TEST_F(GroundsTest, WhoCleanedIsKnown) {
  t.world().edit<ContractorState>("C-07").registered = true;
  for (const std::string& by : {std::string("S-ENV"), std::string("C-07"), person_id(7)}) {
    EXPECT_THAT(rules_when("CleaningDone", cleaned({at, text("by", by)})), IsEmpty()) << by;
  }
  EXPECT_THAT(rules_when("CleaningDone", cleaned({at, text("by", "S-99")})), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CleaningDone", cleaned({later, text("by", "S-ENV")})),
              ElementsAre("SCHEMA"));
  const std::string agent = text("agent", "灭蚊剂");
  EXPECT_THAT(rules_when("PestControlDone", cleaned({at, agent, text("by", "S-99")})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PestControlDone", cleaned({at, agent, text("by", "S-ENV")})), IsEmpty());
  t.as("S-CSA");
  EXPECT_THAT(rules_when("CleaningDone", cleaned({at, text("by", "S-ENV")})), ElementsAre("ROLE"));
}

TEST_F(GroundsTest, ACheckThatFailedSaysWhy) {
  const std::string defects = R"("defects":["地面有积水"])";
  EXPECT_THAT(rules_when("CleaningChecked", cleaned({text("result", "FAIL"), at})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CleaningChecked", cleaned({text("result", "PASS"), at, defects})),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CleaningChecked", cleaned({text("result", "FAIL"), at, defects})),
              IsEmpty());
  t.as("S-AREA");
  EXPECT_THAT(rules_when("CleaningChecked", cleaned({text("result", "PASS"), at})), IsEmpty());
}

TEST_F(GroundsTest, WasteIsWeighed) {
  const std::string removed = json({text("site", "YARD"),
                                    text("vehicle", "TOUR-2"),
                                    text("kind", "HOUSEHOLD"),
                                    R"("kg_milli":840000)",
                                    text("by", "S-ENV"),
                                    at});
  EXPECT_THAT(rules_when("WasteRemoved", removed), IsEmpty());
  EXPECT_THAT(rules_when("WasteRemoved", replaced(removed, "840000", "0")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("WasteRemoved", replaced(removed, "S-ENV", "S-99")),
              ElementsAre("SCHEMA"));
}

TEST_F(GroundsTest, BadWeatherAsksForMore) {
  const std::string active = json({text("weather", "SNOW"), text("measures", "扫雪、铺垫"), at});
  EXPECT_THAT(rules_when("SpecialWeatherCleaningActivated", active), IsEmpty());
  EXPECT_THAT(
      rules_when("SpecialWeatherCleaningActivated", replaced(active, "SNOW", "UNSPECIFIED")),
      ElementsAre("SCHEMA"));
}

TEST_F(GroundsTest, PlantsAreCaredForAndChecked) {
  const std::string done =
      json({text("area", "GARDEN-N"), text("kind", "PRUNE"), at, text("by", "S-ENV")});
  EXPECT_THAT(rules_when("GreeningCareDone", done), IsEmpty());
  EXPECT_THAT(rules_when("GreeningCareDone", replaced(done, "S-ENV", "S-99")),
              ElementsAre("SCHEMA"));
  const std::string checked = json({text("area", "GARDEN-N"), text("result", "PASS"), at});
  EXPECT_THAT(rules_when("GreeningChecked", checked), IsEmpty());
  EXPECT_THAT(rules_when("GreeningChecked", replaced(checked, "PASS", "FAIL")),
              ElementsAre("SCHEMA"));
}

TEST_F(GroundsTest, FlowersAreSetUpForAFestival) {
  const std::string display = json({text("place", "GATE-S"),
                                    text("event", "国庆"),
                                    text("from", "2025-09-28"),
                                    text("to", "2025-10-08")});
  t.as("S-CSM");
  EXPECT_THAT(rules_when("FlowerDisplayArranged", display), IsEmpty());
  EXPECT_THAT(rules_when("FlowerDisplayArranged", replaced(display, "10-08", "09-27")),
              ElementsAre("SCHEMA"));
}

std::string violation_json(std::string_view dissuaded = "true", std::string_view to = "S-SECM") {
  return json({text("violation_id", "PV-1"),
               text("place", "3 栋楼道"),
               text("kind", "PILING"),
               R"("dissuaded":)" + std::string(dissuaded),
               text("reported_to", to),
               at});
}

TEST_F(GroundsTest, AViolationIsDissuadedAndReportedUpward) {
  t.as("S-SEC");
  EXPECT_THAT(rules_when("PublicAreaViolationReported", violation_json("false")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PublicAreaViolationReported", violation_json("true", "S-SEC")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("PublicAreaViolationReported", violation_json("true", "S-99")),
              ElementsAre("SCHEMA"));
  t.given("PublicAreaViolationReported", violation_json());
  EXPECT_THAT(rules_when("PublicAreaViolationReported", violation_json()),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(GroundsTest, PetsAreNoted) {
  const std::string note = json({text("kind", "NOISE"), house_sealed("note"), at});
  t.as("S-CSA");
  EXPECT_THAT(rules_when("PetIncidentRecorded", note), IsEmpty());
  EXPECT_THAT(
      rules_when("PetIncidentRecorded", replaced(note, R"("kind")", unit_field() + R"(,"kind")")),
      ElementsAre("SCHEMA"))
      << "an unknown unit";
}

}  // namespace
}  // namespace juanzong::testing
