// SPDX-License-Identifier: Apache-2.0
// The outgoing register: stages, notices that hang too long, who signed, and all of it as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string digest(64, 'a');

class NoticesView : public ::testing::Test {
 protected:
  NoticesView() {
    t.on("2025-10-15").register_unit(house_unit);
    draft("N-1");
    approved = t.given("PM", "NoticeApproved", of("N-1", {digest_field("digest"), by_pm()}));
    issued = t.given("CSA",
                     "NoticeIssued",
                     of("N-1",
                        {text("doc_no", "2025-012"),
                         text("title", "停水通知"),
                         text("issue_date", "2025-10-15"),
                         text("department", "CS"),
                         digest_field("content_digest"),
                         R"("sealed":true,"in_centre_name":true)",
                         house_attachment("archive_copy")}));
    draft("N-2");
  }
  static std::string of(std::string_view id, std::initializer_list<std::string> fields) {
    return "{" + text("notice_id", id) + "," + json(fields).substr(1);
  }
  static std::string digest_field(std::string_view name) { return text(name, digest); }
  static std::string by_pm() { return signatures({staff_signature("PM")}); }
  RecordIndex draft(std::string_view id) {
    return t.given("CSA",
                   "NoticeDrafted",
                   of(id,
                      {text("title", "停水通知"),
                       house_attachment("body"),
                       digest_field("digest"),
                       text("subject", "FEES"),
                       text("expires_on", "2025-10-20")}));
  }
  RecordIndex post(std::string_view event, std::string_view places, std::string_view at) {
    return t.given(
        "CSA", event, of("N-1", {R"("places":[)" + std::string(places) + "]", text("at", at)}));
  }
  boost::json::object ask(QueryArguments arguments = {}) { return t.query("notices", arguments); }
  ViewLedger t;
  RecordIndex approved{};
  RecordIndex issued{};
};

TEST_F(NoticesView, ListsEveryNoticeWithItsNumberAndStage) {
  const auto report = ask();
  EXPECT_EQ(report.at("count"), 2);
  EXPECT_THAT(column(report, "notices", "notice_id"), ElementsAre("N-1", "N-2"));
  EXPECT_THAT(column(report, "notices", "doc_no"), ElementsAre("2025-012", "null"));
  EXPECT_THAT(column(report, "notices", "stage"), ElementsAre("ISSUED", "DRAFTED"));
  EXPECT_THAT(column(report, "notices", "subject"), ElementsAre("FEES", "FEES"));
  EXPECT_EQ(row(report, "notices", 0).at("records").at("approved_on").as_array().at(0),
            number(approved));
  const auto second = ask({{"limit", "1"}, {"cursor", "N-1"}});
  EXPECT_THAT(column(second, "notices", "notice_id"), ElementsAre("N-2"));
}

TEST_F(NoticesView, ANoticeHangsTooLongFromTheDayAfterItsLast) {
  t.on("2025-10-16");
  post("NoticePosted", R"("公告栏","电梯")", "2025-10-16T09:00:00+08:00");
  EXPECT_EQ(ask({{"date", "2025-10-20"}}).at("overdue"), 0);
  const auto late = ask({{"date", "2025-10-21"}});
  EXPECT_EQ(late.at("overdue"), 1);
  EXPECT_EQ(late.at("posted"), 1);
  EXPECT_THAT(column(late, "notices", "overdue"), ElementsAre("true", "false"));
  EXPECT_THAT(column(late, "disclosure", "subject"),
              ElementsAre("ESTATE_RULES", "SERVICES", "FEES", "IMPORTANT_MATTER", "OTHER"));
  EXPECT_THAT(column(late, "disclosure", "posted"), ElementsAre("0", "0", "1", "0", "0"));
  EXPECT_THAT(column(late, "disclosure", "overdue"), ElementsAre("0", "0", "1", "0", "0"));
  EXPECT_THAT(column(late, "notices", "places"), ElementsAre("公告栏、电梯", "null"));
  t.on("2025-10-22");
  post("NoticeWithdrawn", R"("电梯","公告栏")", "2025-10-22T09:00:00+08:00");
  const auto after = ask({{"date", "2025-10-22"}});
  EXPECT_EQ(after.at("overdue"), 0);
  EXPECT_THAT(column(after, "notices", "withdrawn_on"), ElementsAre("2025-10-22", "null"));
}

TEST_F(NoticesView, ShowsWhoSignedForOneNoticeNowAndAsOfThen) {
  const RecordIndex delivered = t.given("CSA",
                                        "NoticeDelivered",
                                        of("N-1",
                                           {text("customer", house_owner),
                                            unit_field(),
                                            text("at", "2025-10-15T09:30:00+08:00"),
                                            signatures({signature("CUSTOMER", house_owner)})}));
  const auto report = ask({{"case", "N-1"}});
  EXPECT_THAT(column(report, "deliveries", "customer"), ElementsAre(house_owner));
  EXPECT_EQ(row(report, "deliveries", 0).at("records").at("customer").as_array().at(0),
            number(delivered));
  EXPECT_THAT(column(report, "notices", "deliveries"), ElementsAre("1"));
  QueryArguments then{{"case", "N-1"}, {"as_of", std::to_string(number(delivered))}};
  EXPECT_EQ(ask(then).at("deliveries"), report.at("deliveries"));
  then["as_of"] = std::to_string(number(issued));
  EXPECT_THAT(ask(then).at("deliveries").as_array(), IsEmpty());
  then["as_of"] = std::to_string(number(approved));
  EXPECT_THAT(column(ask(then), "notices", "stage"), ElementsAre("APPROVED"));
  EXPECT_THAT(column(ask({{"as_of", std::to_string(number(approved))}}), "notices", "notice_id"),
              ElementsAre("N-1"));
}

TEST_F(NoticesView, WhatWasHandedToAUnitStandsInItsOwnerFile) {
  const QueryArguments unit{{"unit", std::string(house_unit)}};
  EXPECT_THAT(t.query("owner_file", unit).at("notices").as_array(), IsEmpty());
  const RecordIndex delivered = t.given("CSA",
                                        "NoticeDelivered",
                                        of("N-1",
                                           {text("customer", house_owner),
                                            unit_field(),
                                            text("at", "2025-10-15T09:30:00+08:00"),
                                            signatures({signature("CUSTOMER", house_owner)})}));
  const auto file = t.query("owner_file", unit);
  EXPECT_THAT(column(file, "notices", "notice_id"), ElementsAre("N-1"));
  EXPECT_THAT(column(file, "notices", "at"), ElementsAre("2025-10-15T09:30:00.000000+08:00"));
  EXPECT_EQ(row(file, "notices", 0).at("records").at("notice_id").as_array().at(0),
            number(delivered));
  const std::string before = std::to_string(number(delivered) - 1);
  EXPECT_THAT(t.query("owner_file", {{"unit", std::string(house_unit)}, {"as_of", before}})
                  .at("notices")
                  .as_array(),
              IsEmpty());
}

TEST_F(NoticesView, IsForTheOfficeAndKnowsWhatIsThere) {
  EXPECT_EQ(t.refusal("notices", {}, "SEC"), "not_permitted");
  EXPECT_EQ(t.refusal("notices", {}, "ARC"), "");
  EXPECT_EQ(t.refusal("notices", {{"case", "N-9"}}), "not_found");
  EXPECT_EQ(t.refusal("notices", {{"unit", "3-1-1202"}}), "query_invalid");
}

}  // namespace
}  // namespace juanzong::testing
