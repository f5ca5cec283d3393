// SPDX-License-Identifier: Apache-2.0
// Journals for tests: one in memory that keeps the contract of events/log/journal.h, and one that
// answers an append with a planned fault, so that every branch of the writer can be reached.
#pragma once

#include "events/log/journal.h"

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace juanzong::testing {

class MemoryJournal final : public Journal {
 public:
  [[nodiscard]] JournalHead head() const override {
    const std::lock_guard lock(mutex_);
    return head_;
  }
  [[nodiscard]] AppendOutcome append(const Frame& frame) override {
    const std::lock_guard lock(mutex_);
    if (frame.head.epoch < epoch_) {
      return AppendOutcome::fenced;
    }
    if (frame.head.position != head_.next_position || frame.head.prev_tip != head_.tip) {
      return AppendOutcome::conflict;
    }
    frames_.push_back(frame);
    head_ = JournalHead{frame.head.position + 1, frame.tip};
    epoch_ = frame.head.epoch;
    return AppendOutcome::ok;
  }
  [[nodiscard]] Result<JournalHead> resolve(const Frame& /*frame*/) override { return head(); }
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t from_position) const override {
    return std::make_unique<Cursor>(*this, from_position);
  }
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override {
    const std::lock_guard lock(mutex_);
    if (position >= frames_.size() || chunk >= frames_[position].chunks.size()) {
      return fail(ErrorCode::not_found, "chunk");
    }
    return frames_[position].chunks[chunk];
  }
  // Another writer took over: older epochs are fenced from now on.
  void fence(std::uint64_t epoch) {
    const std::lock_guard lock(mutex_);
    epoch_ = epoch;
  }

 private:
  class Cursor final : public JournalCursor {
   public:
    Cursor(const MemoryJournal& journal, std::uint64_t position)
        : journal_(journal), position_(position) {}
    [[nodiscard]] Result<std::optional<Frame>> next() override {
      const std::lock_guard lock(journal_.mutex_);
      if (position_ >= journal_.frames_.size()) {
        return std::optional<Frame>();
      }
      return std::optional<Frame>(journal_.frames_[position_++]);
    }

   private:
    const MemoryJournal& journal_;
    std::uint64_t position_;
  };

  mutable std::mutex mutex_;
  std::vector<Frame> frames_;
  JournalHead head_;
  std::uint64_t epoch_ = 0;
};

enum class Fault : std::uint8_t { unknown_stored, unknown_lost, conflict, fenced, unavailable };

class FaultyJournal final : public Journal {
 public:
  // Appends are counted from 0; each planned fault strikes once.
  FaultyJournal(std::unique_ptr<Journal> inner, std::map<std::size_t, Fault> plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}

  [[nodiscard]] JournalHead head() const override { return inner_->head(); }
  [[nodiscard]] AppendOutcome append(const Frame& frame) override {
    const auto planned = plan_.find(appends_++);
    return planned == plan_.end() ? inner_->append(frame) : strike(planned->second, frame);
  }
  // False once: as if the journal could not be reached.
  bool resolvable = true;
  [[nodiscard]] Result<JournalHead> resolve(const Frame& frame) override {
    return resolvable ? inner_->resolve(frame) : fail(ErrorCode::io_failure, "planned");
  }
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t from_position) const override {
    return inner_->tail(from_position);
  }
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override {
    return inner_->chunk(position, chunk);
  }
  [[nodiscard]] std::size_t appends() const { return appends_; }

 private:
  [[nodiscard]] AppendOutcome strike(Fault fault, const Frame& frame) {
    switch (fault) {
      case Fault::unknown_stored: {
        const AppendOutcome stored = inner_->append(frame);
        return stored == AppendOutcome::ok ? AppendOutcome::unknown : stored;
      }
      case Fault::unknown_lost:
        return AppendOutcome::unknown;
      case Fault::conflict:
        return AppendOutcome::conflict;
      case Fault::fenced:
        return AppendOutcome::fenced;
      case Fault::unavailable:
        break;
    }
    return AppendOutcome::unavailable;
  }

  std::unique_ptr<Journal> inner_;
  std::map<std::size_t, Fault> plan_;
  std::size_t appends_ = 0;
};

}  // namespace juanzong::testing
