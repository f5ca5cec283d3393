// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/surveys/surveys.h"

#include "events/procedures/case_machine.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/register_numbers.h"

#include "tests/support/survey_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SurveysTest : public HouseTest {
 protected:
  SurveysTest() {
    register_unit(t);
    t.world().edit<RegisterNumberState>(register_key("doc_no", "2025-7")).holder = "N-1";
    t.at("2025-07-01T09:00:00+08:00");
  }
  void open(std::string_view scheme) {
    t.as(scheme == "S0_PROJECT" ? "S-PM" : "S-QD").given("SurveyRoundOpened", round_json(scheme));
    t.as("S-CSA").given("SurveyAnnounced", announced_json());
  }
  void hand_out() {
    for (const std::string_view serial : {"Q-1", "Q-2", "Q-3"}) {
      t.given("QuestionnaireDistributed", form_json(serial));
    }
  }
  void tally(std::string_view scheme) {
    open(scheme);
    hand_out();
    t.given("QuestionnaireReturned", returned_json("Q-1", 5, 2));
    t.given("QuestionnaireReturned", returned_json("Q-2", 4, 4));
    t.at("2025-07-12T09:00:00+08:00").given("SurveyTallied", tally_json());
    t.as("S-PM").given("SurveyActionAssigned", assigned_json());
  }
  unsigned stage(std::string_view prefix = "survey", std::string_view id = "R-1") {
    return find_case(t.world(), prefix, id)->stage;
  }
  ObligationState owed(std::string_view rule) {
    return t.world().get<ObligationState>(obligation_key(rule, "survey:R-1"));
  }
  SurveyState survey() { return t.world().get<SurveyState>("R-1"); }
};

TEST_F(SurveysTest, AProjectsRoundGoesToItsAnswer) {
  tally("S0_PROJECT");
  EXPECT_EQ(stage(), 4U);
  const std::string minutes =
      json({text("round_id", "R-1"), text("held_on", "2025-07-12"), house_attachment("minutes")});
  t.given("SurveyMeetingHeld", minutes);
  t.given("SurveyReportFiled",
          json({text("round_id", "R-1"),
                house_attachment("report"),
                signatures({staff_signature("PM")})}));
  t.as("S-CSA").given("SurveyReplySent",
                      reply_json(signatures({staff_signature("PM"), staff_signature("MDM")})));
  t.given("SurveyResultAnnounced", announced_json());
  EXPECT_EQ(stage(), 5U);
  EXPECT_EQ(survey().actions.at("A-1").replies, 1U);
  t.as("S-QD").given("SurveyFollowUpVerified", follow_up_json(false));
  EXPECT_EQ(stage("survey_action", "A-1"), 1U);
  t.given("SurveyFollowUpVerified", follow_up_json(true));
  EXPECT_EQ(stage("survey_action", "A-1"), 2U);
  EXPECT_TRUE(survey().actions.at("A-1").verified);
  EXPECT_THAT(rules_when("SurveyFollowUpVerified", follow_up_json(true)),
              ElementsAre("STATE_REFUSED"));
  t.as("S-PM");
  EXPECT_THAT(rules_when("SurveyDataSubmitted",
                         json({text("round_id", "R-1"), text("at", "2025-07-12T08:00:00+08:00")})),
              ElementsAre("STATE_REFUSED"));
  EXPECT_EQ(owed("D-SUR-4").rounds + owed("D-SUR-6").rounds + owed("D-SUR-7").rounds, 0U)
      << "the deadlines are those of the quality department's rounds";
  expect_states_round_trip(t);
}

