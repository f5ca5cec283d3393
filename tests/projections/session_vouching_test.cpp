// SPDX-License-Identifier: Apache-2.0
// Requests without a signature: what the policy statement.signature lets the machine take.
#include "crypto/hex.h"

#include "events/log/journal_source.h"
#include "events/log/record.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/record_reader.h"

#include "tests/support/signature_policy.h"
#include "tests/support/test_ledger.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

// "" for an accepted request; the first rule of a refusal, the name of an error.
std::string outcome_of(const AppendResult& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    return std::string(name_of(error->code));
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

TestStatement unit(int number) {
  const std::string room = std::to_string(100 + number);
  return {"UnitRegistered",
          R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
              room + "\"}"};
}

std::string key_name(const TestActor& actor) {
  return crypto::hex_encode(key_id_of(actor.key.public_key()).view());
}

class SessionVouching : public ::testing::Test {
 protected:
  void adopt(int version, std::string_view effective, std::string_view value) {
    t.must_append("PM", "PolicyAdopted", signature_policy(version, effective, value));
  }
  std::string by_session(std::string_view role, const std::vector<TestStatement>& statements) {
    return outcome_of(t.append_by_session(t.actor(role), statements));
  }
  TestLedger t;
};

TEST_F(SessionVouching, IsRefusedUnlessThePolicySaysSession) {
  EXPECT_EQ(by_session("ARC", {unit(1)}), "signature_required");
  adopt(1, "2025-01-01", "required");
  EXPECT_EQ(by_session("ARC", {unit(1)}), "signature_required");
  adopt(2, "2025-01-01", "session");
  EXPECT_EQ(by_session("ARC", {unit(1)}), "");
  adopt(3, "2025-01-01", "required");
  EXPECT_EQ(by_session("ARC", {unit(2)}), "signature_required");
}

TEST_F(SessionVouching, BeginsOnTheDateOfThePolicyInTheZoneOfTheLedger) {
  adopt(1, "2025-01-05", "session");
  t.at("2025-01-04T23:59:59+08:00");
  EXPECT_EQ(by_session("ARC", {unit(1)}), "signature_required");
  t.at("2025-01-05T00:00:00+08:00");
  EXPECT_EQ(by_session("ARC", {unit(1)}), "");
}

TEST_F(SessionVouching, RecordsTheHeaderAndNoSignatureAndKeepsTheChainOfTheKey) {
  adopt(1, "2025-01-01", "session");
  t.must_append("ARC", "UnitRegistered", unit(1).json);
  ASSERT_EQ(by_session("ARC", {unit(2), unit(3)}), "");
  t.must_append("ARC", "UnitRegistered", unit(4).json);
  const DerivedRows::Snapshot rows(t.rows());
  const RecordReader reader(rows, t.journal(), LedgerOrdinal{0});
  const std::uint64_t size = t.machine().head().size();
  const Result<Bytes> bytes = reader.record(RecordIndex{size - 2});
  ASSERT_TRUE(bytes.has_value());
  const Result<RecordView> record = parse_record(*bytes);
  ASSERT_TRUE(record.has_value());
  EXPECT_TRUE(record->signatures.empty());
  EXPECT_EQ(record->header.key_id, key_id_of(t.actor("ARC").key.public_key()));
  EXPECT_EQ(record->header.key_seq, 2U);
}

TEST_F(SessionVouching, NeverStandsInForWhatDecidesWhoMayDoWhat) {
  adopt(1, "2025-01-01", "session");
  EXPECT_EQ(by_session("PM", {{"PolicyAdopted", signature_policy(2, "2025-01-01", "required")}}),
            "signature_required");
  EXPECT_EQ(by_session("HR", {{"StaffRoleChanged", R"({"staff":"S-HR","roles":"HR CAS"})"}}),
            "signature_required");
  EXPECT_EQ(by_session("HR",
                       {{"StaffRegistered",
                         R"({"staff":"S-9","department":"D","badge_no":"9","roles":"CSA"})"}}),
            "signature_required");
  const std::string revoked = R"({"key_id":")" + key_name(t.actor("ARC")) + R"(","staff":"S-ARC"})";
  EXPECT_EQ(by_session("HR", {{"ActorKeyRevoked", revoked}}), "signature_required");
  // Nor beside a statement that needs none.
  const TestStatement calendar{"HolidayCalendarAdopted",
                               R"({"year":2025,"holidays":["2025-01-28"]})"};
  EXPECT_EQ(by_session("HR", {calendar, {"ActorKeyRevoked", revoked}}), "signature_required");
  EXPECT_EQ(by_session("HR", {calendar}), "");
}

TEST_F(SessionVouching, AsksForRoleChainAndKeyAsEver) {
  adopt(1, "2025-01-01", "session");
  EXPECT_EQ(by_session("CAS", {unit(1)}), "ROLE");
  TestActor stranger;
  EXPECT_EQ(outcome_of(t.append_by_session(stranger, {unit(1)})), "unknown_key");
  TestActor& arc = t.actor("ARC");
  arc.key_seq += 1;
  EXPECT_EQ(by_session("ARC", {unit(1)}), "actor_chain_conflict");
  arc.key_seq -= 1;
  t.must_append(
      "HR", "ActorKeyRevoked", R"({"key_id":")" + key_name(arc) + R"(","staff":"S-ARC"})");
  EXPECT_EQ(by_session("ARC", {unit(1)}), "key_not_valid");
}

TEST_F(SessionVouching, ARepeatIsAnsweredWhateverThePolicySaysByThen) {
  adopt(1, "2025-01-01", "session");
  TestActor& arc = t.actor("ARC");
  SignedRequest request = t.make_request(arc, {unit(1)});
  request.signatures.clear();
  ASSERT_EQ(outcome_of(t.submit(arc, request)), "");
  adopt(2, "2025-01-01", "required");
  const auto again = std::get<AppendReceipt>(t.submit(arc, request));
  EXPECT_TRUE(again.repeated);
}

// Record 0 stands under no policy.
TEST(SessionVouchingOfTheFounding, IsRefused) {
  TestLedger t;
  DerivedRows rows(make_memory_row_store());
  LedgerSet ledgers(rows, catalogue());
  LedgerMachine& machine = ledgers.create(ledger_id_of(TestLedger::origin));
  JournalSource source(t.journal(), std::nullopt);
  RecordBlock block;
  ASSERT_TRUE(source.next(3, block).has_value());
  SignedRequest founding;
  for (const ByteView bytes : block.records) {
    const Result<RecordView> record = parse_record(bytes);
    ASSERT_TRUE(record.has_value());
    founding.header.assign(record->header_bytes.begin(), record->header_bytes.end());
    founding.statements.emplace_back(record->statement.bytes.begin(),
                                     record->statement.bytes.end());
  }
  const auto admitted = t.admit(founding, {});
  ASSERT_TRUE(admitted.has_value()) << to_text(admitted.error());
  BatchDraft draft;
  machine.begin_batch(draft);
  EXPECT_EQ(outcome_of(machine.submit(*admitted, t.now(), draft)), "signature_required");
}

}  // namespace
}  // namespace juanzong::testing
