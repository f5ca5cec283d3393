// SPDX-License-Identifier: Apache-2.0
// What the server and its offline tools state themselves: statements whose bodies they make, and
// requests of them. They are judged like anybody's.
#pragma once

#include "crypto/random_bytes.h"
#include "crypto/signature.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "projections/state/admission.h"
#include "projections/state/ledger_machine.h"

#include <string_view>
#include <vector>

namespace juanzong {

struct OwnStatement {
  std::string_view event;
  Bytes body;
};

// The encoded statement, in the streams that its body names, any version.
[[nodiscard]] Result<Bytes> encode_own_statement(const OwnStatement& statement, UnixMicros now);

// ActorKeyRegistered for a key in a file.
[[nodiscard]] OwnStatement key_statement(std::string_view staff, const crypto::PublicKey& key);

// Next in the chain of the first signer as the machine knows it. unknown_key if its key is not
// registered, or no longer valid. `random`: of the request's id.
[[nodiscard]] Result<AdmittedRequest> make_own_request(
    const LedgerMachine& machine,
    std::span<const crypto::PrivateKey* const> signers,
    std::span<const OwnStatement> statements,
    UnixMicros now,
    const crypto::RandomSource& random = crypto::fill_random);

}  // namespace juanzong
