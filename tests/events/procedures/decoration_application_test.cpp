// SPDX-License-Identifier: Apache-2.0
// Application, papers, authorities and reviews: H-DEC-1 to H-DEC-4.
#include "tests/support/decoration_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string without(std::string text, std::string_view part, std::string_view by = "") {
  const auto at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), by);
}

TEST(DecorationApplication, NeedsTheOwnersSignature) {
  DecorationSteps s;
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", s.application()), IsEmpty());
  const std::string by_stranger =
      without(s.application(), s.by_owner(), signature("OWNER", person_id(7)));
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", by_stranger), ElementsAre("H-DEC-1"));
}

TEST(DecorationApplication, AnAgentSignsOnlyWithThePowerOfAttorney) {
  DecorationSteps s;
  const std::string agent = signature("OWNER_AGENT", person_id(7));
  const std::string bare = without(s.application(), s.by_owner(), agent);
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", bare), ElementsAre("SCHEMA", "H-DEC-1"));
  const std::string authorised =
      agent.substr(0, agent.size() - 1) + R"(,"authority_doc":)" + s.scan() + "}";
  EXPECT_THAT(
      s.refused("CSA", "DecorationApplied", without(s.application(), s.by_owner(), authorised)),
      IsEmpty());
  const std::string named = s.application(R"(,"agent":")" + person_id(7) + "\"");
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", named), ElementsAre("H-DEC-1"));
}

TEST(DecorationApplication, TheApplicantIsTheOwnerOfTheUnit) {
  DecorationSteps s;
  s.t.world().edit<UnitState>(s.unit).owner = person_id(1002);
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", s.application()),
              ElementsAre("H-DEC-1", "H-DEC-1"));
}

TEST(DecorationApplication, AnUnknownContractorAndASecondApplicationAreRefused) {
  DecorationSteps s;
  s.contractor = "C-99";
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", s.application()), ElementsAre("SCHEMA"));
  s.contractor = "C-07";
  s.given("CSA", "DecorationApplied", s.application());
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", s.application()), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(s.t.world().get<UnitState>(s.unit).open_decorations, IsEmpty());
}

TEST(DecorationApplication, WithoutAContractorOnlyByPolicy) {
  DecorationSteps s;
  s.contractor.clear();
  EXPECT_THAT(s.refused("CSA", "DecorationApplied", s.application()), ElementsAre("H-DEC-2"));
  s.adopt("deco.self_work", "true");
  s.given("CSA", "DecorationApplied", s.application());
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(false));
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings(false)));
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")), IsEmpty());
}

TEST(DecorationApplication, TheUndertakingNeedsTheOwner) {
  DecorationSteps s;
  s.given("CSA", "DecorationApplied", s.application());
  const std::string by_contractor = without(s.undertaking(true), s.by_owner(), s.by_contractor());
  EXPECT_THAT(s.refused("CSA", "DecorationUndertakingSigned", by_contractor),
              ElementsAre("H-DEC-1"));
  EXPECT_THAT(s.refused("CSA", "DecorationUndertakingSigned", s.undertaking(true)), IsEmpty());
}

TEST(DecorationApplication, IsCompleteWithUndertakingAndPapersInEitherOrder) {
  DecorationSteps s;
  s.given("CSA", "DecorationApplied", s.application());
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings() + s.all_papers()));
  EXPECT_EQ(s.stage(), DecorationStage::applied);
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")),
              ElementsAre("H-DEC-1"));
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  EXPECT_EQ(s.stage(), DecorationStage::complete);
}

TEST(DecorationApplication, SubmissionNeedsEveryPaperStampedVerifiedAndValid) {
  DecorationSteps s;
  s.given("CSA", "DecorationApplied", s.application());
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  const auto submit_with = [&s](const std::string& papers) {
    s.given("CSA", "DecorationDocumentsCollected", s.of_case(papers));
    return s.t.as("S-CSA").when("DecorationSubmittedForReview", s.of_case(""));
  };
  const auto first = submit_with(
      s.drawings(false) +
      s.papers("principal_id business_licence",
               DecorationSteps::check("PRINCIPAL_ID") + "," +
                   DecorationSteps::check("BUSINESS_LICENCE", R"(,"valid_to":"2025-01-05")")));
  ASSERT_THAT(RuleTester::rules_of(first), ElementsAre("H-DEC-2"));
  EXPECT_THAT(first.front().facts,
              ElementsAre(Fact{"section", "not stamped"},
                          Fact{"BUSINESS_LICENCE", "2025-01-05"},
                          Fact{"CONSTRUCTION_QUALIFICATION", "missing"}));
  EXPECT_THAT(RuleTester::rules_of(submit_with(s.drawings() + s.papers("business_licence", ""))),
              ElementsAre("H-DEC-2"));
  EXPECT_THAT(submit_with(s.drawings() + s.all_papers()), IsEmpty());
}

TEST(DecorationApplication, CommercialSitesNeedTheDesignQualification) {
  DecorationSteps s;
  s.given("CSA", "DecorationApplied", s.application(R"(,"commercial_or_key_site":true)"));
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings() + s.all_papers()));
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")),
              ElementsAre("H-DEC-2"));
  s.given("CSA",
          "DecorationDocumentsCollected",
          s.of_case(R"("design_qualification":)" + s.scan() + R"(,"validity_checks":[)" +
                    DecorationSteps::check("DESIGN_QUALIFICATION") + "]"));
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")), IsEmpty());
}

