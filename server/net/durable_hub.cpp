// SPDX-License-Identifier: Apache-2.0
#include "server/net/durable_hub.h"

namespace juanzong {

DurableHub::DurableHub(Service& service) : service_(service) {
  listener_ = service_.add_durable_listener(
      [this](LedgerOrdinal ledger, std::uint64_t) { durable(ledger); });
}

void DurableHub::close() {
  if (!closed_) {
    closed_ = true;
    service_.remove_durable_listener(listener_);
  }
}

std::uint64_t DurableHub::add(LedgerOrdinal ledger, std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t id = next_id_++;
  wakers_.emplace(id, Waker{ledger, std::move(wake)});
  return id;
}

void DurableHub::remove(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  wakers_.erase(id);
}

void DurableHub::durable(LedgerOrdinal ledger) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, waker] : wakers_) {
    if (waker.ledger == ledger) {
      waker.wake();
    }
  }
}

}  // namespace juanzong
