// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/notices/notices.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string text_digest(64, 'a');
const std::string other_digest(64, 'b');

std::string of_notice(std::initializer_list<std::string> fields, std::string_view id = "N-1") {
  return "{" + text("notice_id", id) + "," + json(fields).substr(1);
}

std::string drafted_json(std::string_view digest = text_digest, std::string_view id = "N-1") {
  return of_notice({text("title", "停水通知"),
                    house_attachment("body"),
                    text("digest", digest),
                    text("subject", "IMPORTANT_MATTER"),
                    text("expires_on", "2025-10-20")},
                   id);
}

std::string approved_json(std::string_view digest = text_digest, std::string_view id = "N-1") {
  return of_notice({text("digest", digest), signatures({staff_signature("PM")})}, id);
}

std::string issued_notice_json(std::string_view doc_no = "2025-012", std::string_view id = "N-1") {
  return of_notice({text("doc_no", doc_no),
                    text("title", "停水通知"),
                    text("issue_date", "2025-10-15"),
                    text("department", "CS"),
                    text("content_digest", text_digest),
                    "\"sealed\":true",
                    "\"in_centre_name\":true",
                    house_attachment("archive_copy")},
                   id);
}

std::string at_places(std::string_view places, std::string_view at = "2025-10-15T11:00:00+08:00") {
  return of_notice({R"("places":[)" + std::string(places) + "]", text("at", at)});
}

std::string delivered_json(std::string_view method = "WET_INK_SCAN",
                           std::string_view capacity = "CUSTOMER",
                           std::string_view signer = house_owner) {
  return of_notice(
      {text("customer", house_owner),
       unit_field(),
       text("at", "2025-10-15T15:00:00+08:00"),
       signatures({signature(capacity, signer, "2025-10-15T15:00:00+08:00", method)})});
}

class NoticesTest : public HouseTest {
 protected:
  NoticesTest() {
    t.at("2025-10-15T10:00:00+08:00");
    register_unit(t);
    t.as("S-CSA");
  }
  NoticeStage stage() { return stage_of(notice()); }
  NoticeState notice() { return t.world().get<NoticeState>("N-1"); }
  void approve() {
    t.as("S-CSA").given("NoticeDrafted", drafted_json());
    t.as("S-PM").given("NoticeApproved", approved_json());
    t.as("S-CSA");
  }
  void issue() {
    approve();
    t.given("NoticeIssued", issued_notice_json());
  }
  void post(std::string_view places = R"("3栋大堂","公告栏")") {
    t.given("NoticePosted", at_places(places));
  }
  std::vector<std::string> issuing(std::string_view from, std::string_view to) {
    return rules_when("NoticeIssued", replaced(issued_notice_json(), from, to));
  }
};

TEST_F(NoticesTest, IsTakenDownEverywhereOnTheDayItExpires) {
  const auto due = [this] {
    return t.world().get<ObligationState>(obligation_key("D-NOT", "notice:N-1"));
  };
  issue();
  t.at("2025-10-15T12:00:00+08:00");
  post();
  EXPECT_EQ(due().due_at, *parse_instant("2025-10-21T00:00:00+08:00")) << "the end of the 20th";
  t.at("2025-10-20T09:00:00+08:00");
  t.given("NoticeWithdrawn", at_places(R"("公告栏")", "2025-10-20T08:00:00+08:00"));
  EXPECT_EQ(due().end, ObligationEnd::running) << "it still hangs in the hall";
  t.given("NoticeWithdrawn", at_places(R"("3栋大堂")", "2025-10-20T08:30:00+08:00"));
  EXPECT_EQ(due().end, ObligationEnd::met);
}

TEST_F(NoticesTest, ANoticeGoesFromItsDraftToTheWallAndDown) {
  t.given("NoticeDrafted", drafted_json());
  EXPECT_EQ(stage(), NoticeStage::drafted);
  t.as("S-PM").given("NoticeApproved", approved_json());
  EXPECT_EQ(stage(), NoticeStage::approved);
  t.as("S-CSA").given("NoticeIssued", issued_notice_json());
  EXPECT_EQ(stage(), NoticeStage::issued);
  EXPECT_EQ(notice().doc_no, "2025-012");
  t.at("2025-10-15T12:00:00+08:00");
  post();
  EXPECT_EQ(stage(), NoticeStage::posted);
  t.at("2025-10-21T09:00:00+08:00");
  t.given("NoticeWithdrawn", at_places(R"("公告栏")", "2025-10-21T08:00:00+08:00"));
  EXPECT_EQ(stage(), NoticeStage::posted) << "it still hangs in the hall";
  t.given("NoticeWithdrawn", at_places(R"("3栋大堂")", "2025-10-21T08:30:00+08:00"));
  EXPECT_EQ(stage(), NoticeStage::withdrawn);
  EXPECT_EQ(to_text(*notice().withdrawn_on), "2025-10-21");
  expect_states_round_trip(t);
}

