// SPDX-License-Identifier: Apache-2.0
// Making a signed request from statements: what every client does, and what init does for record 0.
#pragma once

#include "crypto/signature.h"

#include "events/log/request.h"

#include <span>
#include <string>
#include <vector>

namespace juanzong {

struct RequestDraft {
  std::string origin;
  RequestId request_id;
  std::uint64_t key_seq = 1;    // of the first key
  crypto::Digest prev_request;  // of the first key
  UnixMicros signed_at;
  UnixMicros not_after;
  std::vector<Bytes> statements;  // encode_statement
};

// 1 to 4 keys; the header names the first one, all of them sign the same bytes. Openings are the
// caller's to add: they are made with the request id, before the statements are encoded.
[[nodiscard]] SignedRequest sign_request(RequestDraft draft,
                                         std::span<const crypto::PrivateKey* const> keys);

}  // namespace juanzong
