// SPDX-License-Identifier: Apache-2.0
#include "events/log/frame.h"

#include "crypto/merkle_tree.h"
#include "crypto/sha256.h"

#include "events/log/frame_layout.h"
#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace juanzong {
namespace {

constexpr std::string_view frame_magic = "JZNF";
constexpr std::string_view tip_domain = "jznf1";
constexpr std::uint16_t format = 1;
constexpr std::uint8_t record_kind = 1;
constexpr std::uint8_t opening_kind = 2;
using frame_layout::alignment;
constexpr std::size_t sealed_bytes_max = limits::opening_value_bytes_max + 32 + 28;

Bytes record_chunk(std::uint16_t batch, RecordIndex first, std::span<const Bytes> records) {
  ByteWriter out;
  out.put(record_kind).put(std::uint8_t{0}).put(batch);
  out.put(static_cast<std::uint32_t>(records.size())).put(number(first));
  std::uint32_t end = 0;
  for (const Bytes& record : records) {
    end += static_cast<std::uint32_t>(record.size());
    out.put(end);
  }
  out.pad_to(alignment);
  for (const Bytes& record : records) {
    out.put(ByteView(record));
  }
  return out.take();
}

void add_record_chunks(std::vector<Bytes>& chunks, std::uint16_t batch, const LedgerBatch& source) {
  const std::span<const Bytes> records(source.records);
  for (std::size_t begin = 0; begin < records.size();) {
    std::size_t end = begin;
    std::size_t data = 0;
    while (end < records.size() &&
           frame_layout::record_fits(end - begin, data, records[end].size())) {
      data += records[end].size();
      ++end;
    }
    const RecordIndex first{number(source.first) + begin};
    chunks.push_back(record_chunk(batch, first, records.subspan(begin, end - begin)));
    begin = end;
  }
}

Bytes opening_chunk(std::uint16_t batch, std::span<const SealedOpening> openings) {
  ByteWriter out;
  out.put(opening_kind).put(std::uint8_t{0}).put(batch);
  out.put(static_cast<std::uint32_t>(openings.size()));
  for (const SealedOpening& opening : openings) {
    out.put(number(opening.index)).put(opening.subject.view());
    out.put_sized<std::uint16_t>(bytes_of(opening.path));
    out.put_sized<std::uint32_t>(ByteView(opening.sealed));
  }
  return out.take();
}

void add_opening_chunks(std::vector<Bytes>& chunks,
                        std::uint16_t batch,
                        std::span<const SealedOpening> openings) {
  for (std::size_t begin = 0; begin < openings.size();) {
    std::size_t size = frame_layout::opening_chunk_prefix_bytes;
    std::size_t end = begin;
    while (end < openings.size() && frame_layout::opening_fits(end - begin, size, openings[end])) {
      size += frame_layout::bytes_of_opening(openings[end]);
      ++end;
    }
    chunks.push_back(opening_chunk(batch, openings.subspan(begin, end - begin)));
    begin = end;
  }
}

crypto::Digest digest_of(std::span<const Bytes> chunks) {
  if (chunks.empty()) {
    return {};
  }
  crypto::Sha256 hash;
  for (const Bytes& chunk : chunks) {
    hash.update(chunk);
  }
  return hash.finish();
}

void check_batch(const LedgerBatch& batch) {
  check(!batch.records.empty(), "a batch has records");
  check(batch.tree_size == number(batch.first) + batch.records.size(),
        "the tree grows by the records of the batch");
  for (const Bytes& record : batch.records) {
    check(!record.empty() && record.size() % alignment == 0 &&
              record.size() <= limits::record_bytes_max,
          "a record is a multiple of 8 long and at most 65,535");
  }
  for (const SealedOpening& opening : batch.openings) {
    check(opening.path.size() <= limits::opening_path_bytes_max &&
              opening.sealed.size() <= sealed_bytes_max,
          "an opening was bounded at admission");
  }
}

// Appends the chunks of one batch and says where they stand.
BatchHead add_batch(std::vector<Bytes>& chunks, std::uint16_t number_of, const LedgerBatch& batch) {
  check_batch(batch);
  const std::size_t first = chunks.size();
  add_record_chunks(chunks, number_of, batch);
  const std::size_t openings = chunks.size();
  add_opening_chunks(chunks, number_of, batch.openings);
  check(chunks.size() <= limits::chunks_per_frame_max, "chunks of a frame are numbered by a u16");
  BatchHead head;
  head.ledger = batch.ledger;
  head.first = batch.first;
  head.count = static_cast<std::uint32_t>(batch.records.size());
  head.prev_leaf = batch.prev_leaf;
  head.last_leaf = batch.last_leaf;
  head.tree_size = batch.tree_size;
  head.root = batch.root;
  head.state_digest = batch.state_digest;
  head.apply_version = batch.apply_version;
  head.first_chunk = static_cast<std::uint16_t>(first);
  head.record_chunks = static_cast<std::uint16_t>(openings - first);
  head.opening_chunks = static_cast<std::uint16_t>(chunks.size() - openings);
  head.openings_digest = digest_of(std::span<const Bytes>(chunks).subspan(openings));
  return head;
}

void put_batch_head(ByteWriter& out, const BatchHead& head) {
  out.put(head.ledger.view()).put(number(head.first)).put(head.count);
  out.put(head.prev_leaf).put(head.last_leaf).put(head.tree_size).put(head.root);
  out.put(head.state_digest).put(head.apply_version);
  out.put(head.first_chunk).put(head.record_chunks).put(head.opening_chunks);
  out.put(head.openings_digest);
}

BatchHead take_batch_head(ByteReader& in) {
  BatchHead head;
  head.ledger = LedgerId{in.take_array<16>()};
  head.first = RecordIndex{in.take<std::uint64_t>()};
  head.count = in.take<std::uint32_t>();
  head.prev_leaf = in.take_digest();
  head.last_leaf = in.take_digest();
  head.tree_size = in.take<std::uint64_t>();
  head.root = in.take_digest();
  head.state_digest = in.take_digest();
  head.apply_version = in.take<std::uint32_t>();
  head.first_chunk = in.take<std::uint16_t>();
  head.record_chunks = in.take<std::uint16_t>();
  head.opening_chunks = in.take<std::uint16_t>();
  head.openings_digest = in.take_digest();
  return head;
}

// The batches' chunks follow each other from chunk 1 to the end.
bool batches_fit(const ParsedFrameHeader& header) {
  std::size_t next_chunk = 1;
  for (const BatchHead& batch : header.batches) {
    const bool fits = batch.first_chunk == next_chunk && batch.count > 0 &&
                      batch.record_chunks > 0 && batch.record_chunks <= batch.count &&
                      batch.tree_size >= batch.count &&
                      batch.tree_size - batch.count == number(batch.first) &&
                      (batch.opening_chunks > 0 || batch.openings_digest == crypto::Digest{});
    if (!fits) {
      return false;
    }
    next_chunk += std::size_t{batch.record_chunks} + batch.opening_chunks;
  }
  return next_chunk == header.chunk_count;
}

crypto::Digest tip_of(ByteView before_tip) {
  return crypto::sha256(bytes_of(tip_domain), before_tip);
}

}  // namespace

