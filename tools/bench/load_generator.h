// SPDX-License-Identifier: Apache-2.0
// Load generator: many connections, each a cashier with a key of its own, each with one request
// under way (closed loop). Requests are built and signed before the clock starts, so that what is
// measured is the server and the wire.
#pragma once

#include "events/model/result.h"

#include "tools/bench/latency_histogram.h"
#include "tools/client/client_options.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace juanzong {

struct LoadOptions {
  ClientOptions server;  // without a key
  std::shared_ptr<const crypto::PrivateKey> founder_key;
  std::size_t connections = 64;
  std::size_t events_per_request = 1;
  std::size_t requests_per_connection = 200;
  std::size_t units = 0;  // 0: one for every four events, at least 1,000
};

struct LoadResult {
  std::uint64_t events = 0;
  std::uint64_t refused = 0;
  double seconds = 0;
  LatencyHistogram latency;  // of requests
};

// Registers staff, keys and units that are missing, then runs the load: ChargeAssessed events of
// about 300 bytes, which move states, postings and streams of the units.
[[nodiscard]] Result<LoadResult> run_append_load(const LoadOptions& options);

// Asks `view` over and over on one connection; latency of the answers.
[[nodiscard]] Result<LoadResult> run_query_load(const ClientOptions& server,
                                                std::string_view view,
                                                std::string_view arguments,
                                                std::size_t queries);

}  // namespace juanzong
