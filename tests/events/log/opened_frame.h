// SPDX-License-Identifier: Apache-2.0
// A frame back to what it was sealed from, the simplest way: whatever seal_frame would write again
// for what the chunks say is accepted. What check_frame must agree with.
#pragma once

#include "events/log/frame.h"

#include <optional>
#include <vector>

namespace juanzong::testing {

inline std::optional<std::vector<LedgerBatch>> opened_frame(const std::vector<Bytes>& chunks) {
  const auto header = chunks.empty() ? Result<ParsedFrameHeader>(fail(ErrorCode::corruption))
                                     : parse_frame_header(chunks[0]);
  if (!header || header->chunk_count != chunks.size()) {
    return std::nullopt;
  }
  std::vector<LedgerBatch> batches;
  for (const BatchHead& head : header->batches) {
    LedgerBatch& batch = batches.emplace_back(LedgerBatch{head.ledger,
                                                          head.first,
                                                          head.prev_leaf,
                                                          head.last_leaf,
                                                          head.tree_size,
                                                          head.root,
                                                          head.state_digest,
                                                          head.apply_version,
                                                          {},
                                                          {}});
    for (std::size_t i = 0; i < std::size_t{head.record_chunks} + head.opening_chunks; ++i) {
      const Bytes& chunk = chunks[head.first_chunk + i];
      const auto records = parse_record_chunk(chunk);
      const auto openings = parse_opening_chunk(chunk);
      if (i < head.record_chunks ? !records : !openings) {
        return std::nullopt;
      }
      if (i < head.record_chunks) {
        for (const ByteView record : records->records) {
          batch.records.emplace_back(record.begin(), record.end());
        }
      } else {
        batch.openings.insert(
            batch.openings.end(), openings->openings.begin(), openings->openings.end());
      }
    }
    if (batch.records.size() != head.count) {
      return std::nullopt;
    }
  }
  return seal_frame(header->head, batches).chunks == chunks ? std::optional(batches) : std::nullopt;
}

}  // namespace juanzong::testing
