// SPDX-License-Identifier: Apache-2.0
#include "events/storage/row_batch.h"

#include <cstring>
#include <iterator>

namespace juanzong {
namespace {

// The rows of one small record; larger batches get chunks that double.
constexpr std::size_t first_chunk_bytes = 2'048;

}  // namespace

std::string_view RowBatch::copy(std::string_view bytes) {
  if (memory_.empty()) {
    memory_.push_back(std::make_unique<std::pmr::monotonic_buffer_resource>(first_chunk_bytes));
  }
  if (bytes.empty()) {
    return {};
  }
  char* to = static_cast<char*>(memory_.back()->allocate(bytes.size(), 1));
  std::memcpy(to, bytes.data(), bytes.size());
  return {to, bytes.size()};
}

void RowBatch::put(std::string_view key, std::string_view value) {
  const std::string_view kept = copy(key);
  rows_.emplace_back(kept, copy(value));
}

void RowBatch::erase(std::string_view key) {
  rows_.emplace_back(copy(key), std::nullopt);
}

void RowBatch::append(RowBatch&& other) {
  rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
  // New rows are copied into the last resource: the larger one stays there.
  memory_.insert(memory_.begin(),
                 std::make_move_iterator(other.memory_.begin()),
                 std::make_move_iterator(other.memory_.end()));
  other.rows_.clear();
  other.memory_.clear();
}

RowBatch::Memory RowBatch::take_memory() {
  rows_.clear();
  return std::exchange(memory_, {});
}

}  // namespace juanzong