TEST(DecorationApplication, ApprovalNeedsBothSidesEachByItsHeadOrADelegate) {
  DecorationSteps s;
  s.apply().given("CSA", "DecorationSubmittedForReview", s.of_case(""));
  const std::string told = s.of_case(
      R"("result":"APPROVED","channel":"PHONE","notified_at":"2025-01-07T15:00:00+08:00")");
  EXPECT_THAT(s.refused("CSM", "DecorationReviewSigned", s.review("ENGINEERING", "CSM")),
              ElementsAre("H-DEC-3"));
  EXPECT_THAT(s.refused("CSA", "DecorationReviewSigned", s.review("CUSTOMER", "CSA")),
              ElementsAre("H-DEC-3"));
  s.given("CSM", "DecorationReviewSigned", s.review("CUSTOMER", "CSM"));
  EXPECT_THAT(s.refused("CSA", "DecorationApprovalNotified", told), ElementsAre("STATE_REFUSED"));
  const std::string unknown =
      s.of_case(R"("side":"ENGINEERING","decision":"APPROVE","delegate_authority":)" + s.scan(),
                {s.by_staff("X")});
  EXPECT_THAT(s.refused("ENG", "DecorationReviewSigned", unknown), ElementsAre("H-DEC-3"));
  const std::string delegate =
      s.of_case(R"("side":"ENGINEERING","decision":"APPROVE","delegate_authority":)" + s.scan(),
                {s.by_staff("ENG")});
  s.given("ENG", "DecorationReviewSigned", delegate);
  EXPECT_EQ(s.stage(), DecorationStage::approved);
  EXPECT_THAT(s.refused("CSA", "DecorationApprovalNotified", told), IsEmpty());
  EXPECT_THAT(s.refused("CSA", "DecorationApprovalNotified", without(told, "APPROVED", "REJECTED")),
              ElementsAre("H-DEC-3"));
}

TEST(DecorationApplication, ARejectionIsNotifiedAndCuredByNewPapers) {
  DecorationSteps s;
  s.apply().given("CSA", "DecorationSubmittedForReview", s.of_case(""));
  s.given("ENGM", "DecorationReviewSigned", s.review("ENGINEERING", "ENGM", "REJECT"));
  EXPECT_EQ(s.stage(), DecorationStage::rejected);
  s.given("CSA", "DecorationApprovalNotified", s.of_case(R"("result":"REJECTED","channel":"PHONE",
                       "notified_at":"2025-01-07T15:00:00+08:00")"));
  EXPECT_THAT(s.refused("CSA", "DecorationSubmittedForReview", s.of_case("")),
              ElementsAre("STATE_REFUSED"));
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings()));
  s.approve();
  EXPECT_EQ(s.stage(), DecorationStage::approved);
}

TEST(DecorationApplication, TheReasonsOfARejectionAreForACaseInReview) {
  DecorationSteps s;
  const std::string reasons = s.of_case(R"("reasons":)" + s.text());
  s.apply();
  EXPECT_THAT(s.refused("ENGM", "DecorationRejected", reasons), ElementsAre("STATE_REFUSED"));
  s.given("CSA", "DecorationSubmittedForReview", s.of_case(""));
  EXPECT_THAT(s.refused("CSA", "DecorationRejected", reasons), ElementsAre("ROLE"));
  s.given("ENGM", "DecorationRejected", reasons);
  EXPECT_EQ(s.stage(), DecorationStage::rejected);
  EXPECT_THAT(s.refused("CSM", "DecorationReviewSigned", s.review("CUSTOMER", "CSM")),
              ElementsAre("STATE_REFUSED"));
}

TEST(DecorationApplication, ARefusedStateNamesTheStagesThatWouldDo) {
  DecorationSteps s;
  const auto refusals = s.t.as("S-CSM").when("DecorationReviewSigned", s.review("CUSTOMER", "CSM"));
  ASSERT_THAT(RuleTester::rules_of(refusals), ElementsAre("STATE_REFUSED"));
  EXPECT_THAT(refusals.front().facts,
              ElementsAre(Fact{"state", "NONE"}, Fact{"accepted_in", "IN_REVIEW"}));
}

TEST(DecorationApplication, ThePermitWaitsForEachAuthority) {
  DecorationSteps s;
  s.given("CSA",
          "DecorationApplied",
          without(s.application(), R"("involves":{})", R"("involves":{"gas":true})"));
  s.given("CSA", "DecorationUndertakingSigned", s.undertaking(true));
  s.given("CSA", "DecorationDocumentsCollected", s.of_case(s.drawings() + s.all_papers()));
  s.given("CSA", "GovernmentApprovalRequired", s.of_case(R"("items":["FIRE"],"guide_given":true)"));
  s.approve().on("2025-01-08").contract().pay();
  EXPECT_THAT(s.refused("CSA", "DecorationPermitIssued", s.permit()),
              ElementsAre("H-DEC-4", "H-DEC-4"));
  for (const std::string item : {"FIRE", "GAS"}) {
    s.given("CSA",
            "GovernmentApprovalRecorded",
            s.of_case(R"("item":")" + item +
                      R"(","approval_no":"2025-7","authority":"bureau","doc":)" + s.scan()));
  }
  EXPECT_THAT(s.refused("CSA", "DecorationPermitIssued", s.permit()), IsEmpty());
}

TEST(DecorationApplication, TheNoticeStandsBeforeAnyCase) {
  DecorationSteps s;
  EXPECT_THAT(s.refused("CSA", "DecorationNoticeIssued", R"({"unit":"3-1-1202","version":"2025"})"),
              IsEmpty());
  EXPECT_THAT(s.refused("CAS", "DecorationNoticeIssued", R"({"unit":"3-1-1202","version":"2025"})"),
              Contains("ROLE"));
}

}  // namespace
}  // namespace juanzong::testing
