// SPDX-License-Identifier: Apache-2.0
#include "server/witness/witness.h"

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/proof_text.h"
#include "crypto/signed_note.h"

#include <utility>

namespace juanzong {
namespace {

// The checkpoint that a note claims to be, before anything is verified.
std::optional<crypto::Checkpoint> stated_in(std::string_view note) {
  const auto parsed = crypto::parse_note(note);
  return parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
}

}  // namespace

Witness::Witness(crypto::SignerKey cosigner, std::unique_ptr<CheckpointBook> book)
    : cosigner_(std::move(cosigner)), book_(std::move(book)) {}

Result<std::unique_ptr<Witness>> Witness::open(crypto::SignerKey cosigner,
                                               std::vector<crypto::VerifierKey> logs,
                                               std::filesystem::path folder) {
  if (cosigner.verifier().type() != crypto::NoteKeyType::cosignature_v1) {
    return fail(ErrorCode::environment, "密钥不是见证密钥 / not a cosigner's key");
  }
  std::vector<CheckpointBook::Log> kept;
  for (const crypto::VerifierKey& log : logs) {
    kept.push_back({{log, cosigner.verifier()}});
  }
  auto book =
      CheckpointBook::open(std::move(kept), std::move(folder), CheckpointBook::Missing::begins);
  if (!book) {
    return fail(book.error());
  }
  return std::unique_ptr<Witness>(  // NOLINT: private constructor
      new Witness(std::move(cosigner), *std::move(book)));
}

HttpResponse Witness::answer(const HttpRequest& request, std::uint64_t now) {
  if (request.target == "/add-checkpoint") {
    return request.method == "POST" ? add_checkpoint(request.body, now)
                                    : plain_response(405, "POST only");
  }
  return request.method == "GET" || request.method == "HEAD"
             ? book_->show(request.target)
             : plain_response(405, "GET and HEAD only");
}

HttpResponse Witness::add_checkpoint(std::string_view body, std::uint64_t now) {
  const auto proof = crypto::parse_consistency_proof(body);
  const auto stated = proof ? stated_in(proof->note) : std::nullopt;
  if (!stated || proof->hashes.size() > growth_hashes_max) {
    return plain_response(400, "not an add-checkpoint request");
  }
  return book_->advance(
      *stated,
      *proof,
      [&](const crypto::VerifierKey& log) {
        return crypto::open_checkpoint(proof->note, log) == stated;
      },
      [&](const crypto::VerifierKey& log) { return cosign(log, proof->note, now); });
}

// Log signature and own cosignature only: other lines of the note are not ours to vouch for.
std::optional<CheckpointBook::Vouched> Witness::cosign(const crypto::VerifierKey& log,
                                                       std::string_view note,
                                                       std::uint64_t now) const {
  auto kept = crypto::open_note(note, std::span(&log, 1));
  const auto cosignature = kept ? crypto::cosign(cosigner_, kept->text, now) : std::nullopt;
  if (!cosignature) {
    return std::nullopt;
  }
  kept->signatures.push_back(*cosignature);
  auto text = crypto::format_note(*kept);
  if (!text) {
    return std::nullopt;
  }
  return CheckpointBook::Vouched{*std::move(text), crypto::format_signature_line(*cosignature)};
}

}  // namespace juanzong
