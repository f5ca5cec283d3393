// SPDX-License-Identifier: Apache-2.0
// A journal that lies: it says ok at once and writes 25 ms later. The positive control of the crash
// harness: with it, acknowledged records must be missed.
#pragma once

#include "events/log/journal.h"

#include <deque>
#include <mutex>
#include <thread>

namespace juanzong::testing {

class HastyJournal final : public Journal {
 public:
  explicit HastyJournal(Journal& inner) : inner_(inner), claimed_(inner.head()) {}
  ~HastyJournal() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  [[nodiscard]] JournalHead head() const override {
    const std::lock_guard lock(mutex_);
    return claimed_;
  }
  [[nodiscard]] AppendOutcome append(const Frame& frame) override {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) {
      thread_ = std::thread([this] { write_later(); });
    }
    waiting_.push_back(frame);
    claimed_ = {frame.head.position + 1, frame.tip};
    return AppendOutcome::ok;
  }
  [[nodiscard]] Result<JournalHead> resolve(const Frame&) override { return inner_.head(); }
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t from) const override {
    return inner_.tail(from);
  }
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override {
    return inner_.chunk(position, chunk);
  }

 private:
  void write_later() {
    while (true) {
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
      std::deque<Frame> frames;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
          return;
        }
        frames.swap(waiting_);
      }
      for (const Frame& frame : frames) {
        static_cast<void>(inner_.append(frame));
      }
    }
  }

  Journal& inner_;
  mutable std::mutex mutex_;
  JournalHead claimed_;
  std::deque<Frame> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace juanzong::testing
