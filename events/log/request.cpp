// SPDX-License-Identifier: Apache-2.0
#include "events/log/request.h"

#include "crypto/merkle_tree.h"
#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::string_view request_domain = "juanzong/request/v1\n";
constexpr std::string_view key_domain = "juanzong/key/v1\n";

}  // namespace

Bytes encode_header(const RequestHeader& header) {
  check(header.origin.size() <= limits::origin_bytes_max, "an origin has at most 255 bytes");
  ByteWriter out;
  out.reserve(limits::header_bytes_max);
  out.put(header.suite).put_sized<std::uint16_t>(bytes_of(header.origin));
  out.put(header.request_id.view()).put(header.key_id.view()).put(header.key_seq);
  out.put(header.prev_request).put_i64(header.signed_at.value).put_i64(header.not_after.value);
  out.put(header.statement_count).put(header.statements_root);
  return out.take();
}

Bytes signed_bytes(const RequestHeader& header) {
  return signed_bytes_of(encode_header(header));
}

Bytes signed_bytes_of(ByteView stored_header) {
  ByteWriter out;
  out.put(request_domain).put(stored_header);
  return out.take();
}

crypto::Digest request_hash(ByteView stored_header) {
  return crypto::sha256(signed_bytes_of(stored_header));
}

Result<RequestHeader> parse_header(ByteView bytes) {
  ByteReader in(bytes);
  RequestHeader header;
  header.suite = in.take<std::uint8_t>();
  header.origin = text_of(in.take_sized<std::uint16_t>());
  header.request_id = RequestId{in.take_array<16>()};
  header.key_id = KeyId{in.take_array<32>()};
  header.key_seq = in.take<std::uint64_t>();
  header.prev_request = in.take_digest();
  header.signed_at = UnixMicros{in.take_i64()};
  header.not_after = UnixMicros{in.take_i64()};
  header.statement_count = in.take<std::uint16_t>();
  header.statements_root = in.take_digest();
  const bool shaped = in.finished() && header.suite == suite_default && !header.origin.empty() &&
                      header.origin.size() <= limits::origin_bytes_max && header.key_seq > 0 &&
                      header.statement_count > 0 &&
                      header.statement_count <= limits::statements_per_request_max;
  if (!shaped) {
    return fail(ErrorCode::malformed_request, "header");
  }
  return header;
}

KeyId key_id_of(const crypto::PublicKey& key, std::uint8_t suite) {
  ByteWriter out;
  out.put(key_domain).put(suite).put(ByteView(key.bytes));
  return KeyId{crypto::sha256(out.view()).bytes};
}

crypto::Digest statements_root(std::span<const Bytes> statements) {
  std::vector<crypto::Digest> leaves;
  leaves.reserve(statements.size());
  for (const Bytes& statement : statements) {
    leaves.push_back(crypto::leaf_hash(statement));
  }
  return crypto::root_of(leaves);
}

}  // namespace juanzong
