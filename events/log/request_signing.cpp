// SPDX-License-Identifier: Apache-2.0
#include "events/log/request_signing.h"

#include "events/model/check.h"
#include "events/model/limits.h"

namespace juanzong {

SignedRequest sign_request(RequestDraft draft, std::span<const crypto::PrivateKey* const> keys) {
  check(!keys.empty() && keys.size() <= limits::signatures_per_request_max,
        "a request has 1 to 4 signatures");
  check(!draft.statements.empty() && draft.statements.size() <= limits::statements_per_request_max,
        "a request has 1 to 4,096 statements");
  RequestHeader header;
  header.origin = draft.origin;
  header.request_id = draft.request_id;
  header.key_id = key_id_of(keys.front()->public_key());
  header.key_seq = draft.key_seq;
  header.prev_request = draft.prev_request;
  header.signed_at = draft.signed_at;
  header.not_after = draft.not_after;
  header.statement_count = static_cast<std::uint16_t>(draft.statements.size());
  header.statements_root = statements_root(draft.statements);
  SignedRequest request;
  request.header = encode_header(header);
  request.statements = std::move(draft.statements);
  const Bytes message = signed_bytes(header);
  for (const crypto::PrivateKey* key : keys) {
    request.signatures.push_back({key_id_of(key->public_key()), key->sign(message)});
  }
  return request;
}

}  // namespace juanzong
