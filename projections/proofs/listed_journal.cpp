// SPDX-License-Identifier: Apache-2.0
#include "projections/proofs/listed_journal.h"

#include <optional>

namespace juanzong {

class ListedJournal::Cursor final : public JournalCursor {
 public:
  Cursor(const std::vector<Frame>& frames, std::uint64_t position)
      : frames_(frames), position_(position) {}
  [[nodiscard]] Result<std::optional<Frame>> next() override {
    return position_ < frames_.size() ? std::optional<Frame>(frames_[position_++])
                                      : std::optional<Frame>();
  }

 private:
  const std::vector<Frame>& frames_;
  std::uint64_t position_;
};

std::unique_ptr<JournalCursor> ListedJournal::tail(std::uint64_t from_position) const {
  return std::make_unique<Cursor>(frames_, from_position);
}

Result<Bytes> ListedJournal::chunk(std::uint64_t position, std::uint16_t chunk) const {
  if (position >= frames_.size() || chunk >= frames_[position].chunks.size()) {
    return fail(ErrorCode::not_found, "chunk");
  }
  return frames_[position].chunks[chunk];
}

}  // namespace juanzong
