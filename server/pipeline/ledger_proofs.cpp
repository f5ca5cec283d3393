// SPDX-License-Identifier: Apache-2.0
// LedgerService, what others verify: checkpoints, proofs, tiles.
#include "crypto/entry_bundle.h"
#include "crypto/proof_text.h"

#include "events/log/statement.h"
#include "events/model/limits.h"

#include "projections/state/stream_completeness.h"

#include "server/pipeline/ledger_service.h"

namespace juanzong {
namespace {

constexpr std::size_t tile_width = 256;
constexpr int entries_level = -1;

}  // namespace

Result<SignedHead> LedgerService::signed_head(const LedgerSnapshot& at,
                                              std::uint64_t size_needed) const {
  const LedgerHead& head = at.head();
  const auto signer = signers_.find(head.name);
  if (signer == signers_.end()) {
    return fail(ErrorCode::environment, "no log key for this ledger");
  }
  return signer->second.at_least(
      size_needed, {head.origin, head.size(), head.tree.root()}, [&at](std::uint64_t old_size) {
        return at.reader().consistency_proof(old_size, at.head().size());
      });
}

Result<SignedHead> LedgerService::newest_head(std::string_view ledger) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  return at ? signed_head(*at, at->head().size()) : Result<SignedHead>(fail(at.error()));
}

Result<std::vector<crypto::Digest>> LedgerService::growth(std::string_view ledger,
                                                          std::uint64_t old_size,
                                                          std::uint64_t new_size) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  return at ? at->reader().consistency_proof(old_size, new_size)
            : Result<std::vector<crypto::Digest>>(fail(at.error()));
}

void LedgerService::adopt_cosigned(std::string_view ledger, SignedHead cosigned) {
  const auto signer = signers_.find(std::string(ledger));
  if (signer != signers_.end()) {
    signer->second.adopt(std::move(cosigned));
  }
}

// With witnesses, the newest checkpoint that they saw: it may be a round old. While the signer does
// not sign, the last that it signed.
Result<std::string> LedgerService::checkpoint(std::string_view ledger) const {
  const auto signer = signers_.find(std::string(ledger));
  if (signer != signers_.end()) {
    if (auto cosigned = signer->second.cosigned()) {
      return std::move(cosigned->note);
    }
  }
  Result<SignedHead> newest = newest_head(ledger);
  if (newest) {
    return std::move(newest->note);
  }
  auto last = signer == signers_.end() ? std::nullopt : signer->second.last();
  return last ? Result<std::string>(std::move(last->note)) : fail(newest.error());
}

Result<std::string> LedgerService::prove_record(std::string_view ledger, RecordIndex index) const {
  const Result<LedgerSnapshot> at = snapshot(ledger);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(*at, number(index) + 1);
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
  const Result<SignedHead> head = signed_head(*at, old_size);
  if (!head) {
    return fail(head.error());
  }
  const auto proof = at->reader().consistency_proof(old_size, head->head.size);
  if (!proof) {
    return fail(proof.error());
  }
  return crypto::consistency_proof_text(old_size, *proof, head->note);
}

Result<std::string> LedgerService::prove_stream(const Principal& who,
                                                std::string_view stream) const {
  if (!is_stream_name(stream)) {
    return fail(ErrorCode::query_invalid, "stream");
  }
  const auto close_of = [](const Result<LedgerSnapshot>& at) {
    return at ? newest_close(at->reader()) : Result<NewestClose>(fail(at.error()));
  };
  const Result<NewestClose> close = close_of(log_of(who));
  if (!close) {
    return fail(close.error());
  }
  const auto tree = heads_trees_.of(parts_.data.rows(), who.ordinal, close->facts.size);
  const Result<LedgerSnapshot> at = snapshot(who.ordinal);
  if (!at) {
    return fail(at.error());
  }
  const Result<SignedHead> head = signed_head(*at, number(close->index) + 1);
  if (!head) {
    return fail(head.error());
  }
  const Result<StreamProof> proof = juanzong::prove_stream(at->rows(),
                                                           at->reader(),
                                                           *close,
                                                           *tree,
                                                           stream,
                                                           head->head,
                                                           head->note,
                                                           limits::stream_proof_bytes_max);
  std::string text = proof ? to_text(*proof) : std::string();
  if (text.size() > limits::stream_proof_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "案卷过长 / the stream is too long for one proof");
  }
  return proof ? Result<std::string>(std::move(text)) : fail(proof.error());
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
