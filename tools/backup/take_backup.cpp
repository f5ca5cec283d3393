// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/take_backup.h"

#include "events/log/anchor.h"
#include "events/log/journal_verifier.h"
#include "events/model/byte_io.h"
#include "events/model/limits.h"
#include "events/storage/durable_file.h"
#include "events/storage/rocksdb_journal.h"
#include "events/vault/person_keys.h"

#include "server/data/data_directory.h"

#include "tools/backup/key_copy.h"
#include "tools/backup/record_facts.h"

#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace juanzong {
namespace {

namespace fs = std::filesystem;

// A running server may delete a file between RocksDB's look at the list of files and at the file:
// then frames seem to be missing. Another look tells that from damage.
constexpr int attempts_max = 3;

constexpr std::size_t blob_file_bytes_max = limits::blob_bytes_max + (std::size_t{1} << 20U);

class Attempt {
 public:
  explicit Attempt(const BackupOrder& order) : order_(order), paths_(order.data) {}

  Result<TakenBackup> run() {
    Outcome done = open();
    done = done ? verify() : done;
    done = done ? write_backup() : done;
    if (!done) {
      return fail(done.error());
    }
    done = write_keys();
    if (!done) {
      std::error_code ignored;  // the first failure is the one to tell
      fs::remove(order_.out, ignored);
    }
    return done ? Result<TakenBackup>(std::move(taken_)) : fail(done.error());
  }

 private:
  // The anchor first: what it saw is in every later look at the journal.
  Outcome open() {
    const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(paths_.anchor);
    if (!anchor) {
      return fail(anchor.error());
    }
    taken_.header.end = (*anchor)->newest();
    taken_.header.created = order_.now;
    Result<std::unique_ptr<Journal>> journal = open_rocksdb_journal_read_only(paths_.log);
    if (!journal) {
      return fail(journal.error());
    }
    journal_ = std::move(*journal);
    return check_against_anchor(*journal_, taken_.header.end);
  }

  Outcome verify() {
    JournalVerifierOptions options;
    options.threads = order_.threads;
    options.visit = [this](const LedgerId& ledger, const VerifiedRecord& record) {
      facts_.add(ledger, record.scan);
    };
    JournalVerifier verifier(std::move(options));
    const auto cursor = journal_->tail(0);
    const Outcome verified = verify_frames(*cursor, taken_.header.end, verifier, [&](const Frame&) {
      say(verifier.records());
      return Outcome(Done{});
    });
    if (!verified) {
      return verified;
    }
    if (const Outcome named = facts_.outcome(); !named) {
      return named;
    }
    records_ = verifier.records();
    for (const auto& [id, log] : verifier.ledgers()) {
      const GenesisFacts& facts = facts_.ledgers().at(id);
      taken_.header.ledgers.push_back({id, log.size, log.root, facts.origin, facts.name});
    }
    taken_.header.blobs = facts_.blobs().size();
    return Done{};
  }

  Outcome write_backup() {
    const Result<std::unique_ptr<SealedFileWriter>> file =
        SealedFileWriter::begin(order_.out, std::string(backup_kind) + "\n", order_.recipient);
    if (!file) {
      return fail(file.error());
    }
    const Bytes header = encode_backup_header(taken_.header);
    ByteWriter sized;
    sized.put_sized<std::uint32_t>(header);
    Outcome done = (*file)->put(sized.view());
    done = done ? write_frames(**file) : done;
    done = done ? write_blobs(**file) : done;
    const Result<SealedFileDigest> digest = done ? (*file)->finish() : fail(done.error());
    if (!digest) {
      return fail(digest.error());
    }
    taken_.digest = *digest;
    return Done{};
  }

