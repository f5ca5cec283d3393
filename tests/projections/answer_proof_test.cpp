// SPDX-License-Identifier: Apache-2.0
// An answer computed again from records alone: the same as the ledger's, and nothing less passes.
#include "projections/proofs/answer_proof.h"

#include "crypto/base64.h"
#include "crypto/checkpoint.h"

#include "projections/state/stream_completeness.h"

#include "tests/support/day_closes.h"
#include "tests/support/listed_records.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class AnswerProofs : public ::testing::Test {
 protected:
  AnswerProofs() {
    t.on("2025-01-02").hand_over(house_unit);
    t.register_unit("1-1-101");
    t.decorate();
    t.given("ARC", "ArchiveVolumeOpened", R"({"volume_id":"V-1","class":"RULES"})");
    t.on("2025-01-09");
    t.given("CAS", "ChargeAssessed", charge_json({"CH-9", 700, "WATER", "2025-02-01"}));
    t.given("CAS", "PaymentReceived", payment_json("PAY-9", "CH-9", 700));
    t.on("2025-01-10");
    for (int day = 1; day <= 9; ++day) {
      close("2025-01-0" + std::to_string(day));
    }
    t.given("CAS", "ChargeAssessed", charge_json({"CH-10", 9, "WATER", "2025-02-01"}));
  }

  void close(const std::string& day) {
    const auto facts = day_facts(t.ledger.rows(), t.ledger.machine().ordinal(), *parse_date(day));
    ASSERT_TRUE(facts.has_value());
    closed_size = facts->size;
    t.given("SYS", "DayClosed", day_closed_json(*facts));
  }

  std::string note() {
    const LedgerHead& head = t.ledger.machine().head();
    return *crypto::sign_checkpoint({head.origin, head.size(), head.tree.root()},
                                    TestLedger::log_key());
  }

  Result<std::string> prove(std::string_view stream) {
    const LedgerMachine& machine = t.ledger.machine();
    const DerivedRows::Snapshot rows(t.ledger.rows());
    const RecordReader reader(rows, t.ledger.journal(), machine.ordinal());
    const auto closed = newest_close(reader);
    const StreamHeadsTree tree(rows, machine.ordinal(), closed->facts.size);
    const crypto::Checkpoint head{
        machine.head().origin, machine.head().size(), machine.head().tree.root()};
    const auto proof = prove_stream(rows, reader, *closed, tree, stream, head, note());
    return proof ? Result<std::string>(to_text(*proof)) : fail(proof.error());
  }

  AnswerProof proof_of(std::string_view view, const QueryArguments& arguments) {
    auto proof = prove_by_streams(
        view, arguments, key(), [this](const std::string& stream) { return prove(stream); });
    EXPECT_TRUE(proof.has_value()) << (proof ? "" : to_text(proof.error()));
    return proof ? *std::move(proof) : AnswerProof{};
  }

  static crypto::VerifierKey key() { return TestLedger::log_key().verifier(); }

  // The ledger's own answer then, as an auditor without the vault sees it.
  boost::json::object answer(std::string_view view, QueryArguments arguments) {
    arguments.emplace("as_of", std::to_string(closed_size - 1));
    t.sealed = true;
    boost::json::object report = t.query(view, arguments, "AUD");
    t.sealed = false;
    report.erase("as_of");
    return report;
  }
  static boost::json::object without_as_of(const AnswerProof& proof) {
    boost::json::object report = boost::json::parse(proof.answer).as_object();
    report.erase("as_of");
    return report;
  }
  static void expect_refused(const AnswerProof& proof, std::string_view why) {
    const auto verified = verify_answer(proof, key());
    ASSERT_FALSE(verified.has_value()) << why;
    EXPECT_EQ(verified.error().code, ErrorCode::proof_invalid);
    EXPECT_THAT(verified.error().detail, HasSubstr(std::string(why)));
  }

  ViewLedger t{true};
  std::uint64_t closed_size = 0;
};

TEST_F(AnswerProofs, TheRecordsGiveTheLedgersOwnAnswer) {
  for (const auto& [view, arguments] : std::vector<std::pair<std::string, QueryArguments>>{
           {"deposit", {{"deposit", t.forms.deposit}, {"date", "2025-01-09"}}},
           {"owner_file", {{"unit", std::string(house_unit)}, {"date", "2025-01-09"}}},
           {"case", {{"case", "volume:V-1"}}}}) {
    SCOPED_TRACE(view);
    const AnswerProof proof = proof_of(view, arguments);
    EXPECT_EQ(without_as_of(proof), answer(view, arguments));
    const auto verified = verify_answer(proof, key());
    ASSERT_TRUE(verified.has_value()) << to_text(verified.error());
    EXPECT_EQ(verified->as_of_size, closed_size);
    EXPECT_GE(verified->streams, 3U);
    const auto again = parse_answer_proof(to_text(proof));
    ASSERT_TRUE(again.has_value()) << to_text(again.error());
    EXPECT_EQ(to_text(*again), to_text(proof));
  }
}

