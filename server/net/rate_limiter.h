// SPDX-License-Identifier: Apache-2.0
// RateLimiter: a token bucket for each key, over all its connections. Safe from any thread.
#pragma once

#include "events/model/ids.h"

#include "server/net/net_options.h"

#include <map>
#include <mutex>

namespace juanzong {

class RateLimiter {
 public:
  explicit RateLimiter(const NetLimits& limits)
      : per_second_(limits.requests_per_second), burst_(limits.request_burst) {}

  // False: the key has used what it may; nothing is taken.
  [[nodiscard]] bool take(const KeyId& key, SteadyTime now);

 private:
  // Tokens count in millionths, so that a slow rate still refills.
  struct Bucket {
    std::uint64_t millionths = 0;
    SteadyTime filled;
  };

  const std::uint64_t per_second_;
  const std::uint64_t burst_;
  std::mutex mutex_;
  std::map<KeyId, Bucket> buckets_;  // of registered keys only: bounded by the staff
};

}  // namespace juanzong
