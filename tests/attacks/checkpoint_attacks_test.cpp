// SPDX-License-Identifier: Apache-2.0
// Attacks with the log's own key: a second history, signed as well as the first. Two checkpoints of
// one size convict; a witness cosigns one of them; and a quorum is what the auditor says it is.
#include "crypto/cosignature.h"
#include "crypto/signed_note.h"

#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::uint64_t noon = 1'735'790'400;

crypto::SignerKey witness_key(const std::string& name) {
  return *crypto::SignerKey::create(
      name, crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
}

// The same steps with other keys: another history of the same length under the same log key.
class TwoHistories : public ::testing::Test {
 protected:
  TwoHistories() {
    for (const char* name : {"first", "second"}) {
      TestLedger ledger;
      ledger.must_append("ARC", "UnitRegistered", unit_body(1));
      ledger.must_append("ARC", "UnitRegistered", unit_body(2));
      heads_[name] = {std::string(TestLedger::origin),
                      records_of(ledger).size(),
                      ledger.machine().head().tree.root()};
      export_records(records_of(ledger), folder_.path() / name);
    }
    policy_ = "log " + TestLedger::log_key().verifier().text() + "\n";
    for (const crypto::SignerKey& witness : witnesses_) {
      policy_ += "witness " + witness.verifier().name() + " " + witness.verifier().text() + "\n";
    }
    policy_ += "group two 2 w1 w2 w3\nquorum two\n";
    write_all(path("policy"), policy_);
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_.path() / name).string();
  }
  std::string note_of(const std::string& name) { return *signed_note(heads_.at(name)); }
  // A file with the checkpoint of that history and these cosignatures.
  std::string checkpoint(const std::string& file,
                         const std::string& name,
                         const std::vector<std::string>& lines = {}) {
    std::string note = note_of(name);
    for (const std::string& line : lines) {
      note += line;
    }
    write_all(path(file), note);
    return path(file);
  }
  std::string cosignature(const crypto::SignerKey& by, const std::string& name) {
    const std::string text = *crypto::format_checkpoint(heads_.at(name));
    return crypto::format_signature_line(*crypto::cosign(by, text, noon));
  }
  Audited judged(const std::string& checkpoint, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--checkpoint", checkpoint});
    return audit(path("first"), more);
  }

  TemporaryFolder folder_;
  std::map<std::string, crypto::Checkpoint> heads_;
  const std::array<crypto::SignerKey, 3> witnesses_{
      witness_key("w1"), witness_key("w2"), witness_key("w3")};
  std::string policy_;
};

TEST_F(TwoHistories, TwoSignedHeadsOfOneSizeConvictWhoeverHasTheKey) {
  const Audited audited = judged(checkpoint("other", "second"));
  EXPECT_EQ(audited.exit_code, 2);
  EXPECT_EQ(audited.kind(), "two_histories");
  EXPECT_THAT(audited.en(), HasSubstr(path("other")));
  EXPECT_EQ(audited.state_of("checkpoint_signatures"), "failed");
  EXPECT_EQ(judged(checkpoint("same", "first")).exit_code, 0);
}

// An honest witness cosigns one of them and answers 422 to the other (WitnessTest.NeverGoesBack…).
TEST_F(TwoHistories, TheOneThatNoWitnessCosignedLacksItsQuorum) {
  const crypto::SignerKey& witness = witnesses_[0];
  const std::string vkey = witness.verifier().text();
  const std::string line = cosignature(witness, "first");
  const Audited good = judged(checkpoint("good", "first", {line}), {"--witness", vkey});
  EXPECT_EQ(good.exit_code, 0) << good.json;
  EXPECT_EQ(good.state_of("witnesses"), "passed");
  EXPECT_EQ(good.json.at("checkpoints_witnessed").to_number<int>(), 1);
  const Audited second =
      audit(path("second"), {"--witness", vkey, "--checkpoint", checkpoint("bad", "second")});
  EXPECT_EQ(second.kind(), "witness_quorum");
  EXPECT_THAT(second.en(), HasSubstr("missing: w1"));
  // Its cosignature of the first history does not fit the second.
  EXPECT_EQ(audit(path("second"),
                  {"--witness", vkey, "--checkpoint", checkpoint("moved", "second", {line})})
                .kind(),
            "witness_quorum");
}

TEST_F(TwoHistories, AQuorumIsCountedByItsPolicy) {
  const auto& [w1, w2, w3] = witnesses_;
  const std::vector<std::string> policy{"--policy", path("policy")};
  const Audited one = judged(checkpoint("one", "first", {cosignature(w1, "first")}), policy);
  EXPECT_EQ(one.kind(), "witness_quorum");
  EXPECT_THAT(one.en(), AllOf(HasSubstr("cosigned by: w1;"), HasSubstr("missing: w2, w3")));
  EXPECT_EQ(one.state_of("witnesses"), "failed");

  // A stranger under a witness's name, and the same witness twice, are not two.
  const std::string stranger = cosignature(witness_key("w2"), "first");
  const std::string again = cosignature(w1, "first");
  EXPECT_EQ(judged(checkpoint("two", "first", {again, stranger, again}), policy).kind(),
            "witness_quorum");
  const Audited two = judged(
      checkpoint("good", "first", {cosignature(w1, "first"), cosignature(w3, "first")}), policy);
  EXPECT_EQ(two.exit_code, 0) << two.json;
  EXPECT_TRUE(two.json.at("vkey_given").as_bool()) << "the policy names the log's key";
  EXPECT_EQ(two.json.at("checkpoints").as_array().front().at("cosigners").at("w3"), noon);
}

TEST_F(TwoHistories, APolicyIsAskedOfTheExportsOwnCheckpointIfThereIsNoOther) {
  EXPECT_EQ(audit(path("first"), {"--policy", path("policy")}).kind(), "witness_quorum");
  EXPECT_EQ(audit(path("first")).state_of("witnesses"), "not_checked");
}

TEST_F(TwoHistories, APolicyForAnotherLogKeyIsNotThisLogs) {
  std::string text = policy_;
  const auto other = crypto::SignerKey::create(TestLedger::origin, crypto::PrivateKey::generate());
  write_all(path("policy"), "log " + other->verifier().text() + text.substr(text.find('\n')));
  EXPECT_EQ(audit(path("first"), {"--policy", path("policy")}).kind(), "verifier_key");
  write_all(path("policy"), "quorum of all\n");
  EXPECT_EQ(audit(path("first"), {"--policy", path("policy")}).exit_code, 1);
}

}  // namespace
}  // namespace juanzong::testing
