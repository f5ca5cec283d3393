// SPDX-License-Identifier: Apache-2.0
// 签名台账 (R17): who signed what in a case or for a unit, and who still has to.
#include "events/procedures/signature_disputes.h"

#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SignaturesView : public ::testing::Test {
 protected:
  SignaturesView() {
    t.on("2025-01-02").hand_over(house_unit);
    t.decorate();
    deco = "deco:" + t.forms.deco;
  }
  boost::json::object of_case(const std::string& stream, QueryArguments more = {}) {
    more.emplace("case", stream);
    return t.query("signatures", more);
  }
  boost::json::object of_unit(QueryArguments more = {}) {
    more.emplace("unit", std::string(house_unit));
    return t.query("signatures", more);
  }
  void report_incident() {
    t.ledger.actor("PM");
    t.on("2025-03-05", "11:00:00");
    t.given("SEC",
            "IncidentReported",
            json({text("incident_id", "IN-1"),
                  text("kind", "FLOOD"),
                  text("place", "2 栋 5 层"),
                  text("noticed_at", "2025-03-05T10:58:00+08:00"),
                  text("first_reported_at", "2025-03-05T10:59:00+08:00"),
                  text("to", "S-PM")}));
  }
  ViewLedger t;
  std::string deco;
};

TEST_F(SignaturesView, ShowsEverySignatureOfACase) {
  const auto report = of_case(deco);
  EXPECT_THAT(column(report, "signatures", "event"),
              ElementsAre("DecorationApplied",
                          "DecorationUndertakingSigned",
                          "DecorationReviewSigned",
                          "DecorationReviewSigned",
                          "DecorationApprovalAcknowledged",
                          "DecorationAgreementSigned",
                          "DecorationEntryInspected",
                          "DecorationEntryInspected"));
  const auto& first = row(report, "signatures", 0);
  EXPECT_EQ(first.at("signer"), house_owner.c_str());
  EXPECT_EQ(first.at("capacity").as_object().at("code"), "OWNER");
  EXPECT_EQ(first.at("method").as_object().at("code"), "TABLET");
  EXPECT_EQ(first.at("signed_at"), "2025-01-06T10:00:00.000000+08:00");
  EXPECT_EQ(first.at("case"), deco.c_str());
  EXPECT_EQ(first.at("content").as_string().size(), 64U);
  EXPECT_EQ(first.at("authority"), false);
  EXPECT_THAT(column(report, "signatures", "status"), Each("VALID"));
  EXPECT_THAT(column(report, "signatures", "capacity"), Contains("CSM")) << "staff by their role";
}

// SC9: a denied signature is shown as such, then as it was decided; as of then as it was then.
TEST_F(SignaturesView, ShowsWhatIsDenied) {
  const auto first = row(of_case(deco), "signatures", 0);
  const RecordIndex record{first.at("index").to_number<std::uint64_t>()};
  const auto signed_record =
      t.ledger.machine().world().get<SignedRecordState>(signed_record_key(record));
  std::string streams;
  for (const std::string& stream : signed_record.streams) {
    streams += (streams.empty() ? "\"" : ",\"") + stream + "\"";
  }
  const auto about = [&](const std::string& more) {
    return R"({"target":{"index":)" + std::to_string(number(record)) +
           R"(},"position":0,"case_streams":[)" + streams + "]," + more + "}";
  };
  const auto status = [&](QueryArguments more = {}) {
    return column(of_case(deco, std::move(more)), "signatures", "status").front();
  };
  t.on("2025-03-06");
  t.given("CSM",
          "SignatureDisputed",
          about(text("claimant", house_owner) + "," + house_sealed("claim") + "," +
                signed_by_house_owner()));
  EXPECT_EQ(status(), "DISPUTED");
  const std::string disputed = std::to_string(number(t.newest()));
  t.given("PM",
          "SignatureDisputeResolved",
          about(text("result", "DENIAL_UPHELD") + "," + house_sealed("reason") + ",\"evidence\":[" +
                attachment(house_owner) + "]," + signatures({staff_signature("PM")})));
  EXPECT_EQ(status(), "VOID");
  EXPECT_EQ(status({{"as_of", disputed}}), "DISPUTED");
  EXPECT_EQ(status({{"as_of", std::to_string(number(record))}}), "VALID");
}

