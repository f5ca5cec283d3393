// SPDX-License-Identifier: Apache-2.0
// The board of deadlines against a decoration whose customer is told too late.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeadlineBoard : public ::testing::Test {
 protected:
  DeadlineBoard() {
    t.on("2025-01-02").hand_over(house_unit);
    t.on("2025-01-06").given("CSA", "DecorationApplied", t.forms.application());
    t.given("CSA", "DecorationUndertakingSigned", t.forms.undertaking(true));
    t.given("CSA",
            "DecorationDocumentsCollected",
            t.forms.of_case(t.forms.drawings() + t.forms.all_papers()));
    // The customer hears by the 7th.
    submitted = t.given("CSA", "DecorationSubmittedForReview", t.forms.of_case(""));
    t.given("CSM", "DecorationReviewSigned", t.forms.review("CUSTOMER", "CSM"));
    t.given("ENGM", "DecorationReviewSigned", t.forms.review("ENGINEERING", "ENGM"));
  }

  void notify() {
    t.given("CSA",
            "DecorationApprovalNotified",
            t.forms.of_case(R"("result":"APPROVED","channel":"PHONE",
                               "notified_at":"2025-01-08T01:30:00+08:00")"));
  }

  boost::json::object only(const QueryArguments& arguments) {
    return t.query("deadlines", arguments);
  }

  ViewLedger t{true};
  RecordIndex submitted{};
};

TEST_F(DeadlineBoard, ShowsWhatRunsUntilWhenAndWhoIsResponsible) {
  t.on("2025-01-07", "23:00:00");
  const auto board = only({{"rule", "D-DEC-1"}});
  ASSERT_THAT(column(board, "deadlines", "state"), ElementsAre("RUNNING"));
  const auto& first = row(board, "deadlines", 0);
  EXPECT_EQ(first.at("case"), boost::json::value("deco:" + t.forms.deco));
  EXPECT_EQ(first.at("responsible").at("code"), "CSA");
  EXPECT_EQ(first.at("due_at"), "2025-01-08T00:00:00.000000+08:00");
  EXPECT_EQ(first.at("late_minutes"), 0);
  EXPECT_EQ(first.at("records").at("case").as_array().at(0), number(submitted));
  EXPECT_EQ(board.at("running"), 1);
  EXPECT_EQ(board.at("breached"), 0);
}

TEST_F(DeadlineBoard, CountsTheMinutesThatAreLate) {
  t.on("2025-01-08", "01:30:00");
  const auto late = only({{"rule", "D-DEC-1"}, {"state", "BREACHED"}});
  ASSERT_THAT(column(late, "deadlines", "late_minutes"), ElementsAre("90"));
  EXPECT_THAT(column(only({{"rule", "D-DEC-1"}, {"state", "RUNNING"}}), "deadlines", "state"),
              IsEmpty());
  t.given(
      "CSA", "DecorationApprovalNotified", t.forms.of_case(R"("result":"APPROVED","channel":"PHONE",
                             "notified_at":"2025-01-08T01:30:00+08:00")"));
  const auto met = only({{"rule", "D-DEC-1"}});
  EXPECT_THAT(column(met, "deadlines", "state"), ElementsAre("MET_LATE"));
  EXPECT_THAT(column(met, "deadlines", "late_minutes"), ElementsAre("90"));
}

TEST_F(DeadlineBoard, NamesTheRecordOfTheBreach) {
  t.on("2025-01-08", "01:30:00");
  EXPECT_THAT(column(only({{"rule", "D-DEC-1"}}), "deadlines", "notice"), ElementsAre("null"));
  const std::string body = R"({"rule":"D-DEC-1","case_stream":"deco:)" + t.forms.deco +
                           R"(","due":"2025-01-08T00:00:00+08:00"})";
  const RecordIndex stated = t.given("SYS", "SlaBreached", body);
  EXPECT_THAT(column(only({{"rule", "D-DEC-1"}}), "deadlines", "notice"),
              ElementsAre(std::to_string(number(stated))));
  notify();
  EXPECT_THAT(column(only({{"rule", "D-DEC-1"}}), "deadlines", "state"), ElementsAre("MET_LATE"));
  const auto then = only({{"rule", "D-DEC-1"}, {"as_of", std::to_string(number(stated))}});
  EXPECT_THAT(column(then, "deadlines", "notice"), ElementsAre(std::to_string(number(stated))));
}

TEST_F(DeadlineBoard, AsOfAnIndexKnowsNothingOfWhatCameLater) {
  t.on("2025-01-08", "01:30:00");
  t.given(
      "CSA", "DecorationApprovalNotified", t.forms.of_case(R"("result":"APPROVED","channel":"PHONE",
                             "notified_at":"2025-01-08T01:30:00+08:00")"));
  const auto before = only({{"rule", "D-DEC-1"}, {"as_of", std::to_string(number(submitted))}});
  EXPECT_THAT(column(before, "deadlines", "state"), ElementsAre("RUNNING"));
  EXPECT_THAT(column(only({{"as_of", "0"}}), "deadlines", "state"), IsEmpty());
}

TEST_F(DeadlineBoard, FiltersAndPages) {
  t.forms.deco = "2025-0032";
  t.given("CSA", "DecorationApplied", t.forms.application());
  t.given("CSA", "DecorationUndertakingSigned", t.forms.undertaking(true));
  t.given("CSA",
          "DecorationDocumentsCollected",
          t.forms.of_case(t.forms.drawings() + t.forms.all_papers()));
  t.given("CSA", "DecorationSubmittedForReview", t.forms.of_case(""));
  EXPECT_THAT(column(only({{"rule", "D-DEC-3"}}), "deadlines", "rule"), IsEmpty());
  EXPECT_THAT(column(only({{"unit", "9-9-901"}}), "deadlines", "rule"), IsEmpty());
  const auto first = only({{"limit", "1"}});
  EXPECT_THAT(column(first, "deadlines", "case"), ElementsAre("deco:2025-0031"));
  ASSERT_FALSE(first.at("next").as_string().empty());
  const auto second = only({{"limit", "1"}, {"cursor", std::string(first.at("next").as_string())}});
  EXPECT_THAT(column(second, "deadlines", "case"), ElementsAre("deco:2025-0032"));
  EXPECT_FALSE(second.contains("next") && !second.at("next").as_string().empty());
}

}  // namespace
}  // namespace juanzong::testing
