// SPDX-License-Identifier: Apache-2.0
// The bounded queue from the I/O threads to the writer. Full means busy, at once: nothing waits
// without bound. Ledgers take turns at the way out, and at the way in a ledger may hold as much as
// all of them leave free: one busy community gets half of the queue, two get a third each, and
// there is always room for one that has nothing waiting.
#pragma once

#include "projections/state/admission.h"
#include "projections/state/ledger_machine.h"
#include "projections/state/own_request.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace juanzong {

struct WriteTask {
  std::string ledger;
  std::unique_ptr<AdmittedRequest> request;
  std::function<void(AppendResult)> done;
  // Without a request: what the server itself states, one request under its own key.
  std::vector<OwnStatement> own = {};

  [[nodiscard]] std::size_t records() const {
    return request ? request->statements.size() : own.size();
  }
  [[nodiscard]] std::size_t bytes() const;
};

class WriteQueue {
 public:
  // False when closed, or full for this ledger; the task is then untouched.
  [[nodiscard]] bool push(WriteTask& task);
  // Waits for work, but not longer than that; at most a batch, turn by turn. Empty: nothing came.
  // nullopt: closed and drained.
  [[nodiscard]] std::optional<std::vector<WriteTask>> take_batch(std::chrono::milliseconds longest);
  // Work that is there now, without waiting; empty when there is none.
  [[nodiscard]] std::vector<WriteTask> try_take_batch();
  void close();
  [[nodiscard]] std::size_t depth() const;

 private:
  struct Waiting {
    std::deque<WriteTask> tasks;
    std::size_t bytes = 0;
  };
  [[nodiscard]] bool has_room_locked(const WriteTask& task) const;
  [[nodiscard]] std::vector<WriteTask> take_locked();

  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::map<std::string, Waiting> by_ledger_;  // those with tasks
  std::string turn_;                          // the ledger that was served last
  std::size_t requests_ = 0;
  std::size_t bytes_ = 0;
  bool closed_ = false;
};

}  // namespace juanzong
