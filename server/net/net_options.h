// SPDX-License-Identifier: Apache-2.0
// What the network side may use. Defaults are the bounds of limits.h; configuration lowers them.
#pragma once

#include "events/model/limits.h"

#include "server/net/deadlines.h"

namespace juanzong {

struct NetLimits {
  std::size_t connections = limits::connections_max;
  std::size_t connections_unauthenticated = limits::connections_unauthenticated_max;
  std::size_t connections_per_source = limits::connections_per_source_max;
  std::size_t requests_in_flight = limits::requests_in_flight_per_connection_max;
  std::size_t output_bytes = limits::output_bytes_per_connection_max;
  std::size_t output_bytes_before_pause = limits::output_bytes_before_pause;
  std::size_t requests_per_second = 0;  // of one key over all connections; 0: not limited
  std::size_t request_burst = 100;
  // Programs on the machine itself share one address, so that it says nothing about who asks:
  // loopback counts in the total only, and is never locked out. Tests count it.
  bool count_loopback = false;
};

struct NetOptions {
  Deadlines deadlines;
  NetLimits limits;
  bool allow_plain_tcp = false;  // and then on loopback only
};

}  // namespace juanzong
