// SPDX-License-Identifier: Apache-2.0
// Appends at a given rate while one connection asks a view, one answer after the other. The appends
// are an open loop: each request is sent when it is due, whatever became of those before it, and
// its latency counts from that instant, so that a server that stalls is not asked less for it.
#pragma once

#include "events/model/result.h"

#include "tools/bench/bench_ledger.h"
#include "tools/bench/load_result.h"

#include <string>

namespace juanzong::bench {

struct MixedOptions {
  Target target;
  std::size_t connections = 8;
  std::size_t events_per_request = 10;
  std::uint64_t events_per_second = 10'000;
  std::size_t seconds = 10;
  std::string view = "deposit";
  std::string view_arguments;  // a JSON object; empty: none

  // At least one, and at most what is asked for.
  [[nodiscard]] std::size_t requests() const;
  // When the request of that number is due, counted from the first one.
  [[nodiscard]] std::chrono::nanoseconds due(std::size_t request) const;
};

struct MixedResult {
  LoadResult append;  // events: those that were recorded
  LoadResult query;
};

// Everything is signed before the clock starts and kept in memory until then.
inline constexpr std::size_t mixed_events_max = 2'000'000;
inline constexpr std::size_t mixed_requests_max = 300'000;

// limit_exceeded beyond that; the first error of the questions. Requests that are not recorded are
// counted: as a key's requests are a chain, those of the same connection that follow fail too.
[[nodiscard]] Result<MixedResult> run_mixed_load(const MixedOptions& options);

}  // namespace juanzong::bench
