// SPDX-License-Identifier: Apache-2.0
// Writes frames of one ledger as a writer would: records of a wanted size with index and previous
// leaf in their places, tree and chain kept up to date.
#pragma once

#include "crypto/merkle_tree.h"

#include "events/log/frame.h"
#include "events/log/journal.h"
#include "events/model/byte_io.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace juanzong::testing {

inline Bytes plain_record(std::uint64_t index,
                          const crypto::Digest& prev,
                          std::size_t size_bytes,
                          std::uint8_t fill) {
  ByteWriter out;
  out.put(ByteView(Bytes(8, fill))).put(index).put(ByteView(Bytes(8, fill))).put(prev);
  Bytes record = out.take();
  record.resize(size_bytes, fill);
  return record;
}

class FrameWriter {
 public:
  std::uint64_t epoch = 1;

  [[nodiscard]] LedgerBatch batch(std::size_t records, std::size_t record_bytes = 304) {
    LedgerBatch out;
    out.ledger.bytes.fill(0x11);
    out.first = RecordIndex{tree_.size()};
    out.prev_leaf = leaf_;
    for (std::size_t i = 0; i < records; ++i) {
      const auto fill = static_cast<std::uint8_t>(tree_.size());
      out.records.push_back(plain_record(tree_.size(), leaf_, record_bytes, fill));
      leaf_ = crypto::leaf_hash(out.records.back());
      tree_.append(leaf_);
    }
    out.last_leaf = leaf_;
    out.tree_size = tree_.size();
    out.root = tree_.root();
    return out;
  }
  // The next frame; follows the one before.
  [[nodiscard]] Frame seal(const std::vector<LedgerBatch>& batches) {
    FrameHead head;
    head.position = head_.next_position;
    head.epoch = epoch;
    head.prev_tip = head_.tip;
    head.wall_time = UnixMicros{1'741'917'600'000'000};
    Frame frame = seal_frame(head, batches);
    head_ = JournalHead{head.position + 1, frame.tip};
    return frame;
  }
  [[nodiscard]] Frame next(std::size_t records = 1, std::size_t record_bytes = 304) {
    return seal({batch(records, record_bytes)});
  }
  [[nodiscard]] const JournalHead& head() const { return head_; }

 private:
  crypto::CompactRange tree_;
  crypto::Digest leaf_;
  JournalHead head_;
};

}  // namespace juanzong::testing