TEST_F(SignaturesView, NamesWhoStillHasToSignTheRefund) {
  t.accept("2025-01-31");
  t.on("2025-05-06");
  const std::string deposit = "deposit:" + t.forms.deposit;
  EXPECT_THAT(column(of_case(deposit), "required", "present"), Each("false"));
  t.inspect();
  const auto report = of_case(deposit);
  EXPECT_THAT(column(report, "required", "step"),
              ElementsAre("INSPECTION", "INSPECTION", "INSPECTION", "APPROVAL"));
  EXPECT_THAT(column(report, "required", "present"), ElementsAre("true", "true", "true", "false"));
  EXPECT_THAT(column(report, "required", "case"), Each(deposit));
  EXPECT_EQ(of_case(deco).at("required"), report.at("required")) << "the case has the deposit";
  EXPECT_EQ(of_unit().at("required"), report.at("required"));
}

TEST_F(SignaturesView, NamesTheSignaturesThatTheFormsOfACaseDeclare) {
  report_incident();
  const auto open = of_case("incident:IN-1");
  EXPECT_THAT(column(open, "required", "step"), ElementsAre("IncidentClosed"));
  EXPECT_THAT(column(open, "required", "capacity"), ElementsAre("STAFF:PM"));
  EXPECT_THAT(column(open, "required", "present"), ElementsAre("false"));
  t.given("PM",
          "IncidentClosed",
          json({text("incident_id", "IN-1"),
                house_sealed("cause"),
                house_attachment("report"),
                signatures({staff_signature("PM")})}));
  const auto closed = of_case("incident:IN-1");
  EXPECT_THAT(column(closed, "required", "present"), ElementsAre("true"));
  EXPECT_THAT(column(closed, "required", "signer"), ElementsAre("S-PM"));
}

TEST_F(SignaturesView, AUnitShowsTheSignaturesOfAllItsCases) {
  const auto report = of_unit();
  EXPECT_THAT(column(report, "signatures", "event"), Contains("HandoverCompleted"));
  EXPECT_THAT(column(report, "signatures", "event"), Contains("DecorationApplied"));
  EXPECT_THAT(column(report, "signatures", "event"), Not(Contains("PolicyAdopted")));
}

TEST_F(SignaturesView, NeverPartsTheSignaturesOfARecord) {
  const std::size_t all = column(of_case(deco), "signatures", "index").size();
  std::vector<std::string> collected;
  std::string cursor;
  do {
    const auto page = of_case(deco, {{"limit", "1"}, {"cursor", cursor}});
    const auto indexes = column(page, "signatures", "index");
    EXPECT_THAT(indexes, Each(indexes.empty() ? "" : indexes.front()));
    collected.insert(collected.end(), indexes.begin(), indexes.end());
    cursor = page.contains("next") ? std::string(page.at("next").as_string()) : "";
  } while (!cursor.empty());
  EXPECT_EQ(collected.size(), all);
}

TEST_F(SignaturesView, IsAsOfThenWhatItWasThen) {
  const std::string then = std::to_string(number(t.newest()));
  t.accept("2025-01-31");
  EXPECT_THAT(column(of_case(deco, {{"as_of", then}}), "signatures", "event"),
              Not(Contains("CompletionAcceptancePassed")));
  EXPECT_THAT(column(of_case(deco), "signatures", "event"), Contains("CompletionAcceptancePassed"));
}

TEST_F(SignaturesView, AsksForExactlyOneCaseOrUnitAndItsReaders) {
  EXPECT_EQ(t.refusal("signatures", {}), "query_invalid");
  EXPECT_EQ(t.refusal("signatures", {{"case", deco}, {"unit", "3-1-1202"}}), "query_invalid");
  EXPECT_EQ(t.refusal("signatures", {{"case", "deco:none"}}), "not_found");
  EXPECT_EQ(t.refusal("signatures", {{"unit", "9-9-9999"}}), "not_found");
  EXPECT_EQ(t.refusal("signatures", {{"case", deco}, {"cursor", "x"}}), "query_invalid");
  EXPECT_EQ(t.refusal("signatures", {{"case", deco}}, "ENG"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
