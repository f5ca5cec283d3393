// SPDX-License-Identifier: Apache-2.0
// Founding a ledger: the request that becomes its first records. It creates the ledger, registers
// the founder as system administrator (ADM) with the founder's key, and the server itself (SYS)
// with a key of its own; the founder's key and the server's sign it.
#pragma once

#include "crypto/random_bytes.h"
#include "crypto/signature.h"

#include "events/log/frame.h"
#include "events/log/request.h"

#include "projections/state/genesis.h"
#include "projections/state/ledger_set.h"

#include <string>
#include <string_view>

namespace juanzong {

struct Founding {
  GenesisFacts facts;  // founder_key is filled in here
  std::string timezone;
  std::string tzdata_version;
  std::string founder_badge;
  crypto::RandomSource random = crypto::fill_random;  // of the request's id
};

struct FoundingKeys {
  const crypto::PrivateKey& founder;
  // Absent: a ledger whose server puts nothing on record itself.
  const crypto::PrivateKey* server = nullptr;
};

[[nodiscard]] Result<SignedRequest> make_founding_request(Founding founding,
                                                          const FoundingKeys& keys,
                                                          UnixMicros now);

// Decides that request on a ledger that is new to the set, as the writer would. The batch is not in
// the journal yet; whoever does not put it there drops the set. ledger_name_taken,
// ledger_origin_taken, limit_exceeded.
[[nodiscard]] Result<LedgerBatch> found_ledger(LedgerSet& ledgers,
                                               Founding founding,
                                               const FoundingKeys& keys,
                                               UnixMicros now);

}  // namespace juanzong
