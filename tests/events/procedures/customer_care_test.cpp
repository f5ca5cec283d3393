// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string item_json = json({text("item", "家电清洗"),
                                    text("hours", "8:30-17:30"),
                                    text("phone", "8888"),
                                    "\"price_fen\":8000",
                                    text("price_per", "次")});

std::string guide_json(std::string_view kind = "SERVICE_GUIDE") {
  return json({text("guide_id", "SG"),
               text("kind", kind),
               text("version", "2025-1"),
               "\"items\":[" + item_json + "]",
               house_attachment("document"),
               text("published_on", "2025-03-05")});
}

std::string talk_json() {
  return json({text("talk_id", "CT-1"),
               text("partner", "BOTH"),
               text("held_on", "2025-03-05"),
               R"("topics":["夜间照明"],"improvements":["更换路灯"],"feedback":["门禁已修复"])"});
}

std::string forum_json() {
  return json({text("forum_id", "F-1"),
               text("half", "2025H1"),
               text("held_on", "2025-06-30"),
               R"("representatives":9,"suggested":5,"adopted":3)",
               house_sealed("suggestions"),
               house_attachment("record")});
}

std::string care_json() {
  return json({text("care_id", "C-1"),
               text("customer", house_owner),
               unit_field(),
               text("occasion", "BIRTHDAY"),
               text("what", "贺卡"),
               text("given_on", "2025-03-05")});
}

std::string answered_json() {
  return json({text("comment_id", "E-1"),
               text("ref", "1001"),
               text("posted_at", "2025-03-04T20:00:00+08:00"),
               text("answered_at", "2025-03-05T09:00:00+08:00"),
               house_sealed("answer")});
}

std::string open_day_json() {
  return json({text("open_day_id", "O-1"),
               text("held_on", "2025-03-05"),
               R"("visitors":31,"shown":["设备房"])"});
}

class CustomerCareTest : public HouseTest {
 protected:
  CustomerCareTest() { t.at("2025-03-05T12:00:00+08:00").as("S-PM"); }
};

TEST_F(CustomerCareTest, AVersionOfAGuideIsPublishedOnce) {
  t.given("ServiceGuidePublished", guide_json());
  EXPECT_THAT(rules_when("ServiceGuidePublished", guide_json()), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("ServiceGuidePublished", replaced(guide_json(), "2025-1", "2025-2")),
              IsEmpty());
  EXPECT_THAT(rules_when("ServiceGuidePublished", replaced(guide_json(), "\"SG\"", "\"HB\"")),
              IsEmpty());
}

TEST_F(CustomerCareTest, AServiceGuideSaysWhatThereIsWhenAndWhomToCall) {
  const auto guide = [this](std::string_view kind, std::string_view from, std::string_view to) {
    return rules_when("ServiceGuidePublished", replaced(guide_json(kind), from, to));
  };
  EXPECT_THAT(guide("SERVICE_GUIDE", item_json, ""), ElementsAre("SCHEMA"));
  EXPECT_THAT(guide("SERVICE_GUIDE", R"("phone":"8888",)", ""), ElementsAre("SCHEMA"));
  EXPECT_THAT(guide("SERVICE_GUIDE", R"("hours":"8:30-17:30",)", ""), ElementsAre("SCHEMA"));
  EXPECT_THAT(guide("CONVENTION", item_json, ""), IsEmpty());
  EXPECT_THAT(guide("SERVICE_GUIDE", "2025-03-05", "2025-03-06"), ElementsAre("SCHEMA"));
}

TEST_F(CustomerCareTest, ATalkWithTheCommitteeIsEnteredOnceByTheProjectManager) {
  EXPECT_THAT(rules_when("CommitteeTalkHeld", replaced(talk_json(), R"(["夜间照明"])", "[]")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CommitteeTalkHeld", replaced(talk_json(), "03-05", "03-06")),
              ElementsAre("SCHEMA"));
  t.given("CommitteeTalkHeld", talk_json());
  EXPECT_THAT(rules_when("CommitteeTalkHeld", talk_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("CommitteeTalkHeld", replaced(talk_json(), "CT-1", "CT-2")),
              ElementsAre("ROLE"));
}

TEST_F(CustomerCareTest, AForumBelongsToItsHalfYear) {
  t.at("2025-07-02T12:00:00+08:00").as("S-QD");
  const auto forum = [this](std::string_view from, std::string_view to) {
    return rules_when("CustomerRepresentativesForumHeld", replaced(forum_json(), from, to));
  };
  EXPECT_THAT(forum("2025H1", "2025H2"), ElementsAre("SCHEMA"));
  EXPECT_THAT(forum("2025-06-30", "2025-07-01"), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("CustomerRepresentativesForumHeld",
                         replaced(replaced(forum_json(), "2025H1", "2025H2"), "06-30", "07-01")),
              IsEmpty());
  EXPECT_THAT(forum("\"adopted\":3", "\"adopted\":6"), ElementsAre("SCHEMA"));
  t.given("CustomerRepresentativesForumHeld", forum_json());
  EXPECT_THAT(rules_when("CustomerRepresentativesForumHeld",
                         replaced(replaced(forum_json(), "2025H1", "2025H2"), "06-30", "07-02")),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(CustomerCareTest, CareNamesAUnitThatIsThere) {
  t.as("S-CSA");
  EXPECT_THAT(rules_when("CustomerCareGiven", care_json()), ElementsAre("SCHEMA"));
  register_unit(t);
  t.as("S-CSA").given("CustomerCareGiven", care_json());
  EXPECT_THAT(rules_when("CustomerCareGiven", care_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(CustomerCareTest, AnAnswerComesAfterTheComment) {
  t.as("S-QD");
  EXPECT_THAT(
      rules_when("OnlineCommentAnswered", replaced(answered_json(), "03-05T09", "03-04T09")),
      ElementsAre("SCHEMA"));
  t.given("OnlineCommentAnswered", answered_json());
  EXPECT_THAT(
      rules_when("OnlineCommentAnswered", replaced(answered_json(), "03-04T20", "03-05T08")),
      ElementsAre("STATE_REFUSED"));
}

TEST_F(CustomerCareTest, AnOpenDayHasVisitors) {
  EXPECT_THAT(rules_when("OpenDayHeld", replaced(open_day_json(), "31", "0")),
              ElementsAre("SCHEMA"));
  t.given("OpenDayHeld", open_day_json());
  EXPECT_THAT(rules_when("OpenDayHeld", open_day_json()), ElementsAre("STATE_REFUSED"));
}

}  // namespace
}  // namespace juanzong::testing
