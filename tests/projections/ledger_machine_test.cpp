// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_machine.h"

#include "crypto/merkle_tree.h"

#include "events/procedures/parties.h"
#include "events/storage/memory_row_store.h"

#include "projections/engine/row_keys.h"
#include "projections/state/record_reader.h"

#include "tests/support/row_changes.h"
#include "tests/support/rule_tester.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

std::string unit_json(int number) {
  const std::string room = std::to_string(100 + number);
  return R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
         room + "\"}";
}

ErrorCode error_of(const AppendResult& result) {
  const auto* error = std::get_if<Error>(&result);
  return error == nullptr ? ErrorCode{} : error->code;
}

std::string rule_of(const AppendResult& result) {
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

std::map<std::string, std::string> all_rows(const DerivedRows& rows) {
  std::map<std::string, std::string> all;
  const DerivedRows::Snapshot snapshot(rows);
  for (const Table table : {Table::ledger_head,
                            Table::locator,
                            Table::state,
                            Table::posting,
                            Table::account,
                            Table::list,
                            Table::day}) {
    const RowKey prefix = KeyBuilder(table).take();
    snapshot.scan(
        prefix, end_of_prefix(prefix), [&all](std::string_view key, std::string_view value) {
          all.emplace(key, value);
          return true;
        });
  }
  return all;
}

TEST(LedgerMachine, ChainsRecordsThroughTheirLeafHashes) {
  TestLedger t;
  for (int i = 0; i < 5; ++i) {
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  const DerivedRows::Snapshot rows(t.rows());
  const RecordReader reader(rows, t.journal(), LedgerOrdinal{0});
  crypto::Digest prev = genesis_link(TestLedger::origin);
  const auto records = reader.records(RecordIndex{0}, 100);
  ASSERT_TRUE(records.has_value());
  ASSERT_EQ(records->size(), 10U);  // founding 3, ARC 2, units 5
  for (const Bytes& bytes : *records) {
    const auto record = parse_record(bytes);
    ASSERT_TRUE(record.has_value());
    EXPECT_EQ(record->prev, prev);
    prev = crypto::leaf_hash(bytes);
  }
}

TEST(LedgerMachine, TilesProveEveryRecordToTheRoot) {
  TestLedger t;
  for (int i = 0; i < 600; ++i) {
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  const DerivedRows::Snapshot rows(t.rows());
  const RecordReader reader(rows, t.journal(), LedgerOrdinal{0});
  const auto head = reader.head();
  ASSERT_TRUE(head.has_value());
  for (std::uint64_t i = 0; i < head->size(); i += 37) {
    const auto record = reader.record(RecordIndex{i});
    const auto path = reader.inclusion_proof(RecordIndex{i}, head->size());
    ASSERT_TRUE(record && path) << i;
    EXPECT_TRUE(crypto::verify_inclusion(
        i, head->size(), crypto::leaf_hash(*record), *path, head->tree.root()));
  }
  const auto old_root = reader.root(300);
  const auto proof = reader.consistency_proof(300, head->size());
  ASSERT_TRUE(old_root && proof);
  EXPECT_TRUE(crypto::verify_consistency(300, head->size(), *proof, *old_root, head->tree.root()));
}

TEST(LedgerMachine, LinksEveryRecordOfAStreamToThePreviousOne) {
  TestLedger t;
  t.must_append(
      "HR", "StaffRegistered", R"({"staff":"S-9","department":"D","badge_no":"9","roles":"CSA"})");
  for (int i = 0; i < 150; ++i) {
    t.must_append("HR", "StaffRoleChanged", R"({"staff":"S-9","roles":"CSA KEY"})");
  }
  const DerivedRows::Snapshot rows(t.rows());
  const RecordReader reader(rows, t.journal(), LedgerOrdinal{0});
  const auto indexes = reader.stream("staff:S-9");
  ASSERT_EQ(indexes.size(), 151U);
  RecordIndex previous = no_index;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const auto bytes = reader.record(indexes[i]);
    const auto record = parse_record(*bytes);
    ASSERT_TRUE(record.has_value());
    ASSERT_EQ(record->links.size(), 1U);
    EXPECT_EQ(record->links.front(), (StreamLink{StreamVersion{i + 1}, previous}));
    previous = indexes[i];
  }
}

TEST(LedgerMachine, AnswersARepeatWithTheFirstReceiptForEver) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  const SignedRequest request = t.make_request(arc, {{"UnitRegistered", unit_json(1), {}}});
  const auto first = std::get<AppendReceipt>(t.submit(arc, request));
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  const auto again = std::get<AppendReceipt>(t.submit(arc, request));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.first, first.first);
  EXPECT_EQ(t.machine().head().size(), number(first.first) + 2);
}

