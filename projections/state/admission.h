// SPDX-License-Identifier: Apache-2.0
// Admission: everything about a request that needs no state, done on the I/O threads: layout,
// schema, streams, the root over the statements, openings against commitments, the mathematics of
// the signatures. What is admitted can be decided; what is not is an error, never a refusal.
#pragma once

#include "crypto/signature.h"

#include "events/log/record.h"
#include "events/log/request.h"
#include "events/model/result.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

#include <span>
#include <vector>

namespace juanzong {

// A signature as it travels: the key in full, since a new key signs before it is registered.
struct WireSignature {
  crypto::PublicKey public_key;
  crypto::Signature signature;
};

struct AdmittedStatement {
  const CatalogueEntry* entry = nullptr;
  StatementView view;  // into AdmittedRequest::request.statements
  BodyFacts facts;
  std::vector<crypto::Digest> path;  // of the statement under R
};

struct AdmittedRequest {
  SignedRequest request;
  RequestHeader header;
  std::vector<KeyId> signers;  // none: the session of the header's key vouches
  std::vector<AdmittedStatement> statements;
  crypto::Digest hash;  // request_hash
  std::size_t bytes = 0;
};

// Whether openings must be there: a client's request yes, a replayed record no.
enum class Openings : std::uint8_t { required, absent };

// The first signature must be by the header's key, or there is none at all: then the caller knows
// from the session that the holder of that key sends it, and the machine judges whether the policy
// takes its word. `keys` and request.signatures correspond.
[[nodiscard]] Result<AdmittedRequest> admit_request(SignedRequest request,
                                                    std::span<const crypto::PublicKey> keys,
                                                    const Catalogue& catalogue,
                                                    Openings openings);

}  // namespace juanzong
