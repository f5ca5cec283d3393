// SPDX-License-Identifier: Apache-2.0
// Load: registers staff without end over one connection, many requests under way, and keeps every
// answer, so that a test can ask afterwards whether what was acknowledged is there.
#pragma once

#include "tests/integration/site.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace juanzong::testing {

class AppendLoad {
 public:
  explicit AppendLoad(const Desk& desk);  // begins; the desk outlives it
  ~AppendLoad();
  AppendLoad(const AppendLoad&) = delete;
  AppendLoad& operator=(const AppendLoad&) = delete;

  // False if the load ended before.
  [[nodiscard]] bool wait_for_acks(std::size_t count);
  // Ends by itself at the first answer that is no acknowledgement. Every request is answered when
  // this returns.
  void finish();

  struct Ack {
    RecordIndex index{};
    crypto::Digest leaf;
  };
  [[nodiscard]] const std::vector<Ack>& acks() const { return acks_; }  // after finish()
  [[nodiscard]] const std::vector<std::string>& others() const { return others_; }
  [[nodiscard]] std::size_t sent() const { return sent_; }

 private:
  void run();
  void answered(const AppendReply& reply);

  const Desk& desk_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Ack> acks_;
  std::vector<std::string> others_;
  std::size_t sent_ = 0;
  std::size_t under_way_ = 0;
  bool stopping_ = false;
  bool ended_ = false;
  std::thread thread_;
};

// How many acknowledged records the server does not give back.
[[nodiscard]] std::size_t missing(const Desk& desk, const std::vector<AppendLoad::Ack>& acks);

}  // namespace juanzong::testing