  // The same frames as were verified: the chain of frames ends in the tip that was reached then,
  // and each frame's records in the leaves that its header states.
  Outcome write_frames(SealedFileWriter& file) {
    const auto cursor = journal_->tail(0);
    JournalHead head;
    std::uint64_t records = 0;
    while (head.next_position < taken_.header.end.next_position) {
      const Result<std::optional<Frame>> frame = cursor->next();
      if (!frame || !frame->has_value()) {
        return frame ? fail(ErrorCode::corruption, "frames are missing") : fail(frame.error());
      }
      Outcome done = check_frame((*frame)->chunks);
      done = done ? file.put(encode_backup_frame(**frame)) : done;
      if (!done) {
        return at_frame(head.next_position, done.error());
      }
      head = JournalHead{(*frame)->head.position + 1, (*frame)->tip};
      for (const BatchHead& batch : (*frame)->batches) {
        records += batch.count;
      }
      say(records_ + records);
    }
    return head == taken_.header.end ? Outcome(Done{})
                                     : fail(ErrorCode::corruption, "the frames changed meanwhile");
  }

  Outcome write_blobs(SealedFileWriter& file) {
    for (const auto& [id, subject] : facts_.blobs()) {
      const Result<BackedUpBlob> blob = read_blob(id, subject);
      if (!blob) {
        return fail(blob.error());
      }
      if (const Outcome put = file.put(encode_backup_blob(*blob)); !put) {
        return put;
      }
    }
    return Done{};
  }

  // A blob may be gone only with its subject's key.
  Result<BackedUpBlob> read_blob(const BlobId& id, const KeyOwner& subject) {
    const std::string name = hex_of(id.bytes);
    Result<Bytes> sealed = read_file(paths_.blobs / name, blob_file_bytes_max);
    if (sealed) {
      return BackedUpBlob{id, BlobState::stored, std::move(*sealed)};
    }
    if (sealed.error().code != ErrorCode::not_found) {
      return fail(sealed.error());
    }
    const Result<Bytes> keys = read_file(paths_.person_keys, PersonKeys::file_bytes_max);
    const auto erased = keys ? PersonKeys::erased_in(*keys) : std::nullopt;
    if (!erased || !erased->contains(subject)) {
      return fail(ErrorCode::corruption, "attachment " + name + ": 文件缺失 / its file is missing");
    }
    ++taken_.erased_blobs;
    return BackedUpBlob{id, BlobState::erased, {}};
  }

  // Read last: whoever was erased meanwhile is erased in the copy too.
  Outcome write_keys() {
    const Result<Bytes> keys = read_file(paths_.person_keys, PersonKeys::file_bytes_max);
    if (!keys) {
      return fail(keys.error());
    }
    if (!PersonKeys::erased_in(*keys)) {
      return fail(ErrorCode::corruption, "person keys: layout or digest");
    }
    taken_.keys = key_copy_of(order_.out);
    const Result<UnixMicros> written = write_key_copy(
        taken_.keys, order_.recipient, taken_.digest.sha256, taken_.header.created, *keys);
    if (!written) {
      return fail(written.error());
    }
    taken_.destroy_keys_by = *written;
    return Done{};
  }

  void say(std::uint64_t records) const {
    if (order_.progress) {
      order_.progress(records);
    }
  }

  const BackupOrder& order_;
  DataPaths paths_;
  std::unique_ptr<Journal> journal_;
  RecordFacts facts_;
  std::uint64_t records_ = 0;
  TakenBackup taken_;
};

bool may_be_a_race(ErrorCode code) {
  return code == ErrorCode::corruption || code == ErrorCode::ledger_behind_anchor;
}

Outcome check_free(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored))
             ? Outcome(fail(ErrorCode::environment, file.string() + ": 已存在 / exists already"))
             : Outcome(Done{});
}

}  // namespace

fs::path key_copy_of(const fs::path& backup) {
  return backup.string() + ".keys";
}

Result<TakenBackup> take_backup(const BackupOrder& order) {
  if (!fs::is_directory(DataPaths(order.data).log)) {
    return fail(ErrorCode::environment, order.data.string() + ": no data directory");
  }
  for (const fs::path& file : {order.out, key_copy_of(order.out)}) {
    if (const Outcome is_free = check_free(file); !is_free) {
      return fail(is_free.error());
    }
  }
  for (int attempt = 1;; ++attempt) {
    Result<TakenBackup> taken = Attempt(order).run();
    if (taken || attempt == attempts_max || !may_be_a_race(taken.error().code)) {
      return taken;
    }
  }
}

}  // namespace juanzong
