// SPDX-License-Identifier: Apache-2.0
// A clock that was years ahead, and two people who say so: time may fall once, right after them.
#include "events/log/log_verifier.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/record_reader.h"

#include "tests/support/listed_records.h"
#include "tests/support/record_drafts.h"
#include "tests/support/row_changes.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

constexpr std::string_view wrong = "2035-06-01T09:00:00+08:00";
constexpr std::string_view truth = "2025-01-06T09:00:00+08:00";

std::string unit_json(int number) {
  const std::string room = std::to_string(100 + number);
  return R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
         room + "\"}";
}

TestStatement correction(std::uint64_t wrong_from) {
  return {"ClockCorrected",
          R"({"true_time":")" + std::string(truth) + R"(","wrong_from":{"index":)" +
              std::to_string(wrong_from) + R"(},"fault":"BOOT_CLOCK"})"};
}

std::string rule_of(const AppendResult& result) {
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

class ClockCorrection : public ::testing::Test {
 protected:
  ClockCorrection() {
    t.at("2025-01-02T09:00:00+08:00");
    t.must_append("ARC", "UnitRegistered", unit_json(1));
    t.actor("CL");
    t.actor("HR");
    t.at(wrong);
    first_wrong = number(t.must_append("ARC", "UnitRegistered", unit_json(2)).first);
  }

  AppendResult correct() {
    return t.append_with(t.actor("ADM"), t.actor("CL"), {correction(first_wrong)});
  }

  RecordIndex last_of(std::string_view day) {
    const DerivedRows::Snapshot rows(t.rows());
    return RecordReader(rows, t.journal(), LedgerOrdinal{0}).last_of_day(*parse_date(day));
  }

  TestLedger t;
  std::uint64_t first_wrong = 0;
};

TEST_F(ClockCorrection, NeedsASecondPersonOfTheRightRole) {
  EXPECT_EQ(rule_of(t.append(t.actor("ADM"), {correction(first_wrong)})), "SECOND_PERSON");
  EXPECT_EQ(rule_of(t.append_with(t.actor("ADM"), t.actor("HR"), {correction(first_wrong)})),
            "SECOND_PERSON");
  EXPECT_EQ(rule_of(correct()), "");
}

TEST_F(ClockCorrection, LetsTimeFallOnceAndNotBelowTheTruth) {
  const AppendResult corrected = correct();
  EXPECT_EQ(std::get<AppendReceipt>(corrected).recorded_at, parse_instant(wrong));
  t.at("2025-01-05T09:00:00+08:00");  // before the true time that they stated
  EXPECT_EQ(t.must_append("ARC", "UnitRegistered", unit_json(3)).recorded_at, parse_instant(truth));
  t.at("2025-01-06T09:30:00+08:00");
  const auto later = t.must_append("ARC", "UnitRegistered", unit_json(4));
  EXPECT_EQ(later.recorded_at, t.now());
  t.at("2025-01-06T09:20:00+08:00");
  EXPECT_EQ(t.must_append("ARC", "UnitRegistered", unit_json(5)).recorded_at, later.recorded_at);
}

TEST_F(ClockCorrection, DaysThatOnlyTheWrongClockSawAreNoDays) {
  EXPECT_EQ(last_of("2035-06-01"), RecordIndex{first_wrong});
  static_cast<void>(correct());
  t.at("2025-01-06T09:30:00+08:00");
  const RecordIndex newest = t.must_append("ARC", "UnitRegistered", unit_json(3)).first;
  EXPECT_EQ(last_of("2025-01-06"), newest);
  EXPECT_EQ(last_of("2035-06-01"), newest);
  EXPECT_EQ(last_of("2040-01-01"), newest);
  EXPECT_LT(last_of("2025-01-02"), RecordIndex{first_wrong});
}

TEST_F(ClockCorrection, ReplayGivesTheSameDays) {
  static_cast<void>(correct());
  t.at("2025-01-06T09:30:00+08:00");
  t.must_append("ARC", "UnitRegistered", unit_json(3));
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet set(rebuilt, catalogue());
  const Outcome done = set.catch_up(
      t.journal(), [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(done.has_value()) << to_text(done.error());
  const DerivedRows::Snapshot rows(rebuilt);
  const RecordReader reader(rows, t.journal(), LedgerOrdinal{0});
  for (const char* day : {"2025-01-02", "2025-01-06", "2035-06-01"}) {
    EXPECT_EQ(reader.last_of_day(*parse_date(day)), last_of(day)) << day;
  }
}

// The log's bytes alone: a verifier needs no rule to know where time may fall.
class VerifiedTimes : public ClockCorrection {
 protected:
  VerifiedTimes() {
    static_cast<void>(correct());
    t.at("2025-01-06T09:30:00+08:00");
    t.must_append("ARC", "UnitRegistered", unit_json(3));
    records = records_of(t.journal());
  }

  [[nodiscard]] std::optional<LogFinding> finding() const {
    ListedRecords source(records);
    return verify_log(source, {}).finding;
  }

  std::vector<Bytes> records;
};

TEST_F(VerifiedTimes, PassAfterACorrectionOfTwo) {
  EXPECT_FALSE(finding().has_value());
}

TEST_F(VerifiedTimes, FailAfterACorrectionThatOnlyOneSigned) {
  const std::size_t corrected = records.size() - 2;
  const Bytes whole = records[corrected];
  const RecordView view = *parse_record(whole);
  RecordDraft draft = draft_of(view);
  draft.signatures = draft.signatures.first(1);
  records[corrected] = encode_record(draft);
  const Bytes last = records.back();
  const RecordView last_view = *parse_record(last);
  RecordDraft after = draft_of(last_view);
  after.prev = crypto::leaf_hash(records[corrected]);
  records.back() = encode_record(after);
  const auto found = finding();
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->fault, LogFault::time);
  EXPECT_EQ(number(found->index), records.size() - 1);
}

}  // namespace
}  // namespace juanzong::testing