Frame seal_frame(const FrameHead& head, const std::vector<LedgerBatch>& batches) {
  Frame frame;
  frame.head = head;
  frame.chunks.emplace_back();  // the header, written last
  std::vector<BatchHead>& heads = frame.batches;
  for (const LedgerBatch& batch : batches) {
    heads.push_back(add_batch(frame.chunks, static_cast<std::uint16_t>(heads.size()), batch));
  }
  ByteWriter out;
  out.put(frame_magic).put(format).put(static_cast<std::uint16_t>(frame.chunks.size()));
  out.put(head.shard).put(head.position).put(head.epoch).put(head.acked_position);
  out.put(head.prev_tip).put(ByteView(head.writer)).put_i64(head.wall_time.value);
  out.put(static_cast<std::uint16_t>(heads.size()));
  for (const BatchHead& batch : heads) {
    put_batch_head(out, batch);
  }
  frame.tip = tip_of(out.view());
  out.put(frame.tip).put(std::uint8_t{0});  // no signature in format 1 of the embedded journal
  frame.chunks.front() = out.take();
  return frame;
}

Result<ParsedFrameHeader> parse_frame_header(ByteView chunk) {
  ByteReader in(chunk);
  ParsedFrameHeader header;
  bool shaped = text_of(in.take_view(frame_magic.size())) == frame_magic;
  shaped &= in.take<std::uint16_t>() == format;
  header.chunk_count = in.take<std::uint16_t>();
  header.head.shard = in.take<std::uint32_t>();
  header.head.position = in.take<std::uint64_t>();
  header.head.epoch = in.take<std::uint64_t>();
  header.head.acked_position = in.take<std::uint64_t>();
  header.head.prev_tip = in.take_digest();
  header.head.writer = in.take_array<16>();
  header.head.wall_time = UnixMicros{in.take_i64()};
  const std::size_t batch_count = in.take<std::uint16_t>();
  for (std::size_t i = 0; i < batch_count && in.ok(); ++i) {
    header.batches.push_back(take_batch_head(in));
  }
  const std::size_t before_tip = in.position();
  header.tip = in.take_digest();
  shaped &= in.take<std::uint8_t>() == 0;
  if (!in.finished() || !shaped || !batches_fit(header)) {
    return fail(ErrorCode::corruption, "frame header layout");
  }
  if (tip_of(chunk.first(before_tip)) != header.tip) {
    return fail(ErrorCode::corruption, "frame tip");
  }
  return header;
}

