// SPDX-License-Identifier: Apache-2.0
// The records of a journal as a list that a test alters, and the list as a source again.
#pragma once

#include "events/log/journal_source.h"
#include "events/log/record_source.h"

#include <gtest/gtest.h>

#include <vector>

namespace juanzong::testing {

inline std::vector<Bytes> records_of(const Journal& journal) {
  JournalSource source(journal, std::nullopt);
  RecordBlock block;
  EXPECT_TRUE(source.next(SIZE_MAX, block).has_value());
  std::vector<Bytes> records;
  for (const ByteView record : block.records) {
    records.emplace_back(record.begin(), record.end());
  }
  return records;
}

// Refers to the list.
class ListedRecords final : public RecordSource {
 public:
  explicit ListedRecords(const std::vector<Bytes>& records) : records_(records) {}
  [[nodiscard]] Outcome next(std::size_t, RecordBlock& block) override {
    for (; at_ < records_.size(); ++at_) {
      block.add(records_[at_]);
    }
    return Done{};
  }

 private:
  const std::vector<Bytes>& records_;
  std::size_t at_ = 0;
};

}  // namespace juanzong::testing
