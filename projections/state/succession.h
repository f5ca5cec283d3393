// SPDX-License-Identifier: Apache-2.0
// Records after which the ledger speaks under another origin, against the log they stand in; what
// rules cannot see of it: the head, the key's text, the rest of the request.
#pragma once

#include "crypto/signature.h"

#include "events/model/result.h"

#include "projections/state/admission.h"
#include "projections/state/ledger_head.h"

#include <string>
#include <string_view>

namespace juanzong {

// The origin that follows, as both events state it.
struct NextOrigin {
  std::string origin;
  std::string verifier_key;
};

struct KnownHead {
  std::uint64_t size = 0;
  crypto::Digest root;
};

// storage_lost …: names of the schema's enumerators.
enum class LossReason : std::uint8_t { storage_lost = 1, storage_damaged, old_copy, other };

struct Successor {
  std::string name;  // of the company
  std::string founder;
  crypto::PublicKey founder_key;
};

// Done for requests without such a record. schema_violation names the field that is not the log's.
[[nodiscard]] Outcome check_succession(const AdmittedRequest& request, const LedgerHead& head);

// Bodies that fit the head.
[[nodiscard]] Bytes make_recovery_body(const LedgerHead& head,
                                       const NextOrigin& next,
                                       const KnownHead& known,
                                       LossReason reason);
[[nodiscard]] Bytes make_handed_over_body(const LedgerHead& head,
                                          const NextOrigin& next,
                                          const Successor& successor);

}  // namespace juanzong
