// SPDX-License-Identifier: Apache-2.0
// Closed loads: many connections, each a cashier with a key of its own and one request under way;
// or one connection that asks. Requests are built and signed before the clock starts, so that what
// is measured is the server and the wire.
#pragma once

#include "events/model/result.h"

#include "tools/bench/bench_ledger.h"
#include "tools/bench/load_result.h"

#include <cstdint>
#include <string_view>

namespace juanzong::bench {

struct LoadOptions {
  Target target;
  std::size_t connections = 64;
  std::size_t events_per_request = 1;
  std::size_t requests_per_connection = 200;
  std::size_t units = 0;  // 0: one for every four events, at least 1,000
  // Of what is measured; session needs the policy statement.signature = session.
  Authentication authentication = Authentication::signature;
};

// A unit has a handful of open charges, not hundreds.
[[nodiscard]] std::size_t units_for(std::size_t events);

// Registers staff, keys and units, then runs the load: ChargeAssessed events of about 300 bytes.
[[nodiscard]] Result<LoadResult> run_append_load(const LoadOptions& options);

// Asks `view` over and over on one connection; latency of the answers.
[[nodiscard]] Result<LoadResult> run_query_load(const ClientOptions& server,
                                                std::string_view view,
                                                std::string_view arguments,
                                                std::size_t queries);

}  // namespace juanzong::bench