TEST_F(SurveysTest, EachSchemeIsOpenedByItsDepartment) {
  t.as("S-PM");
  EXPECT_THAT(rules_when("SurveyRoundOpened", round_json("S3_QD")), ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SurveyRoundOpened", round_json("S0_PROJECT")), IsEmpty());
  EXPECT_THAT(rules_when("SurveyRoundOpened",
                         replaced(round_json("S0_PROJECT"), "2025-07-15", "2025-06-30")),
              ElementsAre("SCHEMA"));
  t.as("S-QD");
  EXPECT_THAT(rules_when("SurveyRoundOpened", round_json("S0_PROJECT")), ElementsAre("SCHEMA"));
  t.given("SurveyRoundOpened", round_json("S3_QD"));
  EXPECT_THAT(rules_when("SurveyRoundOpened", round_json("S3_QD")), ElementsAre("STATE_REFUSED"));
}

TEST_F(SurveysTest, ThresholdsAreTheRoundsOwnOrThePolicys) {
  open("S0_PROJECT");
  EXPECT_EQ(survey().min_distribution_bp, 6000U);
  EXPECT_EQ(survey().min_recovery_bp, 5000U);
  t.as("S-QD").given("SurveyRoundOpened", round_json("S3_QD", "R-2"));
  EXPECT_EQ(t.world().get<SurveyState>("R-2").min_distribution_bp, 3000U);
  EXPECT_EQ(t.world().get<SurveyState>("R-2").min_recovery_bp, 7500U);
  const std::string old = replaced(
      round_json("S3_QD", "R-3"), "\"population\":4", R"("population":4,"years_since_handover":5)");
  t.given("SurveyRoundOpened", old);
  EXPECT_EQ(t.world().get<SurveyState>("R-3").min_distribution_bp, 1500U);
  const std::string stated = replaced(round_json("S3_QD", "R-4"),
                                      "\"population\":4",
                                      R"("population":4,"min_distribution_bp":10000)");
  t.given("SurveyRoundOpened", stated);
  EXPECT_EQ(t.world().get<SurveyState>("R-4").min_distribution_bp, 10'000U);
  EXPECT_THAT(
      rules_when("SurveyRoundOpened", replaced(replaced(stated, "R-4", "R-5"), "10000", "10001")),
      ElementsAre("SCHEMA"));
}

TEST_F(SurveysTest, AProjectsSurveyIsAnnouncedBeforeFormsAreHandedOut) {
  t.as("S-PM").given("SurveyRoundOpened", round_json("S0_PROJECT"));
  t.as("S-QD").given("SurveyRoundOpened", round_json("S3_QD", "R-2"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("QuestionnaireDistributed", form_json("Q-1")), ElementsAre("H-SUR-3"));
  EXPECT_THAT(rules_when("QuestionnaireDistributed", form_json("Q-1", "R-2")), IsEmpty());
  EXPECT_THAT(rules_when("SurveyAnnounced", replaced(announced_json(), "2025-7\"", "2025-8\"")),
              ElementsAre("SCHEMA"));
  t.given("SurveyAnnounced", announced_json());
  EXPECT_THAT(rules_when("QuestionnaireDistributed", form_json("Q-1")), IsEmpty());
}

TEST_F(SurveysTest, AFormIsHandedOutOnceAndToAUnitThatThereIs) {
  open("S0_PROJECT");
  hand_out();
  EXPECT_THAT(rules_when("QuestionnaireDistributed", form_json("Q-1")),
              ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(rules_when("QuestionnaireDistributed", replaced(form_json("Q-4"), "1202", "1203")),
              ElementsAre("SCHEMA"));
  t.given("QuestionnaireDistributed", form_json("Q-4"));
  EXPECT_THAT(rules_when("QuestionnaireDistributed", form_json("Q-5")), ElementsAre("SCHEMA"))
      << "there are four customers";
}

TEST_F(SurveysTest, AFormComesBackOnceSignedAndWithScores) {
  open("S0_PROJECT");
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-1", 5, 2)),
              ElementsAre("STATE_REFUSED", "STATE_REFUSED"));
  hand_out();
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-1", 6, 2)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-1", 0, 2)),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("QuestionnaireReturned", replaced(returned_json("Q-1", 5, 2), "q2", "q1")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      rules_when("QuestionnaireReturned", replaced(returned_json("Q-1", 5, 2), "OWNER", "CARRIER")),
      ElementsAre("SCHEMA"));
  t.given("QuestionnaireReturned", returned_json("Q-1", 5, 2));
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-1", 5, 2)),
              ElementsAre("STATE_REFUSED"));
  t.given("QuestionnaireReturned",
          json({text("round_id", "R-1"),
                text("serial", "Q-3"),
                signatures({signature("TENANT", house_tenant)})}));
  EXPECT_EQ(survey().returned, 2U) << "a form may come back without an answer";
  EXPECT_EQ(survey().all.answers, 2U);
  t.as("S-QD").given("SurveyRoundOpened", round_json("S3_QD", "R-2"));
  t.as("S-CSA").given("QuestionnaireDistributed", form_json("Q-9", "R-2"));
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-2", 5, 2, "R-2")),
              ElementsAre("SCHEMA"))
      << "a form of another round";
}

TEST_F(SurveysTest, ATallyIsWhatTheRecordsGive) {
  open("S0_PROJECT");
  hand_out();
  t.given("QuestionnaireReturned", returned_json("Q-1", 5, 2));
  t.given("QuestionnaireReturned", returned_json("Q-2", 4, 4));
  for (const auto& [from, to] : {std::pair(R"("distributed":3)", R"("distributed":4)"),
                                 std::pair(R"("returned":2)", R"("returned":3)"),
                                 std::pair("\"distribution_bp\":7500", "\"distribution_bp\":7501"),
                                 std::pair("6666", "6667"),
                                 std::pair("\"satisfaction_bp\":7500", "\"satisfaction_bp\":8000"),
                                 std::pair("\"points\":9", "\"points\":10"),
                                 std::pair("\"answers\":2", "\"answers\":3"),
                                 std::pair("\"q2\"", "\"q3\"")}) {
    EXPECT_THAT(rules_when("SurveyTallied", replaced(tally_json(), from, to)),
                ElementsAre("SCHEMA"))
        << to;
  }
  EXPECT_THAT(rules_when("SurveyTallied",
                         replaced(tally_json(), R"({"q":"q1","answers":2,"points":9},)", "")),
              ElementsAre("SCHEMA"));
  t.given("SurveyTallied", tally_json());
  EXPECT_THAT(rules_when("QuestionnaireReturned", returned_json("Q-3", 5, 5)),
              ElementsAre("STATE_REFUSED"));
}

