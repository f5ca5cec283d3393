// SPDX-License-Identifier: Apache-2.0
#include "tests/support/frame_writer.h"
#include "tests/support/memory_journal.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

TEST(FaultyJournal, StrikesWherePlannedAndKeepsTheContractElsewhere) {
  FrameWriter writer;
  FaultyJournal journal(std::make_unique<MemoryJournal>(),
                        {{1, Fault::unknown_stored},
                         {2, Fault::unknown_lost},
                         {3, Fault::conflict},
                         {4, Fault::fenced},
                         {5, Fault::unavailable}});
  EXPECT_EQ(journal.append(writer.next()), AppendOutcome::ok);
  const Frame second = writer.next();
  EXPECT_EQ(journal.append(second), AppendOutcome::unknown);
  EXPECT_EQ(journal.resolve(second)->next_position, 2U);  // stored
  const Frame third = writer.next();
  EXPECT_EQ(journal.append(third), AppendOutcome::unknown);
  EXPECT_EQ(journal.resolve(third)->next_position, 2U);  // not stored
  EXPECT_EQ(journal.append(third), AppendOutcome::conflict);
  EXPECT_EQ(journal.append(third), AppendOutcome::fenced);
  EXPECT_EQ(journal.append(third), AppendOutcome::unavailable);
  EXPECT_EQ(journal.append(third), AppendOutcome::ok);
  EXPECT_EQ(journal.append(third), AppendOutcome::conflict);  // the real one
  EXPECT_EQ(journal.appends(), 8U);
  journal.resolvable = false;
  EXPECT_FALSE(journal.resolve(third));
}

}  // namespace
}  // namespace juanzong::testing
