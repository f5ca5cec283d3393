// SPDX-License-Identifier: Apache-2.0
// Lets a ledger grow: connections with one request under way each, closed loop. A cashier registers
// a block of units, gives each of them a handful of charges and goes on with new ones, so that a
// unit is as busy at the ten-millionth record as at the first. The next request of a connection is
// signed while the one before it is under way: memory stays small however long the load runs.
#pragma once

#include "events/model/result.h"

#include "tools/bench/bench_ledger.h"
#include "tools/bench/load_result.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace juanzong::bench {

struct GrowthOptions {
  Target target;
  std::size_t connections = 8;
  std::size_t events_per_request = 100;
};

class GrowthLoad {
 public:
  [[nodiscard]] static Result<std::unique_ptr<GrowthLoad>> open(const GrowthOptions& options);
  GrowthLoad(const GrowthLoad&) = delete;
  GrowthLoad& operator=(const GrowthLoad&) = delete;
  ~GrowthLoad();

  // Returns when the ledger holds at least that many records and every request is answered. The
  // first request that is not recorded ends it.
  [[nodiscard]] Result<LoadResult> grow_to(std::uint64_t records);

  [[nodiscard]] std::uint64_t records() const { return records_; }  // acknowledged
  // Of the statements that were recorded.
  [[nodiscard]] std::uint64_t statement_bytes() const { return statement_bytes_; }

 private:
  class Lane;
  explicit GrowthLoad(std::size_t events_per_request);
  [[nodiscard]] Outcome run(Lane& lane);

  const std::size_t events_per_request_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::atomic<std::uint64_t> records_{0};
  std::atomic<std::uint64_t> statement_bytes_{0};
  std::atomic<std::int64_t> requests_left_{0};
};

// Where figures are taken: `first` and each double of it below `records`, then `records`.
[[nodiscard]] std::vector<std::uint64_t> growth_marks(std::uint64_t first, std::uint64_t records);

}  // namespace juanzong::bench
