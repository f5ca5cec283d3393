// SPDX-License-Identifier: Apache-2.0
#include "server/witness/rounds_thread.h"

#include "events/model/thread_name.h"

#include <utility>

namespace juanzong {

RoundsThread::RoundsThread(const char* name,
                           std::chrono::milliseconds every,
                           std::function<void()> round)
    : every_(every), round_(std::move(round)), thread_([this, name] { run(name); }) {}

RoundsThread::~RoundsThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void RoundsThread::run(const char* name) {
  name_this_thread(name);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    round_();
    lock.lock();
    wake_.wait_for(lock, every_, [this] { return stopping_; });
  }
}

}  // namespace juanzong
