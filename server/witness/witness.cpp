// SPDX-License-Identifier: Apache-2.0
#include "server/witness/witness.h"

#include "crypto/cosignature.h"
#include "crypto/hex.h"
#include "crypto/merkle_tree.h"
#include "crypto/proof_text.h"
#include "crypto/sha256.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t proof_hashes_max = 63;

HttpResponse plain(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.body = std::string(text) + "\n";
  return response;
}

HttpResponse size_conflict(std::uint64_t size) {
  HttpResponse response = plain(409, std::to_string(size));
  response.content_type = "text/x.tlog.size";
  return response;
}

std::string hex_of_origin(std::string_view origin) {
  return to_hex(crypto::sha256(bytes_of(origin)));
}

// The checkpoint that a note claims to be, before anything is verified.
std::optional<crypto::Checkpoint> stated_in(std::string_view note) {
  const auto parsed = crypto::parse_note(note);
  return parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
}

bool grew(const crypto::ConsistencyProof& proof,
          const crypto::Checkpoint& old,
          const crypto::Checkpoint& head) {
  const crypto::Digest old_root = proof.old_size == 0 ? crypto::empty_root() : old.root;
  return crypto::verify_consistency(proof.old_size, head.size, proof.hashes, old_root, head.root);
}

}  // namespace

Result<std::unique_ptr<Witness>> Witness::open(crypto::SignerKey cosigner,
                                               std::vector<crypto::VerifierKey> logs,
                                               std::filesystem::path folder) {
  if (cosigner.verifier().type() != crypto::NoteKeyType::cosignature_v1) {
    return fail(ErrorCode::environment, "密钥不是见证密钥 / not a cosigner's key");
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::environment, folder.string() + ": " + error.message());
  }
  std::unique_ptr<Witness> witness(new Witness(std::move(cosigner)));
  for (crypto::VerifierKey& key : logs) {
    if (const Outcome added = witness->add_log(std::move(key), folder); !added) {
      return fail(added.error());
    }
  }
  return witness;
}

Outcome Witness::add_log(crypto::VerifierKey key, const std::filesystem::path& folder) {
  Log log(std::move(key));
  const std::string origin = log.key.name();
  const std::string hex = hex_of_origin(origin);
  log.file = folder / (hex + ".checkpoint");
  log.path = "/" + hex + "/checkpoint";
  log.newest.root = crypto::empty_root();
  const Result<Bytes> stored = read_file(log.file, crypto::note_size_bytes_max);
  if (stored) {
    log.note = text_of(ByteView(*stored));
    const auto head = crypto::open_checkpoint(log.note, log.key);
    const crypto::VerifierKey keys[] = {log.key, cosigner_.verifier()};
    const auto opened = crypto::open_note(log.note, keys);
    if (!head || !opened || opened->signatures.size() != 2) {
      return fail(ErrorCode::corruption, log.file.string());
    }
    log.newest = *head;
  } else if (stored.error().code != ErrorCode::not_found) {
    return fail(stored.error());
  }
  logs_.emplace(origin, std::move(log));
  return Done{};
}

HttpResponse Witness::answer(const HttpRequest& request, std::uint64_t now) {
  if (request.target == "/add-checkpoint") {
    return request.method == "POST" ? add_checkpoint(request.body, now) : plain(405, "POST only");
  }
  return request.method == "GET" || request.method == "HEAD" ? monitoring(request.target)
                                                             : plain(405, "GET and HEAD only");
}

HttpResponse Witness::monitoring(std::string_view target) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(
      logs_, [target](const auto& entry) { return entry.second.path == target; });
  if (found == logs_.end() || found->second.note.empty()) {
    return plain(404, "not found");
  }
  return {200, "text/plain; charset=utf-8", "public, max-age=5", found->second.note};
}

// The order of the answers is the specification's.
HttpResponse Witness::add_checkpoint(std::string_view body, std::uint64_t now) {
  const auto proof = crypto::parse_consistency_proof(body);
  const auto stated = proof ? stated_in(proof->note) : std::nullopt;
  if (!stated || proof->hashes.size() > proof_hashes_max) {
    return plain(400, "not an add-checkpoint request");
  }
  const std::lock_guard lock(mutex_);
  const auto found = logs_.find(stated->origin);
  if (found == logs_.end()) {
    return plain(404, "unknown origin");
  }
  Log& log = found->second;
  const auto head = crypto::open_checkpoint(proof->note, log.key);
  if (!head) {
    return plain(403, "not signed by the log's key");
  }
  if (proof->old_size > head->size) {
    return plain(400, "the old size is larger than the checkpoint's");
  }
  if (proof->old_size != log.newest.size) {
    return size_conflict(log.newest.size);
  }
  if (!grew(*proof, log.newest, *head)) {
    return plain(422, "not consistent with what was cosigned before");
  }
  return cosign(log, *head, proof->note, now);
}

// Log signature and own cosignature only: other lines of the note are not ours to vouch for.
HttpResponse Witness::cosign(Log& log,
                             const crypto::Checkpoint& head,
                             std::string_view note,
                             std::uint64_t now) {
  const crypto::VerifierKey keys[] = {log.key};
  auto kept = crypto::open_note(note, keys);
  const auto cosignature = kept ? crypto::cosign(cosigner_, kept->text, now) : std::nullopt;
  if (!cosignature) {
    return plain(500, "cannot cosign");
  }
  kept->signatures.push_back(*cosignature);
  const auto text = crypto::format_note(*kept);
  if (!text || !write_file_durably(log.file, bytes_of(*text))) {
    return plain(500, "cannot store");
  }
  log.newest = head;
  log.note = *text;
  HttpResponse response;
  response.body = crypto::format_signature_line(*cosignature);
  return response;
}

}  // namespace juanzong
