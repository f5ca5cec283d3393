// SPDX-License-Identifier: Apache-2.0
// What a load found: how much was done in which time, and the latencies of its requests.
#pragma once

#include "tools/bench/latency_histogram.h"

#include <chrono>
#include <cstdint>

namespace juanzong::bench {

using SteadyClock = std::chrono::steady_clock;

struct LoadResult {
  std::uint64_t events = 0;
  std::uint64_t refused = 0;  // requests
  double seconds = 0;
  LatencyHistogram latency;  // of requests

  [[nodiscard]] std::uint64_t per_second() const {
    return static_cast<std::uint64_t>(seconds > 0 ? static_cast<double>(events) / seconds : 0);
  }
};

[[nodiscard]] inline double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

[[nodiscard]] inline std::uint64_t micros_since(SteadyClock::time_point start) {
  const auto took = SteadyClock::now() - start;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace juanzong::bench
