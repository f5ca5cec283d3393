// SPDX-License-Identifier: Apache-2.0
// What the audit says about requests that nobody signed.
#include "crypto/hex.h"

#include "tests/support/signature_policy.h"
#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

constexpr StreamLink first_of_stream{StreamVersion{1}, no_index};

std::int64_t session_authenticated(const Audited& audited) {
  return audited.json.at("session_authenticated").to_number<std::int64_t>();
}

std::int64_t last(const std::vector<Bytes>& records) {
  return static_cast<std::int64_t>(records.size()) - 1;
}

SignedRequest unsigned_request(TestLedger& ledger, TestActor& actor, const TestStatement& stated) {
  SignedRequest request = ledger.make_request(actor, {stated});
  request.signatures.clear();
  return request;
}

std::string key_of(const TestActor& actor) {
  return crypto::hex_encode(key_id_of(actor.key.public_key()).view());
}

// Two requests, three records by session, and one that is signed.
std::unique_ptr<TestLedger> ledger_by_session() {
  auto ledger = std::make_unique<TestLedger>();
  ledger->must_append("PM", "PolicyAdopted", signature_policy(1, "2025-01-01", "session"));
  TestActor& arc = ledger->actor("ARC");
  for (const std::vector<TestStatement>& statements :
       {std::vector<TestStatement>{{"UnitRegistered", unit_body(1)}},
        std::vector<TestStatement>{{"UnitRegistered", unit_body(2)},
                                   {"UnitRegistered", unit_body(3)}}}) {
    EXPECT_TRUE(std::holds_alternative<AppendReceipt>(ledger->append_by_session(arc, statements)));
  }
  ledger->must_append("ARC", "UnitRegistered", unit_body(4));
  return ledger;
}

std::string report_of(const std::filesystem::path& folder, const char* option) {
  const std::string path = folder.string();
  const char* arguments[] = {"juanzong-audit", path.c_str(), option};
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(audit::run_audit(option == nullptr ? 2 : 3, arguments, out, err), 0) << err.str();
  return out.str();
}

TEST(AuditSession, CountsThemApartAndSaysWhetherThePolicyWasJudged) {
  const TemporaryFolder folder;
  export_records(records_of(*ledger_by_session()), folder.path() / "export");
  const Audited plain = audit(folder.path() / "export");
  EXPECT_EQ(plain.exit_code, 0) << plain.json;
  EXPECT_EQ(session_authenticated(plain), 2);
  EXPECT_FALSE(plain.json.at("session_policy_judged").as_bool());
  const Audited deep = audit(folder.path() / "export", {"--deep"});
  EXPECT_EQ(deep.exit_code, 0) << deep.json;
  EXPECT_EQ(session_authenticated(deep), 2);
  EXPECT_TRUE(deep.json.at("session_policy_judged").as_bool());
  EXPECT_EQ(audit(folder.path() / "export", {"--no-signatures"}).exit_code, 0);

  using ::testing::HasSubstr;
  using ::testing::Not;
  const std::string text = report_of(folder.path() / "export", nullptr);
  EXPECT_THAT(text, HasSubstr("会话认证 session-authenticated: 2"));
  EXPECT_THAT(text, HasSubstr("--deep"));
  const std::string deep_text = report_of(folder.path() / "export", "--deep");
  EXPECT_THAT(deep_text, HasSubstr("会话认证 session-authenticated: 2"));
  EXPECT_THAT(deep_text, Not(HasSubstr("was not judged")));
}

TEST(AuditSession, DeepFindsOneThatThePolicyDidNotAllow) {
  TestLedger ledger;
  const SignedRequest request =
      unsigned_request(ledger, ledger.actor("ARC"), {"UnitRegistered", unit_body(1)});
  std::vector<Bytes> records = records_of(ledger);
  records.push_back(next_record(ledger, records, request, first_of_stream));
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited plain = audit(folder.path() / "export");
  EXPECT_EQ(plain.exit_code, 0) << plain.json;
  EXPECT_EQ(session_authenticated(plain), 1);
  const Audited deep = audit(folder.path() / "export", {"--deep"});
  EXPECT_EQ(deep.exit_code, 2);
  EXPECT_EQ(deep.kind(), "signature_required");
  EXPECT_EQ(deep.index(), last(records));
}

// Such an event is signed under every policy, so no rule has to run.
TEST(AuditSession, FindsAnUnsignedChangeOfRolesWithoutRunningTheRules) {
  const auto ledger = ledger_by_session();
  const SignedRequest request = unsigned_request(
      *ledger, ledger->actor("HR"), {"StaffRoleChanged", R"({"staff":"S-HR","roles":"HR CAS"})"});
  std::vector<Bytes> records = records_of(*ledger);
  // HR was registered last: S-HR and its key are versions 1 and 2 of the stream.
  const StreamLink link{StreamVersion{3}, RecordIndex{records.size() - 1}};
  records.push_back(next_record(*ledger, records, request, link));
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited audited = audit(folder.path() / "export");
  EXPECT_EQ(audited.kind(), "signature_required");
  EXPECT_EQ(audited.index(), last(records));
}

TEST(AuditSession, FindsARevokedAndAnUnknownKey) {
  const auto ledger = ledger_by_session();
  TestActor& arc = ledger->actor("ARC");
  TestActor stranger;
  const SignedRequest unknown =
      unsigned_request(*ledger, stranger, {"UnitRegistered", unit_body(5)});
  const SignedRequest late = unsigned_request(*ledger, arc, {"UnitRegistered", unit_body(6)});
  ledger->must_append(
      "HR", "ActorKeyRevoked", R"({"key_id":")" + key_of(arc) + R"(","staff":"S-ARC"})");
  const TemporaryFolder folder;
  for (const auto& [request, kind] :
       {std::pair{unknown, "unknown_key"}, std::pair{late, "revoked_key"}}) {
    std::vector<Bytes> records = records_of(*ledger);
    records.push_back(next_record(*ledger, records, request, first_of_stream));
    export_records(records, folder.path() / kind);
    const Audited audited = audit(folder.path() / kind);
    EXPECT_EQ(audited.kind(), kind);
    EXPECT_EQ(audited.index(), last(records));
  }
}

}  // namespace
}  // namespace juanzong::testing
