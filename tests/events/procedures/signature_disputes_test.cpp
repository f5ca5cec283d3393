// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/signature_disputes.h"

#include "events/procedures/parties.h"

#include "tests/support/house.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string house_streams = R"("case_streams":["unit:3-1-1202"])";

std::string target(RecordIndex record) {
  return R"("target":{"index":)" + std::to_string(number(record)) + "}";
}

std::string signature_of(RecordIndex record, int position) {
  return target(record) + ",\"position\":" + std::to_string(position);
}

std::string evidence(std::string_view person = house_owner) {
  return "\"evidence\":[" + attachment(person, "letter") + "]";
}

std::string disputed_json(RecordIndex record,
                          int position = 0,
                          std::string_view claimant = house_owner,
                          const std::string& proof = signed_by_house_owner()) {
  return json({signature_of(record, position),
               house_streams,
               text("claimant", claimant),
               house_sealed("claim"),
               proof});
}

std::string resolved_json(RecordIndex record,
                          std::string_view result,
                          int position = 0,
                          std::string_view signer = "PM") {
  return json({signature_of(record, position),
               house_streams,
               text("result", result),
               house_sealed("reason"),
               evidence(),
               signatures({staff_signature(signer)})});
}

std::string captured_json(RecordIndex record, const std::string& blocks) {
  return json({target(record), house_streams, blocks});
}

// Record `paper`: the responsibility paper of the house, signed by its owner.
class SignatureDisputesTest : public HouseTest {
 protected:
  void SetUp() override {
    t.at("2025-03-03T10:00:00+08:00");
    register_unit(t);
    t.given("OwnerRosterImported", roster_json());
    unsigned_record = t.as("S-CSA").given("OwnerIdentityVerified", identity_json());
    t.given("OwnerDocumentsCollected", documents_json());
    t.given("OwnerFileCreated", owner_file_json());
    paper = t.given("SafetyResponsibilitySigned", safety_json());
    t.at("2025-11-12T10:00:00+08:00").as("S-CSM");
  }
  SignatureStanding standing(RecordIndex record, std::size_t position = 0) {
    return standing_of(t.world(), record, position);
  }
  std::vector<std::string> disputed(const std::string& body) {
    return rules_when("SignatureDisputed", body);
  }
  std::vector<std::string> resolved(const std::string& body) {
    t.as("S-PM");
    return rules_when("SignatureDisputeResolved", body);
  }
  RecordIndex paper{};
  RecordIndex unsigned_record{};
};

TEST_F(SignatureDisputesTest, WhoSignedARecordIsRememberedWithItsStreams) {
  const auto record = t.world().get<SignedRecordState>(signed_record_key(paper));
  ASSERT_EQ(record.blocks.size(), 1U);
  EXPECT_EQ(record.blocks[0].signer, house_owner);
  EXPECT_EQ(record.blocks[0].capacity, 1) << "OWNER";
  EXPECT_THAT(record.streams, ElementsAre("unit:3-1-1202"));
  EXPECT_EQ(t.world().find<SignedRecordState>(signed_record_key(unsigned_record)), nullptr);
  EXPECT_NE(find_signature(t.world(), paper, 0), nullptr);
  EXPECT_EQ(find_signature(t.world(), paper, 1), nullptr);
}

TEST_F(SignatureDisputesTest, ADenialIsOpenUntilItIsDecided) {
  EXPECT_EQ(standing(paper), SignatureStanding::valid);
  EXPECT_THAT(resolved(resolved_json(paper, "DENIAL_UPHELD")), ElementsAre("STATE_REFUSED"))
      << "there is no dispute";
  t.as("S-CSM").given("SignatureDisputed", disputed_json(paper));
  EXPECT_EQ(standing(paper), SignatureStanding::disputed);
  EXPECT_FALSE(counts(standing(paper)));
  EXPECT_THAT(disputed(disputed_json(paper)), ElementsAre("STATE_REFUSED")) << "one at a time";
  t.as("S-PM").given("SignatureDisputeResolved", resolved_json(paper, "DENIAL_UPHELD"));
  EXPECT_EQ(standing(paper), SignatureStanding::denied);
  EXPECT_FALSE(counts(standing(paper)));
  EXPECT_THAT(resolved(resolved_json(paper, "DENIAL_UPHELD")), ElementsAre("STATE_REFUSED"));
  t.as("S-CSM");
  EXPECT_THAT(disputed(disputed_json(paper)), ElementsAre("STATE_REFUSED")) << "it is void";
  expect_states_round_trip(t);
}

