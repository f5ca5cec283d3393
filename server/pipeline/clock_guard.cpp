// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/clock_guard.h"

#include "events/model/limits.h"

#include <chrono>

namespace juanzong {
namespace {

std::int64_t steady_now_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

}  // namespace

std::string ClockGuard::problem_at_start(UnixMicros now,
                                         std::optional<UnixMicros> newest,
                                         bool accepted) {
  last_wall_us_ = now.value;
  last_steady_us_ = steady_now_us();
  const bool far_ahead = clock_.guards_jumps() && newest &&
                         now.value - newest->value > limits::clock_jump_start_us_max;
  return far_ahead && !accepted
             ? "the clock is 31 days past the last record: check it, start with --accept-clock"
             : std::string();
}

std::string ClockGuard::problem(UnixMicros now) {
  const std::int64_t steady = steady_now_us();
  const std::int64_t wall_step = now.value - last_wall_us_;
  const std::int64_t steady_step = steady - last_steady_us_;
  last_wall_us_ = now.value;
  last_steady_us_ = steady;
  const bool jumped =
      clock_.guards_jumps() && wall_step - steady_step > limits::clock_jump_running_us_max;
  return jumped ? "the clock jumped ahead by more than 10 minutes" : std::string();
}

std::optional<std::int64_t> ClockGuard::remarkable_skew_ms(UnixMicros now,
                                                           UnixMicros newest) const {
  const std::int64_t skew_us = now.value - newest.value;
  const bool remarkable =
      skew_us > limits::clock_jump_start_us_max || skew_us < -limits::clock_jump_running_us_max;
  return clock_.guards_jumps() && remarkable ? std::optional(skew_us / 1000) : std::nullopt;
}

}  // namespace juanzong