Failure at_frame(std::uint64_t position, const Error& error) {
  return fail(error.code, "frame " + std::to_string(position) + ": " + error.detail);
}

Result<RecordChunk> parse_record_chunk(ByteView chunk) {
  ByteReader in(chunk);
  RecordChunk parsed;
  bool shaped = in.take<std::uint8_t>() == record_kind;
  shaped &= in.take<std::uint8_t>() == 0;
  parsed.batch = in.take<std::uint16_t>();
  const std::size_t count = in.take<std::uint32_t>();
  parsed.first = RecordIndex{in.take<std::uint64_t>()};
  std::vector<std::uint32_t> ends;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    ends.push_back(in.take<std::uint32_t>());
  }
  in.skip_padding(alignment);
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    const bool fits =
        end > begin && end - begin <= limits::record_bytes_max && end % alignment == 0;
    if (!fits || !in.ok()) {
      return fail(ErrorCode::corruption, "record chunk offsets");
    }
    parsed.records.push_back(in.take_view(end - begin));
    begin = end;
  }
  shaped &= count == 1 || chunk.size() <= limits::chunk_bytes_target;
  if (!in.finished() || !shaped || count == 0) {
    return fail(ErrorCode::corruption, "record chunk layout");
  }
  return parsed;
}

Result<OpeningChunk> parse_opening_chunk(ByteView chunk) {
  ByteReader in(chunk);
  OpeningChunk parsed;
  bool shaped = in.take<std::uint8_t>() == opening_kind;
  shaped &= in.take<std::uint8_t>() == 0;
  parsed.batch = in.take<std::uint16_t>();
  const std::size_t count = in.take<std::uint32_t>();
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    SealedOpening& opening = parsed.openings.emplace_back();
    opening.index = RecordIndex{in.take<std::uint64_t>()};
    opening.subject = PersonId{in.take_array<16>()};
    opening.path = text_of(in.take_sized<std::uint16_t>());
    const ByteView sealed = in.take_sized<std::uint32_t>();
    opening.sealed.assign(sealed.begin(), sealed.end());
    shaped &= opening.path.size() <= limits::opening_path_bytes_max;
    shaped &= opening.sealed.size() <= sealed_bytes_max;
  }
  shaped &= count == 1 || chunk.size() <= limits::chunk_bytes_target;
  if (!in.finished() || !shaped || count == 0) {
    return fail(ErrorCode::corruption, "opening chunk layout");
  }
  return parsed;
}

}  // namespace juanzong
