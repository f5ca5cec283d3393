// SPDX-License-Identifier: Apache-2.0
// Walks the frames of an open database in order and checks that they are dense: every position,
// every chunk, every link. Reads up to the head that its journal calls durable, and goes on when
// that grows. Lives shorter than the database. Included by this folder only.
#pragma once

#include "events/log/journal.h"
#include "events/storage/journal_database.h"

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <optional>

namespace juanzong {

class DatabaseCursor final : public JournalCursor {
 public:
  using HeadReader = std::function<JournalHead()>;
  DatabaseCursor(rocksdb::DB& database, HeadReader head, std::uint64_t from_position);

  [[nodiscard]] Result<std::optional<Frame>> next() override;

 private:
  [[nodiscard]] Outcome start_link();
  void place_iterator(std::uint64_t end);
  [[nodiscard]] Result<Frame> read_frame();
  [[nodiscard]] Outcome check_frame(const ParsedFrameHeader& header, std::size_t chunks) const;

  rocksdb::DB& database_;
  HeadReader head_;
  std::uint64_t position_;
  std::optional<crypto::Digest> prev_tip_;  // of the frame before position_, once known
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::uint64_t iterator_end_ = 0;  // frames below it are visible to iterator_
};

}  // namespace juanzong
