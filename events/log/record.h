// SPDX-License-Identifier: Apache-2.0
// Record: one leaf of the tree, at most 65,535 bytes, immutable (docs/FORMATS.md, section 4).
//
//   offset  size  field
//   0       2     layout, 1
//   2       2     zero
//   4       4     rules_version in force
//   8       8     index in the ledger, from 0
//   16      8     recorded_at, µs since 1970 UTC
//   24      32    prev: leaf hash of record index-1; of record 0:
//                 SHA-256("juanzong/genesis/v1\n" ‖ origin)
//   56      4     policy_version in force
//   60            header length u16, header (request.h without its domain prefix)
//   …             signature count u8 (0 to 4), each key_id 32 ‖ signature 64;
//                 the first is by the header's key; 0: the session of that key vouched
//   …             i u16, path length u8, path hashes 32 each: statement i under R
//   …             stream count u8, each version u64 ‖ index of the stream's previous record u64
//                 (all ones: none), in the order of the statement's streams
//   …             assigned length u16, assigned bytes (what the server decided)
//   …             zero bytes up to a multiple of 8
//   …       4     statement length
//   …       4     zero
//   …             statement, a multiple of 8 long
//
// leaf(n) = SHA-256(0x00 ‖ record bytes), the leaf hash of RFC 6962: chain and tree share it.
#pragma once

#include "crypto/digest.h"

#include "events/log/request.h"
#include "events/log/statement.h"
#include "events/model/ids.h"
#include "events/model/limits.h"
#include "events/model/result.h"

#include <boost/container/static_vector.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace juanzong {

struct StreamLink {
  StreamVersion version{1};  // of this record in the stream, from 1
  RecordIndex previous = no_index;
  bool operator==(const StreamLink&) const = default;
};

// ClockCorrected: the only record after which recorded_at may be lower than before. Its number
// stands here because verifying times needs no catalogue.
inline constexpr EventType clock_corrected_type{68};

// RecoveryDeclared and LedgerHandedOver: the only records after which the origin changes. They
// stand in the stream origin_stream(the next origin).
inline constexpr EventType recovery_declared_type{129};
inline constexpr EventType ledger_handed_over_type{130};
[[nodiscard]] constexpr bool changes_origin(EventType type) {
  return type == recovery_declared_type || type == ledger_handed_over_type;
}

struct RecordDraft {
  RecordIndex index{};
  UnixMicros recorded_at;
  crypto::Digest prev;
  std::uint32_t rules_version = 1;
  std::uint32_t policy_version = 0;
  ByteView header;
  std::span<const RequestSignature> signatures;
  std::uint16_t statement_number = 0;
  std::span<const crypto::Digest> path;
  std::span<const StreamLink> links;
  ByteView assigned;
  ByteView statement;
};

// The caller has admitted every part; a record that would not fit is our bug.
[[nodiscard]] Bytes encode_record(const RecordDraft& draft);

struct RecordView {
  RecordIndex index{};
  UnixMicros recorded_at;
  crypto::Digest prev;
  std::uint32_t rules_version = 0;
  std::uint32_t policy_version = 0;
  RequestHeader header;
  ByteView header_bytes;
  boost::container::static_vector<RequestSignature, limits::signatures_per_request_max> signatures;
  std::uint16_t statement_number = 0;
  boost::container::static_vector<crypto::Digest, limits::statement_path_hashes_max> path;
  boost::container::static_vector<StreamLink, limits::streams_per_statement_max> links;
  ByteView assigned;
  StatementView statement;
  ByteView bytes;
};

// Views point into `bytes`, which must outlive them. Refuses every byte string that
// encode_record would not write.
[[nodiscard]] Result<RecordView> parse_record(ByteView bytes);

// prev of record 0.
[[nodiscard]] crypto::Digest genesis_link(std::string_view origin);

// Names the ledger in the journal: first half of SHA-256("juanzong/ledger/v1\n" ‖ first origin).
[[nodiscard]] LedgerId ledger_id_of(std::string_view first_origin);

// "origin:" and ledger_id_of() of the origin in hexadecimal.
[[nodiscard]] std::string origin_stream(std::string_view origin);

}  // namespace juanzong
