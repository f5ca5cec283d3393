// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/case_machine.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string checked_json(std::string_view standard, int measured, std::string_view result) {
  return json({text("check_id", "K-1"),
               text("staff", "S-CSA"),
               text("standard", standard),
               "\"measured\":" + std::to_string(measured),
               text("result", result),
               text("at", "2025-03-05T09:00:00+08:00")});
}

class ConductTest : public HouseTest {
 protected:
  ConductTest() { t.at("2025-03-05T12:00:00+08:00").as("S-QD"); }
  std::vector<std::string> checked(std::string_view standard,
                                   int measured,
                                   std::string_view result) {
    return rules_when("ConductChecked", checked_json(standard, measured, result));
  }
};

TEST_F(ConductTest, TheTelephoneIsAnsweredByTheThirdRing) {
  EXPECT_THAT(checked("PHONE", 3, "MET"), IsEmpty());
  EXPECT_THAT(checked("PHONE", 4, "MET"), ElementsAre("H-CND-1"));
  EXPECT_THAT(checked("PHONE", 4, "NOT_MET"), IsEmpty());
  EXPECT_THAT(checked("PHONE", 3, "NOT_MET"), ElementsAre("H-CND-1"));
  EXPECT_THAT(checked("PHONE", 0, "MET"), ElementsAre("H-CND-1")) << "nobody counted";
}

TEST_F(ConductTest, PapersAreBackWithin25Seconds) {
  EXPECT_THAT(checked("DOCUMENT_RETURN", 25, "MET"), IsEmpty());
  EXPECT_THAT(checked("DOCUMENT_RETURN", 26, "MET"), ElementsAre("H-CND-1"));
}

TEST_F(ConductTest, ThePolicySaysHowManyRingsAndSeconds) {
  adopt(t, "phone.rings", "5", "2025-03-01");
  t.as("S-QD");
  EXPECT_THAT(checked("PHONE", 5, "MET"), IsEmpty());
  EXPECT_THAT(checked("PHONE", 6, "MET"), ElementsAre("H-CND-1"));
}

TEST_F(ConductTest, ThePolicySaysHowManySeconds) {
  adopt(t, "doc_return_s", "60", "2025-03-01");
  t.as("S-QD");
  EXPECT_THAT(checked("DOCUMENT_RETURN", 60, "MET"), IsEmpty());
}

TEST_F(ConductTest, WhatHasNoFigureIsJudged) {
  EXPECT_THAT(checked("GREETING", 0, "MET"), IsEmpty());
  EXPECT_THAT(checked("GREETING", 0, "NOT_MET"), IsEmpty());
  EXPECT_THAT(checked("GREETING", 5, "MET"), ElementsAre("SCHEMA"));
}

TEST_F(ConductTest, ACheckIsEnteredOnceByAnother) {
  t.given("ConductChecked", checked_json("STANDING", 0, "NOT_MET"));
  EXPECT_EQ(find_case(t.world(), "conduct", "K-1")->stage, 2U);
  EXPECT_THAT(checked("STANDING", 0, "MET"), ElementsAre("STATE_REFUSED"));
  t.given("ConductChecked", replaced(checked_json("STANDING", 0, "MET"), "K-1", "K-2"));
  EXPECT_EQ(find_case(t.world(), "conduct", "K-2")->stage, 1U);
  EXPECT_THAT(
      rules_when(
          "ConductChecked",
          replaced(replaced(checked_json("STANDING", 0, "MET"), "K-1", "K-3"), "S-CSA", "S-QD")),
      ElementsAre("SCHEMA"))
      << "himself";
}

TEST_F(ConductTest, AnInspectionThatItNamesIsKnown) {
  EXPECT_THAT(rules_when("ConductChecked",
                         replaced(checked_json("GUIDING", 0, "MET"),
                                  R"("standard")",
                                  text("inspection_id", "X-1") + R"(,"standard")")),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
