// SPDX-License-Identifier: Apache-2.0
// A ledger that is to be founded: what is said about it, the keys that are made for it, and the
// founding request, decided as the writer would. What the first ledger of a directory (new_data.h)
// and a further one (add_ledger.h) have in common.
#pragma once

#include "crypto/note_key.h"
#include "crypto/random_bytes.h"
#include "crypto/signature.h"

#include "events/log/frame.h"
#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "projections/state/own_request.h"

#include "server/data/ledger_keys.h"

#include <span>
#include <string>

namespace juanzong::cli {

struct NewLedger {
  std::string ledger;  // its name
  std::string origin;
  std::string timezone = "Asia/Shanghai";
  std::string founder = "S-ADM";
  UnixMicros now;
  crypto::RandomSource random = crypto::fill_random;  // of the founding request's id
};

struct NewKeys {
  crypto::SignerKey log;
  crypto::PrivateKey founder;
  crypto::PrivateKey server;
};

// environment if the origin cannot name a key.
[[nodiscard]] Result<NewKeys> make_keys(const NewLedger& wanted);

// Files and folder entries are on disk when it returns Done; none is replaced.
[[nodiscard]] Outcome write_keys(const LedgerKeyFiles& files, const NewKeys& keys);

// The batch that is the ledger once it stands in the journal; see found_ledger in
// projections/state/founding.h.
[[nodiscard]] Result<LedgerBatch> found(LedgerSet& ledgers,
                                        const NewLedger& wanted,
                                        const NewKeys& keys);

// What an offline tool states in a ledger that is open: the batch, not yet in the journal.
// not_permitted if a rule refuses.
[[nodiscard]] Result<LedgerBatch> decide_own(LedgerMachine& machine,
                                             std::span<const crypto::PrivateKey* const> signers,
                                             std::span<const OwnStatement> statements,
                                             UnixMicros now);

// One frame behind the head, synced, then the anchor. outcome_unknown if the journal does not say
// ok: the next start finds out.
[[nodiscard]] Outcome append_frame(Journal& journal,
                                   Anchor& anchor,
                                   LedgerBatch batch,
                                   UnixMicros now);

}  // namespace juanzong::cli
