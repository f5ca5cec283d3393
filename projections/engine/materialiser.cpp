// SPDX-License-Identifier: Apache-2.0
#include "projections/engine/materialiser.h"

#include "events/model/limits.h"
#include "events/model/thread_name.h"

#include <chrono>

namespace juanzong {

Materialiser::Materialiser(DerivedRows& rows, std::function<void()> on_failure)
    : rows_(rows), on_failure_(std::move(on_failure)), thread_([this] { run(); }) {}

Materialiser::~Materialiser() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Materialiser::over_bound() const {
  const DerivedRows::Size size = rows_.active_size();
  return size.records >= limits::overlay_records_max || size.bytes >= limits::overlay_bytes_max;
}

void Materialiser::published() {
  if (!over_bound()) {
    return;
  }
  std::unique_lock lock(mutex_);
  wake_.notify_all();
  drained_.wait(lock, [this] { return failed_ || !over_bound(); });
}

bool Materialiser::write_out() {
  const std::vector<RowChange> rows = rows_.freeze();
  const bool written = rows.empty() || rows_.store().write(rows);
  rows_.thaw();
  return written;
}

void Materialiser::run() {
  name_this_thread("jz-rows");
  while (true) {
    bool stop = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, std::chrono::milliseconds(limits::overlay_age_ms_max), [this] {
        return stopping_ || over_bound();
      });
      stop = stopping_;
    }
    const bool written = write_out() && (!stop || rows_.store().flush());
    {
      const std::lock_guard lock(mutex_);
      failed_ = failed_ || !written;
    }
    drained_.notify_all();
    if (!written) {
      on_failure_();
      return;
    }
    if (stop) {
      return;
    }
  }
}

}  // namespace juanzong
