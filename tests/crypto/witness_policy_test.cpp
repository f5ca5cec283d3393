// SPDX-License-Identifier: Apache-2.0
#include "crypto/witness_policy.h"

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/merkle_tree.h"
#include "crypto/signed_note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

SignerKey witness_key(const char* name) {
  return *SignerKey::create(name, PrivateKey::generate(), NoteKeyType::cosignature_v1);
}

class WitnessPolicyTest : public ::testing::Test {
 protected:
  WitnessPolicyTest() {
    text_ = "# the owners' committee and two accountants\n\nlog " + log_.verifier().text() +
            "\nwitness W1 " + w1_.verifier().text() + " https://w1.example/\nwitness W2 " +
            w2_.verifier().text() + "\nwitness W3 " + w3_.verifier().text() + "\n";
  }
  WitnessPolicy parse(const std::string& more) const {
    WitnessPolicy::Fault fault;
    auto policy = WitnessPolicy::parse(text_ + more, fault);
    EXPECT_TRUE(policy.has_value()) << fault.line << ": " << fault.en;
    return policy.value_or(WitnessPolicy());
  }
  std::string fault_of(const std::string& more) const {
    WitnessPolicy::Fault fault;
    EXPECT_FALSE(WitnessPolicy::parse(text_ + more, fault)) << more;
    return std::to_string(fault.line) + ": " + fault.en;
  }
  std::string note(std::vector<std::pair<const SignerKey*, std::uint64_t>> cosigners) const {
    const Checkpoint head{"log.example", 0, empty_root()};
    std::string note = *sign_checkpoint(head, log_);
    const std::string text = *format_checkpoint(head);
    for (const auto& [key, time] : cosigners) {
      note += format_signature_line(*cosign(*key, text, time));
    }
    return note;
  }
  const SignerKey log_ = *SignerKey::create("log.example", PrivateKey::generate());
  const SignerKey w1_ = witness_key("w1.example");
  const SignerKey w2_ = witness_key("w2.example");
  const SignerKey w3_ = witness_key("w3.example");
  std::string text_;
};

TEST_F(WitnessPolicyTest, SaysWhoCosigned) {
  const WitnessPolicy policy = parse("quorum none\n");
  EXPECT_EQ(policy.logs().front(), log_.verifier());
  EXPECT_EQ(policy.witnesses().front().url, "https://w1.example/");
  EXPECT_THAT(policy.cosigners_of(note({{&w1_, 100}, {&w3_, 300}})),
              ElementsAre(Pair("W1", 100U), Pair("W3", 300U)));
  EXPECT_THAT(policy.cosigners_of(note({})), IsEmpty());
  EXPECT_TRUE(policy.is_satisfied_by({}));
  const SignerKey stranger = witness_key("w1.example");
  EXPECT_THAT(policy.cosigners_of(note({{&stranger, 100}})), IsEmpty());
  std::string forged = note({{&w1_, 100}});
  forged[forged.size() - 8] = forged[forged.size() - 8] == 'A' ? 'B' : 'A';
  EXPECT_THAT(policy.cosigners_of(forged), IsEmpty());
}

TEST_F(WitnessPolicyTest, CountsQuorums) {
  const auto satisfied = [this](const std::string& more, const Cosigners& cosigners) {
    return parse(more).is_satisfied_by(cosigners);
  };
  EXPECT_FALSE(satisfied("quorum W1\n", {{"W2", 1}}));
  EXPECT_TRUE(satisfied("quorum W1\n", {{"W1", 1}}));
  const std::string two = "group G 2 W1 W2 W3\nquorum G\n";
  EXPECT_FALSE(satisfied(two, {{"W1", 1}}));
  EXPECT_TRUE(satisfied(two, {{"W1", 1}, {"W3", 1}}));
  const std::string nested = "group A any W1 W2\ngroup B all A W3\nquorum B\n";
  EXPECT_FALSE(satisfied(nested, {{"W1", 1}, {"W2", 1}}));
  EXPECT_TRUE(satisfied(nested, {{"W2", 1}, {"W3", 1}}));
  EXPECT_FALSE(satisfied(nested, {{"W3", 1}}));
}

TEST_F(WitnessPolicyTest, NamesTheLineThatIsWrong) {
  EXPECT_EQ(fault_of(""), "6: there is no quorum line");
  EXPECT_THAT(fault_of("quorum W9\n"), HasSubstr("7: quorum comes once"));
  EXPECT_THAT(fault_of("quorum none\nquorum W1\n"), HasSubstr("8: quorum comes once"));
  EXPECT_THAT(fault_of("group G 4 W1 W2 W3\nquorum G\n"), HasSubstr("7: the count"));
  EXPECT_THAT(fault_of("group G 0 W1\nquorum G\n"), HasSubstr("7: the count"));
  EXPECT_THAT(fault_of("group G any G\nquorum G\n"), HasSubstr("unknown or repeated member: G"));
  EXPECT_THAT(fault_of("group G 2 W1 W1\nquorum G\n"), HasSubstr("repeated member: W1"));
  EXPECT_THAT(fault_of("group W1 any W2\nquorum W1\n"), HasSubstr("the name is taken"));
  EXPECT_THAT(fault_of("group none any W2\nquorum none\n"), HasSubstr("not allowed"));
  EXPECT_THAT(fault_of("witness W4 " + log_.verifier().text() + "\n"), HasSubstr("cosigner's key"));
  EXPECT_THAT(fault_of("log " + w1_.verifier().text() + "\n"), HasSubstr("log's verifier key"));
  EXPECT_THAT(fault_of("nonsense\n"), HasSubstr("no known kind"));
}

}  // namespace
}  // namespace juanzong::crypto
