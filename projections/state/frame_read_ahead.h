// SPDX-License-Identifier: Apache-2.0
// Frames for a fold, read ahead: reading, parsing and hashing records takes about as long as
// folding them and needs no state, so a thread of its own does it.
#pragma once

#include "crypto/digest.h"

#include "events/log/frame.h"
#include "events/log/journal.h"
#include "events/log/record.h"
#include "events/model/result.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace juanzong {

struct ReadyRecord {
  RecordView view;  // into the frame's chunks
  crypto::Digest leaf;
};

struct ReadyFrame {
  Frame frame;
  std::vector<std::vector<ReadyRecord>> batches;  // as frame.batches
};

class FrameReadAhead {
 public:
  // The journal outlives it.
  FrameReadAhead(const Journal& journal, std::uint64_t from_position);
  FrameReadAhead(const FrameReadAhead&) = delete;
  FrameReadAhead& operator=(const FrameReadAhead&) = delete;
  ~FrameReadAhead();

  // The next frame; nullopt at the end of what is durable; corruption where a frame or record is
  // damaged, after every frame before it.
  using Next = Result<std::optional<ReadyFrame>>;
  [[nodiscard]] Next next();

 private:
  void run();
  [[nodiscard]] Next read();
  // False when the reader is wanted no longer.
  [[nodiscard]] bool hand_over(Next ready);

  std::unique_ptr<JournalCursor> cursor_;  // the thread's own
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Next> ready_;
  std::size_t ready_records_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace juanzong
