// SPDX-License-Identifier: Apache-2.0
#include "server/signer/log_signer.h"

#include "crypto/checkpoint.h"
#include "crypto/merkle_tree.h"
#include "crypto/proof_text.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <optional>
#include <utility>

namespace juanzong {

LogSigner::LogSigner(std::vector<SigningLog> logs, std::unique_ptr<CheckpointBook> book)
    : book_(std::move(book)) {
  for (SigningLog& log : logs) {
    std::string origin = log.key.name();
    logs_.emplace(std::move(origin), std::move(log));
  }
}

Result<std::unique_ptr<LogSigner>> LogSigner::open(std::vector<SigningLog> logs,
                                                   std::filesystem::path folder) {
  std::vector<CheckpointBook::Log> kept;
  for (const SigningLog& log : logs) {
    if (log.signer->public_key() != log.key.public_key()) {
      return fail(ErrorCode::environment,
                  log.key.name() + ": 私钥与公钥不符 / not the private key of this verifier key");
    }
    kept.push_back({{log.key}});
  }
  auto book =
      CheckpointBook::open(std::move(kept), std::move(folder), CheckpointBook::Missing::is_refused);
  if (!book) {
    return fail(book.error());
  }
  return std::unique_ptr<LogSigner>(  // NOLINT: private constructor
      new LogSigner(std::move(logs), *std::move(book)));
}

HttpResponse LogSigner::answer(const HttpRequest& request) {
  if (request.target == "/sign-checkpoint") {
    return request.method == "POST" ? sign(request.body) : plain_response(405, "POST only");
  }
  return request.method == "GET" || request.method == "HEAD"
             ? book_->show(request.target)
             : plain_response(405, "GET and HEAD only");
}

HttpResponse LogSigner::sign(std::string_view body) {
  const auto proof = crypto::parse_consistency_proof(body);
  const auto head = proof ? crypto::parse_checkpoint(proof->note) : std::nullopt;
  if (!head || proof->hashes.size() > growth_hashes_max) {
    return plain_response(400, "not a sign-checkpoint request");
  }
  return book_->advance(
      *head,
      *proof,
      [](const crypto::VerifierKey&) { return true; },  // who may ask is the socket's business
      [&](const crypto::VerifierKey& log) { return sign(log, proof->note); });
}

std::optional<CheckpointBook::Vouched> LogSigner::sign(const crypto::VerifierKey& log,
                                                       std::string_view text) const {
  const auto signature = crypto::sign_text(log, *logs_.at(log.name()).signer, text);
  auto note = signature ? crypto::format_note({std::string(text), {*signature}}) : std::nullopt;
  if (!note) {
    return std::nullopt;
  }
  return CheckpointBook::Vouched{*std::move(note), crypto::format_signature_line(*signature)};
}

Outcome begin_log(const SigningLog& log,
                  const std::filesystem::path& folder,
                  std::string_view note) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const crypto::Checkpoint empty{log.key.name(), 0, crypto::empty_root()};
  const auto first = note.empty() ? crypto::sign_checkpoint(empty, log.key, *log.signer)
                                  : std::optional<std::string>(note);
  const auto opened = first ? crypto::open_note(*first, std::span(&log.key, 1)) : std::nullopt;
  if (!opened || !crypto::open_checkpoint(*first, log.key)) {
    return fail(ErrorCode::proof_invalid,
                log.key.name() + ": 不是该日志签署的检查点 / not a checkpoint that the log signed");
  }
  return create_file_durably(checkpoint_file(folder, log.key.name()),
                             bytes_of(*crypto::format_note(*opened)));
}

}  // namespace juanzong
