// SPDX-License-Identifier: Apache-2.0
// RowBatch: derived rows changed together. Keys and values are copied into memory that the batch
// owns, so that a row costs no allocation of its own; whoever takes the batch takes its memory.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong {

// Views into a batch. Key order is byte order; nullopt deletes.
using RowChange = std::pair<std::string_view, std::optional<std::string_view>>;

class RowBatch {
 public:
  // Bytes that rows point into; lives as long as any of them is read.
  using Memory = std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>>;

  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);
  // Every row of `other` after those of this batch.
  void append(RowBatch&& other);
  // Forgets the rows after the first `count`.
  void truncate(std::size_t count) { rows_.resize(count); }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::span<const RowChange> rows() const { return rows_; }
  // What rows() points into; the batch is empty afterwards.
  [[nodiscard]] Memory take_memory();

 private:
  [[nodiscard]] std::string_view copy(std::string_view bytes);

  Memory memory_;
  std::vector<RowChange> rows_;
};

}  // namespace juanzong