TEST_F(SignatureDisputesTest, AConfirmedSignatureCountsAndMayBeDeniedAgain) {
  t.given("SignatureDisputed", disputed_json(paper));
  t.as("S-PM").given("SignatureDisputeResolved", resolved_json(paper, "SIGNATURE_CONFIRMED"));
  EXPECT_EQ(standing(paper), SignatureStanding::confirmed);
  EXPECT_TRUE(counts(standing(paper)));
  t.as("S-CSM").given("SignatureDisputed", disputed_json(paper));
  EXPECT_EQ(standing(paper), SignatureStanding::disputed);
  t.as("S-PM").given("SignatureDisputeResolved", resolved_json(paper, "WITHDRAWN"));
  EXPECT_EQ(standing(paper), SignatureStanding::confirmed) << "as it was before";
}

TEST_F(SignatureDisputesTest, AWithdrawnDenialLeavesTheSignatureAsItWas) {
  t.given("SignatureDisputed", disputed_json(paper));
  t.as("S-PM").given("SignatureDisputeResolved", resolved_json(paper, "WITHDRAWN"));
  EXPECT_EQ(standing(paper), SignatureStanding::valid);
}

TEST_F(SignatureDisputesTest, TheSignatureIsThere) {
  EXPECT_THAT(disputed(disputed_json(paper, 1)), ElementsAre("H-SIG-1"));
  EXPECT_THAT(disputed(disputed_json(unsigned_record)), ElementsAre("H-SIG-1"));
  EXPECT_THAT(disputed(disputed_json(RecordIndex{4'000})), ElementsAre("H-SIG-1")) << "to come";
  EXPECT_THAT(resolved(resolved_json(paper, "WITHDRAWN", 1)), ElementsAre("H-SIG-1"));
}

TEST_F(SignatureDisputesTest, TheDisputeIsSeenInEveryStreamOfTheRecord) {
  EXPECT_THAT(disputed(replaced(disputed_json(paper), "unit:3-1-1202", "deco:D-1")),
              ElementsAre("H-SIG-2"));
  EXPECT_THAT(disputed(replaced(
                  disputed_json(paper), R"("unit:3-1-1202")", R"("deco:D-1","unit:3-1-1202")")),
              IsEmpty());
  t.given("SignatureDisputed", disputed_json(paper));
  EXPECT_THAT(resolved(replaced(resolved_json(paper, "WITHDRAWN"), "unit:3-1-1202", "deco:D-1")),
              ElementsAre("H-SIG-2"));
}

TEST_F(SignatureDisputesTest, TheSignerDeniesOrTheHeadOfTheCustomerCentreForHim) {
  EXPECT_THAT(disputed(disputed_json(paper)), IsEmpty()) << "the signer signed the denial";
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_owner, "")), ElementsAre("H-SIG-3"));
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_owner, evidence())), IsEmpty());
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_tenant, signed_by_house_tenant())),
              ElementsAre("H-SIG-3"))
      << "somebody else, who only says so";
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_tenant, evidence())), IsEmpty());
  t.as("S-CSA");
  EXPECT_THAT(disputed(disputed_json(paper)), ElementsAre("H-SIG-3"));
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_owner, evidence())), ElementsAre("H-SIG-3"));
}

