// SPDX-License-Identifier: Apache-2.0
// What a ledger's time stamps and cosignatures say about the time of its records, and that a proof
// file carries it so that nothing in it can be altered.
#include "projections/state/record_times.h"

#include "crypto/merkle_tree.h"

#include "tests/support/stamps.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t noon = 1'735'790'400;  // 2025-01-02T04:00:00Z

class RecordTimesTest : public ::testing::Test {
 protected:
  static inline std::unique_ptr<TestTsa> tsa_;
  static void SetUpTestSuite() { tsa_ = std::make_unique<TestTsa>(); }
  static void TearDownTestSuite() { tsa_.reset(); }

  // first | stamp | middle | cosignature | last, with the head that each speaks of in between.
  RecordTimesTest() {
    t.on("2025-01-03");
    first_ = unit("3-1-101");
    const crypto::Checkpoint one = head();
    stamp_ = t.given("SYS", "CheckpointTimestamped", stamped_json(one, token_over(*tsa_, one)));
    middle_ = unit("3-1-102");
    anchor_ = t.given("SYS", "ChainAnchored", anchored_json(head(), witness_, noon));
    last_ = unit("3-1-103");
  }
  RecordIndex unit(std::string_view name) {
    t.register_unit(name);
    return t.newest();
  }
  crypto::Checkpoint head() { return checkpoint_of(t.ledger.machine().head()); }
  template <class Ask>
  auto with_reader(const Ask& ask) {
    const DerivedRows::Snapshot rows(t.ledger.rows());
    return ask(RecordReader(rows, t.ledger.journal(), t.ledger.machine().ordinal()));
  }
  OutsideTimes times_of(RecordIndex index) {
    return with_reader([&](const RecordReader& reader) {
      auto times = outside_times(reader, index, no_index);
      EXPECT_TRUE(times.has_value());
      return *std::move(times);
    });
  }
  crypto::InclusionProof proof_of(RecordIndex index) {
    return with_reader([&](const RecordReader& reader) {
      const std::string note = *crypto::sign_checkpoint(head(), TestLedger::log_key());
      const auto text = prove_with_times(reader, index, head(), note);
      EXPECT_TRUE(text.has_value());
      return *crypto::parse_inclusion_proof(*text);
    });
  }
  Bytes record(RecordIndex index) {
    return with_reader([&](const RecordReader& reader) { return *reader.record(index); });
  }
  Result<TimeBounds> bounds(const crypto::InclusionProof& proof, const TimeTrust& trust) {
    return verify_times(proof, head(), record(RecordIndex{proof.index}), trust);
  }
  static crypto::WitnessPolicy policy_of(const crypto::SignerKey& witness) {
    crypto::WitnessPolicy::Fault fault;
    return *crypto::WitnessPolicy::parse(
        "witness committee " + witness.verifier().text() + "\nquorum none\n", fault);
  }
  static crypto::SignerKey witness_key() {
    return *crypto::SignerKey::create(
        "committee.example", crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
  }
  TimeTrust everything() const {
    return {crypto::TimestampRoots::parse(tsa_->roots()), policy_of(witness_)};
  }

  ViewLedger t{true};
  const crypto::SignerKey witness_ = witness_key();
  RecordIndex first_{};
  RecordIndex stamp_{};
  RecordIndex middle_{};
  RecordIndex anchor_{};
  RecordIndex last_{};
};

TEST_F(RecordTimesTest, ARecordLiesBetweenTheNearestTimesAroundIt) {
  const OutsideTimes first = times_of(first_);
  EXPECT_FALSE(first.stamp_before || first.witness_before);
  EXPECT_EQ(first.stamp_after->record, stamp_);
  EXPECT_EQ(first.witness_after->record, anchor_);
  const OutsideTimes middle = times_of(middle_);
  EXPECT_EQ(middle.stamp_before->record, stamp_);
  EXPECT_FALSE(middle.stamp_after.has_value()) << "the stamped tree does not hold it";
  EXPECT_EQ(middle.witness_after->record, anchor_);
  EXPECT_EQ(middle.witness_after->at, UnixMicros{noon * micros_per_second});
  EXPECT_EQ(times_of(last_).witness_before->record, anchor_);
  EXPECT_FALSE(times_of(stamp_).stamp_before.has_value()) << "not before itself";
}

TEST_F(RecordTimesTest, AProofCarriesThemAndIsVerifiedOffline) {
  const auto first = bounds(proof_of(first_), everything());
  ASSERT_TRUE(first.has_value()) << to_text(first.error());
  EXPECT_EQ(first->latest->by, "CN=Test TSA,O=Test");
  EXPECT_TRUE(first->latest->is_stamp);
  EXPECT_FALSE(first->earliest.has_value());
  const auto last = bounds(proof_of(last_), everything());
  ASSERT_TRUE(last.has_value()) << to_text(last.error());
  EXPECT_TRUE(last->earliest->is_stamp) << "the stamp's time is later than the witness's";
  EXPECT_FALSE(last->latest.has_value());
  const TimeTrust witness_only{std::nullopt, policy_of(witness_)};
  EXPECT_EQ(bounds(proof_of(last_), witness_only)->earliest->at,
            UnixMicros{noon * micros_per_second});
  const auto nobody = bounds(proof_of(last_), {});
  ASSERT_TRUE(nobody.has_value());
  EXPECT_FALSE(nobody->earliest || nobody->latest) << "whom one does not trust bounds nothing";
}

TEST_F(RecordTimesTest, WhatIsAlteredOrBorrowedIsRefused) {
  const crypto::InclusionProof good = proof_of(first_);
  const TimeEvidence evidence = *parse_time_evidence(good.extra);
  const auto refused = [&](const TimeEvidence& altered) {
    crypto::InclusionProof proof = good;
    proof.extra = encode_time_evidence(altered);
    return !bounds(proof, everything()).has_value();
  };
  EXPECT_FALSE(refused(evidence));
  TimeEvidence other = evidence;
  other.stamped->token.back() ^= 1;
  EXPECT_TRUE(refused(other)) << "another signature";
  other = evidence;
  other.stamped->path.front().bytes[0] ^= 1;
  EXPECT_TRUE(refused(other)) << "not in the stamped tree";
  other = evidence;
  other.stamped->note_text = *crypto::format_checkpoint(head());
  EXPECT_TRUE(refused(other)) << "a tree that was not stamped";
  other = evidence;
  other.before.push_back({number(stamp_), record(stamp_), {}});
  EXPECT_TRUE(refused(other)) << "it stands behind";
  crypto::InclusionProof noise = good;
  noise.extra = {1, 2, 3};
  EXPECT_FALSE(bounds(noise, everything()).has_value());
  const TestTsa stranger;
  const TimeTrust others{crypto::TimestampRoots::parse(stranger.roots()), std::nullopt};
  const auto untrusted = bounds(good, others);
  ASSERT_FALSE(untrusted.has_value());
  EXPECT_THAT(untrusted.error().detail, HasSubstr("not trusted"));
}

TEST_F(RecordTimesTest, WhatStandsBeforeMustBeTrueToo) {
  const crypto::InclusionProof good = proof_of(last_);
  const auto judged = [&](const std::function<void(TimeEvidence&)>& alter) {
    crypto::InclusionProof proof = good;
    TimeEvidence evidence = *parse_time_evidence(good.extra);
    alter(evidence);
    proof.extra = encode_time_evidence(evidence);
    return bounds(proof, everything()).has_value();
  };
  EXPECT_TRUE(judged([](TimeEvidence&) {}));
  EXPECT_FALSE(judged([](TimeEvidence& all) { all.before.front().bytes.back() ^= 1; }));
  EXPECT_FALSE(judged([](TimeEvidence& all) { all.before.front().position += 1; }));
  EXPECT_FALSE(judged([&](TimeEvidence& all) {
    all.before.front() = ProvenLeaf{number(middle_), record(middle_), {}};
  }));
}

// A server that states what nobody said: the rules cannot see it, whoever has roots or policy does.
TEST_F(RecordTimesTest, ARecordThatSaysMoreThanItsAuthorityIsFound) {
  const crypto::Checkpoint now = head();
  OutsideTime stamp;
  stamp.head = now;
  stamp.token = token_over(*tsa_, now);
  stamp.note_digest = crypto::sha256(bytes_of(*crypto::format_checkpoint(now)));
  EXPECT_EQ(stamp_mismatch(stamp), "");
  stamp.head.size -= 1;
  EXPECT_THAT(stamp_mismatch(stamp), HasSubstr("another text"));
  const crypto::SignerKey stranger = witness_key();
  OutsideTime anchor = *times_of(last_).witness_before;
  EXPECT_EQ(cosignature_fault(anchor, policy_of(witness_)), "");
  EXPECT_NE(cosignature_fault(anchor, policy_of(stranger)), "") << "same name, other key";
  anchor.at.value += micros_per_second;
  EXPECT_NE(cosignature_fault(anchor, policy_of(witness_)), "");
}

TEST_F(RecordTimesTest, StampsThemselvesAreNoNews) {
  const auto news = [this](std::uint64_t size) {
    return with_reader([&](const RecordReader& reader) { return *has_news_since(reader, size); });
  };
  EXPECT_TRUE(news(0));
  EXPECT_TRUE(news(number(middle_)));
  const std::uint64_t size = head().size;
  EXPECT_FALSE(news(size));
  t.given("SYS", "ChainAnchored", anchored_json(head(), witness_, noon + 1));
  EXPECT_FALSE(news(size));
  unit("3-1-104");
  EXPECT_TRUE(news(size));
  const auto newest = with_reader(
      [](const RecordReader& reader) { return *newest_outside_size(reader, timestamps_stream); });
  EXPECT_EQ(newest, number(stamp_));
}

}  // namespace
}  // namespace juanzong::testing
