// SPDX-License-Identifier: Apache-2.0
// The records of one ledger as a journal holds them. The form of every frame is checked, and the
// chain of other ledgers' batches, so that a pass over one ledger checks the whole journal.
#pragma once

#include "events/log/journal.h"
#include "events/log/record_source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace juanzong {

class JournalSource final : public RecordSource {
 public:
  // `checked`: false for a second pass over frames that were opened before.
  // nullopt: the ledger of the first batch.
  JournalSource(const Journal& journal, std::optional<LedgerId> ledger, bool checked = true);

  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override;

  // What was met so far.
  [[nodiscard]] const std::optional<LedgerId>& ledger() const { return ledger_; }
  [[nodiscard]] const std::set<LedgerId>& ledgers() const { return ledgers_; }
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  // Size and root of the ledger as its newest frame states them.
  [[nodiscard]] std::uint64_t stated_size() const { return stated_size_; }
  [[nodiscard]] const crypto::Digest& stated_root() const { return stated_root_; }

 private:
  [[nodiscard]] Outcome take(Frame frame, RecordBlock& block);

  std::unique_ptr<JournalCursor> cursor_;
  std::optional<LedgerId> ledger_;
  bool checked_;
  std::set<LedgerId> ledgers_;
  std::uint64_t frames_ = 0;
  std::uint64_t stated_size_ = 0;
  crypto::Digest stated_root_;
};

}  // namespace juanzong
