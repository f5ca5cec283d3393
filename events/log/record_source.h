// SPDX-License-Identifier: Apache-2.0
// Where records of one ledger come from, in order: a journal, an export, a list in memory.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include <utility>
#include <vector>

namespace juanzong {

// Records in order. The views point into `storage`, whose buffers do not move with the block.
struct RecordBlock {
  std::vector<Bytes> storage;
  std::vector<ByteView> records;

  void add(Bytes record) {
    storage.push_back(std::move(record));
    records.emplace_back(storage.back());
  }
};

class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  virtual ~RecordSource() = default;

  // Adds at least one record and about `wanted`; none at the end. Called by one thread.
  [[nodiscard]] virtual Outcome next(std::size_t wanted, RecordBlock& block) = 0;
};

}  // namespace juanzong