TEST_F(NoticesTest, NothingGoesOutBeforeTheProjectManagerApprovedIt) {
  t.given("NoticeDrafted", drafted_json());
  t.at("2025-10-15T16:00:00+08:00");
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json()), ElementsAre("H-NOT-1"));
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("公告栏")")), ElementsAre("H-NOT-1"));
  EXPECT_THAT(rules_when("NoticeDelivered", delivered_json()), ElementsAre("H-NOT-1"));
  t.as("S-PM").given("NoticeApproved", approved_json());
  t.as("S-CSA");
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json()), IsEmpty());
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("公告栏")")), ElementsAre("STATE_REFUSED"));
}

TEST_F(NoticesTest, TheApprovalIsTheProjectManagersAndOfThisText) {
  t.given("NoticeDrafted", drafted_json());
  EXPECT_THAT(rules_when("NoticeApproved", approved_json()), ElementsAre("ROLE"));
  t.as("S-PM");
  EXPECT_THAT(rules_when("NoticeApproved", approved_json(other_digest)), ElementsAre("H-NOT-1"));
  EXPECT_THAT(rules_when("NoticeApproved", of_notice({text("digest", text_digest)})),
              ElementsAre("H-NOT-1"));
  EXPECT_THAT(
      rules_when(
          "NoticeApproved",
          replaced(approved_json(other_digest), staff_signature("PM"), staff_signature("CSM"))),
      ElementsAre("H-NOT-1", "H-NOT-1"));
  EXPECT_THAT(rules_when("NoticeApproved", approved_json(text_digest.substr(0, 62))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when(
          "NoticeApproved",
          of_notice({text("digest", text_digest),
                     signatures({staff_signature("PM"), signature("OWNER_AGENT", house_owner)})})),
      ElementsAre("SCHEMA"))
      << "an agent without his power of attorney";
  EXPECT_THAT(rules_when("NoticeApproved", approved_json()), IsEmpty());
}

TEST_F(NoticesTest, ItIsIssuedAsApprovedSealedAndInTheNameOfTheCentre) {
  approve();
  EXPECT_THAT(issuing(text_digest, other_digest), ElementsAre("H-NOT-1"));
  EXPECT_THAT(issuing("停水通知", "停电通知"), ElementsAre("H-NOT-1"));
  EXPECT_THAT(issuing("\"sealed\":true", "\"sealed\":false"), ElementsAre("H-NOT-1"));
  EXPECT_THAT(issuing("\"in_centre_name\":true,", ""), ElementsAre("H-NOT-1"));
  EXPECT_THAT(issuing("2025-10-15", "2025-10-14"), ElementsAre("H-NOT-1"))
      << "dated before the approval";
  EXPECT_THAT(issuing("2025-10-15", "2025-10-16"), ElementsAre("SCHEMA"));
  EXPECT_THAT(issuing(text_digest, "abcd"), ElementsAre("SCHEMA"));
  EXPECT_THAT(issuing("2025-10-15", "2025-10-15"), IsEmpty());
}

TEST_F(NoticesTest, AllThatIsWrongWithAnIssueIsReported) {
  issue();
  t.given("NoticeDrafted", drafted_json(text_digest, "N-2"));
  const std::string bare = of_notice({text("doc_no", "2025-012"),
                                      text("title", "停水通知"),
                                      text("issue_date", "2025-10-15"),
                                      text("department", "CS"),
                                      text("content_digest", text_digest)},
                                     "N-2");
  EXPECT_THAT(rules_when("NoticeIssued", bare),
              ElementsAre("H-NOT-1", "H-NOT-1", "H-NOT-1", "H-NOT-2", "H-NOT-4"));
}

TEST_F(NoticesTest, ADocumentNumberIsUsedOnce) {
  issue();
  t.given("NoticeDrafted", drafted_json(text_digest, "N-2"));
  t.as("S-PM").given("NoticeApproved", approved_json(text_digest, "N-2"));
  t.as("S-CSA");
  const auto refusals = t.when("NoticeIssued", issued_notice_json("2025-012", "N-2"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("H-NOT-2"));
  EXPECT_EQ(refusals.front().facts.back().value, "N-1");
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json("2025-013", "N-2")), IsEmpty());
}

TEST_F(NoticesTest, ACopyIsKept) {
  approve();
  EXPECT_THAT(issuing("," + house_attachment("archive_copy"), ""), ElementsAre("H-NOT-4"));
}

TEST_F(NoticesTest, ACorrectedDraftNeedsANewApproval) {
  approve();
  t.given("NoticeDrafted", drafted_json(other_digest));
  EXPECT_EQ(stage(), NoticeStage::drafted);
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json()), ElementsAre("H-NOT-1"));
  t.as("S-PM").given("NoticeApproved", approved_json(other_digest));
  t.as("S-CSA");
  EXPECT_THAT(issuing(text_digest, other_digest), IsEmpty());
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json()), ElementsAre("H-NOT-1"))
      << "the text of the former draft";
}

