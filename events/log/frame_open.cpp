// SPDX-License-Identifier: Apache-2.0
// open_frame: from chunks back to batches. The header's tip binds the last leaf of each batch; the
// records are bound to it by the chain of leaves, which is walked here, so that no reader can be
// handed a damaged record by an engine that did not notice.
#include "crypto/merkle_tree.h"

#include "events/log/frame.h"
#include "events/model/byte_io.h"

#include <span>
#include <utility>

namespace juanzong {
namespace {

// Offsets of log/record.h: the index stands at 8, the previous leaf at 24.
constexpr std::size_t index_offset = 8;
constexpr std::size_t prev_offset = 24;

bool stands_at(ByteView record, RecordIndex index, const crypto::Digest& prev) {
  if (record.size() < prev_offset + crypto::Digest::size_bytes) {
    return false;
  }
  ByteReader numbers(record.subspan(index_offset));
  ByteReader link(record.subspan(prev_offset));
  return numbers.take<std::uint64_t>() == number(index) && link.take_digest() == prev;
}

Outcome check_chain(const LedgerBatch& batch) {
  crypto::Digest leaf = batch.prev_leaf;
  RecordIndex index = batch.first;
  for (const Bytes& record : batch.records) {
    if (!stands_at(record, index, leaf)) {
      return fail(ErrorCode::corruption, "record " + std::to_string(number(index)) + ": chain");
    }
    leaf = crypto::leaf_hash(record);
    index = next(index);
  }
  if (leaf != batch.last_leaf) {
    return fail(ErrorCode::corruption, "records do not end in the last leaf of their batch");
  }
  return Done{};
}

Outcome take_records(const Bytes& chunk, LedgerBatch& batch) {
  const Result<RecordChunk> parsed = parse_record_chunk(chunk);
  if (!parsed) {
    return fail(parsed.error());
  }
  for (const ByteView record : parsed->records) {
    batch.records.emplace_back(record.begin(), record.end());
  }
  return Done{};
}

Outcome take_openings(const Bytes& chunk, LedgerBatch& batch) {
  Result<OpeningChunk> parsed = parse_opening_chunk(chunk);
  if (!parsed) {
    return fail(parsed.error());
  }
  for (SealedOpening& opening : parsed->openings) {
    batch.openings.push_back(std::move(opening));
  }
  return Done{};
}

Result<LedgerBatch> open_batch(const BatchHead& head, std::span<const Bytes> chunks) {
  LedgerBatch batch{head.ledger,
                    head.first,
                    head.prev_leaf,
                    head.last_leaf,
                    head.tree_size,
                    head.root,
                    head.state_digest,
                    head.apply_version,
                    {},
                    {}};
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const Outcome taken =
        i < head.record_chunks ? take_records(chunks[i], batch) : take_openings(chunks[i], batch);
    if (!taken) {
      return fail(taken.error());
    }
  }
  if (batch.records.size() != head.count) {
    return fail(ErrorCode::corruption, "record count of a batch");
  }
  if (const Outcome chained = check_chain(batch); !chained) {
    return fail(chained.error());
  }
  return batch;
}

}  // namespace

Result<std::vector<LedgerBatch>> open_frame(const std::vector<Bytes>& chunks) {
  if (chunks.empty()) {
    return fail(ErrorCode::corruption, "frame without a header");
  }
  const Result<ParsedFrameHeader> header = parse_frame_header(chunks.front());
  if (!header) {
    return fail(header.error());
  }
  if (header->chunk_count != chunks.size()) {
    return fail(ErrorCode::corruption, "chunk count of a frame");
  }
  std::vector<LedgerBatch> batches;
  for (const BatchHead& head : header->batches) {
    const std::size_t chunk_count = std::size_t{head.record_chunks} + head.opening_chunks;
    const auto own = std::span<const Bytes>(chunks).subspan(head.first_chunk, chunk_count);
    Result<LedgerBatch> batch = open_batch(head, own);
    if (!batch) {
      return fail(batch.error());
    }
    batches.push_back(std::move(*batch));
  }
  // One frame has one spelling: sealing again must give the same chunks, which settles chunk
  // numbers, the split into chunks and the openings digests at once.
  if (seal_frame(header->head, batches).chunks != chunks) {
    return fail(ErrorCode::corruption, "frame is not in its one form");
  }
  return batches;
}

}  // namespace juanzong