TEST(LedgerMachine, RefusesAReusedRequestIdWithOtherBytes) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  SignedRequest request = t.make_request(arc, {{"UnitRegistered", unit_json(1), {}}});
  const auto id = parse_header(request.header)->request_id;
  ASSERT_TRUE(std::holds_alternative<AppendReceipt>(t.submit(arc, request)));
  // The same actor signs another statement under the same id.
  SignedRequest other = t.make_request(arc, {{"UnitRegistered", unit_json(2), {}}});
  RequestHeader header = *parse_header(other.header);
  header.request_id = id;
  other.header = encode_header(header);
  other.signatures.front().signature = arc.key.sign(signed_bytes(header));
  EXPECT_EQ(error_of(t.submit(arc, other)), ErrorCode::request_id_reused);
}

TEST(LedgerMachine, ARefusedRequestLeavesNoGapInTheChainOfItsKey) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  t.must_append("ARC", "UnitRegistered", unit_json(1));
  EXPECT_EQ(rule_of(t.append(arc, {{"UnitRegistered", unit_json(1), {}}})), "H-REG-1");
  t.must_append("ARC", "UnitRegistered", unit_json(2));
}

TEST(LedgerMachine, RefusesARequestThatSkipsOrRepeatsTheKeySequence) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  arc.key_seq += 1;
  EXPECT_EQ(error_of(t.append(arc, {{"UnitRegistered", unit_json(1), {}}})),
            ErrorCode::actor_chain_conflict);
  arc.key_seq -= 1;
  arc.last_request.bytes[0] ^= 1;
  EXPECT_EQ(error_of(t.append(arc, {{"UnitRegistered", unit_json(1), {}}})),
            ErrorCode::actor_chain_conflict);
}

TEST(LedgerMachine, AllStatementsOfARequestOrNone) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  const std::uint64_t before = t.machine().head().size();
  const auto rows_before = all_rows(t.rows());
  const AppendResult result = t.append(arc,
                                       {{"UnitRegistered", unit_json(1), {}},
                                        {"UnitRegistered", unit_json(2), {}},
                                        {"UnitRegistered", unit_json(1), {}}});
  ASSERT_EQ(rule_of(result), "H-REG-1");
  EXPECT_EQ(std::get<RefusedRequest>(result).statement, 2);
  EXPECT_EQ(t.machine().head().size(), before);
  EXPECT_EQ(all_rows(t.rows()), rows_before);
  // Nothing of the refused request is left in the writer's world either.
  t.must_append("ARC", "UnitRegistered", unit_json(2));
  t.must_append("ARC", "UnitRegistered", unit_json(1));
  const DerivedRows::Snapshot rows(t.rows());
  EXPECT_EQ(rows.get(account_key(LedgerOrdinal{0}, PostingView::occupancy, "1-1:NOT_HANDED_OVER")),
            std::string("\x02\0\0\0\0\0\0\0", 8));
}

TEST(LedgerMachine, RefusesAStaleStreamVersion) {
  TestLedger t;
  TestActor& hr = t.actor("HR");
  t.actor("CSA");
  const std::string change = R"({"staff":"S-CSA","roles":"CSA"})";
  const std::vector<StreamExpectation> expect{{"staff:S-CSA", StreamVersion{2}}};
  ASSERT_TRUE(
      std::holds_alternative<AppendReceipt>(t.append(hr, {{"StaffRoleChanged", change, expect}})));
  EXPECT_EQ(rule_of(t.append(hr, {{"StaffRoleChanged", change, expect}})), "VERSION_CONFLICT");
}

