// SPDX-License-Identifier: Apache-2.0
#include "server/witness/checkpoint_book.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"
#include "crypto/sha256.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace juanzong {
namespace {

std::string hex_of_origin(std::string_view origin) {
  return to_hex(crypto::sha256(bytes_of(origin)));
}

HttpResponse size_conflict(std::uint64_t size) {
  HttpResponse response = plain_response(409, std::to_string(size));
  response.content_type = "text/x.tlog.size";
  return response;
}

bool grew(const crypto::ConsistencyProof& proof,
          const crypto::Checkpoint& old,
          const crypto::Checkpoint& head) {
  return crypto::verify_consistency(proof.old_size, head.size, proof.hashes, old.root, head.root);
}

}  // namespace

HttpResponse plain_response(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.body = std::string(text) + "\n";
  return response;
}

std::string checkpoint_path(std::string_view origin) {
  return "/" + hex_of_origin(origin) + "/checkpoint";
}

std::filesystem::path checkpoint_file(const std::filesystem::path& folder,
                                      std::string_view origin) {
  return folder / (hex_of_origin(origin) + ".checkpoint");
}

Result<std::unique_ptr<CheckpointBook>> CheckpointBook::open(std::vector<Log> logs,
                                                             std::filesystem::path folder,
                                                             Missing missing) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::environment, folder.string() + ": " + error.message());
  }
  std::unique_ptr<CheckpointBook> book(new CheckpointBook(std::move(folder)));
  if (const Outcome locked = book->lock(); !locked) {
    return fail(locked.error());
  }
  for (Log& log : logs) {
    if (const Outcome added = book->add(std::move(log), missing); !added) {
      return fail(added.error());
    }
  }
  return book;
}

CheckpointBook::~CheckpointBook() {
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

// Two processes on one folder would each remember a history of its own.
Outcome CheckpointBook::lock() {
  const std::filesystem::path file = folder_ / "lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock_ < 0) {
    return fail(ErrorCode::environment, file.string());
  }
  return ::flock(lock_, LOCK_EX | LOCK_NB) == 0 ? Outcome(Done{})
                                                : fail(ErrorCode::already_running, file.string());
}

Outcome CheckpointBook::add(Log log, Missing missing) {
  const std::string origin = log.keys.front().name();
  Entry entry;
  entry.keys = std::move(log.keys);
  entry.file = checkpoint_file(folder_, origin);
  entry.path = checkpoint_path(origin);
  entry.newest.root = crypto::empty_root();
  const Result<Bytes> stored = read_file(entry.file, crypto::note_size_bytes_max);
  if (stored) {
    entry.note = text_of(ByteView(*stored));
    const auto head = crypto::open_checkpoint(entry.note, entry.keys.front());
    const auto opened = crypto::open_note(entry.note, entry.keys);
    if (!head || !opened || opened->signatures.size() != entry.keys.size()) {
      return fail(ErrorCode::corruption, entry.file.string());
    }
    entry.newest = *head;
  } else if (stored.error().code != ErrorCode::not_found || missing == Missing::is_refused) {
    return fail(stored.error().code, entry.file.string());
  }
  entries_.emplace(origin, std::move(entry));
  return Done{};
}

HttpResponse CheckpointBook::show(std::string_view target) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(
      entries_, [target](const auto& each) { return each.second.path == target; });
  if (found == entries_.end() || found->second.note.empty()) {
    return plain_response(404, "not found");
  }
  return {200, "text/plain; charset=utf-8", "public, max-age=5", found->second.note};
}

HttpResponse CheckpointBook::advance(const crypto::Checkpoint& head,
                                     const crypto::ConsistencyProof& proof,
                                     const Admits& admits,
                                     const Vouch& vouch) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(head.origin);
  if (found == entries_.end()) {
    return plain_response(404, "unknown origin");
  }
  Entry& entry = found->second;
  if (!admits(entry.keys.front())) {
    return plain_response(403, "not signed by the log's key");
  }
  if (proof.old_size > head.size) {
    return plain_response(400, "the old size is larger than the checkpoint's");
  }
  if (proof.old_size != entry.newest.size) {
    return size_conflict(entry.newest.size);
  }
  if (!grew(proof, entry.newest, head)) {
    return plain_response(422, "not consistent with what was vouched for before");
  }
  auto vouched = vouch(entry.keys.front());
  if (!vouched) {
    return plain_response(500, "cannot sign");
  }
  if (!write_file_durably(entry.file, bytes_of(vouched->note))) {
    return plain_response(500, "cannot store");
  }
  entry.newest = head;
  entry.note = std::move(vouched->note);
  HttpResponse response;
  response.body = std::move(vouched->answer);
  return response;
}

}  // namespace juanzong
