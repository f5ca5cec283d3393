// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/evidence_source.h"

#include "crypto/checkpoint.h"
#include "crypto/proof_text.h"

#include "projections/state/stream_completeness.h"

#include "tools/evidence/case_collector.h"
#include "tools/juanzong/ledger_key.h"

#include <utility>

namespace juanzong::cli {
namespace {

constexpr int attempts_max = 5;

// The head that the package rests on, with its note.
struct Rest {
  crypto::Checkpoint head;
  std::string note;
};

Result<Rest> rest_of(const OfflineLedger& ledger,
                     const crypto::VerifierKey& key,
                     const std::string& given) {
  if (given.empty()) {
    const LedgerHead& head = ledger.head();
    const crypto::Checkpoint newest{head.origin, head.size(), head.tree.root()};
    Result<std::string> note = sign_head(ledger, newest);
    return note ? Result<Rest>({newest, *std::move(note)}) : fail(note.error());
  }
  const auto stated = crypto::open_checkpoint(given, key);
  if (!stated) {
    return fail(ErrorCode::bad_signature, "--checkpoint: not signed by the log's key");
  }
  const Result<crypto::Digest> root = ledger.reader().root(stated->size);
  return root && *root == stated->root
             ? Result<Rest>({*stated, given})
             : fail(ErrorCode::corruption, "--checkpoint: of another history");
}

Result<evidence::Growth> growth_of(const OfflineLedger& ledger,
                                   const crypto::VerifierKey& key,
                                   const std::string& since_note,
                                   std::uint64_t size) {
  const auto old = crypto::open_checkpoint(since_note, key);
  if (!old || old->size == 0 || old->size > size) {
    return fail(ErrorCode::bad_signature, "--since: no earlier checkpoint of this log");
  }
  const Result<crypto::Digest> root = ledger.reader().root(old->size);
  if (!root || *root != old->root) {
    return fail(ErrorCode::corruption,
                "--since: 本日志不含该检查点的树 / this log does not contain that tree");
  }
  Result<std::vector<crypto::Digest>> hashes = ledger.reader().consistency_proof(old->size, size);
  return hashes ? Result<evidence::Growth>({old->size, *std::move(hashes)}) : fail(hashes.error());
}

// The server's proof, if it leads to the checkpoint of the file.
Result<std::optional<evidence::Growth>> growth_of(Client& client,
                                                  const std::string& since_note,
                                                  const std::string& note) {
  const auto key = crypto::VerifierKey::parse(client.facts().verifier_key);
  const auto old = key ? crypto::open_checkpoint(since_note, *key) : std::nullopt;
  if (!old) {
    return fail(ErrorCode::bad_signature, "--since: no checkpoint of this log");
  }
  const Result<std::string> text = client.prove_consistency(old->size);
  if (!text) {
    return fail(text.error());
  }
  auto proof = crypto::parse_consistency_proof(*text);
  if (!proof || proof->note != note) {
    return std::optional<evidence::Growth>();
  }
  return std::optional(evidence::Growth{proof->old_size, std::move(proof->hashes)});
}

}  // namespace

Result<evidence::CaseFile> case_of_files(const OfflineLedger& ledger, const EvidenceWish& wish) {
  const Result<crypto::VerifierKey> key = verifier_key_of(ledger);
  const Result<NewestClose> close = newest_close(ledger.reader());
  if (!key || !close) {
    return fail(!key ? key.error() : close.error());
  }
  const Result<Rest> rest = rest_of(ledger, *key, wish.checkpoint);
  if (!rest) {
    return fail(rest.error());
  }
  if (rest->head.size <= number(close->index)) {
    return fail(ErrorCode::not_found,
                "--checkpoint: 早于最近日结 / older than the newest day close");
  }
  const StreamHeadsTree tree(ledger.rows(), ledger.ordinal(), close->facts.size);
  Result<evidence::Collected> collected =
      evidence::collect_case(wish.stream, wish.staff, wish.key, [&](const std::string& stream) {
        return prove_stream(
            ledger.rows(), ledger.reader(), *close, tree, stream, rest->head, rest->note);
      });
  if (!collected) {
    return fail(collected.error());
  }
  if (!wish.since_note.empty()) {
    Result<evidence::Growth> growth = growth_of(ledger, *key, wish.since_note, rest->head.size);
    if (!growth) {
      return fail(growth.error());
    }
    collected->file.since = *std::move(growth);
  }
  return std::move(collected->file);
}

// The server answers each stream under the newest head that reaches the close; a new day close or a
// new cosigned head in between makes the answers differ, and all are asked again.
Result<evidence::CaseFile> case_of_server(Client& client, const EvidenceWish& wish) {
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    Result<evidence::Collected> collected = evidence::collect_case(
        wish.stream, wish.staff, wish.key, [&client](const std::string& stream) {
          const Result<std::string> text = client.prove_stream(stream);
          return text ? parse_stream_proof(*text) : Result<StreamProof>(fail(text.error()));
        });
    if (!collected) {
      return fail(collected.error());
    }
    if (collected->moved) {
      continue;
    }
    if (wish.since_note.empty()) {
      return std::move(collected->file);
    }
    Result<std::optional<evidence::Growth>> growth =
        growth_of(client, wish.since_note, collected->file.note);
    if (!growth) {
      return fail(growth.error());
    }
    if (*growth) {
      collected->file.since = **std::move(growth);
      return std::move(collected->file);
    }
  }
  return fail(ErrorCode::busy, "检查点在变动,请再试 / the checkpoint moves, try again");
}

}  // namespace juanzong::cli
