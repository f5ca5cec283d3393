// SPDX-License-Identifier: Apache-2.0
// One frame has one spelling, and its header binds everything in it: the tip binds the last leaf of
// each batch and the digest of its openings; the records are bound to the leaf by their chain.
#include "crypto/merkle_tree.h"
#include "crypto/sha256.h"

#include "events/log/frame.h"
#include "events/log/frame_layout.h"
#include "events/model/byte_io.h"

#include <span>

namespace juanzong {
namespace {

// Offsets of log/record.h: the index stands at 8, the previous leaf at 24.
constexpr std::size_t index_offset = 8;
constexpr std::size_t prev_offset = 24;

using Chunks = std::span<const Bytes>;

Failure broken(const char* what) {
  return fail(ErrorCode::corruption, what);
}

// The record chunks of batch `number`, filled one after the other as far as they go.
Outcome check_record_chunks(const BatchHead& head, std::uint16_t batch_number, Chunks chunks) {
  std::uint64_t index = number(head.first);
  std::size_t records = 0;  // of the chunk before
  std::size_t data = 0;
  for (const Bytes& chunk : chunks) {
    const Result<RecordChunk> parsed = parse_record_chunk(chunk);
    if (!parsed) {
      return fail(parsed.error());
    }
    const bool stands = parsed->batch == batch_number && number(parsed->first) == index;
    const std::size_t next = parsed->records.front().size();
    if (!stands || (records > 0 && frame_layout::record_fits(records, data, next))) {
      return broken("record chunk: number or split");
    }
    records = parsed->records.size();
    data = chunk.size() - frame_layout::offsets_end(records);
    index += records;
  }
  return index == number(head.first) + head.count ? Outcome(Done{})
                                                  : broken("record count of a batch");
}

Outcome check_opening_chunks(const BatchHead& head, std::uint16_t batch_number, Chunks chunks) {
  crypto::Sha256 digest;
  std::size_t openings = 0;  // of the chunk before
  std::size_t bytes = 0;
  for (const Bytes& chunk : chunks) {
    const Result<OpeningChunk> parsed = parse_opening_chunk(chunk);
    if (!parsed) {
      return fail(parsed.error());
    }
    const bool could_join =
        openings > 0 && frame_layout::opening_fits(openings, bytes, parsed->openings.front());
    if (parsed->batch != batch_number || could_join) {
      return broken("opening chunk: number or split");
    }
    openings = parsed->openings.size();
    bytes = chunk.size();
    digest.update(chunk);
  }
  const bool bound = chunks.empty() || digest.finish() == head.openings_digest;
  return bound ? Outcome(Done{}) : broken("openings digest");
}

Result<ParsedFrameHeader> header_of(const std::vector<Bytes>& chunks) {
  if (chunks.empty()) {
    return broken("frame without a header");
  }
  Result<ParsedFrameHeader> header = parse_frame_header(chunks.front());
  if (header && header->chunk_count != chunks.size()) {
    return broken("chunk count of a frame");
  }
  return header;
}

bool stands_at(ByteView record, RecordIndex index, const crypto::Digest& prev) {
  if (record.size() < prev_offset + crypto::Digest::size_bytes) {
    return false;
  }
  ByteReader numbers(record.subspan(index_offset));
  ByteReader link(record.subspan(prev_offset));
  return numbers.take<std::uint64_t>() == number(index) && link.take_digest() == prev;
}

}  // namespace

Outcome check_batch_chain(const BatchHead& head, const std::vector<Bytes>& chunks) {
  crypto::Digest leaf = head.prev_leaf;
  RecordIndex index = head.first;
  for (const Bytes& chunk : Chunks(chunks).subspan(head.first_chunk, head.record_chunks)) {
    const Result<RecordChunk> parsed = parse_record_chunk(chunk);
    if (!parsed) {
      return fail(parsed.error());
    }
    for (const ByteView record : parsed->records) {
      if (!stands_at(record, index, leaf)) {
        return fail(ErrorCode::corruption, "record " + std::to_string(number(index)) + ": chain");
      }
      leaf = crypto::leaf_hash(record);
      index = next(index);
    }
  }
  return leaf == head.last_leaf ? Outcome(Done{})
                                : broken("records do not end in the last leaf of their batch");
}

Outcome check_frame_form(const std::vector<Bytes>& chunks) {
  const Result<ParsedFrameHeader> header = header_of(chunks);
  if (!header) {
    return fail(header.error());
  }
  std::uint16_t batch_number = 0;
  for (const BatchHead& head : header->batches) {
    const Chunks records = Chunks(chunks).subspan(head.first_chunk, head.record_chunks);
    const Chunks openings = Chunks(chunks).subspan(
        std::size_t{head.first_chunk} + head.record_chunks, head.opening_chunks);
    Outcome checked = check_record_chunks(head, batch_number, records);
    checked = checked ? check_opening_chunks(head, batch_number, openings) : checked;
    if (!checked) {
      return checked;
    }
    ++batch_number;
  }
  return Done{};
}

Outcome check_frame(const std::vector<Bytes>& chunks) {
  if (const Outcome form = check_frame_form(chunks); !form) {
    return form;
  }
  const Result<ParsedFrameHeader> header = header_of(chunks);
  for (const BatchHead& head : header->batches) {
    if (const Outcome chained = check_batch_chain(head, chunks); !chained) {
      return chained;
    }
  }
  return Done{};
}

}  // namespace juanzong
