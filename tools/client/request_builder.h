// SPDX-License-Identifier: Apache-2.0
// RequestBuilder: from what a person writes to what is signed. One line of JSON is one request:
//
//   {"type":"UnitRegistered","occurred_at":"2025-03-01T09:00:00+08:00","request_id":"0195…",
//    "expect":{"unit:3-1-1202":0},"back_entry":"paper_taken_over","body":{…}}
//
// All but "type" and "body" may be missing; an array of such objects is one all-or-nothing
// request. Salts and blob ids are random; personal data become commitments whose openings travel
// beside the statements. No network here, and no clock of its own.
#pragma once

#include "crypto/random_bytes.h"
#include "crypto/signature.h"

#include "events/log/request.h"
#include "events/log/statement.h"
#include "events/model/result.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/json_body.h"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// The place of the next request in the chain of the first signing key.
struct KeyChain {
  std::uint64_t key_seq = 0;  // of the last accepted request
  crypto::Digest last_request;
};

using SigningKeys = std::vector<std::shared_ptr<const crypto::PrivateKey>>;

// A request that waits for its place in the chain and its signatures.
struct DraftRequest {
  RequestHeader header;  // key_seq and prev_request as of the last sign_draft()
  SignedRequest request;
  std::vector<crypto::PublicKey> keys;
  std::vector<AttachmentContent> attachments;  // to upload before the append
};

class RequestBuilder {
 public:
  struct Environment {
    std::function<UnixMicros()> now;
    // Content of a file that a body names; not_found.
    std::function<Result<Bytes>(std::string_view file)> read_file;
    std::chrono::seconds valid_for{600};                // not_after
    crypto::RandomSource random = crypto::fill_random;  // request ids, salts, blob ids
  };

  // Not for two threads at once: the parsers of the bodies are kept.
  RequestBuilder(const Catalogue& catalogue, std::string origin, Environment environment)
      : catalogue_(catalogue),
        codec_(catalogue),
        origin_(std::move(origin)),
        environment_(std::move(environment)) {}

  // schema_violation, unknown_event_type, malformed_request, not_found (a file), limit_exceeded.
  [[nodiscard]] Result<DraftRequest> build(std::string_view line);
  // For callers that have the body as bytes (tests, load generators).
  [[nodiscard]] Result<DraftRequest> build_statements(std::vector<Bytes> statements,
                                                      std::vector<Opening> openings,
                                                      RequestId request_id);
  [[nodiscard]] RequestId new_request_id() const;

 private:
  const Catalogue& catalogue_;
  BodyCodec codec_;
  const std::string origin_;
  const Environment environment_;
};

// What says that an actor makes a request: his signature, or the login of the session that sends it
// (policy statement.signature).
enum class Authentication : std::uint8_t { signature, session };

// Puts the request at the end of the key's chain, without a signature: the session that this key
// logged in to vouches, where the policy lets it. Again with another chain: the request id and
// statements stay, so it is still recorded at most once.
void place_draft(DraftRequest& draft, const KeyChain& chain, const crypto::PublicKey& key);
// Puts it at the end of the first key's chain and signs it with every key.
void sign_draft(DraftRequest& draft, const KeyChain& chain, const SigningKeys& keys);

// Reads files below the working directory, of at most blob_bytes_max.
[[nodiscard]] Result<Bytes> read_attachment_file(std::string_view file);

}  // namespace juanzong