TEST_F(SurveysTest, RepliesOfAProjectsRoundAreAgreedTo) {
  tally("S0_PROJECT");
  t.as("S-CSA");
  EXPECT_THAT(rules_when("SurveyReplySent", reply_json(signatures({staff_signature("PM")}))),
              ElementsAre("H-SUR-1"));
  EXPECT_THAT(rules_when("SurveyReplySent", reply_json(signatures({staff_signature("MDM")}))),
              ElementsAre("H-SUR-1"));
  const std::string agreed =
      reply_json(signatures({staff_signature("PM"), staff_signature("MDM")}));
  EXPECT_THAT(rules_when("SurveyReplySent", agreed), IsEmpty());
  EXPECT_THAT(rules_when("SurveyReplySent", replaced(agreed, "A-1", "A-9")),
              ElementsAre("SCHEMA", "STATE_REFUSED"));
}

TEST_F(SurveysTest, AnOpenLetterIsAgreedToByTheManagementRepresentative) {
  tally("S3_QD");
  t.as("S-PM");
  EXPECT_THAT(rules_when("SurveyOpenLetterPublished", letter_json(signatures({}))),
              ElementsAre("H-SUR-2"));
  EXPECT_THAT(
      rules_when("SurveyOpenLetterPublished", letter_json(signatures({staff_signature("PM")}))),
      ElementsAre("H-SUR-2"));
  t.given("SurveyOpenLetterPublished", letter_json(signatures({staff_signature("MR")})));
  const std::string submitted =
      json({text("round_id", "R-1"), text("at", "2025-07-12T09:00:00+08:00")});
  t.given("SurveyDataSubmitted", submitted);
  EXPECT_EQ(stage(), 6U);
  EXPECT_THAT(rules_when("SurveyDataSubmitted", submitted), ElementsAre("STATE_REFUSED"));
  t.as("S-CSA");
  EXPECT_THAT(rules_when("SurveyReplySent", reply_json(signatures({}))), IsEmpty())
      << "H-SUR-1 is the project's scheme's";
}

TEST_F(SurveysTest, AProjectsLetterNeedsNoRepresentative) {
  tally("S0_PROJECT");
  EXPECT_THAT(rules_when("SurveyOpenLetterPublished", letter_json(signatures({}))), IsEmpty());
}

TEST_F(SurveysTest, TheQualityDepartmentsDaysRun) {
  open("S3_QD");
  EXPECT_EQ(owed("D-SUR-4").due_at, *parse_instant("2025-07-05T00:00:00+08:00"));
  hand_out();
  EXPECT_EQ(owed("D-SUR-4").end, ObligationEnd::met);
  EXPECT_EQ(owed("D-SUR-6").due_at, *parse_instant("2025-07-15T00:00:00+08:00"));
  EXPECT_EQ(owed("D-SUR-7").due_at, *parse_instant("2025-07-26T00:00:00+08:00"));
  t.at("2025-07-11T09:00:00+08:00").given("QuestionnaireReturned", returned_json("Q-1", 5, 2));
  EXPECT_EQ(survey().returned_late, 0U);
  t.at("2025-07-12T09:00:00+08:00").given("QuestionnaireReturned", returned_json("Q-2", 4, 4));
  EXPECT_EQ(survey().returned_late, 1U) << "after the tenth day";
  t.at("2025-07-15T09:00:00+08:00").given("SurveyTallied", tally_json());
  EXPECT_EQ(owed("D-SUR-6").end, ObligationEnd::met_late);
  t.as("S-PM").given("SurveyOpenLetterPublished", letter_json(signatures({staff_signature("MR")})));
  EXPECT_EQ(owed("D-SUR-7").end, ObligationEnd::met);
  EXPECT_EQ(owed("D-SUR-8").due_at, *parse_instant("2025-07-21T00:00:00+08:00"));
  EXPECT_EQ(owed("D-SUR-7").rounds, 1U);
}

TEST_F(SurveysTest, ActionsAreForDaysToCome) {
  open("S0_PROJECT");
  t.as("S-PM");
  EXPECT_THAT(rules_when("SurveyActionAssigned", assigned_json()), ElementsAre("STATE_REFUSED"));
  t.as("S-CSA");
  hand_out();
  t.given("QuestionnaireReturned", returned_json("Q-1", 5, 2));
  t.given("QuestionnaireReturned", returned_json("Q-2", 4, 4));
  t.given("SurveyTallied", tally_json());
  t.as("S-PM");
  EXPECT_THAT(
      rules_when("SurveyActionAssigned", replaced(assigned_json(), "2025-08-15", "2025-06-30")),
      ElementsAre("SCHEMA"));
  EXPECT_THAT(rules_when("SurveyReportFiled",
                         json({text("round_id", "R-1"),
                               house_attachment("report"),
                               signatures({staff_signature("CSM")})})),
              ElementsAre("SCHEMA"));
}

}  // namespace
}  // namespace juanzong::testing
