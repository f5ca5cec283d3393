// SPDX-License-Identifier: Apache-2.0
// A ledger that goes on under another origin: what the machine asks of the record, what follows it,
// and that a verifier without a catalogue follows too.
#include "projections/state/succession.h"

#include "events/log/log_verifier.h"
#include "events/log/record.h"
#include "events/procedures/origins.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/key_name.h"
#include "projections/state/ledger_list.h"
#include "projections/state/own_request.h"

#include "tests/support/listed_records.h"
#include "tests/support/record_drafts.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

constexpr std::string_view next_name = "test.example/estate/2";

std::string unit_json(int number) {
  const std::string room = std::to_string(100 + number);
  return R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
         room + "\"}";
}

NextOrigin next_origin() {
  const auto key = crypto::SignerKey::create(next_name, crypto::PrivateKey::generate());
  return {std::string(next_name), key->verifier().text()};
}

// The error of a refused request, or its rule; "" for an accepted one.
std::string outcome_of(const AppendResult& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    return std::string(name_of(error->code)) + " " + error->detail;
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

// Of other leaves than the log's.
crypto::CompactRange tree_of(std::uint64_t size) {
  crypto::CompactRange tree;
  for (std::uint64_t i = 0; i < size; ++i) {
    tree.append(crypto::Digest{{9}});
  }
  return tree;
}

class SuccessionOfALog : public ::testing::Test {
 protected:
  SuccessionOfALog() {
    t.at("2025-01-02T09:00:00+08:00");
    t.must_append("ARC", "UnitRegistered", unit_json(1));
    t.actor("CL");
    t.actor("PM");
  }

  const LedgerHead& head() { return t.machine().head(); }

  // As the log has them; the request is made by hand because the body is not from JSON.
  AppendResult state(std::string_view event, Bytes body, TestActor& first, TestActor& second) {
    const crypto::PrivateKey* keys[] = {&first.key, &second.key};
    const OwnStatement own[] = {{event, std::move(body)}};
    return submit(own, keys, first);
  }

  AppendResult submit(std::span<const OwnStatement> own,
                      std::span<const crypto::PrivateKey* const> keys,
                      TestActor& first) {
    const auto request = make_own_request(t.machine(), keys, own, t.now());
    if (!request) {
      return request.error();
    }
    AppendResult result = t.commit(*request);
    if (std::holds_alternative<AppendReceipt>(result)) {
      ++first.key_seq;
      first.last_request = request->hash;
    }
    return result;
  }

  AppendResult recover(const NextOrigin& next) {
    const KnownHead known{head().size() + 3, crypto::Digest{{7}}};
    return state("RecoveryDeclared",
                 make_recovery_body(head(), next, known, LossReason::old_copy),
                 t.actor("ADM"),
                 t.actor("PM"));
  }

  TestLedger t;
};

TEST_F(SuccessionOfALog, TheNextRecordStandsUnderTheNewOrigin) {
  const std::uint64_t last = head().size();
  const NextOrigin next = next_origin();
  ASSERT_EQ(outcome_of(recover(next)), "");
  EXPECT_EQ(head().origin, next_name);
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  const std::vector<Bytes> records = records_of(t.journal());
  EXPECT_EQ(parse_record(records[last])->header.origin, TestLedger::origin);
  EXPECT_EQ(parse_record(records.back())->header.origin, next_name);
  const DerivedRows::Snapshot rows(t.rows());
  const std::vector<LedgerEntry> ledgers = list_ledgers(rows);
  EXPECT_EQ(ledgers.front().verifier_key, next.verifier_key);
  EXPECT_FALSE(ledgers.front().handed_over);
}

TEST_F(SuccessionOfALog, RequestsOfTheFormerOriginAreRefused) {
  TestActor& arc = t.actor("ARC");
  SignedRequest before = t.make_request(arc, {{"UnitRegistered", unit_json(2)}});
  ASSERT_EQ(outcome_of(recover(next_origin())), "");
  EXPECT_EQ(outcome_of(t.submit(arc, std::move(before))),
            "origin_mismatch " + std::string(next_name));
}

TEST_F(SuccessionOfALog, OnlyTheLogsOwnHeadCanBeContinued) {
  const NextOrigin next = next_origin();
  const KnownHead known{head().size() + 3, crypto::Digest{{7}}};
  LedgerHead other = head();
  other.origin = "test.example/other";
  const auto with = [&](const LedgerHead& stated, const NextOrigin& named) {
    return outcome_of(state("RecoveryDeclared",
                            make_recovery_body(stated, named, known, LossReason::old_copy),
                            t.actor("ADM"),
                            t.actor("PM")));
  };
  EXPECT_EQ(with(other, next), "schema_violation former_origin");
  LedgerHead shorter = head();
  shorter.tree = tree_of(head().size() - 1);
  EXPECT_EQ(with(shorter, next), "schema_violation old_size");
  LedgerHead altered = head();
  altered.tree = tree_of(head().size());
  EXPECT_EQ(with(altered, next), "schema_violation old_root");
  EXPECT_EQ(with(head(), {"test.example/elsewhere", next.verifier_key}),
            "schema_violation verifier_key");
  EXPECT_EQ(with(head(), {std::string(next_name), "no key"}), "schema_violation verifier_key");
  EXPECT_EQ(with(head(), next), "");
}

TEST_F(SuccessionOfALog, IsAloneInItsRequestAndSignedByTwo) {
  const KnownHead known{head().size() + 3, crypto::Digest{{7}}};
  const Bytes body = make_recovery_body(head(), next_origin(), known, LossReason::old_copy);
  TestActor& first = t.actor("ADM");
  const crypto::PrivateKey* one[] = {&first.key};
  const OwnStatement alone[] = {{"RecoveryDeclared", body}};
  EXPECT_EQ(outcome_of(submit(alone, one, first)), "SECOND_PERSON");
  const crypto::PrivateKey* two[] = {&first.key, &t.actor("PM").key};
  const OwnStatement twice[] = {{"RecoveryDeclared", body}, {"RecoveryDeclared", body}};
  EXPECT_EQ(outcome_of(submit(twice, two, first)),
            "schema_violation a change of origin is alone in its request");
}

TEST_F(SuccessionOfALog, AfterAHandoverOnlyTheSuccessorActs) {
  TestActor successor;
  const Successor facts{"云和物业", "Y-ADM", successor.key.public_key()};
  ASSERT_EQ(outcome_of(state("LedgerHandedOver",
                             make_handed_over_body(head(), next_origin(), facts),
                             t.actor("CL"),
                             t.actor("ADM"))),
            "");
  {
    const DerivedRows::Snapshot rows(t.rows());
    EXPECT_TRUE(list_ledgers(rows).front().handed_over);
  }
  EXPECT_THAT(outcome_of(t.append(t.actor("ARC"), {{"UnitRegistered", unit_json(2)}})),
              ::testing::StartsWith("key_not_valid"));
  const std::string staff = R"({"staff":"Y-1","department":"D","badge_no":"Y1","roles":"ARC"})";
  EXPECT_EQ(outcome_of(t.append(successor, {{"StaffRegistered", staff}})), "");
  const DerivedRows::Snapshot rows(t.rows());
  EXPECT_FALSE(list_ledgers(rows).front().handed_over);
}

TEST_F(SuccessionOfALog, ReplayGivesTheSameHead) {
  ASSERT_EQ(outcome_of(recover(next_origin())), "");
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet set(rebuilt, catalogue());
  const Outcome done = set.catch_up(
      t.journal(), [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  EXPECT_EQ(set.find("estate")->head().origin, next_name);
  EXPECT_EQ(set.find("estate")->head().tree.root(), head().tree.root());
}

TEST_F(SuccessionOfALog, AVerifierOfBytesFollows) {
  const std::uint64_t last = head().size();
  ASSERT_EQ(outcome_of(recover(next_origin())), "");
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  const std::vector<Bytes> records = records_of(t.journal());
  ListedRecords source(records);
  const LogVerification verified = verify_log(source, {});
  EXPECT_FALSE(verified.finding.has_value());
  EXPECT_THAT(verified.origins,
              ElementsAre(Field(&OriginSpan::origin, TestLedger::origin),
                          Field(&OriginSpan::origin, next_name)));
  EXPECT_EQ(verified.origins.back().first, last + 1);
}

// A record of the new origin without the one that declares it, as another ledger's would be.
TEST_F(SuccessionOfALog, AVerifierRefusesAnOriginThatNobodyDeclared) {
  ASSERT_EQ(outcome_of(recover(next_origin())), "");
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  std::vector<Bytes> records = records_of(t.journal());
  const Bytes declared = records[records.size() - 2];
  const RecordView view = *parse_record(declared);
  RecordDraft draft = draft_of(view);
  draft.signatures = draft.signatures.first(1);  // one person cannot
  records[records.size() - 2] = encode_record(draft);
  const Bytes last = records.back();
  const RecordView last_view = *parse_record(last);
  RecordDraft after = draft_of(last_view);
  after.prev = crypto::leaf_hash(records[records.size() - 2]);
  records.back() = encode_record(after);
  ListedRecords source(records);
  const auto finding = verify_log(source, {}).finding;
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->fault, LogFault::origin);
  EXPECT_EQ(number(finding->index), records.size() - 1);
}

}  // namespace
}  // namespace juanzong::testing
