// SPDX-License-Identifier: Apache-2.0
// SessionShared: what all sessions of the server share. Owned by the Listener and by every
// session; the references in it outlive both.
#pragma once

#include "server/net/connection_budget.h"
#include "server/net/durable_hub.h"
#include "server/net/gate.h"
#include "server/net/net_options.h"
#include "server/net/rate_limiter.h"
#include "server/pipeline/service.h"
#include "server/telemetry/log.h"
#include "server/telemetry/metrics.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace juanzong {

class Session;

// The open sessions, for the drain at the end. Never keeps one alive.
class SessionList {
 public:
  void add(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    sessions_.emplace(session.get(), session);
  }
  void remove(const Session* session) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(session);
  }
  [[nodiscard]] std::vector<std::weak_ptr<Session>> all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::weak_ptr<Session>> all;
    for (const auto& [address, session] : sessions_) {
      all.push_back(session);
    }
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::map<const Session*, std::weak_ptr<Session>> sessions_;
};

struct SessionShared {
  SessionShared(Service& service_of, Log& log_of, Metrics& metrics_of, NetOptions options_of)
      : service(service_of),
        log(log_of),
        metrics(metrics_of),
        options(options_of),
        budget(options.limits),
        rate(options.limits),
        hub(service_of) {}

  Service& service;
  Log& log;
  Metrics& metrics;
  const NetOptions options;
  ConnectionBudget budget;
  RateLimiter rate;
  DurableHub hub;
  Gate gate;
  SessionList sessions;
  std::atomic<std::size_t> upload_bytes{0};  // of attachments that are not complete yet
};

}  // namespace juanzong
