// SPDX-License-Identifier: Apache-2.0
// Watchdog: one timer for the deadlines of a connection. Moving a deadline away costs an
// assignment; only a nearer one wakes the timer. Lives and runs on the connection's executor.
#pragma once

#include "server/net/deadlines.h"
#include "server/net/transport.h"

#include <boost/asio/steady_timer.hpp>

namespace juanzong {

class Watchdog {
 public:
  explicit Watchdog(asio::any_io_executor executor) : timer_(std::move(executor)) {}

  enum Phase : std::uint8_t { reading, writing };
  void set(Phase phase, SteadyTime deadline);
  void set(Phase phase, std::chrono::milliseconds from_now) {
    set(phase, std::chrono::steady_clock::now() + from_now);
  }
  void clear(Phase phase) { deadlines_[phase] = SteadyTime::max(); }

  // Returns true at the first deadline that passes, false after stop().
  [[nodiscard]] asio::awaitable<bool> expired();
  void stop();

 private:
  [[nodiscard]] SteadyTime nearest() const { return std::min(deadlines_[0], deadlines_[1]); }

  asio::steady_timer timer_;
  std::array<SteadyTime, 2> deadlines_{SteadyTime::max(), SteadyTime::max()};
  bool stopped_ = false;
};

}  // namespace juanzong
