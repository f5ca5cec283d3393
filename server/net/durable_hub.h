// SPDX-License-Identifier: Apache-2.0
// DurableHub: one listener at the service for all subscriptions. The service calls it on its own
// thread after a commit; the wakers only post, at most once until the session has looked.
#pragma once

#include "server/pipeline/service.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace juanzong {

class DurableHub {
 public:
  explicit DurableHub(Service& service);
  ~DurableHub() { close(); }
  DurableHub(const DurableHub&) = delete;
  DurableHub& operator=(const DurableHub&) = delete;

  // `wake` must return at once and must not call back into the hub.
  [[nodiscard]] std::uint64_t add(LedgerOrdinal ledger, std::function<void()> wake);
  void remove(std::uint64_t id);
  // Leaves the service, which need not outlive the hub from then on.
  void close();

 private:
  struct Waker {
    LedgerOrdinal ledger{};
    std::function<void()> wake;
  };
  void durable(LedgerOrdinal ledger);

  Service& service_;
  std::mutex mutex_;
  std::map<std::uint64_t, Waker> wakers_;
  std::uint64_t next_id_ = 1;
  std::uint64_t listener_ = 0;
  bool closed_ = false;  // touched by the thread that builds and ends the listener
};

}  // namespace juanzong
