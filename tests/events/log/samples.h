// SPDX-License-Identifier: Apache-2.0
// The values that tests/golden/assemble.py encodes, as the server's own types.
#pragma once

#include "crypto/merkle_tree.h"

#include "events/log/frame.h"
#include "events/log/record.h"
#include "events/log/request.h"
#include "events/log/statement.h"

#include "tests/support/frame_writer.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace juanzong::testing {

inline constexpr std::string_view sample_origin = "juanzong.example/test";

template <std::size_t N>
std::array<std::uint8_t, N> filled(std::uint8_t byte) {
  std::array<std::uint8_t, N> out{};
  out.fill(byte);
  return out;
}

inline crypto::Digest digest_of_byte(std::uint8_t byte) {
  return crypto::Digest{filled<32>(byte)};
}

inline Bytes counting(std::size_t size) {
  Bytes out(size);
  std::iota(out.begin(), out.end(), std::uint8_t{0});
  return out;
}

inline Statement sample_statement(std::size_t body_bytes) {
  Statement statement;
  statement.type = EventType{0x0203};
  statement.back_entry = BackEntry::paper_taken_over;
  statement.occurred_at = UnixMicros{1'741'917'600'000'000};
  statement.streams = {{"deposit:0194b2c3", StreamVersion{4}}, {"unit:3-1-1202", any_version}};
  statement.body = counting(body_bytes);
  return statement;
}

inline std::vector<Bytes> sample_statements() {
  return {*encode_statement(sample_statement(13)), *encode_statement(sample_statement(16))};
}

inline RequestHeader sample_header() {
  RequestHeader header;
  header.origin = sample_origin;
  std::ranges::copy(counting(16), header.request_id.bytes.begin());
  header.key_id = KeyId{filled<32>(0x22)};
  header.key_seq = 7;
  header.prev_request = digest_of_byte(0x33);
  header.signed_at = UnixMicros{1'741'917'601'000'000};
  header.not_after = UnixMicros{1'741'921'201'000'000};
  header.statement_count = 2;
  header.statements_root = statements_root(sample_statements());
  return header;
}

inline std::vector<RequestSignature> sample_signatures() {
  return {{KeyId{filled<32>(0x22)}, crypto::Signature{filled<64>(0x55)}},
          {KeyId{filled<32>(0x23)}, crypto::Signature{filled<64>(0x56)}}};
}

inline Bytes sample_record(const std::vector<RequestSignature>& signatures = sample_signatures()) {
  const std::vector<Bytes> statements = sample_statements();
  const Bytes header = encode_header(sample_header());
  const std::vector<crypto::Digest> path{crypto::leaf_hash(statements[0])};
  const std::vector<StreamLink> links{{StreamVersion{5}, RecordIndex{3}},
                                      {StreamVersion{1}, no_index}};
  const Bytes assigned{1, 2, 3, 4, 5};
  RecordDraft draft;
  draft.index = RecordIndex{5};
  draft.recorded_at = UnixMicros{1'741'917'602'000'000};
  draft.prev = digest_of_byte(0x44);
  draft.rules_version = 3;
  draft.policy_version = 9;
  draft.header = header;
  draft.signatures = signatures;
  draft.statement_number = 1;
  draft.path = path;
  draft.links = links;
  draft.assigned = assigned;
  draft.statement = statements[1];
  return encode_record(draft);
}

// Nobody signed: the session of the header's key vouched.
inline Bytes sample_record_of_session() {
  return sample_record({});
}

inline LedgerBatch sample_batch(std::uint8_t ledger, std::uint64_t first, std::uint8_t prev) {
  LedgerBatch batch;
  batch.ledger.bytes.fill(ledger);
  batch.first = RecordIndex{first};
  batch.prev_leaf = batch.last_leaf = digest_of_byte(prev);
  batch.root = digest_of_byte(static_cast<std::uint8_t>(ledger + 1));
  return batch;
}

inline void add_record(LedgerBatch& batch, std::size_t size, std::uint8_t fill) {
  const std::uint64_t index = number(batch.first) + batch.records.size();
  batch.records.push_back(plain_record(index, batch.last_leaf, size, fill));
  batch.last_leaf = crypto::leaf_hash(batch.records.back());
  batch.tree_size = index + 1;
}

inline std::vector<LedgerBatch> sample_batches() {
  LedgerBatch a = sample_batch(0xc0, 10, 0xa1);
  add_record(a, 64, 0xb0);
  add_record(a, 72, 0xb1);
  add_record(a, 64, 0xb2);
  a.state_digest = digest_of_byte(0xc2);
  a.apply_version = 4;
  a.openings = {{RecordIndex{11}, PersonId{filled<16>(0x77)}, "name", counting(60)}};
  LedgerBatch c = sample_batch(0xd0, 0, 0xa2);
  add_record(c, 80, 0xb3);
  return {a, c};
}

inline FrameHead sample_frame_head() {
  FrameHead head;
  head.shard = 2;
  head.position = 41;
  head.epoch = 6;
  head.acked_position = 40;
  head.prev_tip = digest_of_byte(0xa0);
  std::iota(head.writer.begin(), head.writer.end(), std::uint8_t{0x10});
  head.wall_time = UnixMicros{1'741'917'603'000'000};
  return head;
}

}  // namespace juanzong::testing
