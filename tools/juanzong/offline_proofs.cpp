// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/offline_proofs.h"

#include <utility>

namespace juanzong::cli {
namespace {

crypto::Checkpoint head_of(const OfflineLedger& ledger) {
  const LedgerHead& head = ledger.head();
  return {head.origin, head.size(), head.tree.root()};
}

}  // namespace

Result<std::string> signed_head_of(const OfflineLedger& ledger) {
  return sign_head(ledger, head_of(ledger));
}

OfflineStreamProofs::OfflineStreamProofs(const OfflineLedger& ledger,
                                         NewestClose close,
                                         std::string note)
    : ledger_(ledger),
      close_(std::move(close)),
      tree_(ledger.rows(), ledger.ordinal(), close_.facts.size),
      note_(std::move(note)) {}

Result<std::unique_ptr<OfflineStreamProofs>> OfflineStreamProofs::make(
    const OfflineLedger& ledger) {
  Result<NewestClose> close = newest_close(ledger.reader());
  Result<std::string> note = close ? signed_head_of(ledger) : fail(close.error());
  if (!note) {
    return fail(note.error());
  }
  return std::unique_ptr<OfflineStreamProofs>(  // NOLINT: private constructor
      new OfflineStreamProofs(ledger, *std::move(close), *std::move(note)));
}

Result<std::string> OfflineStreamProofs::prove(const std::string& stream) const {
  const Result<StreamProof> proof = prove_stream(
      ledger_.rows(), ledger_.reader(), close_, tree_, stream, head_of(ledger_), note_);
  return proof ? Result<std::string>(to_text(*proof)) : fail(proof.error());
}

}  // namespace juanzong::cli
