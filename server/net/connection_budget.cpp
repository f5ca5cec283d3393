// SPDX-License-Identifier: Apache-2.0
#include "server/net/connection_budget.h"

#include <algorithm>

namespace juanzong {
namespace {

using boost::asio::ip::address;

constexpr std::chrono::milliseconds lockout{limits::login_lockout_ms};

address source_of(const address& peer) {
  if (!peer.is_v6()) {
    return peer;
  }
  const auto v6 = peer.to_v6();
  if (v6.is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6);
  }
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return v6.is_loopback() ? peer : address(boost::asio::ip::address_v6(bytes));
}

}  // namespace

bool ConnectionBudget::is_counted(const address& source) const {
  return limits_.count_loopback || !source.is_loopback();
}

bool ConnectionBudget::is_locked_out(const address& source, SteadyTime now) const {
  const auto found = failures_.find(source);
  return found != failures_.end() && found->second.count >= limits::login_failures_max &&
         now < found->second.last + lockout;
}

std::optional<ConnectionBudget::Ticket> ConnectionBudget::admit(const address& peer,
                                                                SteadyTime now) {
  const address source = source_of(peer);
  const std::lock_guard lock(mutex_);
  if (connections_ >= limits_.connections ||
      unauthenticated_ >= limits_.connections_unauthenticated) {
    return std::nullopt;
  }
  if (is_counted(source)) {
    const auto found = by_source_.find(source);
    const std::size_t open = found == by_source_.end() ? 0 : found->second;
    if (is_locked_out(source, now) || open >= limits_.connections_per_source) {
      return std::nullopt;
    }
  }
  ++connections_;
  ++unauthenticated_;
  ++by_source_[source];
  return std::optional<Ticket>(std::in_place, *this, source);
}

// A table that is full of fresh failures forgets nothing and takes no new source: the attacker
// would need more addresses than the table has rows to gain a guess, and a guess gains nothing.
void ConnectionBudget::forget_old_failures(SteadyTime now) {
  std::erase_if(failures_, [now](const auto& row) { return now >= row.second.last + lockout; });
}

ConnectionBudget::Ticket::~Ticket() {
  if (budget_ == nullptr) {
    return;
  }
  const std::lock_guard lock(budget_->mutex_);
  --budget_->connections_;
  budget_->unauthenticated_ -= authenticated_ ? 0 : 1;
  const auto found = budget_->by_source_.find(source_);
  if (--found->second == 0) {
    budget_->by_source_.erase(found);
  }
}

void ConnectionBudget::Ticket::login_succeeded() {
  const std::lock_guard lock(budget_->mutex_);
  authenticated_ = true;
  --budget_->unauthenticated_;
  budget_->failures_.erase(source_);
}

void ConnectionBudget::Ticket::login_failed(SteadyTime now) {
  const std::lock_guard lock(budget_->mutex_);
  if (!budget_->is_counted(source_)) {
    return;
  }
  if (budget_->failures_.size() >= limits::login_sources_max) {
    budget_->forget_old_failures(now);
  }
  const auto found = budget_->failures_.find(source_);
  if (found == budget_->failures_.end()) {
    if (budget_->failures_.size() < limits::login_sources_max) {
      budget_->failures_.emplace(source_, Failures{1, now});
    }
    return;
  }
  const bool stale = now >= found->second.last + lockout;
  found->second = Failures{stale ? 1 : found->second.count + 1, now};
}

}  // namespace juanzong
