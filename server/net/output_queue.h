// SPDX-License-Identifier: Apache-2.0
// OutputQueue: the bytes that wait to be written to one peer, bounded. Frames that wait together
// are written together. Lives on the connection's executor.
#pragma once

#include "crypto/byte_view.h"

#include <cstddef>

namespace juanzong {

class OutputQueue {
 public:
  explicit OutputQueue(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // False: the peer takes too little; nothing was queued.
  [[nodiscard]] bool push(ByteView frame) {
    if (bytes() + frame.size() > bytes_max_) {
      return false;
    }
    waiting_.insert(waiting_.end(), frame.begin(), frame.end());
    return true;
  }
  // What to write now; empty if nothing waits. Valid until the next call.
  [[nodiscard]] ByteView next() {
    writing_.clear();
    if (writing_.capacity() > kept_bytes) {
      writing_.shrink_to_fit();
    }
    writing_.swap(waiting_);
    return writing_;
  }
  void discard() {
    waiting_.clear();
    writing_.clear();
  }
  [[nodiscard]] std::size_t bytes() const { return waiting_.size() + writing_.size(); }

 private:
  static constexpr std::size_t kept_bytes = 64 * 1024;

  std::size_t bytes_max_;
  Bytes waiting_;
  Bytes writing_;
};

}  // namespace juanzong
