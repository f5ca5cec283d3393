// SPDX-License-Identifier: Apache-2.0
// Gate: lets work in until it is closed, then waits until all that was let in has left. Safe from
// any thread; whoever waits must not be a thread on which the work runs.
#pragma once

#include "server/net/deadlines.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace juanzong {

class Gate {
 public:
  class Pass {
   public:
    explicit Pass(Gate& gate) : gate_(&gate) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) {
        gate_->leave();
      }
    }

   private:
    Gate* gate_;
  };

  // nullopt once the gate is closed.
  [[nodiscard]] std::optional<Pass> enter() {
    const std::lock_guard lock(mutex_);
    if (closed_) {
      return std::nullopt;
    }
    ++inside_;
    return std::optional<Pass>(std::in_place, *this);
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  // True when nothing is inside any more.
  [[nodiscard]] bool wait_until(SteadyTime deadline) {
    std::unique_lock lock(mutex_);
    return left_.wait_until(lock, deadline, [this] { return inside_ == 0; });
  }

 private:
  // Notified under the lock: the waiter may destroy the gate as soon as it has it.
  void leave() {
    const std::lock_guard lock(mutex_);
    --inside_;
    left_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t inside_ = 0;
  bool closed_ = false;
};

}  // namespace juanzong
