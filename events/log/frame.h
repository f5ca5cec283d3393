// SPDX-License-Identifier: Apache-2.0
// Journal frame: one commit of the writer, the unit that is durable or not (docs/FORMATS.md,
// section 6). A frame is a list of chunks; every engine stores chunk c of frame p under the key
// (p u64, c u16), big-endian, in one atomic write. The frame carries the truth, not the engine:
// every reader checks position, prev_tip and tip again.
//
// Chunk 0, the frame header, integers little-endian:
//   "JZNF" ‖ format u16 = 1 ‖ chunk count u16 (with this one) ‖ shard u32 ‖ position u64 ‖
//   epoch u64 ‖ acked_position u64 ‖ prev_tip 32 ‖ writer 16 ‖ wall_time i64 ‖ n u16 ‖ n batches ‖
//   tip 32 ‖ signature length u8 ‖ signature
//   batch: ledger 16 ‖ first index u64 ‖ count u32 ‖ prev leaf 32 ‖ last leaf 32 ‖ tree_size u64 ‖
//          root 32 ‖ state digest 32 (zero: not given) ‖ apply_version u32 ‖ first chunk u16 ‖
//          record chunks u16 ‖ opening chunks u16 ‖ openings digest 32
//   tip = SHA-256("jznf1" ‖ everything before tip). The records are bound by their leaves and the
//   root, the sealed openings by SHA-256 over their chunks (zero without openings).
//
// Record chunk (at most 32 KiB, or one larger record):
//   kind u8 = 1 ‖ zero u8 ‖ batch u16 ‖ count u32 ‖ first index u64 ‖
//   count × end offset u32 (from the start of the data) ‖ zeros to a multiple of 8 ‖ data
//   Records are multiples of 8 long, so each starts at a multiple of 8.
// Opening chunk:
//   kind u8 = 2 ‖ zero u8 ‖ batch u16 ‖ count u32 ‖ count × (index u64 ‖ subject 16 ‖
//   path (u16 length) ‖ sealed bytes (u32 length))
#pragma once

#include "crypto/digest.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace juanzong {

// The opening of one commitment, sealed under the key of its subject (vault/sealed_opening.h).
struct SealedOpening {
  RecordIndex index{};
  PersonId subject;
  std::string path;
  Bytes sealed;
  bool operator==(const SealedOpening&) const = default;
};

struct LedgerBatch {
  LedgerId ledger;
  RecordIndex first{};
  crypto::Digest prev_leaf;
  crypto::Digest last_leaf;
  std::uint64_t tree_size = 0;  // after this batch
  crypto::Digest root;
  crypto::Digest state_digest;
  std::uint32_t apply_version = 1;
  std::vector<Bytes> records;
  std::vector<SealedOpening> openings;
};

struct FrameHead {
  std::uint32_t shard = 0;
  std::uint64_t position = 0;
  std::uint64_t epoch = 0;
  std::uint64_t acked_position = 0;
  crypto::Digest prev_tip;
  std::array<std::uint8_t, 16> writer{};
  UnixMicros wall_time;
};

// What a batch is in the frame header: everything but the records and openings themselves.
struct BatchHead {
  LedgerId ledger;
  RecordIndex first{};
  std::uint32_t count = 0;
  crypto::Digest prev_leaf;
  crypto::Digest last_leaf;
  std::uint64_t tree_size = 0;
  crypto::Digest root;
  crypto::Digest state_digest;
  std::uint32_t apply_version = 1;
  std::uint16_t first_chunk = 0;
  std::uint16_t record_chunks = 0;
  std::uint16_t opening_chunks = 0;
  crypto::Digest openings_digest;
};

struct ParsedFrameHeader {
  FrameHead head;
  std::uint16_t chunk_count = 0;
  std::vector<BatchHead> batches;
  crypto::Digest tip;
};

struct Frame {
  FrameHead head;
  std::vector<BatchHead> batches;
  crypto::Digest tip;
  std::vector<Bytes> chunks;  // chunk 0 is the header, which says head, batches and tip
};

// Seals the batches into chunks and computes the tip.
[[nodiscard]] Frame seal_frame(const FrameHead& head, const std::vector<LedgerBatch>& batches);

// Each parser refuses every byte string that seal_frame would not write.
[[nodiscard]] Result<ParsedFrameHeader> parse_frame_header(ByteView chunk);

// The same error, naming the frame in its detail.
[[nodiscard]] Failure at_frame(std::uint64_t position, const Error& error);

struct RecordChunk {
  std::uint16_t batch = 0;
  RecordIndex first{};
  std::vector<ByteView> records;  // into the chunk
};
[[nodiscard]] Result<RecordChunk> parse_record_chunk(ByteView chunk);

struct OpeningChunk {
  std::uint16_t batch = 0;
  std::vector<SealedOpening> openings;
};
[[nodiscard]] Result<OpeningChunk> parse_opening_chunk(ByteView chunk);

// Whether the chunks are what seal_frame writes for these records and openings: header, numbers,
// the split into chunks, openings digest. Of the records themselves only their sizes are looked
// at: whoever hashes them all the same (the audit) need not have them hashed twice.
[[nodiscard]] Outcome check_frame_form(const std::vector<Bytes>& chunks);
// The records of one batch, in a frame whose form was checked, stand in the chain that ends in its
// last leaf.
[[nodiscard]] Outcome check_batch_chain(const BatchHead& head, const std::vector<Bytes>& chunks);
// Form and chains.
[[nodiscard]] Outcome check_frame(const std::vector<Bytes>& chunks);

}  // namespace juanzong