TEST_F(NoticesTest, TheCustomerSignsForWhatHeGets) {
  issue();
  t.at("2025-10-15T16:00:00+08:00");
  const auto delivering = [&](const std::string& body) {
    return rules_when("NoticeDelivered", body);
  };
  EXPECT_THAT(delivering(delivered_json("WET_INK_SCAN", "OWNER")), ElementsAre("H-NOT-3"));
  EXPECT_THAT(delivering(delivered_json("WET_INK_SCAN", "CUSTOMER", house_tenant)),
              ElementsAre("H-NOT-3"));
  EXPECT_THAT(delivering(delivered_json("PHONE_RECORDED")), ElementsAre("H-NOT-3"));
  EXPECT_THAT(delivering(of_notice(
                  {text("customer", house_owner), text("at", "2025-10-15T15:00:00+08:00")})),
              ElementsAre("H-NOT-3"));
  EXPECT_THAT(delivering(replaced(delivered_json(), "3-1-1202", "9-9-9999")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(delivering(replaced(delivered_json(),
                                  text("at", "2025-10-15T15:00:00+08:00"),
                                  text("at", "2025-10-14T15:00:00+08:00"))),
              ElementsAre("SCHEMA"))
      << "before it was issued";
  EXPECT_THAT(delivering(of_notice({text("customer", house_owner),
                                    text("at", "2025-10-15T15:00:00+08:00"),
                                    signatures({signature("CUSTOMER", house_owner),
                                                signature("OWNER_AGENT", house_owner)})})),
              ElementsAre("SCHEMA"));
  t.given("NoticeDelivered", delivered_json());
  EXPECT_EQ(notice().deliveries, 1U);
  EXPECT_EQ(t.world().get<NoticeDeliveryState>("N-1:" + house_owner).unit, house_unit);
  EXPECT_THAT(delivering(delivered_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(delivering(replaced(delivered_json("TABLET", "CUSTOMER", house_tenant),
                                  text("customer", house_owner),
                                  text("customer", house_tenant))),
              IsEmpty());
}

TEST_F(NoticesTest, APlaceIsPostedOnceAndTakenDownWhereItHangs) {
  issue();
  t.at("2025-10-15T12:00:00+08:00");
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("公告栏","公告栏")")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("")")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticePosted", at_places("")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("电梯")", "2025-10-14T09:00:00+08:00")),
              ElementsAre("SCHEMA"))
      << "before it was issued";
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("电梯")", "2025-10-16T09:00:00+08:00")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticeWithdrawn", at_places(R"("电梯")")), ElementsAre("STATE_REFUSED"));
  post();
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("公告栏")")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("电梯")")), IsEmpty());
  EXPECT_THAT(rules_when("NoticeWithdrawn", at_places(R"("电梯")")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticeWithdrawn", at_places(R"("公告栏")", "2025-10-14T09:00:00+08:00")),
              ElementsAre("SCHEMA"));
}

TEST_F(NoticesTest, StepsOutsideTheirStageNameWhereTheyAreAccepted) {
  t.as("S-PM");
  const auto refusals = t.when("NoticeApproved", approved_json());
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(refusals.front().facts.front().value, "NONE");
  EXPECT_EQ(refusals.front().facts.back().value, "DRAFTED");
  t.as("S-CSA");
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json()), ElementsAre("STATE_REFUSED"));
  issue();
  EXPECT_THAT(rules_when("NoticeDrafted", drafted_json()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("NoticeIssued", issued_notice_json("2025-013")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(RuleTester::rules_of(t.as("S-PM").when("NoticeApproved", approved_json())),
              ElementsAre("STATE_REFUSED"));
  t.as("S-CSA").at("2025-10-15T16:00:00+08:00");
  post(R"("公告栏")");
  t.given("NoticeWithdrawn", at_places(R"("公告栏")"));
  EXPECT_THAT(rules_when("NoticePosted", at_places(R"("公告栏")")), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("NoticeDelivered", delivered_json()), ElementsAre("STATE_REFUSED"));
}

TEST_F(NoticesTest, ADraftThatHasExpiredAlreadyIsRefused) {
  EXPECT_THAT(rules_when("NoticeDrafted", replaced(drafted_json(), "2025-10-20", "2025-10-14")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("NoticeDrafted", replaced(drafted_json(), "2025-10-20", "2025-10-15")),
              IsEmpty());
  EXPECT_THAT(rules_when("NoticeDrafted", drafted_json("abcd")), ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("NoticeDrafted", replaced(drafted_json(), "IMPORTANT_MATTER", "UNSPECIFIED")),
      ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
