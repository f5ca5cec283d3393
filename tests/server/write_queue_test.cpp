// SPDX-License-Identifier: Apache-2.0
// Fairness between the ledgers of one process: who is served next, and who finds the queue full.
#include "server/pipeline/write_queue.h"

#include "events/model/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::testing {
namespace {

class Queue : public ::testing::Test {
 protected:
  bool push(const std::string& ledger, std::size_t statements = 1, std::size_t bytes = 100) {
    WriteTask task;
    task.ledger = ledger;
    task.request = std::make_unique<AdmittedRequest>();
    task.request->statements.resize(statements);
    task.request->bytes = bytes;
    return queue_.push(task);
  }

  std::size_t fill(const std::string& ledger, std::size_t bytes = 100) {
    std::size_t count = 0;
    while (push(ledger, 1, bytes)) {
      ++count;
    }
    return count;
  }

  // The ledgers of the next batch, in order.
  std::string batch() {
    std::string served;
    for (const WriteTask& task : queue_.try_take_batch()) {
      served += task.ledger;
    }
    return served;
  }

  WriteQueue queue_;
};

constexpr std::size_t half_a_batch = limits::batch_records_max / 2;

TEST_F(Queue, LedgersTakeTurnsWithinABatch) {
  for (const char* ledger : {"a", "a", "a", "a", "b", "c", "c"}) {
    ASSERT_TRUE(push(ledger));
  }
  EXPECT_EQ(batch(), "abcacaa");
}

TEST_F(Queue, TheTurnGoesOnInTheNextBatch) {
  for (const char* ledger : {"a", "a", "b", "b", "c", "c"}) {
    ASSERT_TRUE(push(ledger, half_a_batch));
  }
  EXPECT_EQ(batch(), "ab");
  EXPECT_EQ(batch(), "ca");
  EXPECT_EQ(batch(), "bc");
  EXPECT_EQ(queue_.depth(), 0U);
}

TEST_F(Queue, ABusyLedgerLeavesRoomForTheOthers) {
  EXPECT_EQ(fill("busy"), limits::queue_requests_max / 2);
  EXPECT_TRUE(push("quiet"));
  EXPECT_GT(fill("second"), limits::queue_requests_max / 5);
  EXPECT_TRUE(push("quiet"));
}

TEST_F(Queue, ABusyLedgerLeavesBytesForTheOthers) {
  constexpr std::size_t large = limits::queue_bytes_max / 16;
  EXPECT_EQ(fill("busy", large), 8U);
  EXPECT_TRUE(push("quiet", 1, large));
}

TEST_F(Queue, WhatWasServedMakesRoomAgain) {
  EXPECT_EQ(fill("busy"), limits::queue_requests_max / 2);
  EXPECT_FALSE(push("busy"));
  EXPECT_EQ(batch().size(), 4 * limits::queue_requests_max / 2);
  EXPECT_EQ(fill("busy"), limits::queue_requests_max / 2);
}

TEST_F(Queue, ManyLedgersStayWithinTheBound) {
  for (int i = 0; i < 200; ++i) {
    static_cast<void>(fill("l" + std::to_string(i)));
  }
  EXPECT_LE(queue_.depth(), limits::queue_requests_max);
}

}  // namespace
}  // namespace juanzong::testing
