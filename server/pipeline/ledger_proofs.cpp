// SPDX-License-Identifier: Apache-2.0
// LedgerService, what others verify: checkpoints, proofs, tiles.
#include "crypto/entry_bundle.h"
#include "crypto/proof_text.h"

#include "server/pipeline/ledger_service.h"

namespace juanzong {
namespace {

constexpr std::size_t tile_width = 256;
constexpr int entries_level = -1;

}  // namespace

Result<SignedHead> LedgerService::signed_head(const LedgerHead& head,
                                              std::uint64_t size_needed) const {
  const auto signer = signers_.find(head.name);
  if (signer == signers_.end()) {
    return fail(ErrorCode::environment, "no log key for this ledger");
  }
  return signer->second.at_least(size_needed, {head.origin, head.size(), head.tree.root()});
}

Result<std::string> LedgerService::checkpoint(std::string_view ledger) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  Result<SignedHead> signed_newest = signed_head(at->head(), at->head().size());
  return signed_newest ? Result<std::string>(std::move(signed_newest->note))
                       : Result<std::string>(fail(signed_newest.error()));
}

Result<std::string> LedgerService::prove_record(std::string_view ledger, RecordIndex index) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(at->head(), number(index) + 1);
  if (!head) {
    return fail(head.error());
  }
  const auto path = at->reader().inclusion_proof(index, head->head.size);
  return path ? Result<std::string>(crypto::inclusion_proof_text(number(index), *path, head->note))
              : Result<std::string>(fail(path.error()));
}

Result<std::string> LedgerService::prove_consistency(std::string_view ledger,
                                                     std::uint64_t old_size) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(at->head(), old_size);
  if (!head) {
    return fail(head.error());
  }
  const auto proof = at->reader().consistency_proof(old_size, head->head.size);
  if (!proof) {
    return fail(proof.error());
  }
  return crypto::consistency_proof_text(old_size, *proof, head->note);
}

Result<std::string> LedgerService::tile(std::string_view ledger,
                                        int level,
                                        std::uint64_t number,
                                        std::size_t width) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  if (level != entries_level) {
    return at->reader().tile(static_cast<std::uint8_t>(level), number, width);
  }
  const Result<std::vector<Bytes>> records =
      at->reader().records(RecordIndex{number * tile_width}, width);
  if (!records || records->size() != width) {
    return fail(ErrorCode::not_found, "entries");
  }
  std::string bundle;
  for (const Bytes& record : *records) {
    crypto::append_to_bundle(bundle, record);
  }
  return bundle;
}

}  // namespace juanzong
