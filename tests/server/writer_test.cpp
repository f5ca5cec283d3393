// SPDX-License-Identifier: Apache-2.0
// The writer against a journal that answers ok, unknown, conflict and fenced: nothing acknowledged
// is lost, nothing is answered before it is durable, nothing that may have happened is failed.
#include "tests/server/writer_fixture.h"

namespace juanzong::testing {
namespace {

TEST_F(WriterTest, AnswersEveryRequestOnceInOrder) {
  start({}, true);
  const std::uint64_t before = journal_size();
  const auto results = push(0, ahead);
  EXPECT_EQ(accepted(results).size(), ahead);
  EXPECT_EQ(journal_size(), before + ahead);
  EXPECT_EQ(fatal_, 0);
}

TEST_F(WriterTest, ARefusalWaitsForTheBatchItRestsOn) {
  start({}, true);
  // Request 5 in front of 4: its chain rests on a request that is not there yet.
  const auto results = push(5, 6);
  const auto* error = std::get_if<Error>(&results.front());
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(error->code, ErrorCode::actor_chain_conflict);
}

TEST_F(WriterTest, DecidesAgainAfterAConflictAndLosesNothing) {
  start({{2, Fault::conflict}, {5, Fault::conflict}}, false);
  expect_all_stored_once(10);
}

TEST_F(WriterTest, AnUnknownOutcomeThatWasStoredIsAcknowledgedOnce) {
  start({{1, Fault::unknown_stored}, {4, Fault::unknown_stored}}, false);
  expect_all_stored_once(20);
}

TEST_F(WriterTest, AnUnknownOutcomeThatWasLostIsDecidedAgain) {
  start({{1, Fault::unknown_lost}, {3, Fault::unknown_lost}}, false);
  expect_all_stored_once(20);
}

TEST_F(WriterTest, AFencedWriterStopsAndAnswersUnknown) {
  start({{1, Fault::fenced}}, false);
  static_cast<void>(push(0, 1));
  const auto results = push(1, 3);
  for (const AppendResult& result : results) {
    const auto* error = std::get_if<Error>(&result);
    ASSERT_NE(error, nullptr);
    EXPECT_TRUE(error->code == ErrorCode::outcome_unknown ||
                error->code == ErrorCode::writes_stopped);
  }
  EXPECT_EQ(fatal_, 1);
}

TEST_F(WriterTest, AnEmbeddedJournalThatFailsStopsTheProcessAndAcknowledgesNothingMore) {
  start({{1, Fault::unknown_stored}}, true);
  static_cast<void>(push(0, 1));
  const auto results = push(1, 20);
  EXPECT_TRUE(accepted(results).empty());
  EXPECT_EQ(fatal_, 1);
  EXPECT_TRUE(writer_->stopped());
}

TEST_F(WriterTest, AClockFarAheadOfTheLastRecordStopsWritingAtTheStart) {
  clock_.guards = true;
  clock_.set(UnixMicros{prepared_.ledger.now().value + 32 * micros_per_day});
  start({}, true);
  const auto results = push(0, 1);
  const auto* error = std::get_if<Error>(&results.front());
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(error->code, ErrorCode::writes_stopped);
  EXPECT_EQ(fatal_, 1);
}

// One community slept while another went on: the clock is right.
TEST_F(WriterTest, AClockFarAheadOfAQuietLedgerAloneIsNoReasonToStop) {
  clock_.guards = true;
  const UnixMicros today{prepared_.ledger.now().value + 32 * micros_per_day};
  clock_.set(today);
  found_another_at(UnixMicros{today.value - micros_per_day});
  start({}, true);
  EXPECT_EQ(accepted(push(0, 1)).size(), 0U);  // the requests of the quiet one have expired
  EXPECT_EQ(fatal_, 0);
}

TEST_F(WriterTest, AClockThatJumpsWhileRunningStopsWriting) {
  clock_.guards = true;
  start({}, true);
  ASSERT_EQ(accepted(push(0, 1)).size(), 1U);
  clock_.set(UnixMicros{prepared_.ledger.now().value + 11 * 60 * micros_per_second});
  const auto results = push(1, 2);
  ASSERT_NE(std::get_if<Error>(&results.front()), nullptr);
  EXPECT_EQ(std::get<Error>(results.front()).code, ErrorCode::writes_stopped);
}

}  // namespace
}  // namespace juanzong::testing
