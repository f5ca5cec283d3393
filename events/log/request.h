// SPDX-License-Identifier: Apache-2.0
// Request: 1 to 4,096 statements, all or nothing, under one signed header.
//
// The signed bytes (docs/FORMATS.md, section 3), integers little-endian:
//
//   "juanzong/request/v1\n" ‖ suite u8 ‖ origin (u16 length) ‖ request_id 16 ‖ key_id 32 ‖
//   key_seq u64 ‖ prev_request 32 ‖ signed_at i64 ‖ not_after i64 ‖ n u16 ‖ R 32
//
// R is the RFC 6962 root over the n statements. key_seq (from 1) and prev_request (SHA-256 of the
// signed bytes of the key's previous accepted request; zero for the first) chain what one key
// stated, so that a dropped or invented request shows. Refused requests leave no gap.
#pragma once

#include "crypto/digest.h"
#include "crypto/signature.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace juanzong {

// 1: SHA-256, Ed25519, AES-256-GCM. Others are reserved.
inline constexpr std::uint8_t suite_default = 1;

struct RequestHeader {
  std::uint8_t suite = suite_default;
  std::string origin;
  RequestId request_id;
  KeyId key_id;
  std::uint64_t key_seq = 1;
  crypto::Digest prev_request;
  UnixMicros signed_at;
  UnixMicros not_after;
  std::uint16_t statement_count = 1;
  crypto::Digest statements_root;
  bool operator==(const RequestHeader&) const = default;
};

struct RequestSignature {
  KeyId key_id;
  crypto::Signature signature;
  bool operator==(const RequestSignature&) const = default;
};

// The signed bytes, domain prefix included.
[[nodiscard]] Bytes signed_bytes(const RequestHeader& header);
// The same without the constant domain prefix: what a record stores.
[[nodiscard]] Bytes encode_header(const RequestHeader& header);
[[nodiscard]] Result<RequestHeader> parse_header(ByteView bytes);
// The signed bytes of a stored header.
[[nodiscard]] Bytes signed_bytes_of(ByteView stored_header);
// SHA-256 of the signed bytes: the link in the chain of the key.
[[nodiscard]] crypto::Digest request_hash(ByteView stored_header);

[[nodiscard]] KeyId key_id_of(const crypto::PublicKey& key, std::uint8_t suite = suite_default);

[[nodiscard]] crypto::Digest statements_root(std::span<const Bytes> statements);

// An opening travels beside its statement: the value behind a commitment of statement `i`.
struct Opening {
  std::uint16_t statement = 0;
  std::string path;
  std::array<std::uint8_t, 32> salt{};
  Bytes value;
  bool operator==(const Opening&) const = default;
};

// What a client sends and the writer is handed.
struct SignedRequest {
  Bytes header;  // encode_header
  // Empty: the session of the header's key vouches for the request (docs/POLICY.md).
  std::vector<RequestSignature> signatures;
  std::vector<Bytes> statements;
  std::vector<Opening> openings;
};

}  // namespace juanzong
