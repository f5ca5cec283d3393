// SPDX-License-Identifier: Apache-2.0
// What the server states before anybody's request, and what a broken invariant stops.
#include "tests/server/served_ledger.h"

namespace juanzong::testing {
namespace {

using OpeningRecords = ServedLedger;
using ::testing::ElementsAre;

TEST_F(OpeningRecords, SayOnceWhichRulesDecide) {
  open({});
  EXPECT_THAT(events(),
              ElementsAre("LedgerCreated",
                          "StaffRegistered",
                          "ActorKeyRegistered",
                          "StaffRegistered",
                          "ActorKeyRegistered",
                          "RulesActivated"));
  reopen();
  EXPECT_EQ(events().size(), 6U);
  EXPECT_EQ(fatal_, 0);
}

TEST_F(OpeningRecords, SayThatStorageWasRepairedAndOnlyThenForgetIt) {
  open(JournalRecovery{7, 9, 4'096, "evidence"});
  EXPECT_EQ(events().back(), "RecoveryPerformed");
  EXPECT_EQ(recorded_, 1);
  reopen();
  EXPECT_EQ(events().size(), 7U);
  EXPECT_EQ(recorded_, 1);
}

TEST_F(OpeningRecords, SayThatAClockWasFarFromTheNewestRecord) {
  clock_.guards = true;
  clock_.set(UnixMicros{prepared_.ledger.now().value - 11 * 60 * micros_per_second});
  open({});
  EXPECT_EQ(events().back(), "ClockAnomalyDetected");
  EXPECT_EQ(fatal_, 0);
}

TEST_F(OpeningRecords, WithAKeyThatIsNotTheServersNothingIsWritten) {
  server_ = crypto::PrivateKey::generate();
  open({});
  EXPECT_EQ(fatal_, 1);
  EXPECT_TRUE(writer_->stopped());
  EXPECT_EQ(events().size(), 5U);
}

// An opening that admission would never let through breaks an invariant while the ledger's request
// is judged: that ledger stops, what its batch had decided is void, the other goes on.
TEST_F(OpeningRecords, ABrokenInvariantStopsItsLedgerAlone) {
  open({});
  const std::uint64_t before = journal_size();
  prepared_.requests[1]->request.openings.push_back({0, "no.such.field", {}, {}});
  ::testing::internal::CaptureStderr();
  const auto results = push(0, 3);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_THAT(stopped_, ElementsAre("estate"));
  for (const AppendResult& result : results) {
    const auto* error = std::get_if<Error>(&result);
    // The first may have been durable before the second was looked at.
    EXPECT_TRUE(&result == &results.front() ||
                (error != nullptr && error->code == ErrorCode::ledger_stopped));
  }
  EXPECT_EQ(journal_size(), before + accepted(results).size());
  EXPECT_EQ(fatal_, 0);
  EXPECT_FALSE(writer_->stopped());
}

}  // namespace
}  // namespace juanzong::testing
