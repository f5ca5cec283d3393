// SPDX-License-Identifier: Apache-2.0
// Days are closed by the server, one after the other: without any request, before requests of a
// later day, after it was down, and by a thread of its own where a ledger has many streams.
#include "projections/state/day_close.h"

#include "projections/state/record_reader.h"

#include "tests/server/served_ledger.h"

#include <thread>

namespace juanzong::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class DayClose : public ServedLedger {
 protected:
  void pass_days(int days) { clock_.set(UnixMicros{clock_.now().value + days * micros_per_day}); }
  // What the served ledger's day closes say, in order; waits for so many, at most some seconds.
  std::vector<DayFacts> closes(std::size_t count) {
    std::vector<DayFacts> found = closes_now();
    for (int i = 0; i < 200 && found.size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      found = closes_now();
    }
    return found;
  }
  std::vector<DayFacts> closes_now() {
    DerivedRows rebuilt(make_memory_row_store());
    LedgerSet set(rebuilt, catalogue());
    EXPECT_TRUE(set.catch_up(
                       *inner_, [](std::uint64_t) {}, [] {})
                    .has_value());
    const LedgerOrdinal ordinal = set.find("served")->ordinal();
    const DerivedRows::Snapshot rows(rebuilt);
    const RecordReader reader(rows, *inner_, ordinal);
    std::vector<DayFacts> found;
    for (const RecordIndex index : reader.stream("day_close")) {
      const Bytes bytes = *reader.record(index);
      found.push_back(read_day(parse_record(bytes)->statement.body));
      EXPECT_LE(found.back().size, number(index));
      EXPECT_EQ(found.back(), day_facts(rebuilt, ordinal, found.back().day));
    }
    return found;
  }
  static std::vector<std::string> days_of(const std::vector<DayFacts>& closes) {
    std::vector<std::string> days;
    for (const DayFacts& each : closes) {
      days.push_back(to_text(each.day));
    }
    return days;
  }
};

TEST_F(DayClose, IsStatedWithoutAnyRequest) {
  open({});
  pass_days(1);
  EXPECT_THAT(days_of(closes(1)), ElementsAre("2025-01-01"));
  EXPECT_EQ(fatal_, 0);
  EXPECT_THAT(stopped_, ::testing::IsEmpty()) << why_stopped_;
}

TEST_F(DayClose, EveryDayOfTheTimeInWhichTheServerWasDown) {
  open({});
  static_cast<void>(closes(0));
  pass_days(4);
  reopen();
  EXPECT_THAT(days_of(closes(4)),
              ElementsAre("2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"));
  pass_days(1);
  EXPECT_THAT(closes(5), SizeIs(5)) << "and the next one, once";
  EXPECT_EQ(fatal_, 0);
}

TEST_F(DayClose, OfALargeLedgerComesFromItsOwnThread) {
  inline_streams_ = 2;
  open({});
  pass_days(3);
  EXPECT_THAT(days_of(closes(3)), ElementsAre("2025-01-01", "2025-01-02", "2025-01-03"));
  EXPECT_EQ(fatal_, 0);
}

TEST_F(DayClose, ALedgerWhoseServerHasNoKeyHasNone) {
  open({});
  pass_days(2);
  static_cast<void>(closes(2));
  push(0, 3);
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet set(rebuilt, catalogue());
  ASSERT_TRUE(set.catch_up(
                     *inner_, [](std::uint64_t) {}, [] {})
                  .has_value());
  const DerivedRows::Snapshot rows(rebuilt);
  EXPECT_TRUE(
      RecordReader(rows, *inner_, set.find("estate")->ordinal()).stream("day_close").empty());
}

}  // namespace
}  // namespace juanzong::testing