TEST(LedgerMachine, RefusesTheWrongRole) {
  TestLedger t;
  EXPECT_EQ(rule_of(t.append(t.actor("CAS"), {{"UnitRegistered", unit_json(1), {}}})), "ROLE");
}

std::string correction_json(const std::string& target, std::string_view event) {
  return R"({"target":)" + target + R"(,"target_event":")" + std::string(event) +
         R"(","case_stream":"unit:1-1-101","reason":)" + sealed(person_id(1), "笔误") +
         R"(,"replacement":)" + sealed(person_id(1), "x") + "," +
         signatures({staff_signature("CSM", "2025-01-01T08:00:00+08:00")}) + "}";
}

TEST(LedgerMachine, ACorrectionMustNameTheEventThatStandsAtItsTarget) {
  TestLedger t;
  TestActor& csm = t.actor("CSM");
  const AppendReceipt reported =
      t.must_append("CSM", "MajorArrearsReported", R"({"ym":"2024-12"})");
  const std::string target = R"({"index":)" + std::to_string(number(reported.first)) + "}";
  // More than a block of types, so that the target is read back from the rows.
  for (int i = 0; i < 150; ++i) {
    EXPECT_EQ(rule_of(t.append(
                  csm, {{"EntryCorrected", correction_json(target, "FinancialAuditHeld"), {}}})),
              "H-COR-1")
        << i;
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  t.must_append("CSM", "EntryCorrected", correction_json(target, "MajorArrearsReported"));
}

TEST(LedgerMachine, ACorrectionMayNameAnEarlierStatementOfItsRequest) {
  TestLedger t;
  TestActor& csm = t.actor("CSM");
  const std::string target = R"({"same_request":true,"position":0})";
  const auto both = [&](std::string_view event) {
    return t.append(csm,
                    {{"MajorArrearsReported", R"({"ym":"2024-12"})", {}},
                     {"EntryCorrected", correction_json(target, event), {}}});
  };
  EXPECT_EQ(rule_of(both("FinancialAuditHeld")), "H-COR-1");
  EXPECT_TRUE(std::holds_alternative<AppendReceipt>(both("MajorArrearsReported")));
}

TEST(LogIndex, KnowsTypesInFlightAndReadsTheDurableOnesBack) {
  DerivedRows durable(make_memory_row_store());
  LogIndex index(durable, LedgerOrdinal{0}, 0);
  crypto::CompactRange tree;
  const auto fill = [&index, &tree](std::uint16_t from, std::uint16_t to) {
    for (std::uint16_t i = from; i < to; ++i) {
      index.append_type(EventType{i});
      tree.append(crypto::Digest{}, [&index](unsigned height, const crypto::Digest& root) {
        index.append_subtree(height, root);
      });
    }
  };
  const auto expect_all = [](const LogIndex& known, std::uint16_t size) {
    for (std::uint16_t i = 0; i < size; ++i) {
      ASSERT_EQ(known.type_of(RecordIndex{i}), EventType{i});
    }
    EXPECT_EQ(known.type_of(RecordIndex{size}), std::nullopt);
  };
  RowBatch first;
  fill(0, 100);
  index.drain(first, 1);
  fill(100, 200);
  expect_all(index, 200);  // nothing is published yet
  durable.publish(std::move(first), 100);
  index.durable(1);
  expect_all(index, 200);
  RowBatch second;
  index.drain(second, 2);
  durable.publish(std::move(second), 100);
  index.durable(2);
  expect_all(index, 200);
  expect_all(LogIndex(durable, LedgerOrdinal{0}, 200), 200);
}

TEST(LedgerMachine, RefusesAnUnknownAndARevokedKey) {
  TestLedger t;
  TestActor stranger;
  EXPECT_EQ(error_of(t.append(stranger, {{"UnitRegistered", unit_json(1), {}}})),
            ErrorCode::unknown_key);
  TestActor& arc = t.actor("ARC");
  const std::string key = crypto::to_hex(crypto::Digest{key_id_of(arc.key.public_key()).bytes});
  t.must_append("HR", "ActorKeyRevoked", R"({"key_id":")" + key + R"(","staff":"S-ARC"})");
  EXPECT_EQ(error_of(t.append(arc, {{"UnitRegistered", unit_json(1), {}}})),
            ErrorCode::key_not_valid);
}

TEST(LedgerMachine, RefusesAKeyRegistrationWithoutProofOfPossession) {
  TestLedger t;
  TestActor& hr = t.actor("HR");
  const crypto::PrivateKey key = crypto::PrivateKey::generate();
  const std::string id = crypto::to_hex(crypto::Digest{key_id_of(key.public_key()).bytes});
  const std::string public_key = crypto::to_hex(crypto::Digest{key.public_key().bytes});
  const AppendResult result = t.append(hr,
                                       {{"ActorKeyRegistered",
                                         R"({"staff":"S-HR","public_key":")" + public_key +
                                             R"(","key_id":")" + id + R"(","custody":"FILE"})",
                                         {}}});
  EXPECT_EQ(rule_of(result), "H-KEYS-3");
}

