// SPDX-License-Identifier: Apache-2.0
#include "server/net/rate_limiter.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::uint64_t one = 1'000'000;
// Longer pauses fill no more: keeps the product below 2^64 for any configured rate.
constexpr std::uint64_t pause_us_max = 3'600ULL * one;

}  // namespace

bool RateLimiter::take(const KeyId& key, SteadyTime now) {
  if (per_second_ == 0) {
    return true;
  }
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = buckets_.try_emplace(key, Bucket{burst_ * one, now});
  Bucket& bucket = found->second;
  const auto paused = std::chrono::duration_cast<std::chrono::microseconds>(now - bucket.filled);
  const auto paused_us =
      std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(paused.count(), 0)), pause_us_max);
  bucket.millionths = std::min(bucket.millionths + paused_us * per_second_, burst_ * one);
  bucket.filled = now;
  if (bucket.millionths < one) {
    return false;
  }
  bucket.millionths -= one;
  return true;
}

}  // namespace juanzong