TEST_F(SignatureDisputesTest, StaffDenyTheirOwnSignatureThemselves) {
  adopt(t, "patrol.floors", "4", "2025-12-01");
  const RecordIndex policy{7};
  const auto policy_streams = R"("case_streams":["staff:S-PM"])";
  ASSERT_EQ(find_signature(t.world(), policy, 0)->signer, "S-PM");
  const auto by_claimant = [&](std::string_view claimant) {
    return replaced(disputed_json(policy, 0, claimant, ""), house_streams, policy_streams);
  };
  t.as("S-PM");
  EXPECT_THAT(disputed(by_claimant("S-PM")), IsEmpty());
  EXPECT_THAT(disputed(by_claimant("S-CSA")), ElementsAre("H-SIG-3"));
  t.as("S-CSA");
  EXPECT_THAT(disputed(by_claimant("S-PM")), ElementsAre("H-SIG-3"));
  t.as("S-PM").given("SignatureDisputed", by_claimant("S-PM"));
  EXPECT_THAT(resolved(replaced(resolved_json(policy, "WITHDRAWN"), house_streams, policy_streams)),
              ElementsAre("H-SIG-4"))
      << "his own signature";
}

TEST_F(SignatureDisputesTest, WhoDeniesDoesNotDecide) {
  t.given("SignatureDisputed", disputed_json(paper, 0, "S-PM", evidence()));
  EXPECT_THAT(resolved(resolved_json(paper, "DENIAL_UPHELD")), ElementsAre("H-SIG-4"));
  StaffState& another = t.world().edit<StaffState>("S-PM2");
  another.registered = true;
  another.roles.add(Role::pm);
  t.as("S-PM2");
  EXPECT_THAT(rules_when("SignatureDisputeResolved", resolved_json(paper, "DENIAL_UPHELD")),
              ElementsAre("H-SIG-4"))
      << "under another's key, but signed by who denies";
  EXPECT_THAT(
      rules_when("SignatureDisputeResolved",
                 replaced(resolved_json(paper, "DENIAL_UPHELD"), R"("S-PM")", R"("S-PM2")")),
      IsEmpty());
}

