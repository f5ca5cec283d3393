// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/day_closer.h"

#include "events/model/check.h"
#include "events/model/thread_name.h"

#include <utility>

namespace juanzong {

DayCloser::DayCloser(const DerivedRows& rows) : rows_(rows), thread_([this] { run(); }) {}

DayCloser::~DayCloser() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void DayCloser::ask(LedgerOrdinal ledger, CivilDate day) {
  {
    const std::lock_guard lock(mutex_);
    asked_.emplace(ledger, day);
  }
  wake_.notify_one();
}

bool DayCloser::is_at_work(LedgerOrdinal ledger) const {
  const std::lock_guard lock(mutex_);
  return asked_.contains(ledger);
}

std::optional<DayFacts> DayCloser::take(LedgerOrdinal ledger, CivilDate day) {
  const std::lock_guard lock(mutex_);
  const auto found = ready_.find(ledger);
  if (found == ready_.end()) {
    return std::nullopt;
  }
  DayFacts facts = std::move(found->second);
  ready_.erase(found);
  return facts.day == day ? std::optional<DayFacts>(std::move(facts)) : std::nullopt;
}

void DayCloser::run() {
  name_this_thread("jz-day-close");
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !asked_.empty(); });
    if (stopping_) {
      return;
    }
    const auto [ledger, day] = *asked_.begin();
    lock.unlock();
    std::optional<DayFacts> facts = day_facts(rows_, ledger, day);
    lock.lock();
    check(facts.has_value(), "a day that is over has a size");
    asked_.erase(ledger);
    ready_.insert_or_assign(ledger, *std::move(facts));
  }
}

}  // namespace juanzong
