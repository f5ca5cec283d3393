// SPDX-License-Identifier: Apache-2.0
// Results of surveys: rates against thresholds, scores, actions, comparison, all of it as of then.
#include "tests/support/survey_forms.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;

class SurveyResults : public ::testing::Test {
 protected:
  SurveyResults() {
    for (const std::string_view role : {"PM", "QD"}) {
      t.ledger.actor(role);
    }
    t.on("2025-01-02").register_unit(house_unit);
    t.on("2025-07-01");
    round("R-1");
  }
  // Three of four forms handed out, two back: 7500, 6666.
  void round(std::string_view id, std::string_view scheme = "S3_QD") {
    const std::string serial = "Q-" + std::string(id) + "-";
    t.given("QD", "SurveyRoundOpened", round_json(scheme, id));
    for (const std::string_view at : {"1", "2", "3"}) {
      t.given("CSA", "QuestionnaireDistributed", form_json(serial + std::string(at), id));
    }
    t.given("CSA", "QuestionnaireReturned", returned_json(serial + "1", 5, 2, id));
    half_returned = t.newest();
    t.given("CSA", "QuestionnaireReturned", returned_json(serial + "2", 4, 4, id));
  }
  ViewLedger t;
  RecordIndex half_returned{};
};

TEST_F(SurveyResults, ARoundIsJudgedByItsOwnThresholds) {
  const auto report = t.query("survey_results", {});
  EXPECT_THAT(column(report, "rounds", "distribution_bp"), ElementsAre("7500"));
  EXPECT_THAT(column(report, "rounds", "min_distribution_bp"), ElementsAre("3000"));
  EXPECT_THAT(column(report, "rounds", "recovery_bp"), ElementsAre("6666"));
  EXPECT_THAT(column(report, "rounds", "satisfaction_bp"), ElementsAre("7500"));
  EXPECT_THAT(column(report, "rounds", "below_threshold"), ElementsAre("true"));
  EXPECT_THAT(column(report, "rounds", "stage"), ElementsAre("COLLECTING"));
  t.given("CSA", "QuestionnaireReturned", returned_json("Q-R-1-3", 1, 1));
  const auto full = t.query("survey_results", {});
  EXPECT_THAT(column(full, "rounds", "below_threshold"), ElementsAre("false"));
  EXPECT_THAT(column(full, "rounds", "satisfaction_bp"), ElementsAre("5000"));
}

TEST_F(SurveyResults, OneRoundShowsScoresActionsAndSteps) {
  t.given("CSA", "SurveyTallied", tally_json());
  const RecordIndex assigned = t.given("PM", "SurveyActionAssigned", assigned_json());
  const auto report = t.query("survey_results", {{"case", "R-1"}, {"date", "2025-08-16"}});
  EXPECT_THAT(column(report, "questions", "average_milli"), ElementsAre("4500", "3000"));
  EXPECT_THAT(column(report, "departments", "dept"), ElementsAre("ENV", "SEC"));
  EXPECT_THAT(column(report, "departments", "satisfaction_bp"), ElementsAre("10000", "5000"));
  EXPECT_THAT(column(report, "actions", "overdue"), ElementsAre("true"));
  EXPECT_THAT(column(report, "steps", "count"), ElementsAre("1", "3", "2", "1", "1"));
  const auto in_time = t.query("survey_results", {{"case", "R-1"}, {"date", "2025-08-15"}});
  EXPECT_THAT(column(in_time, "actions", "overdue"), ElementsAre("false"));
  t.on("2025-07-12");
  t.given("QD", "SurveyFollowUpVerified", follow_up_json(true));
  const auto done = t.query("survey_results", {{"case", "R-1"}, {"date", "2025-08-16"}});
  EXPECT_THAT(column(done, "actions", "verified"), ElementsAre("true"));
  EXPECT_THAT(column(done, "actions", "overdue"), ElementsAre("false"));
  const auto then =
      t.query("survey_results", {{"case", "R-1"}, {"as_of", std::to_string(number(assigned))}});
  EXPECT_THAT(column(then, "actions", "verified"), ElementsAre("false"));
}

TEST_F(SurveyResults, ARoundIsComparedWithTheOneBefore) {
  t.on("2025-11-03");
  round("R-2");
  t.given("CSA", "QuestionnaireReturned", returned_json("Q-R-2-3", 5, 5, "R-2"));
  const auto report = t.query("survey_results", {});
  EXPECT_THAT(column(report, "rounds", "change_bp"), ElementsAre("null", "833"));
  const auto one = t.query("survey_results", {{"case", "R-2"}});
  EXPECT_THAT(column(one, "rounds", "round_id"), ElementsAre("R-2"));
  EXPECT_THAT(column(one, "rounds", "change_bp"), ElementsAre("833"));
  const auto page = t.query("survey_results", {{"limit", "1"}});
  EXPECT_THAT(column(page, "rounds", "round_id"), ElementsAre("R-1"));
  EXPECT_EQ(page.at("next"), "R-1");
  const auto rest = t.query("survey_results", {{"limit", "1"}, {"cursor", "R-1"}});
  EXPECT_THAT(column(rest, "rounds", "change_bp"), ElementsAre("833"));
}

TEST_F(SurveyResults, AsOfARecordFewerFormsWereBack) {
  const auto then = t.query("survey_results", {{"as_of", std::to_string(number(half_returned))}});
  EXPECT_THAT(column(then, "rounds", "returned"), ElementsAre("1"));
  EXPECT_THAT(column(then, "rounds", "satisfaction_bp"), ElementsAre("5000"));
  const auto newest =
      t.query("survey_results", {{"as_of", std::to_string(number(t.newest()))}, {"case", "R-1"}});
  const auto now = t.query("survey_results", {{"case", "R-1"}});
  EXPECT_EQ(newest.at("rounds"), now.at("rounds"));
  EXPECT_EQ(newest.at("departments"), now.at("departments"));
  EXPECT_EQ(t.refusal("survey_results", {{"case", "R-9"}}), "not_found");
  EXPECT_EQ(t.refusal("survey_results", {}, "SEC"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
