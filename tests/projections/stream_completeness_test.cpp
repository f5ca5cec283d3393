// SPDX-License-Identifier: Apache-2.0
// The proof that a stream is whole, or that there is none, and that nothing less passes.
#include "projections/state/stream_completeness.h"

#include "crypto/checkpoint.h"

#include "tests/support/day_closes.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class StreamCompletenessTest : public ::testing::Test {
 protected:
  StreamCompletenessTest() {
    t.on("2025-01-03");
    for (int i = 0; i < 70; ++i) {
      t.register_unit("3-1-" + std::to_string(101 + 2 * i));
    }
    t.register_unit("3-1-1202");
    for (int i = 0; i < 3; ++i) {
      const std::string id = "CH-" + std::to_string(i);
      t.given("CAS",
              "ChargeAssessed",
              charge_json({id, 100 + i, "PROPERTY_FEE", "2025-06-30", "", "3-1-1202"}));
    }
    t.on("2025-01-04");
    close("2025-01-01");
    close("2025-01-02");
    close("2025-01-03");
    t.given("CAS",
            "ChargeAssessed",
            charge_json({"CH-late", 9, "PROPERTY_FEE", "2025-06-30", "", "3-1-1202"}));
  }
  void close(std::string_view day) {
    const auto facts = day_facts(t.ledger.rows(), t.ledger.machine().ordinal(), *parse_date(day));
    ASSERT_TRUE(facts.has_value());
    t.given("SYS", "DayClosed", day_closed_json(*facts));
  }
  StreamProof prove(std::string_view stream, std::size_t most = SIZE_MAX) {
    const LedgerMachine& machine = t.ledger.machine();
    const DerivedRows::Snapshot rows(t.ledger.rows());
    const RecordReader reader(rows, t.ledger.journal(), machine.ordinal());
    const auto closed = newest_close(reader);
    EXPECT_TRUE(closed.has_value());
    const StreamHeadsTree tree(rows, machine.ordinal(), closed->facts.size);
    EXPECT_EQ(tree.root(), closed->facts.streams_root);
    const crypto::Checkpoint head{
        machine.head().origin, machine.head().size(), machine.head().tree.root()};
    auto proof = prove_stream(rows,
                              reader,
                              *closed,
                              tree,
                              stream,
                              head,
                              *crypto::sign_checkpoint(head, TestLedger::log_key()),
                              most);
    EXPECT_TRUE(proof.has_value() || most != SIZE_MAX);
    return proof ? *std::move(proof) : StreamProof{};
  }
  static Result<StreamCompleteness> verify(const StreamProof& proof) {
    return verify_stream(proof, TestLedger::log_key().verifier());
  }
  static void expect_refused(const StreamProof& proof, std::string_view why) {
    const auto shown = verify(proof);
    ASSERT_FALSE(shown.has_value()) << why;
    EXPECT_EQ(shown.error().code, ErrorCode::proof_invalid);
    EXPECT_THAT(shown.error().detail, HasSubstr(std::string(why)));
  }
  ViewLedger t{true};
};

TEST_F(StreamCompletenessTest, ShowsEveryRecordUpToTheLastClose) {
  const StreamProof proof = prove("unit:3-1-1202");
  const auto shown = verify(proof);
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_TRUE(shown->exists);
  EXPECT_THAT(shown->records, SizeIs(4)) << "registered, three charges; not the one of today";
  EXPECT_EQ(to_text(shown->day), "2025-01-03");
  const auto again = parse_stream_proof(to_text(proof));
  ASSERT_TRUE(again.has_value()) << to_text(again.error());
  EXPECT_TRUE(verify(*again).has_value());
  EXPECT_EQ(to_text(*again), to_text(proof));
}

// Before the first, between two, after the last, and around the bounds of samples.
TEST_F(StreamCompletenessTest, ShowsThatThereIsNone) {
  for (const auto* absent : {"a",
                             "unit:3-1-102",
                             "unit:3-1-228",
                             "unit:3-1-238",
                             "unit:3-1-9999",
                             "zzz:1",
                             "unit:3-1-1201",
                             "unit:3-1-12021"}) {
    const StreamProof proof = prove(absent);
    const auto shown = verify(proof);
    ASSERT_TRUE(shown.has_value()) << absent << ": " << to_text(shown.error());
    EXPECT_FALSE(shown->exists);
    EXPECT_THAT(shown->records, SizeIs(0));
  }
}

TEST_F(StreamCompletenessTest, EveryStreamThereIsIsFound) {
  for (int i = 0; i < 70; ++i) {
    const auto shown = verify(prove("unit:3-1-" + std::to_string(101 + 2 * i)));
    ASSERT_TRUE(shown.has_value() && shown->exists) << i;
  }
}

TEST_F(StreamCompletenessTest, AnythingLessIsRefused) {
  const StreamProof whole = prove("unit:3-1-1202");
  StreamProof proof = whole;
  proof.records.pop_back();
  expect_refused(proof, "records of the stream are missing");
  proof = whole;
  proof.records.erase(proof.records.begin() + 1);
  expect_refused(proof, "missing or out of order");
  proof = whole;
  std::swap(proof.records[1], proof.records[2]);
  expect_refused(proof, "missing or out of order");
  proof = whole;
  proof.records[1].bytes[200] ^= 1U;
  expect_refused(proof, "not in the log");
  proof = whole;
  proof.heads = prove("unit:3-1-101").heads;
  expect_refused(proof, "no such stream is not shown");
  proof = whole;
  proof.close = proof.records.back();
  expect_refused(proof, "what stands for the day close");
  proof = whole;
  proof.close.path.front().bytes[0] ^= 1U;
  expect_refused(proof, "not in the checkpoint's tree");
  proof = whole;
  proof.heads.front().position ^= 1U;
  expect_refused(proof, "not in the day close's tree");
  proof = whole;
  proof.note.back() = 'x';
  expect_refused(proof, "not signed");
}

TEST_F(StreamCompletenessTest, AStreamThatIsThereCannotBeDenied) {
  const StreamProof before = prove("unit:3-1-100");
  StreamProof proof = prove("unit:3-1-102");
  proof.stream = "unit:3-1-103";
  expect_refused(proof, "no such stream");
  proof.stream = "unit:3-1-1202";
  expect_refused(proof, "no such stream");
  proof = prove("unit:3-1-102");
  proof.heads.pop_back();
  expect_refused(proof, "no such stream");
  proof = prove("unit:3-1-102");
  proof.heads.front() = before.heads.front();
  expect_refused(proof, "no such stream");
}

TEST_F(StreamCompletenessTest, ALongStreamIsBounded) {
  EXPECT_TRUE(prove("unit:3-1-1202", 100).stream.empty());
}

// Every line, changed or left out, is refused or is another proof of the same.
TEST_F(StreamCompletenessTest, NoChangedByteOfTheTextPasses) {
  const std::string text = to_text(prove("unit:3-1-1202"));
  for (std::size_t at = 0; at < text.size(); at += 7) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto proof = parse_stream_proof(changed);
    EXPECT_FALSE(proof.has_value() && verify(*proof).has_value()) << at;
  }
}

}  // namespace
}  // namespace juanzong::testing
