// SPDX-License-Identifier: Apache-2.0
// HeadsTrees: the stream-heads tree of each ledger's newest day close, made at the first proof of a
// day and kept until the next day is closed.
#pragma once

#include "projections/state/stream_heads_tree.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace juanzong {

class HeadsTrees {
 public:
  // Of the first `size` records. The caller holds no snapshot of the rows.
  [[nodiscard]] std::shared_ptr<const StreamHeadsTree> of(const DerivedRows& rows,
                                                          LedgerOrdinal ledger,
                                                          std::uint64_t size) {
    const std::lock_guard lock(mutex_);  // one is made at a time; the others of its day wait
    auto& kept = trees_[ledger];
    if (!kept || kept->log_size() != size) {
      kept = std::make_shared<const StreamHeadsTree>(rows, ledger, size);
    }
    return kept;
  }

 private:
  std::mutex mutex_;
  std::map<LedgerOrdinal, std::shared_ptr<const StreamHeadsTree>> trees_;
};

}  // namespace juanzong
