// SPDX-License-Identifier: Apache-2.0
// Random histories with fixed seeds: after every request the books balance, the counts add up, the
// newest record is in the tree; a replay gives the same rows; and what a figure was is still known.
#include "projections/state/snapshot_world.h"

#include "tests/properties/invariants.h"
#include "tests/properties/random_town.h"

#include <utility>

namespace juanzong::testing {
namespace {

constexpr int steps = 800;
constexpr int steps_between_replays = 100;

class LedgerProperties : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  LedgerProperties() : town(GetParam()) {}

  TestLedger& ledger() { return town.town().ledger; }
  RecordIndex newest() { return RecordIndex{ledger().machine().head().size() - 1}; }

  void expect_balanced() {
    const Totals money = totals(ledger().rows(), PostingView::money);
    EXPECT_EQ(sum_of(money), 0);
    std::int64_t held = 0;
    for (const std::string& id : town.deposits()) {
      const auto deposit = ledger().machine().world().get<DepositState>(id);
      held += deposit.held() ? deposit.amount.value : 0;
    }
    EXPECT_EQ(sum_of(money, "deposit:"), -held);
    const Totals counts = totals(ledger().rows(), PostingView::occupancy);
    EXPECT_EQ(sum_of(counts), static_cast<std::int64_t>(town.units()));
    for (const auto& [account, count] : counts) {
      EXPECT_GE(count, 0) << account;
    }
    history[newest()] = money;
  }

  void expect_history_is_known(RecordIndex index) {
    const Totals& then = history.at(index);
    const DerivedRows::Snapshot rows(ledger().rows());
    const SnapshotWorld world(
        rows, LedgerOrdinal{0}, catalogue(), ledger().machine().world().zone());
    for (const auto& [account, total] : then) {
      EXPECT_EQ(world.posted_as_of(PostingView::money, account, index), total)
          << account << " as of " << number(index);
    }
    // The sums of the deltas, without the running totals.
    EXPECT_EQ(totals_as_of(ledger().rows(), PostingView::money, index), then);
  }

  RandomTown town;
  std::map<RecordIndex, Totals> history;
};

TEST_P(LedgerProperties, HoldAfterEveryStep) {
  std::size_t accepted = 0;
  for (int i = 0; i < steps && !HasFatalFailure() && !HasNonfatalFailure(); ++i) {
    SCOPED_TRACE("step " + std::to_string(i));
    const RecordIndex before = newest();
    const AppendResult result = town.step();
    const auto* error = std::get_if<Error>(&result);
    ASSERT_EQ(error, nullptr) << (error == nullptr ? "" : to_text(*error));
    const bool is_accepted = std::holds_alternative<AppendReceipt>(result);
    accepted += is_accepted ? 1 : 0;
    EXPECT_EQ(newest() == before, !is_accepted);
    expect_balanced();
    expect_record_stands(ledger(), newest());
    expect_record_stands(ledger(), RecordIndex{town.random().below(number(newest()))});
    if (i % steps_between_replays == 0) {
      expect_replay_gives_the_same_rows(ledger());
    }
  }
  expect_replay_gives_the_same_rows(ledger());
  for (const auto& known : history) {
    expect_history_is_known(known.first);
  }
  std::printf("%zu of %d accepted, %zu refunds\n", accepted, steps, town.refunds());
  EXPECT_GT(accepted, std::size_t{steps} / 4);
  EXPECT_GT(town.refunds(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LedgerProperties, ::testing::Values(1, 2, 3, 20'250'616));

}  // namespace
}  // namespace juanzong::testing
