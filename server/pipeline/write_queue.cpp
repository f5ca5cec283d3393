// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/write_queue.h"

#include "events/model/limits.h"

namespace juanzong {

std::size_t WriteTask::bytes() const {
  if (request) {
    return request->bytes;
  }
  std::size_t sum = 0;
  for (const OwnStatement& statement : own) {
    sum += statement.body.size();
  }
  return sum;
}

bool WriteQueue::has_room_locked(const WriteTask& task) const {
  const auto found = by_ledger_.find(task.ledger);
  const std::size_t own_requests = found == by_ledger_.end() ? 0 : found->second.tasks.size();
  const std::size_t own_bytes = found == by_ledger_.end() ? 0 : found->second.bytes;
  return own_requests < limits::queue_requests_max - requests_ &&
         own_bytes + task.bytes() <= limits::queue_bytes_max - bytes_;
}

bool WriteQueue::push(WriteTask& task) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || !has_room_locked(task)) {
      return false;
    }
    ++requests_;
    bytes_ += task.bytes();
    Waiting& waiting = by_ledger_[task.ledger];
    waiting.bytes += task.bytes();
    waiting.tasks.push_back(std::move(task));
  }
  ready_.notify_one();
  return true;
}

std::vector<WriteTask> WriteQueue::take_locked() {
  std::vector<WriteTask> batch;
  std::size_t records = 0;
  std::size_t bytes = 0;
  while (!by_ledger_.empty()) {
    auto next = by_ledger_.upper_bound(turn_);
    if (next == by_ledger_.end()) {
      next = by_ledger_.begin();
    }
    Waiting& waiting = next->second;
    const WriteTask& task = waiting.tasks.front();
    const bool fits = records + task.records() <= limits::batch_records_max &&
                      bytes + task.bytes() <= limits::batch_bytes_max;
    if (!fits && !batch.empty()) {
      break;
    }
    records += task.records();
    bytes += task.bytes();
    waiting.bytes -= task.bytes();
    turn_ = next->first;
    batch.push_back(std::move(waiting.tasks.front()));
    waiting.tasks.pop_front();
    if (waiting.tasks.empty()) {
      by_ledger_.erase(next);
    }
  }
  requests_ -= batch.size();
  bytes_ -= bytes;
  return batch;
}

std::optional<std::vector<WriteTask>> WriteQueue::take_batch(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  ready_.wait_for(lock, longest, [this] { return closed_ || !by_ledger_.empty(); });
  if (closed_ && by_ledger_.empty()) {
    return std::nullopt;
  }
  return take_locked();
}

std::vector<WriteTask> WriteQueue::try_take_batch() {
  const std::lock_guard lock(mutex_);
  return take_locked();
}

void WriteQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  ready_.notify_all();
}

std::size_t WriteQueue::depth() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

}  // namespace juanzong
