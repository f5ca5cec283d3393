// SPDX-License-Identifier: Apache-2.0
// DayCloser: a thread that computes the facts of day closes of large ledgers from the rows, while
// the writer goes on. What it finds does not depend on when it looks.
#pragma once

#include "projections/state/day_close.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace juanzong {

class DayCloser {
 public:
  explicit DayCloser(const DerivedRows& rows);
  DayCloser(const DayCloser&) = delete;
  DayCloser& operator=(const DayCloser&) = delete;
  // Waits for what it is at.
  ~DayCloser();

  // One day of a ledger at a time; every record up to its end is in the rows.
  void ask(LedgerOrdinal ledger, CivilDate day);
  // Asked and not ready yet.
  [[nodiscard]] bool is_at_work(LedgerOrdinal ledger) const;
  // Once; nullopt if nothing is ready or that day was not asked for.
  [[nodiscard]] std::optional<DayFacts> take(LedgerOrdinal ledger, CivilDate day);

 private:
  void run();

  const DerivedRows& rows_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<LedgerOrdinal, CivilDate> asked_;
  std::map<LedgerOrdinal, DayFacts> ready_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace juanzong
