// SPDX-License-Identifier: Apache-2.0
// A thread that does something every so often until it is destroyed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace juanzong {

class RoundsThread {
 public:
  // `name` is a literal of at most 15 bytes. The first round begins at once.
  RoundsThread(const char* name, std::chrono::milliseconds every, std::function<void()> round);
  RoundsThread(const RoundsThread&) = delete;
  RoundsThread& operator=(const RoundsThread&) = delete;
  // Waits for the round under way.
  ~RoundsThread();

 private:
  void run(const char* name);

  const std::chrono::milliseconds every_;
  const std::function<void()> round_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace juanzong