TEST_F(SignatureDisputesTest, TheProjectManagerDecidesWithEvidence) {
  t.given("SignatureDisputed", disputed_json(paper));
  EXPECT_THAT(resolved(resolved_json(paper, "DENIAL_UPHELD", 0, "CSM")), ElementsAre("SCHEMA"));
  EXPECT_THAT(resolved(replaced(resolved_json(paper, "DENIAL_UPHELD"), evidence() + ",", "")),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(resolved(resolved_json(paper, "UNSPECIFIED")), ElementsAre("SCHEMA"));
  EXPECT_THAT(resolved(resolved_json(paper, "DENIAL_UPHELD")), IsEmpty());
  t.as("S-CSM");
  EXPECT_THAT(rules_when("SignatureDisputeResolved", resolved_json(paper, "DENIAL_UPHELD")),
              ElementsAre("ROLE"));
}

TEST_F(SignatureDisputesTest, ALateSignatureIsAddedOnceAndMayBeDeniedItself) {
  const auto captured = [this](const std::string& body) {
    return rules_when("SignatureCaptured", body);
  };
  EXPECT_THAT(captured(captured_json(paper, signed_by_house_owner())), ElementsAre("SCHEMA"))
      << "he has signed";
  EXPECT_THAT(captured(captured_json(unsigned_record, signed_by_house_tenant())),
              ElementsAre("H-SIG-1"));
  EXPECT_THAT(captured(captured_json(paper,
                                     signatures({signature("TENANT", house_tenant),
                                                 signature("CUSTOMER", house_tenant)}))),
              ElementsAre("SCHEMA"));
  EXPECT_THAT(
      captured(captured_json(
          paper, signatures({signature("TENANT", house_tenant, "2025-11-13T10:00:00+08:00")}))),
      ElementsAre("SCHEMA"))
      << "to come";
  const RecordIndex late =
      t.given("SignatureCaptured", captured_json(paper, signed_by_house_tenant()));
  EXPECT_THAT(t.world().get<LateSignaturesState>(signed_record_key(paper)).captured,
              ElementsAre(late));
  EXPECT_THAT(captured(captured_json(paper, signed_by_house_tenant())), ElementsAre("SCHEMA"));
  t.given("SignatureDisputed", disputed_json(late, 0, house_tenant, signed_by_house_tenant()));
  EXPECT_EQ(standing(late), SignatureStanding::disputed);
  EXPECT_EQ(standing(paper), SignatureStanding::valid);
  EXPECT_THAT(captured(captured_json(paper, signed_by_house_tenant())), IsEmpty())
      << "the former does not count";
}

TEST_F(SignatureDisputesTest, AnAgentNeedsHisPowerOfAttorney) {
  const std::string agent = signatures({signature("OWNER_AGENT", house_tenant)});
  EXPECT_THAT(rules_when("SignatureCaptured", captured_json(paper, agent)), ElementsAre("SCHEMA"));
  EXPECT_THAT(disputed(disputed_json(paper, 0, house_tenant, evidence() + "," + agent)),
              ElementsAre("SCHEMA"));
}

TEST_F(SignatureDisputesTest, AFileIsStoredWithSizeAndType) {
  const std::string stored = json({text("case_stream", "deco:D-1"),
                                   house_attachment("file"),
                                   "\"bytes\":67108864",
                                   text("media", "application/pdf"),
                                   R"("about":{"index":3})"});
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("AttachmentStored", replaced(stored, from, to));
  };
  EXPECT_THAT(rules_when("AttachmentStored", stored), IsEmpty());
  EXPECT_THAT(with("67108864", "67108865"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("67108864", "0"), ElementsAre("SCHEMA"));
  for (const std::string_view media :
       {"pdf", "application/", "/pdf", "a/b/c", "Image/png", "a/b c"}) {
    EXPECT_THAT(with("application/pdf", media), ElementsAre("SCHEMA")) << media;
  }
  EXPECT_THAT(with("\"index\":3", "\"index\":4000"), ElementsAre("SCHEMA"));
}

TEST_F(SignatureDisputesTest, AReplayNamesItsRecordsAndWhereTheyDiffer) {
  t.as("S-PM");
  const std::string replay = json({text("auditor", "S-AUD"),
                                   R"("from":1,"to":6)",
                                   text("head", std::string(64, 'a')),
                                   text("result", "MATCHES"),
                                   text("at", "2025-11-12T09:00:00+08:00")});
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("AuditReplayPerformed", replaced(replay, from, to));
  };
  EXPECT_THAT(rules_when("AuditReplayPerformed", replay), IsEmpty());
  EXPECT_THAT(with("S-AUD", "S-CSA"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("\"to\":6", "\"to\":7"), ElementsAre("SCHEMA")) << "this record itself";
  EXPECT_THAT(with("\"to\":6", "\"to\":0"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("aaaa\"", "\""), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("MATCHES\"", "DIFFERS\",\"first_bad\":6"), IsEmpty());
  EXPECT_THAT(with("MATCHES\"", "DIFFERS\",\"first_bad\":7"), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("MATCHES\"", "DIFFERS\""), ElementsAre("SCHEMA"));
  EXPECT_THAT(with("MATCHES\"", "MATCHES\",\"first_bad\":6"), ElementsAre("SCHEMA"));
  t.as("S-AUD");
  EXPECT_THAT(rules_when("AuditReplayPerformed", replay), ElementsAre("ROLE")) << "H-SOD-3";
}

TEST_F(SignatureDisputesTest, ExportedEvidenceNamesItsManifestAndALogThatIsThere) {
  t.as("S-ARC");
  const std::string exported = json({text("case_stream", "deco:2025-0031"),
                                     R"("size":6)",
                                     text("manifest", std::string(64, 'a')),
                                     house_sealed("purpose")});
  const auto with = [&](std::string_view from, std::string_view to) {
    return rules_when("EvidenceExported", replaced(exported, from, to));
  };
  EXPECT_THAT(rules_when("EvidenceExported", exported), IsEmpty());
  EXPECT_THAT(with("\"size\":6", "\"size\":8"), ElementsAre("SCHEMA")) << "records to come";
  EXPECT_THAT(with("aaaa\"", "\""), ElementsAre("SCHEMA"));
  t.as("S-AUD");
  EXPECT_THAT(rules_when("EvidenceExported", exported), ElementsAre("ROLE")) << "H-SOD-3";
}

}  // namespace
}  // namespace juanzong::testing
