// SPDX-License-Identifier: Apache-2.0
// Materialiser: the thread that writes overlays to the row store, one sorted atomic batch per
// 100 k records, 32 MiB or 5 s, whichever comes first. A crash loses overlays only: the position
// row lies in the same batch, and what follows it is applied again from the journal.
#pragma once

#include "projections/engine/derived_rows.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace juanzong {

class Materialiser {
 public:
  // `on_failure` is called once, from the thread, when a write failed: the process stops.
  Materialiser(DerivedRows& rows, std::function<void()> on_failure);
  Materialiser(const Materialiser&) = delete;
  Materialiser& operator=(const Materialiser&) = delete;
  // Writes what is left and flushes, so that a clean restart has nothing to catch up.
  ~Materialiser();

  // Called after each publish. Blocks while the overlay is over its bound and the previous one is
  // still being written: that is the back-pressure that keeps catch-up bounded.
  void published();

 private:
  void run();
  [[nodiscard]] bool write_out();
  [[nodiscard]] bool over_bound() const;

  DerivedRows& rows_;
  std::function<void()> on_failure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable drained_;
  bool stopping_ = false;
  bool failed_ = false;
  std::thread thread_;
};

}  // namespace juanzong
