// SPDX-License-Identifier: Apache-2.0
// DurableListeners: who wants to know of a commit (Service::add_durable_listener). They are called
// under the lock: once remove() has returned, a listener is not called any more.
#pragma once

#include "server/pipeline/service.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

namespace juanzong {

class DurableListeners {
 public:
  std::uint64_t add(Service::DurableListener listener) {
    const std::lock_guard lock(mutex_);
    listeners_.emplace(next_, std::move(listener));
    return next_++;
  }
  void remove(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    listeners_.erase(id);
  }
  void tell(LedgerOrdinal ledger, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, listener] : listeners_) {
      listener(ledger, size);
    }
  }

 private:
  std::mutex mutex_;
  std::map<std::uint64_t, Service::DurableListener> listeners_;
  std::uint64_t next_ = 1;
};

}  // namespace juanzong