TEST(LedgerMachine, RefusesExpiredAndFarAheadRequests) {
  TestLedger t;
  TestActor& arc = t.actor("ARC");
  const SignedRequest request = t.make_request(arc, {{"UnitRegistered", unit_json(1), {}}});
  t.at("2025-01-03T08:00:00+08:00");
  EXPECT_EQ(error_of(t.submit(arc, request)), ErrorCode::request_expired);
  t.at("2025-01-10T08:00:00+08:00");
  const SignedRequest ahead = t.make_request(arc, {{"UnitRegistered", unit_json(1), {}}});
  t.at("2025-01-04T08:00:00+08:00");
  EXPECT_EQ(error_of(t.submit(arc, ahead)), ErrorCode::request_id_not_acceptable);
}

TEST(LedgerMachine, RecordedAtNeverFalls) {
  TestLedger t;
  t.at("2025-01-05T08:00:00+08:00");
  const auto first = t.must_append("ARC", "UnitRegistered", unit_json(1));
  t.at("2025-01-05T07:59:57+08:00");
  const auto second = t.must_append("ARC", "UnitRegistered", unit_json(2));
  EXPECT_EQ(second.recorded_at, first.recorded_at);
}

TEST(LedgerMachine, ReplayGivesTheRowsThatTheWriterGave) {
  TestLedger t;
  for (int i = 0; i < 300; ++i) {
    t.at("2025-01-0" + std::to_string(1 + i / 40) + "T09:00:00+08:00");
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet set(rebuilt, catalogue());
  const Outcome done = set.catch_up(
      t.journal(), [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  EXPECT_EQ(all_rows(rebuilt), all_rows(t.rows()));
}

TEST(LedgerMachine, OpensFromRowsOfAnEarlierPosition) {
  TestLedger t;
  for (int i = 0; i < 50; ++i) {
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  DerivedRows resumed(make_memory_row_store());
  {
    LedgerSet set(resumed, catalogue());
    ASSERT_TRUE(set.catch_up(
                       t.journal(), [](std::uint64_t) {}, [] {})
                    .has_value());
  }
  for (int i = 50; i < 400; ++i) {
    t.must_append("ARC", "UnitRegistered", unit_json(i));
  }
  LedgerSet set(resumed, catalogue());
  ASSERT_TRUE(set.catch_up(
                     t.journal(), [](std::uint64_t) {}, [] {})
                  .has_value());
  EXPECT_EQ(all_rows(resumed), all_rows(t.rows()));
}

TEST(LedgerSet, RowsOfAnotherFormatDoNotFit) {
  TestLedger t;
  t.must_append("ARC", "UnitRegistered", unit_json(1));
  EXPECT_TRUE(rows_fit(t.rows(), t.journal()));
  std::string position = *t.rows().get(position_key());
  position.back() = static_cast<char>(position.back() + 1);
  t.rows().publish(row_batch({{position_key(), position}}), 0);
  EXPECT_FALSE(rows_fit(t.rows(), t.journal()));
}

}  // namespace
}  // namespace juanzong::testing
