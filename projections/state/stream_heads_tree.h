// SPDX-License-Identifier: Apache-2.0
// StreamHeadsTree: the stream-heads tree of a ledger at a size, in memory, to make proofs from. It
// is the tree of the newest DayClosed, so one serves a whole day. 64 bytes a stream and a name for
// every 64th.
#pragma once

#include "crypto/digest.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/log_index.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

class StreamHeadsTree {
 public:
  // Reads the rows in parts; the caller holds no snapshot of them.
  StreamHeadsTree(const DerivedRows& rows, LedgerOrdinal ledger, std::uint64_t size);
  // Of rows that stand still.
  StreamHeadsTree(const RowReader& rows, LedgerOrdinal ledger, std::uint64_t size);

  [[nodiscard]] std::uint64_t log_size() const { return log_size_; }
  [[nodiscard]] std::uint64_t streams() const { return levels_.front().size(); }
  [[nodiscard]] crypto::Digest root() const;
  [[nodiscard]] std::vector<crypto::Digest> path(std::uint64_t position) const;

  struct Place {
    std::uint64_t position = 0;
    std::string name;
    StreamHead head;
  };
  // The stream, or if there is none, its neighbours: one or two.
  [[nodiscard]] std::vector<Place> find(const RowReader& rows, std::string_view name) const;

 private:
  // The next part; returns where it ended, empty at the end.
  [[nodiscard]] std::string read(const RowReader& rows, std::string_view after);
  void add(const crypto::Digest& leaf, std::string_view name);

  LedgerOrdinal ledger_;
  std::uint64_t log_size_;
  std::vector<std::vector<crypto::Digest>> levels_{1};  // complete subtrees, by height
  std::vector<std::string> samples_;                    // names of leaves 0, 64, 128, …
};

}  // namespace juanzong