TEST_F(AnswerProofs, AnotherAnswerIsRefused) {
  AnswerProof proof = proof_of("deposit", {{"deposit", t.forms.deposit}});
  const std::size_t at = proof.answer.find("200000");
  ASSERT_NE(at, std::string::npos);
  proof.answer[at] = '3';
  expect_refused(proof, "the records give another answer");
}

TEST_F(AnswerProofs, WithoutAnyOneOfItsStreamsItSaysNothing) {
  const AnswerProof whole = proof_of("deposit", {{"deposit", t.forms.deposit}});
  for (std::size_t i = 0; i < whole.stream_proofs.size(); ++i) {
    AnswerProof less = whole;
    less.stream_proofs.erase(less.stream_proofs.begin() + static_cast<std::ptrdiff_t>(i));
    const auto verified = verify_answer(less, key());
    ASSERT_FALSE(verified.has_value()) << parse_stream_proof(whole.stream_proofs[i])->stream;
    EXPECT_THAT(verified.error().detail, HasSubstr("is missing"));
  }
}

TEST_F(AnswerProofs, AStreamOfAnotherDayCloseIsRefused) {
  AnswerProof proof = proof_of("deposit", {{"deposit", t.forms.deposit}});
  t.on("2025-01-11");
  close("2025-01-10");
  proof.stream_proofs.back() = *prove(parse_stream_proof(proof.stream_proofs.back())->stream);
  expect_refused(proof, "different day closes");
}

TEST_F(AnswerProofs, AnotherLogsKeyIsRefused) {
  const AnswerProof proof = proof_of("deposit", {{"deposit", t.forms.deposit}});
  const auto other = crypto::SignerKey::create(TestLedger::origin, crypto::PrivateKey::generate());
  EXPECT_FALSE(verify_answer(proof, other->verifier()).has_value());
}

TEST_F(AnswerProofs, WhatNeedsAllRecordsComesWithAllRecords) {
  const QueryArguments arguments{{"month", "2025-01"}};
  const auto made =
      prove_by_log("occupancy", arguments, key(), records_of(t.ledger.journal()), note());
  ASSERT_TRUE(made.has_value()) << to_text(made.error());
  EXPECT_EQ(boost::json::parse(made->answer).as_object(), t.query("occupancy", arguments, "AUD"));
  const auto again = parse_answer_proof(to_text(*made));
  ASSERT_TRUE(again.has_value()) << to_text(again.error());
  ASSERT_TRUE(verify_answer(*again, key()).has_value());
  AnswerProof less = *again;
  less.records.pop_back();
  expect_refused(less, "not the checkpoint's log");
  AnswerProof altered = *again;
  altered.records[5][40] ^= 1U;
  EXPECT_FALSE(verify_answer(altered, key()).has_value());
  AnswerProof other = *again;
  other.answer[other.answer.find("2025-01")] = '3';
  expect_refused(other, "another answer");
}

// A list tells nothing by what it leaves out.
TEST_F(AnswerProofs, AListCannotRestOnStreams) {
  const auto refused = prove_by_streams(
      "deposits", {}, key(), [this](const std::string& stream) { return prove(stream); });
  ASSERT_FALSE(refused.has_value());
  AnswerProof forged = proof_of("deposit", {{"deposit", t.forms.deposit}});
  forged.view = "deposits";
  expect_refused(forged, "the whole log");
}

TEST_F(AnswerProofs, OnlyTheOneTextOfAProofIsRead) {
  const std::string text = to_text(proof_of("deposit", {{"deposit", t.forms.deposit}}));
  for (const std::string& other :
       {text + "\n",
        text.substr(0, text.size() - 1),
        "x" + text,
        std::string(text).replace(text.find("stream-proof "), 13, "stream-proof 0"),
        std::string(text).replace(text.find("view "), 5, "views")}) {
    EXPECT_FALSE(parse_answer_proof(other).has_value());
  }
}

}  // namespace
}  // namespace juanzong::testing
