// SPDX-License-Identifier: Apache-2.0
#include "server/net/watchdog.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace juanzong {

void Watchdog::set(Phase phase, SteadyTime deadline) {
  deadlines_[phase] = deadline;
  if (deadline < timer_.expiry()) {
    timer_.cancel();
  }
}

asio::awaitable<bool> Watchdog::expired() {
  while (!stopped_) {
    const SteadyTime deadline = nearest();
    if (deadline <= std::chrono::steady_clock::now()) {
      co_return true;
    }
    timer_.expires_at(deadline);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return false;
}

void Watchdog::stop() {
  stopped_ = true;
  timer_.cancel();
}

}  // namespace juanzong
