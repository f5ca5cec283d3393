// SPDX-License-Identifier: Apache-2.0
// Frames in memory, in order, that are only read.
#pragma once

#include "events/log/journal.h"

#include <memory>
#include <vector>

namespace juanzong {

class ListedJournal final : public Journal {
 public:
  // The next frame; its position and prev_tip are those of head().
  void add(Frame frame) {
    head_ = {frame.head.position + 1, frame.tip};
    frames_.push_back(std::move(frame));
  }
  [[nodiscard]] JournalHead head() const override { return head_; }
  [[nodiscard]] AppendOutcome append(const Frame&) override { return AppendOutcome::unavailable; }
  [[nodiscard]] Result<JournalHead> resolve(const Frame&) override { return head_; }
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t from_position) const override;
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override;

 private:
  class Cursor;
  std::vector<Frame> frames_;
  JournalHead head_;
};

}  // namespace juanzong
